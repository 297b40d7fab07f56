"""What the shop was made from, written beside it so that analyses can be held against it."""

from __future__ import annotations

import duckdb
import numpy as np

from sandbox.shop import words
from sandbox.shop.catalog import CATEGORIES, GIFT_CARD, Catalog
from sandbox.shop.columns import append, choice, decimal, number, text, whole
from sandbox.shop.days import HOLIDAYS, MONTHS, WEEKDAYS, YEARLY_GROWTH, Days, anomalies
from sandbox.shop.ledger import Ledger
from sandbox.shop.prices import Prices
from sandbox.shop.returned import return_rates
from sandbox.shop.spec import ShopSpec, decimals
from sandbox.shop.streams import Floats
from sandbox.shop.taken import REASONS
from sandbox.shop.timeline import People


def write_truth(
    con: duckdb.DuckDBPyConnection, spec: ShopSpec, days: Days, catalog: Catalog, prices: Prices,
    people: People,
) -> None:  # fmt: skip
    elasticities = catalog.products.elasticities[catalog.variants.products]
    append(
        con,
        "truth_elasticities",
        {"variant_id": whole(catalog.variants.ids), "elasticity": number(elasticities)},
    )
    _write_return_rates(con)
    _write_channels(con)
    _write_seasons(con, spec, days)
    _write_stockouts(con, days, catalog, prices)
    has_account = people.customer_ids > 0
    append(
        con,
        "truth_segments",
        {
            "customer_id": whole(people.customer_ids[has_account]),
            "segment": choice(people.segments[has_account], list(words.SEGMENTS)),
        },
    )


def _write_return_rates(con: duckdb.DuckDBPyConnection) -> None:
    """Of what is neither of a bad batch nor ordered by a serial returner."""
    names = [category.name for category in CATEGORIES[:GIFT_CARD]]
    append(
        con,
        "truth_return_rates",
        {
            "category": text(np.repeat(names, len(REASONS)).tolist()),
            "reason": text(REASONS * len(names)),
            "rate": number(return_rates()[:GIFT_CARD].ravel()),
        },
    )


def _write_channels(con: duckdb.DuckDBPyConnection) -> None:
    effects = np.array(list(words.CHANNELS.values()))
    append(
        con,
        "truth_channel_effects",
        {
            "channel": text(list(words.CHANNELS)),
            "share": number(effects[:, 0]),
            "aov_factor": number(effects[:, 1]),
        },
    )


def _write_seasons(con: duckdb.DuckDBPyConnection, spec: ShopSpec, days: Days) -> None:
    odd_days = {day.isoformat(): factor for day, factor in anomalies(spec, days.dates).items()}
    rows = [
        (kind, str(key), factor)
        for kind, factors in (
            ("weekday", WEEKDAYS),
            ("month", MONTHS),
            ("holiday", HOLIDAYS),
            ("growth", {"year": YEARLY_GROWTH}),
            ("anomaly", odd_days),
        )
        for key, factor in factors.items()
    ]
    kinds, keys, factors = zip(*rows, strict=True)
    columns = {"kind": text(kinds), "key": text(keys), "factor": number(np.array(factors))}
    append(con, "truth_seasonality", columns)


def _write_stockouts(
    con: duckdb.DuckDBPyConnection, days: Days, catalog: Catalog, prices: Prices
) -> None:
    """Each stretch of days without stock: where being in stock ends and where it begins again."""
    is_out = np.pad(~prices.in_stock.T, ((0, 0), (1, 1))).astype(np.int8)
    turns = np.diff(is_out, axis=1)
    variant, first = np.nonzero(turns == 1)
    _, after = np.nonzero(turns == -1)
    dates = np.array(days.dates, dtype="datetime64[D]")
    append(
        con,
        "truth_stockouts",
        {
            "variant_id": whole(catalog.variants.ids[variant]),
            "first_day": dates[first],
            "last_day": dates[after - 1],
        },
    )


def write_ledger(con: duckdb.DuckDBPyConnection, spec: ShopSpec, ledger: Ledger) -> None:
    scale = 10 ** (4 - decimals(spec.currency_code))

    def booked(amounts: Floats) -> np.ndarray:
        return np.rint(amounts * scale).astype(np.int64)

    sums = ledger.sums
    gross, net, returns = (
        booked(sums[name]) for name in ("gross_sales", "net_of_discounts", "returns")
    )
    amounts = {
        "gross_sales": gross,
        "discounts": gross - net,
        "returns": returns,
        "net_sales": net - returns,
        "shipping": booked(sums["shipping"]),
        "tax": booked(sums["tax"]),
        "refund_adjustments": booked(sums["refund_adjustments"]),
    }
    append(
        con,
        "truth_ledger_daily",
        {
            "day": np.array(ledger.days.dates, dtype="datetime64[D]"),
            **{name: decimal(amount, 4) for name, amount in amounts.items()},
            "orders": whole(sums["orders"]),
            "units": whole(sums["units"]),
        },
    )
