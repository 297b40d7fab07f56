"""A made-up shop in DuckDB, the instant it is looked at, and what somebody may do to it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

import duckdb

from sandbox.shop import by_hand, views
from sandbox.shop.spec import ShopSpec


def naive_utc(instant: datetime) -> datetime:
    """Instants are kept without a zone; one that carries a zone is converted."""
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


@dataclass
class Shop:
    """The tables of a made-up shop and the instant as of which the schema `live` shows them."""

    con: duckdb.DuckDBPyConnection
    spec: ShopSpec
    now: datetime = field(default=datetime.min)

    def at(self, now: datetime | None = None) -> Shop:
        """Shows the shop as of `now` (UTC where it has no zone); by default after its last day."""
        self.now = naive_utc(now or self.spec.end_at)
        views.show_as_of(self.con, self.now)
        return self

    def touch_orders(
        self,
        order_ids: Sequence[int],
        at: datetime,
        *,
        tag: str = "touched",
        note: str = "Changed by hand",
        goodwill: Decimal | None = None,
    ) -> None:
        """Tags orders by hand, and pays `goodwill` back for each where it is given."""
        by_hand.touch(self.con, order_ids, naive_utc(at), tag, note)
        if goodwill is not None:
            by_hand.pay_back(self.con, self.spec, order_ids, naive_utc(at), goodwill, note)
        self._refresh(at)

    def delete_order(self, order_id: int, at: datetime) -> None:
        """Takes an order out of the shop and out of its books."""
        by_hand.delete(self.con, self.spec, order_id, naive_utc(at))
        self._refresh(at)

    def _refresh(self, at: datetime) -> None:
        """Shows what happened unless it lies ahead."""
        if naive_utc(at) <= self.now:
            self.at(self.now)

    def close(self) -> None:
        self.con.close()
