-- Which campaign a utm_campaign names: the one with that id, else the only one with that name.
with

ad_campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

words as (
    select
        store_id,
        lower(trim(campaign_id)) as utm_campaign,
        campaign_id,
        1 as priority
    from ad_campaigns
    union all
    select
        store_id,
        lower(trim(campaign_name)) as utm_campaign,
        campaign_id,
        2 as priority
    from ad_campaigns
    where campaign_name is not null
),

counted as (
    select
        store_id,
        utm_campaign,
        priority,
        min(campaign_id) as campaign_id,
        min(campaign_id) = max(campaign_id) as is_only_one,
        row_number() over (partition by store_id, utm_campaign order by priority) as word_rank
    from words
    group by store_id, utm_campaign, priority
),

final as (
    select
        store_id,
        utm_campaign,
        campaign_id
    from counted
    where word_rank = 1 and is_only_one
)

select * from final
