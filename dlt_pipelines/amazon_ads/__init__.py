"""Amazon Ads API -> raw_amazon_ads. Run: python -m dlt_pipelines amazon_ads"""

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
from dlt_pipelines.amazon_ads import tables
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad, Tally
from storehouse.settings import Settings

SETTING = "SOURCES__AMAZON_ADS__"
LOOKBACK_DAYS = 31  # clicks are taken back for three days, purchases come in for four weeks


@dlt.source(name="amazon_ads", max_table_nesting=0)
def amazon_ads(
    settings: Settings,
    tally: Tally,
    client_id: str = dlt.config.value,
    client_secret: TSecretStrValue = dlt.secrets.value,
    refresh_token: TSecretStrValue = dlt.secrets.value,
    marketplace: str = "NA",
    profile_ids: str = "",
    endpoint: str | None = None,
    token_url: str | None = None,
    start_at: str | None = None,
    lookback_days: int = LOOKBACK_DAYS,
    store_id: str = "",
    full_refresh: bool = False,
    now: datetime | None = None,
    sleep: Sleep = time.sleep,
) -> tuple[DltResource, ...]:
    """Profiles with what they advertise, and reports by day; the last `lookback_days` days anew.

    Amazon keeps the days of a report for 60 to 95 days: what was not landed by then is lost.
    `profile_ids` names some, with commas between; without, all are landed.
    """
    # Amazon's package sets up logging when it is imported: not before the command has done so.
    from dlt_pipelines.amazon_ads import reading
    from dlt_pipelines.amazon_ads.client import Address, Client, Credentials

    client = Client(
        Address.of(marketplace, endpoint, token_url),
        Credentials(client_id, client_secret, refresh_token),
        sleep=sleep,
    )
    options = Options(
        lookback_days=lookback_days,
        start=days.start_day(f"{SETTING}START_AT", start_at),
        store_id=store_id,
        read_at=now or clock.now(),
        known={} if full_refresh else known_fetches(settings, "amazon_ads", store_id),
    )
    names = {word.strip() for word in str(profile_ids).split(",") if word.strip()}

    def read() -> Iterator[Batch]:
        yield from reading.batches(client, names, Reading(options, tally))

    return source.resources(read, tables.TABLES)


def land(
    settings: Settings, *, full_refresh: bool = False, now: Callable[[], datetime] = clock.now
) -> tuple[TableLoad, ...]:
    """Land the profiles that the environment's credentials may see."""
    return landing.run(
        settings,
        "amazon_ads",
        lambda tally: _configured(settings, tally, full_refresh, now()),
        full_refresh=full_refresh,
    )


def _configured(settings: Settings, tally: Tally, full_refresh: bool, now: datetime) -> DltSource:
    try:
        return amazon_ads(settings, tally, full_refresh=full_refresh, now=now)
    except ConfigFieldMissingException as error:
        raise LandingError(
            f"{SETTING}CLIENT_ID, {SETTING}CLIENT_SECRET and {SETTING}REFRESH_TOKEN are not all "
            "set; they are those of an app that the advertiser let in by Login with Amazon."
        ) from error
