"""TikTok's Business API -> raw_tiktok_ads. Run: python -m dlt_pipelines tiktok_ads"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import dlt
from dlt.common.configuration.exceptions import ConfigFieldMissingException
from dlt.common.typing import TSecretStrValue
from dlt.extract import DltResource, DltSource

from dlt_pipelines import clock, landing
from dlt_pipelines.ads import days, source
from dlt_pipelines.ads.patience import Sleep
from dlt_pipelines.ads.reading import Batch, Options, Reading, known_fetches
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad, Tally
from dlt_pipelines.tiktok_ads import reading, tables
from dlt_pipelines.tiktok_ads.client import BASE_URL, LARGEST_PAGE, SETTING, Client
from storehouse.settings import Settings

LOOKBACK_DAYS = 28  # a purchase counts for seven days, and TikTok corrects what it told for longer


@dlt.source(name="tiktok_ads", max_table_nesting=0)
def tiktok_ads(
    settings: Settings,
    tally: Tally,
    access_token: TSecretStrValue = dlt.secrets.value,
    advertiser_ids: str = "",
    app_id: str = "",
    app_secret: TSecretStrValue | None = None,
    base_url: str = BASE_URL,
    start_at: str | None = None,
    lookback_days: int = LOOKBACK_DAYS,
    store_id: str = "",
    page_size: int = LARGEST_PAGE,
    full_refresh: bool = False,
    now: datetime | None = None,
    sleep: Sleep = time.sleep,
) -> tuple[DltResource, ...]:
    """Advertisers with what they advertise, and reports by day; the last `lookback_days` anew.

    `advertiser_ids` has commas between; without, all that the token of the app may see are landed.
    """
    client = Client(access_token, base_url.rstrip("/"), sleep, page_size)
    ids = tuple(word.strip() for word in str(advertiser_ids).split(",") if word.strip())
    advertisers = reading.Advertisers(ids, str(app_id), app_secret)
    options = Options(
        lookback_days=lookback_days,
        start=days.start_day(f"{SETTING}START_AT", start_at),
        store_id=store_id,
        read_at=now or clock.now(),
        known={} if full_refresh else known_fetches(settings, "tiktok_ads", store_id),
    )

    def read() -> Iterator[Batch]:
        yield from reading.batches(client, advertisers, Reading(options, tally), tally)

    return source.resources(read, tables.TABLES)


def land(
    settings: Settings, *, full_refresh: bool = False, now: Callable[[], datetime] = clock.now
) -> tuple[TableLoad, ...]:
    """Land the advertisers that the environment names."""
    return landing.run(
        settings,
        "tiktok_ads",
        lambda tally: _configured(settings, tally, full_refresh, now()),
        full_refresh=full_refresh,
    )


def _configured(settings: Settings, tally: Tally, full_refresh: bool, now: datetime) -> DltSource:
    try:
        return tiktok_ads(settings, tally, full_refresh=full_refresh, now=now)
    except ConfigFieldMissingException as error:
        raise LandingError(
            f"{SETTING}ACCESS_TOKEN is not set; it is a long-term token of TikTok's Business API."
        ) from error
