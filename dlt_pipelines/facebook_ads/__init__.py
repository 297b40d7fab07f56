"""Meta Marketing API (Facebook and Instagram) -> raw_facebook_ads.

Run: python -m dlt_pipelines facebook_ads
"""

import time
from collections.abc import Callable
from datetime import datetime

import dlt
from dlt.common.configuration.exceptions import ConfigFieldMissingException
from dlt.common.typing import TSecretStrValue
from dlt.extract import DltResource, DltSource

from dlt_pipelines import clock, landing
from dlt_pipelines.ads import days
from dlt_pipelines.ads.patience import Sleep
from dlt_pipelines.ads.reading import Options, Reading, known_fetches
from dlt_pipelines.ads.source import resources
from dlt_pipelines.errors import LandingError
from dlt_pipelines.facebook_ads import tables
from dlt_pipelines.facebook_ads.accounts import HeldIds, Reader
from dlt_pipelines.facebook_ads.client import BASE_URL, SETTING, Client
from dlt_pipelines.load_log import TableLoad, Tally
from storehouse import warehouse
from storehouse.settings import Settings

SOURCE = "facebook_ads"


@dlt.source(name=SOURCE, max_table_nesting=0)
def facebook_ads(
    settings: Settings,
    tally: Tally,
    access_token: TSecretStrValue = dlt.secrets.value,
    app_secret: TSecretStrValue | None = None,
    account_ids: str = "",
    base_url: str = BASE_URL,
    start_at: str | None = None,
    lookback_days: int = 28,
    store_id: str = "",
    full_refresh: bool = False,
    now: datetime | None = None,
    sleep: Sleep = time.sleep,
) -> tuple[DltResource, ...]:
    """Ad accounts with their campaigns, ad sets, ads and creatives, and the reports of each day.

    `account_ids` (with commas between, with or without `act_`) leaves others out; without it all
    accounts that the token may see are read.
    """
    options = Options(
        lookback_days=lookback_days,
        start=days.start_day(f"{SETTING}START_AT", start_at),
        store_id=store_id,
        read_at=now or clock.now(),
        known={} if full_refresh else known_fetches(settings, SOURCE, store_id),
    )
    client = Client(access_token, app_secret=app_secret, base_url=base_url, sleep=sleep)
    ids = (word.strip().removeprefix("act_") for word in str(account_ids).split(","))
    reader = Reader(client, Reading(options, tally), tuple(filter(None, ids)), held_ids(settings))
    return resources(reader.batches, tables.TABLES)


def land(
    settings: Settings, *, full_refresh: bool = False, now: Callable[[], datetime] = clock.now
) -> tuple[TableLoad, ...]:
    """Land the accounts that the environment names; a full refresh reads all days again."""
    return landing.run(
        settings,
        SOURCE,
        lambda tally: _configured(settings, tally, full_refresh, now()),
        full_refresh=full_refresh,
    )


def held_ids(settings: Settings) -> HeldIds:
    """Entities that were landed before and were not deleted then, by account and raw table."""
    names = [table.name for table in (tables.CAMPAIGNS, tables.AD_GROUPS, tables.ADS)]
    if not set(names) <= set(warehouse.tables(settings, f"raw_{SOURCE}")):
        return {}
    parts = [
        f"select '{name}' as name, account_id, id "
        f"from {warehouse.relation(settings, f'raw_{SOURCE}.{name}')} "
        "where coalesce(effective_status, '') <> 'DELETED'"
        for name in names
    ]
    held: dict[str, dict[str, list[str]]] = {}
    for row in warehouse.arrow(settings, " union all ".join(parts)).to_pylist():
        held.setdefault(row["account_id"], {}).setdefault(row["name"], []).append(row["id"])
    return held


def _configured(settings: Settings, tally: Tally, full_refresh: bool, now: datetime) -> DltSource:
    try:
        return facebook_ads(settings, tally, full_refresh=full_refresh, now=now)
    except ConfigFieldMissingException as error:
        raise LandingError(
            f"{SETTING}ACCESS_TOKEN is not set; it is a token of a Meta system user with ads_read."
        ) from error
