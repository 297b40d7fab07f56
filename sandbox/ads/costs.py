"""What a click and a view of each way cost on the average, in the shop's money."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandbox.ads.channels import WAYS
from sandbox.ads.span import Span
from sandbox.shop.shop import Shop
from sandbox.shop.streams import Floats, Ints

CAMPAIGNS = """
with

days as (
    select
        ad_days.campaign_id,
        ad_days.impressions,
        ad_days.clicks,
        ad_days.spend * case
            when ad_accounts.currency_code = shop.currency_code then 1
            else ad_exchange_rates.rate
        end as spend
    from main.ad_days
    cross join main.shop
    inner join main.ad_accounts using (platform_source, account_id)
    left join main.ad_exchange_rates
        on ad_days.day = ad_exchange_rates.day
        and ad_accounts.currency_code = ad_exchange_rates.from_currency
)

select
    ad_campaigns.campaign_name,
    ad_campaigns.campaign_id,
    ad_campaigns.start_date,
    coalesce(ad_campaigns.deleted_on, ad_campaigns.paused_on, ad_campaigns.end_date + 1) as after,
    cast(sum(days.spend) / nullif(sum(days.clicks), 0) as double) as click_cost,
    cast(sum(days.spend) / nullif(sum(days.impressions), 0) as double) as view_cost
from main.ad_campaigns
left join days on ad_campaigns.campaign_id = days.campaign_id
group by all
order by ad_campaigns.campaign_id
"""


@dataclass(frozen=True)
class WayCosts:
    """By way: the campaign that leads there, if any, on which days it does, and what it costs."""

    campaign_ids: list[str | None]
    first: Ints
    after: Ints
    click: Floats
    view: Floats


def way_costs(shop: Shop, span: Span) -> WayCosts:
    """Days count from 1970; ways without a campaign cost nothing here."""
    found = {row[0]: row[1:] for row in shop.con.execute(CAMPAIGNS).fetchall()}
    end = np.datetime64(span.day(span.count)).astype(int)
    count = len(WAYS)
    ids: list[str | None] = [None] * count
    first, after = np.full(count, end), np.full(count, end)
    click, view = np.zeros(count), np.zeros(count)
    for number, way in enumerate(WAYS):
        if way.campaign not in found:
            continue
        ids[number], start, stop, of_click, of_view = found[way.campaign]
        first[number] = np.datetime64(start).astype(int)
        after[number] = end if stop is None else np.datetime64(stop).astype(int)
        click[number], view[number] = of_click or 0.0, of_view or 0.0
    return WayCosts(ids, first, after, click, view)
