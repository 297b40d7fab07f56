"""Who the customers are: names, e-mail addresses, places; and the customers table."""

from __future__ import annotations

import unicodedata

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sandbox.shop import words
from sandbox.shop.catalog import NEVER
from sandbox.shop.columns import Column, append, choice, instant, numbered, text, whole
from sandbox.shop.days import DAY, Days
from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import Ints, stream
from sandbox.shop.timeline import FIRST_CUSTOMER, People, Timeline

SUBSCRIBER_SHARE = 0.04
CITIES = [place.city for place in words.PLACES]
PROVINCES = [place.province for place in words.PLACES]
COUNTRIES = [place.country_code for place in words.PLACES]


def ascii_slug(name: str) -> str:
    """A name as it stands in an e-mail address."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("ø", "o"))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalnum())


def email_addresses(spec: ShopSpec, people: People, timeline: Timeline) -> Column:
    """One for each person; a few share another one's address, written in capitals."""
    dice = stream(spec.seed, "emails")
    rows = np.arange(len(people.places))
    is_twin = (dice.random(len(rows)) < 0.003) | (rows == 5)
    is_twin &= rows > 0
    owner = np.where(is_twin, timeline.people[np.maximum(rows - 1, 0)], rows)
    addresses = pc.binary_join_element_wise(
        _slugs(words.FIRST_NAMES, people.first_names[owner]),
        ".",
        _slugs(words.LAST_NAMES, people.last_names[owner]),
        numbered("", owner, "@example.com"),
        "",
    )
    return pc.if_else(pa.array(is_twin), pc.utf8_upper(addresses), addresses)


def _slugs(names: tuple[str, ...], codes: Ints) -> Column:
    return text([ascii_slug(name) for name in names]).take(pa.array(codes))


def write_customers(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, days: Days, timeline: Timeline,
    people: People, emails: Column,
) -> None:  # fmt: skip
    """Everybody with an account: created by the first order, or by an earlier subscription."""
    known = np.flatnonzero(~timeline.is_guest)
    first = np.full(len(people.places), NEVER)
    latest = np.zeros(len(people.places), dtype=np.int64)
    np.minimum.at(first, timeline.people[known], timeline.created[known])
    np.maximum.at(latest, timeline.people[known], timeline.created[known])
    rows = np.flatnonzero(people.customer_ids)
    dice = stream(spec.seed, "accounts")
    early = np.where(dice.random(len(rows)) < 0.2, dice.integers(DAY, 40 * DAY, len(rows)), 0)
    phone = np.where(dice.random(len(rows)) < 0.4, rows, -1)
    columns = {
        "customer_id": whole(people.customer_ids[rows]),
        "first_name": choice(people.first_names[rows], words.FIRST_NAMES),
        "last_name": choice(people.last_names[rows], words.LAST_NAMES),
        "email": emails.take(pa.array(rows)),
        "phone": pc.if_else(pa.array(phone >= 0), numbered("+1555", 1_000_000 + rows), None),
        **place_columns(people.places[rows]),
        "created_at": instant(first[rows] - early),
        "updated_at": instant(np.maximum(latest[rows], first[rows] - early)),
    }
    append(con, "customers", columns)
    _write_subscribers(con, spec, days, len(rows), int(people.customer_ids.max(initial=0)))


def _write_subscribers(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, days: Days, customers: int, last_id: int
) -> None:
    """People who left an address and never ordered."""
    count = round(customers * SUBSCRIBER_SHARE)
    dice = stream(spec.seed, "subscribers")
    ids = max(last_id, FIRST_CUSTOMER) + 8 * (1 + np.arange(count))
    created = np.sort(dice.integers(days.edges[0], days.end, count))
    columns = {
        "customer_id": whole(ids),
        "first_name": choice(dice.integers(-1, len(words.FIRST_NAMES), count), words.FIRST_NAMES),
        "email": numbered("subscriber", np.arange(count), "@example.com"),
        "created_at": instant(created),
        "updated_at": instant(created),
    }
    append(con, "customers", columns)


def place_columns(places: Ints) -> dict[str, Column]:
    return {
        "city": choice(places, CITIES),
        "province": choice(places, PROVINCES),
        "country_code": choice(places, COUNTRIES),
    }
