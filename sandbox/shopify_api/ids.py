"""Global ids and the keys they stand for: `gid://shopify/Order/1` is ("Order", 1)."""

from __future__ import annotations

import re

from sandbox.shopify_api.errors import bad_request

GLOBAL_ID = re.compile(r"gid://shopify/(?P<kind>[A-Za-z]+)/(?P<number>\d+)")
LEVEL = re.compile(
    r"gid://shopify/InventoryLevel/(?P<location>\d+)\?inventory_item_id=(?P<item>\d+)"
)


def read(text: str) -> tuple[str, int]:
    """The type and the key; a stock level is named by its location and its item."""
    if level := LEVEL.fullmatch(text):
        return "InventoryLevel", level_key(int(level["item"]), int(level["location"]))
    if found := GLOBAL_ID.fullmatch(text):
        return found["kind"], int(found["number"])
    raise bad_request(f"Invalid global id '{text}'")


def key_of(kind: str, text: str) -> int:
    """The key, of an id that must be of this type."""
    found, key = read(text)
    if found != kind:
        raise bad_request(f"Invalid global id '{text}'")
    return key


def level_key(item: int, location: int) -> int:
    """As the snapshot makes it: locations have three digits."""
    return item * 1000 + location
