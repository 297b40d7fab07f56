"""Google Ads API -> raw_google_ads. Run: python -m dlt_pipelines google_ads"""

import time
from collections.abc import Callable
from datetime import datetime

import dlt
from dlt.common.configuration.exceptions import ConfigFieldMissingException
from dlt.common.typing import TSecretStrValue
from dlt.extract import DltResource, DltSource

from dlt_pipelines import clock, landing
from dlt_pipelines.ads.days import start_day
from dlt_pipelines.ads.patience import Sleep
from dlt_pipelines.ads.reading import Known, Options, known_fetches
from dlt_pipelines.ads.source import resources
from dlt_pipelines.errors import LandingError
from dlt_pipelines.google_ads import reading, tables
from dlt_pipelines.google_ads.client import SETTING, Client, Credentials
from dlt_pipelines.load_log import TableLoad, Tally
from storehouse.settings import Settings

SOURCE = "google_ads"


@dlt.source(name=SOURCE, max_table_nesting=0)
def google_ads(
    login_customer_id: str = dlt.config.value,
    developer_token: TSecretStrValue = dlt.secrets.value,
    client_id: str | None = None,
    client_secret: TSecretStrValue | None = None,
    refresh_token: TSecretStrValue | None = None,
    access_token: TSecretStrValue | None = None,
    endpoint: str | None = None,
    start_at: str | None = None,
    lookback_days: int = 30,
    store_id: str = "",
    now: datetime | None = None,
    known: Callable[[str], Known] | None = None,
    tally: Tally | None = None,
    sleep: Sleep = time.sleep,
) -> tuple[DltResource, ...]:
    """What the customers below `login_customer_id` have, and what their ads did day by day.

    An `endpoint` that begins with http:// is a replica, which takes `access_token` as it is.
    `known` tells by store what earlier runs fetched.
    """
    credentials = Credentials(
        developer_token,
        str(login_customer_id).replace("-", ""),
        client_id,
        client_secret,
        refresh_token,
        access_token,
    )
    options = Options(
        lookback_days=lookback_days,
        start=start_day(f"{SETTING}START_AT", start_at),
        store_id=store_id,
        read_at=now or clock.now(),
        known=known(store_id) if known else {},
    )
    client = Client(credentials, endpoint, sleep)
    return resources(lambda: reading.batches(client, options, tally or Tally()), tables.TABLES)


def land(
    settings: Settings, *, full_refresh: bool = False, now: Callable[[], datetime] = clock.now
) -> tuple[TableLoad, ...]:
    """Land the accounts that the environment names."""

    def known(store_id: str) -> Known:
        return {} if full_refresh else known_fetches(settings, SOURCE, store_id)

    return landing.run(
        settings,
        SOURCE,
        lambda tally: _configured(tally, now(), known),
        full_refresh=full_refresh,
    )


def _configured(tally: Tally, now: datetime, known: Callable[[str], Known]) -> DltSource:
    try:
        return google_ads(now=now, known=known, tally=tally)
    except ConfigFieldMissingException as error:
        raise LandingError(
            f"{SETTING}LOGIN_CUSTOMER_ID and {SETTING}DEVELOPER_TOKEN must be set; "
            "the first is the manager's or the only account's number."
        ) from error
