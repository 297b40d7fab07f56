"""Pinboard's campaigns and what they did, all from the seed of the shop."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sandbox.shop.spec import ShopSpec
from sandbox.shop.streams import stream

MICROS = 1_000_000
DEVICES = {"phone": 0.7, "computer": 0.3}
COUNTRIES = {"DE": 0.6, "AT": 0.4}
LATE = (0.5, 0.8, 0.95)  # of the orders, when the day is 0, 1 or 2 days old

Row = dict[str, Any]


@dataclass(frozen=True)
class Board:
    """A campaign of Pinboard; it runs from its first day to its last, both days of the past."""

    id: str
    title: str
    goal: str
    daily_views: int
    first: int
    last: int
    halted: bool = False


# Days count back from the end of the shop.
BOARDS = (
    Board("pb-1001", "Trail shoes", "SELL", 4_000, 150, -60),
    Board("pb-1002", "Autumn looks", "SHOW", 2_500, 120, 20),
    Board("pb-1003", "Packing lists", "SELL", 1_500, 90, -60, halted=True),
)


def boards(spec: ShopSpec, today: date) -> list[Row]:
    """The campaigns that have begun."""
    found = []
    for board in BOARDS:
        first, last = _days(spec, board)
        if first <= today:
            state = "HALTED" if board.halted else "OVER" if last < today else "RUNNING"
            found.append(
                {
                    "id": board.id,
                    "title": board.title,
                    "kind": "PIN",
                    "state": state,
                    "goal": board.goal,
                    "daily_budget": {"micros": board.daily_views * 6_000},
                    "runs": {"from": first.isoformat(), "until": last.isoformat()},
                }
            )
    return found


def statistics(spec: ShopSpec, first: date, last: date, today: date) -> Iterator[Row]:
    """Rows by campaign, day, device and country, as told on `today`."""
    day = first
    while day <= min(last, today):
        for board in BOARDS:
            begins, ends = _days(spec, board)
            if begins <= day <= ends and not (board.halted and (spec.end - day).days < 30):
                yield from _of_day(spec, board, day, (today - day).days)
        day += timedelta(days=1)


def _of_day(spec: ShopSpec, board: Board, day: date, age: int) -> Iterator[Row]:
    dice = stream(spec.seed, f"pinboard {board.id} {day}")
    busy = dice.uniform(0.7, 1.3)
    for device, device_share in DEVICES.items():
        for country, country_share in COUNTRIES.items():
            views = int(board.daily_views * busy * device_share * country_share)
            taps = int(dice.binomial(views, 0.012))
            orders = int(dice.binomial(taps, 0.06))
            told = sum(_is_told(board, day, device, country, number, age)
                       for number in range(orders))  # fmt: skip
            value = int(dice.integers(2_000, 9_000)) * 10_000
            yield {
                "board": board.id,
                "day": day.strftime("%Y%m%d"),
                "device": device,
                "country": country,
                "figures": {
                    "views": views,
                    "taps": taps,
                    "cost": {"micros": taps * 410_000 + views * 1_200},
                    "orders": told,
                    "order_value": {"micros": told * value},
                    "pins": taps // 4,
                },
            }


def _is_told(board: Board, day: date, device: str, country: str, number: int, age: int) -> bool:
    """Whether an order has come in when the day is so many days old."""
    key = f"{board.id}|{day}|{device}|{country}|{number}".encode()
    return age >= len(LATE) or zlib.crc32(key) / 2**32 < LATE[age]


def _days(spec: ShopSpec, board: Board) -> tuple[date, date]:
    return spec.end - timedelta(days=board.first), spec.end - timedelta(days=board.last)
