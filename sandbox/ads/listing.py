"""The entities of an account as of an instant: what was there by then, and how it stood."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from sandbox.ads.known import today

ACCOUNTS = """
select * from main.ad_accounts
where platform_source = $source and $account in ('', account_id)
order by account_id
"""

CAMPAIGNS = """
select
    ad_campaigns.* replace (
        case when paused_on <= $today then paused_on end as paused_on,
        case when deleted_on <= $today then deleted_on end as deleted_on,
        least(
            updated_at,
            case
                when coalesce(deleted_on, paused_on, end_date) <= $today then updated_at
                else cast(start_date as timestamp) + interval 9 hour
            end
        ) as updated_at
    ),
    case
        when deleted_on <= $today then 'deleted'
        when paused_on <= $today then 'paused'
        when end_date < $today then 'ended'
        else 'active'
    end as status
from main.ad_campaigns
where platform_source = $source and account_id = $account and start_date <= $today
order by campaign_id
"""

CHILDREN = """
select
    {table}.* replace (
        case when {table}.deleted_on <= $today then {table}.deleted_on end as deleted_on
    ),
    case when {table}.deleted_on <= $today then 'deleted' else 'active' end as status
from main.{table}
inner join main.ad_campaigns using (platform_source, campaign_id)
where
    platform_source = $source and account_id = $account and {table}.created_on <= $today
order by {table}.{key}
"""

KEYWORDS = """
select
    ad_keywords.*,
    case when ad_groups.deleted_on <= $today then 'deleted' else 'active' end as status
from main.ad_keywords
inner join main.ad_groups using (platform_source, campaign_id, ad_group_id)
inner join main.ad_campaigns using (platform_source, campaign_id)
where
    platform_source = $source and account_id = $account and ad_groups.created_on <= $today
order by ad_keywords.keyword_id
"""

QUERIES = {
    "campaigns": CAMPAIGNS,
    "ad_groups": CHILDREN.format(table="ad_groups", key="ad_group_id"),
    "ads": CHILDREN.format(table="ads", key="ad_id"),
    "keywords": KEYWORDS,
}


def listed(
    con: duckdb.DuckDBPyConnection, source: str, kind: str, account_id: str, now: datetime
) -> pa.Table:
    asked = {"source": source, "account": account_id}
    cursor = con.cursor()
    if kind == "accounts":
        return cursor.sql(ACCOUNTS, params=asked).to_arrow_table()
    found = cursor.execute(
        "select time_zone from main.ad_accounts "
        "where platform_source = $source and account_id = $account",
        asked,
    ).fetchall()
    if not found:
        raise KeyError(account_id)
    local = today(now, ZoneInfo(found[0][0]))
    return cursor.sql(QUERIES[kind], params={**asked, "today": local}).to_arrow_table()
