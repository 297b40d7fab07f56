"""Google Analytics 4, by the Data API -> raw_ga4. Run: python -m dlt_pipelines ga4"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import dlt
from dlt.common.configuration.exceptions import ConfigFieldMissingException
from dlt.common.typing import TSecretStrValue
from dlt.extract import DltResource, DltSource

from dlt_pipelines import clock, landing
from dlt_pipelines.ads import days, source
from dlt_pipelines.ads.patience import Patience, Sleep
from dlt_pipelines.ads.reading import Batch, Options, Reading, known_fetches
from dlt_pipelines.errors import LandingError
from dlt_pipelines.ga4 import reports, tables
from dlt_pipelines.ga4.client import Client
from dlt_pipelines.load_log import TableLoad, Tally
from storehouse.settings import Settings

SETTING = "SOURCES__GA4__"
LOOKBACK_DAYS = 4  # Google goes on processing a day's events for up to 72 hours


@dlt.source(name="ga4", max_table_nesting=0)
def ga4(
    settings: Settings,
    tally: Tally,
    property_ids: str = dlt.config.value,
    access_token: TSecretStrValue | None = None,
    endpoint: str | None = None,
    start_at: str | None = None,
    lookback_days: int = LOOKBACK_DAYS,
    store_id: str = "",
    full_refresh: bool = False,
    now: datetime | None = None,
    sleep: Sleep = time.sleep,
) -> tuple[DltResource, ...]:
    """Sessions and events of the properties, by day; the last `lookback_days` days anew.

    Without an access token Google's application default credentials are used
    (GOOGLE_APPLICATION_CREDENTIALS). `endpoint` is a server without TLS, such as the sandbox's.
    """
    client = Client(access_token, endpoint, Patience("Google Analytics", sleep))
    options = Options(
        lookback_days=lookback_days,
        start=days.start_day(f"{SETTING}START_AT", start_at),
        store_id=store_id,
        read_at=now or clock.now(),
        known={} if full_refresh else known_fetches(settings, "ga4", store_id),
    )
    names = [word.strip() for word in str(property_ids).split(",") if word.strip()]

    def read() -> Iterator[Batch]:
        yield from reports.batches(client, names, Reading(options, tally))

    return source.resources(read, tables.TABLES)


def land(
    settings: Settings, *, full_refresh: bool = False, now: Callable[[], datetime] = clock.now
) -> tuple[TableLoad, ...]:
    """Land the properties that the environment names."""
    return landing.run(
        settings,
        "ga4",
        lambda tally: _configured(settings, tally, full_refresh, now()),
        full_refresh=full_refresh,
    )


def _configured(settings: Settings, tally: Tally, full_refresh: bool, now: datetime) -> DltSource:
    try:
        return ga4(settings, tally, full_refresh=full_refresh, now=now)
    except ConfigFieldMissingException as error:
        raise LandingError(
            f"{SETTING}PROPERTY_IDS is not set; it holds numbers such as 123456789, "
            "with commas between."
        ) from error
