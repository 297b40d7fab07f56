"""What people did after an ad, as Meta tells it: types that overlap, for several windows.

A purchase stands in the list many times: as `omni_purchase`, as `purchase`, and once more by where
it was made. `value` counts by the ad set's own setting, seven days after a click and one day after
a view; a window that has nothing, and a type that has none, are left out. By hour, Meta tells
nothing of what happened outside of its own apps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WINDOWS = ("1d_click", "7d_click", "28d_click", "1d_view")
REMOVED_WINDOWS = ("7d_view", "28d_view")
WHOLE = ("omni_{0}", "{0}", "onsite_web_{0}", "web_in_store_{0}")
PIXEL, ON_META = "offsite_conversion.fb_pixel_{0}", "onsite_conversion.{0}"
ONSITE_SHARE = 8
LATE_SHARE = 20

Element = dict[str, str]


@dataclass(frozen=True)
class Counts:
    """How many there were by window; `value` is the ad set's own setting."""

    value: Decimal | int
    clicks_1d: Decimal | int = 0
    clicks_7d: Decimal | int = 0
    clicks_28d: Decimal | int = 0
    views_1d: Decimal | int = 0

    def element(self, action_type: str, windows: Sequence[str]) -> Element:
        every = dict(
            zip(
                WINDOWS,
                (self.clicks_1d, self.clicks_7d, self.clicks_28d, self.views_1d),
                strict=True,
            )
        )
        told = {window: text(every[window]) for window in windows if every[window]}
        return {"action_type": action_type, "value": text(self.value), **told}


def text(number: Decimal | int) -> str:
    """As Meta writes it: two decimals at least where there are any."""
    if isinstance(number, int) or number == number.to_integral_value():
        return str(int(number))
    cents = round(number, 2)
    return str(cents) if cents == number else f"{number.normalize():f}"


def actions(row: Mapping[str, Any], windows: Sequence[str], *, is_hourly: bool) -> list[Element]:
    """What a row of figures says in `actions`."""
    told = [
        ("link_click", link_clicks(row)),
        ("post_engagement", row["engagements"]),
        ("page_engagement", row["engagements"]),
        ("video_view", row["video_views"]),
    ]
    found = [_by_click(kind, count, windows) for kind, count in told if count]
    if is_hourly:
        return found
    purchases, views = round(row["purchases"]), round(row["view_purchases"])
    found += _hierarchy("purchase", purchases, views, windows)
    carts = round(row["add_to_carts"])
    return found + _hierarchy("add_to_cart", carts, carts // LATE_SHARE, windows)


def values(row: Mapping[str, Any], windows: Sequence[str], *, is_hourly: bool) -> list[Element]:
    """What a row of figures says in `action_values`: also of types that `actions` lacks."""
    amount = Decimal(row["purchase_value"] or 0)
    if is_hourly or not amount:
        return []
    purchases, views = round(row["purchases"]), round(row["view_purchases"])
    viewed = (amount * views / (purchases or 1)).quantize(Decimal("0.01"))
    found = _hierarchy("purchase", amount, viewed, windows)
    return [*found, {"action_type": "offsite_conversion.fb_pixel_custom", "value": text(amount)}]


def link_clicks(row: Mapping[str, Any]) -> int:
    """Most clicks lead to the shop; some open a comment or a profile."""
    return int(row["clicks"]) * 4 // 5


def _by_click(kind: str, count: int, windows: Sequence[str]) -> Element:
    return Counts(count, count, count, count).element(kind, windows)


def _hierarchy(
    kind: str, whole: Decimal | int, viewed: Decimal | int, windows: Sequence[str]
) -> list[Element]:
    """The same events under every type that covers them, and split by where they happened."""
    if not whole and not viewed:
        return []
    cent = Decimal("0.01")
    part = (
        whole // ONSITE_SHARE if isinstance(whole, int) else (whole / ONSITE_SHARE).quantize(cent)
    )
    rest = _counts(whole - part, viewed)
    found = [_counts(whole, viewed).element(name.format(kind), windows) for name in WHOLE]
    found.append(rest.element(PIXEL.format(kind), windows))
    if part:
        found.append(Counts(part, part, part, part).element(ON_META.format(kind), windows))
    return found


def _counts(whole: Decimal | int, viewed: Decimal | int) -> Counts:
    clicked = max(whole - viewed, type(whole)(0))
    soon = clicked * 3 // 4
    late = clicked + (clicked // LATE_SHARE)
    return Counts(whole, soon, clicked, late, viewed)
