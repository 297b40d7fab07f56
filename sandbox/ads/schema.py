"""The tables of the made-up ad world: names, columns and types, created empty beside the shop's.

Ids are text of digits, days are account-local, instants naive UTC. `ad_days` holds the final truth
at the finest grain; what a platform tells of it at an instant is up to `AdWorld.rows`.
"""

from __future__ import annotations

import duckdb

from sandbox.shop.schema import MONEY

MICROS = "DECIMAL(18,6)"

ENTITY_TABLES = {
    "ad_accounts": """
        platform_source TEXT, account_id TEXT, account_name TEXT, currency_code TEXT,
        time_zone TEXT, kind TEXT, status TEXT""",
    "ad_campaigns": f"""
        platform_source TEXT, account_id TEXT, campaign_id TEXT, campaign_name TEXT, kind TEXT,
        objective TEXT, bidding TEXT, daily_budget {MONEY}, start_date DATE, end_date DATE,
        paused_on DATE, deleted_on DATE, updated_at TIMESTAMP""",
    "ad_groups": """
        platform_source TEXT, campaign_id TEXT, ad_group_id TEXT, ad_group_name TEXT,
        targeting TEXT, created_on DATE, deleted_on DATE""",
    "ads": """
        platform_source TEXT, campaign_id TEXT, ad_group_id TEXT, ad_id TEXT, ad_name TEXT,
        format TEXT, headline TEXT, body TEXT, call_to_action TEXT, landing_page TEXT,
        image_url TEXT, created_on DATE, deleted_on DATE""",
    "ad_keywords": f"""
        platform_source TEXT, campaign_id TEXT, ad_group_id TEXT, keyword_id TEXT, keyword TEXT,
        match_type TEXT, quality_score INTEGER, bid {MONEY}""",
}

# `network` is where an ad of Meta was shown; `purchase_factor` is how much more often those who
# are counted under a value buy, the average being 1.
FIGURE_TABLES = {
    "ad_days": f"""
        platform_source TEXT, account_id TEXT, campaign_id TEXT, ad_group_id TEXT, ad_id TEXT,
        keyword_id TEXT, network TEXT, day DATE, impressions BIGINT, clicks BIGINT,
        spend {MICROS}, video_views BIGINT, engagements BIGINT, reach BIGINT, purchases DOUBLE,
        purchase_value {MICROS}, view_purchases DOUBLE, add_to_carts DOUBLE""",
    "ad_search_terms": """
        platform_source TEXT, campaign_id TEXT, ad_group_id TEXT, keyword_id TEXT,
        search_term TEXT, share DOUBLE, purchase_factor DOUBLE""",
    "ad_shares": """
        platform_source TEXT, campaign_id TEXT, network TEXT, kind TEXT, value TEXT, share DOUBLE,
        click_factor DOUBLE, purchase_factor DOUBLE""",
    "ad_exchange_rates": """
        day DATE, from_currency TEXT, to_currency TEXT, rate DECIMAL(18,8)""",
}

WEB_TABLES = {
    "web_sessions": f"""
        session_id TEXT, customer_id BIGINT, visitor_id TEXT, started_at TIMESTAMP,
        utm_source TEXT, utm_medium TEXT, utm_campaign TEXT, landing_page TEXT, device_type TEXT,
        location TEXT, page_views INTEGER, add_to_carts INTEGER, sign_ups INTEGER,
        purchases INTEGER, order_id BIGINT, revenue {MONEY}, path_id BIGINT""",
    "touchpoints": f"""
        customer_id BIGINT, visitor_id TEXT, touched_at TIMESTAMP, channel TEXT, campaign_id TEXT,
        interaction TEXT, device_type TEXT, cost {MONEY}, path_id BIGINT""",
}

TRUTH_TABLES = {
    "truth_response_curves": "platform TEXT, maximum_revenue DOUBLE, half_spend DOUBLE",
    "truth_conversion_lag": "platform_source TEXT, tau_days DOUBLE, settled_days INTEGER",
    "truth_paths": "path_id BIGINT, order_id BIGINT",
    "truth_attribution": "channel TEXT, share DOUBLE",
    "truth_channel_strength": "channel TEXT, probability DOUBLE",
    "truth_fatigue": "ad_id TEXT, daily_ctr_decay DOUBLE",
    "truth_ab": "ad_group_id TEXT, winner_ad_id TEXT",
    "truth_wasted_keywords": "keyword_id TEXT, keyword TEXT",
    "truth_wasted_terms": "keyword_id TEXT, search_term TEXT",
}

TABLES = {**ENTITY_TABLES, **FIGURE_TABLES, **WEB_TABLES, **TRUTH_TABLES}


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """All tables of the ad world, empty, in the schema main."""
    for name, columns in TABLES.items():
        con.execute(f"create or replace table main.{name} ({columns})")
