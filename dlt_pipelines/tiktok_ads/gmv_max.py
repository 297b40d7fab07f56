"""GMV Max: campaigns of a TikTok Shop, which have lists and a report of their own."""

import logging
from collections.abc import Iterator, Mapping

from dlt_pipelines.ads import reading as ads
from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.reading import Account, Batch, Reading
from dlt_pipelines.load_log import Tally
from dlt_pipelines.tiktok_ads import answers, queries, tables
from dlt_pipelines.tiktok_ads.client import Client, NoPermissionError, Record

TABLE = tables.GMV_MAX_DAILY
REPORT = ads.Report(TABLE.name, (TABLE,), None, queries.LONGEST_DAILY)

log = logging.getLogger(__name__)


def shops(client: Client, account: Account, tally: Tally) -> list[str]:
    """The TikTok Shops that the advertiser may run GMV Max for; none without that permission."""
    try:
        found = client.get(queries.GMV_MAX_SHOPS, {"advertiser_id": account.id})
    except NoPermissionError as error:
        reason = f"account {account.id} lacks the permission for GMV Max: {error}"
        log.warning("TikTok %s: not landed, %s.", TABLE.name, reason)
        tally.skipped[TABLE.name] = reason
        return []
    listed = found.get("store_list") or []
    return [str(shop["store_id"]) for shop in listed if shop.get("is_gmv_max_available")]


def campaigns(client: Client, account: Account) -> list[Record]:
    """The campaigns, with what only the details of each tell; deleted ones are asked for apart."""
    found: dict[str, Record] = {}
    kinds: tuple[Record, ...] = ({}, {"primary_status": "STATUS_DELETE"})
    for kind in kinds:
        filtering = {"gmv_max_promotion_types": list(queries.GMV_MAX_TYPES), **kind}
        asked = {"advertiser_id": account.id, "filtering": filtering}
        for record in client.pages(queries.GMV_MAX_CAMPAIGNS, asked, queries.GMV_MAX_PAGE):
            found[str(record["campaign_id"])] = record
    return [_campaign(client, account, record) for record in found.values()]


def daily(
    client: Client, reading: Reading, account: Account, shop_ids: list[str]
) -> Iterator[Batch]:
    """The report's days, those of all shops together."""

    def ask(first: str, last: str) -> list[Record]:
        asked = [queries.gmv_max_parameters(account.id, shop, first, last) for shop in shop_ids]
        return [row for parameters in asked for row in client.pages(queries.GMV_MAX, parameters)]

    def read(span: Span) -> Mapping[str, list[Record]]:
        return {TABLE.name: answers.of_span(ask, span)}

    if shop_ids:
        yield from reading.report(account, REPORT, read)


def _campaign(client: Client, account: Account, record: Record) -> Record:
    asked = {"advertiser_id": account.id, "campaign_id": str(record["campaign_id"])}
    details = client.get(queries.GMV_MAX_INFO, asked)
    shop_id = details.pop("store_id", None)  # in our tables a store is the one that we keep
    return answers.entity({**details, **record}) | {
        "is_gmv_max": True,
        "shop_id": shop_id,
        "budget_mode": "BUDGET_MODE_DAY",
        "bid_type": details.get("deep_bid_type"),
    }
