-- The channel that a campaign's spend belongs to: the one that most of its touches name, else the
-- platform where touches use that word, else what the seed says of its platform and type.
with

ad_performance as (
    select * from {{ ref('core__ad_performance') }}
),

ad_campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

touchpoints as (
    select * from {{ ref('core__touchpoints') }}
    where touch_day <= {{ as_of_date() }}
),

seed as (
    select * from {{ ref('seeds__ad_channels') }}
),

campaign_types as (
    select
        store_id,
        campaign_id,
        min(lower(campaign_type)) as campaign_type
    from ad_campaigns
    group by store_id, campaign_id
),

campaigns as (
    select distinct
        ad_performance.store_id,
        ad_performance.platform,
        ad_performance.campaign_id,
        coalesce(campaign_types.campaign_type, '') as campaign_type
    from ad_performance
    left join campaign_types
        on ad_performance.store_id = campaign_types.store_id
        and ad_performance.campaign_id = campaign_types.campaign_id
),

counted as (
    select
        store_id,
        campaign_id,
        channel,
        row_number() over (
            partition by store_id, campaign_id order by count(*) desc, {{ by_text('channel') }}
        ) as channel_rank
    from touchpoints
    where campaign_id is not null
    group by store_id, campaign_id, channel
),

touched as (
    select * from counted
    where channel_rank = 1
),

touch_channels as (
    select distinct
        store_id,
        channel
    from touchpoints
),

final as (
    select
        campaigns.store_id,
        campaigns.platform,
        campaigns.campaign_id,
        coalesce(
            touched.channel,
            touch_channels.channel,
            of_both.channel,
            of_platform.channel,
            of_type.channel,
            'other'
        ) as channel
    from campaigns
    left join touched
        on campaigns.store_id = touched.store_id
        and campaigns.campaign_id = touched.campaign_id
    left join touch_channels
        on campaigns.store_id = touch_channels.store_id
        and campaigns.platform = touch_channels.channel
    left join seed as of_both
        on campaigns.platform = of_both.platform
        and campaigns.campaign_type = of_both.campaign_type
    left join seed as of_platform
        on campaigns.platform = of_platform.platform
        and of_platform.campaign_type = 'any'
    left join seed as of_type
        on campaigns.campaign_type = of_type.campaign_type
        and of_type.platform = 'any'
)

select * from final
