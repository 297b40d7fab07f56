-- A row is a day on which the spend over channels, beside some model, is not what the ad platforms
-- took and touches of other campaigns cost.
with

platforms as (
    select
        store_id,
        date as day,
        spend
    from {{ ref('core__ad_performance') }}
    union all
    select
        touchpoints.store_id,
        touchpoints.touch_day as day,
        touchpoints.cost as spend
    from {{ ref('core__touchpoints') }} as touchpoints
    where
        touchpoints.cost is not null
        and not exists (
            select 1 from {{ ref('core__ad_campaigns') }} as ad_campaigns
            where
                ad_campaigns.store_id = touchpoints.store_id
                and ad_campaigns.campaign_id = touchpoints.campaign_id
        )
),

spent as (
    select
        platforms.store_id,
        models.model,
        platforms.day,
        sum(platforms.spend) as spend
    from platforms
    inner join {{ ref('int_attribution__models') }} as models
        on platforms.store_id = models.store_id
    where platforms.day <= {{ as_of_date() }}
    group by platforms.store_id, models.model, platforms.day
),

channels as (
    select
        store_id,
        model,
        period_start as day,
        sum(spend) as spend
    from {{ ref('ads__attribution_by_channel') }}
    where period_type = 'day' and store_id <> 'all'
    group by store_id, model, period_start
),

final as (
    select
        coalesce(spent.store_id, channels.store_id) as store_id,
        coalesce(spent.model, channels.model) as model,
        coalesce(spent.day, channels.day) as day,
        spent.spend,
        channels.spend as channels_spend
    from spent
    full outer join channels
        on spent.store_id = channels.store_id
        and spent.model = channels.model
        and spent.day = channels.day
    where abs(coalesce(spent.spend, 0) - coalesce(channels.spend, 0)) > 0.001
)

select * from final
