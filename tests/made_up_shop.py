"""A made-up shop and its ads in one warehouse, landed and analysed, and what they are made of."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dlt_pipelines import files, google_ads, landing, shopify, tiktok_ads
from ml.__main__ import learn
from sandbox.ads import AdWorld, make_ads
from sandbox.google_ads import GoogleAdsSandbox
from sandbox.shop import Shop, ShopSpec, generate
from sandbox.shop.planning import write_planning
from sandbox.shopify_api import ShopifySandbox
from sandbox.tiktok_ads import TikTokAdsSandbox
from storehouse import warehouse
from storehouse.settings import Settings
from tests.dbt_project.dbt_runs import Dbt
from tests.small_warehouse import duckdb_settings

SPEC = ShopSpec(end=date(2026, 1, 31), orders=8_000)
ADS_START = SPEC.end - timedelta(days=100)
# Google lands twice: what it told of a day first differs from what it tells in the end.
GOOGLE_FIRST = SPEC.end_at - timedelta(days=35)
# What tasks learn from, and the tasks.
LEARNED_FROM = ("core__ad_performance", "core__ads", "int_touches__channel_sets",
                "int_touches__steps", "seeds__ad_budget_limits")  # fmt: skip
TASKS = ("attribution", "ad_budget", "creatives")
FIGURES = ("impressions", "clicks", "spend", "purchases", "purchase_value")


@dataclass(frozen=True)
class Told:
    """The shop, and the warehouse that holds what was found out about it."""

    shop: Shop
    world: AdWorld
    settings: Settings

    def truth(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the shop's own database."""
        return self.shop.con.execute(sql).fetchall()

    def found(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of the warehouse."""
        return [tuple(row.values()) for row in warehouse.arrow(self.settings, sql).to_pylist()]


@contextmanager
def analysed(folder: Path, models: Iterable[str]) -> Iterator[Told]:
    """The shop, its people's files, Google and TikTok in a warehouse with these models."""
    settings, shop = duckdb_settings(folder), generate(SPEC)
    world = make_ads(shop)
    write_planning(shop, folder / "planning")
    _land(settings, world, folder / "planning")
    dbt = Dbt(settings, folder, SPEC.end.isoformat())
    core = [f"tag:core,+{name}" for name in models]
    _build(dbt, "--select", *core, *(f"+{name}" for name in LEARNED_FROM))
    learn(settings, SPEC.end, TASKS)
    _build(dbt, "--select", *(f"+{name}" for name in models), "--exclude", "tag:core")
    yield Told(shop, world, settings)


def _land(settings: Settings, world: AdWorld, papers: Path) -> None:
    google = GoogleAdsSandbox(world)
    replicas: tuple[Any, ...] = (
        ShopifySandbox(world.shop, bulk="immediate"), google,
        TikTokAdsSandbox(world, now=SPEC.end_at),
    )  # fmt: skip
    with ExitStack() as running, pytest.MonkeyPatch.context() as patch:
        for source in ("GOOGLE_ADS", "TIKTOK_ADS"):
            patch.setenv(f"SOURCES__{source}__START_AT", ADS_START.isoformat())
        for replica in replicas:
            for name, value in running.enter_context(replica).variables.items():
                patch.setenv(name, value)
        landing.prepare(settings)
        shopify.land(settings)
        landing.run(settings, "files", lambda tally: files.source(settings, papers, tally))
        for instant in (GOOGLE_FIRST, SPEC.end_at):
            google.move(instant)
            google_ads.land(settings, now=_clock(instant))
        tiktok_ads.land(settings, now=_clock(SPEC.end_at))


def _clock(instant: datetime) -> Callable[[], datetime]:
    return lambda: instant.replace(tzinfo=UTC)


def _build(dbt: Dbt, *arguments: str) -> None:
    """Seeds and models; the data tests run elsewhere."""
    done = dbt.run("build", "--resource-type", "model", "seed", *arguments)
    assert done.returncode == 0, done.stdout[-3000:]


def accounts(told: Told, source: str) -> list[dict[str, Any]]:
    """The accounts of a platform that have ads."""
    rows = told.world.entities(source, "accounts", "", SPEC.end_at).to_pylist()
    return [row for row in rows if row["status"] == "enabled" and row["kind"] != "manager"]


def platform_total(told: Told, source: str) -> dict[str, Decimal]:
    """What the platform tells at the end of the landed days, in the shop's currency."""
    rates = dict(told.truth("select day, rate from ad_exchange_rates where from_currency = 'EUR'"))
    untold = {row[0] for row in told.truth(
        "select campaign_id from ad_campaigns where kind = 'GMV_MAX'"
    )}  # fmt: skip
    total: dict[str, Decimal] = defaultdict(Decimal)
    for account in accounts(told, source):
        rows = told.world.rows(
            source, account["account_id"], ["day", "campaign_id"], ADS_START, SPEC.end, SPEC.end_at
        ).to_pylist()
        for row in rows:
            rate = rates[row["day"]] if account["currency_code"] == "EUR" else Decimal(1)
            if row["campaign_id"] in untold:  # the API tells neither views nor clicks of these
                row |= {"impressions": 0, "clicks": 0}
            for name in FIGURES:
                is_money = name in ("spend", "purchase_value")
                total[name] += Decimal(str(row[name])) * (rate if is_money else 1)
    return total
