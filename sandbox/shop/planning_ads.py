"""What the shop's web analytics and its bank tell: `web_sessions.csv`, `touchpoints.csv` and
`exchange_rates.csv`, as of the shop's now. Where the shop has no ad world yet it is made.
"""

from __future__ import annotations

from pathlib import Path

from sandbox.ads.generate import ads_of
from sandbox.shop.shop import Shop

INSTANT = "strftime({column}, '%Y-%m-%dT%H:%M:%SZ')"

SESSIONS = f"""
select
    web_sessions.session_id,
    web_sessions.customer_id,
    web_sessions.visitor_id,
    {INSTANT.format(column="web_sessions.started_at")} as timestamp,
    web_sessions.utm_source,
    web_sessions.utm_medium,
    web_sessions.utm_campaign,
    web_sessions.landing_page,
    web_sessions.device_type,
    web_sessions.location,
    web_sessions.page_views,
    web_sessions.add_to_carts,
    web_sessions.sign_ups,
    if(orders.processed_at > {{now}}, 0, web_sessions.purchases) as purchases,
    if(orders.processed_at > {{now}}, null, web_sessions.order_id) as order_id,
    if(orders.processed_at > {{now}}, null, web_sessions.revenue) as revenue
from main.web_sessions
left join main.orders on web_sessions.order_id = orders.order_id
where web_sessions.started_at <= {{now}}
order by web_sessions.session_id
"""

TOUCHPOINTS = f"""
select
    customer_id,
    visitor_id,
    {INSTANT.format(column="touched_at")} as timestamp,
    channel,
    campaign_id,
    interaction,
    device_type,
    cost
from main.touchpoints
where touched_at <= {{now}}
order by touched_at, path_id, channel, interaction
"""

RATES = """
select day as date, from_currency, to_currency, rate
from main.ad_exchange_rates
where day <= cast(timezone('{zone}', timezone('UTC', {now})) as date)
order by day
"""


def write_ads_sheets(shop: Shop, folder: Path) -> None:
    """Write the three files into a folder that is there."""
    ads_of(shop)
    sheets = {"web_sessions": SESSIONS, "touchpoints": TOUCHPOINTS, "exchange_rates": RATES}
    now = f"timestamp '{shop.now.isoformat(sep=' ')}'"
    for name, query in sheets.items():
        rows = query.format(now=now, zone=shop.spec.time_zone)
        target = str(folder / f"{name}.csv").replace("'", "''")
        shop.con.execute(f"copy ({rows}) to '{target}' (header)")
