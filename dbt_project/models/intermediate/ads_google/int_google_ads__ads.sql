-- Ads with their words, whichever kind of ad has them. Google does not say when an ad was made: it
-- counts from its first day in the reports.
with

ads as (
    select * from {{ ref('stg_google_ads__ads') }}
),

first_days as (
    select
        store_id,
        account_id,
        ad_group_id,
        ad_id,
        min(date) as created_on
    from {{ ref('stg_google_ads__ad_daily') }}
    group by store_id, account_id, ad_group_id, ad_id
),

final as (
    select
        ads.store_id,
        'google' as platform,
        ads.account_id,
        ads.campaign_id,
        ads.ad_group_id,
        ads.ad_id,
        ads.ad_name,
        case
            when ads.ad_type like '%CAROUSEL%' then 'carousel'
            when ads.ad_type like '%VIDEO%' then 'video'
            when ads.ad_type like '%PRODUCT%' or ads.ad_type like 'SHOPPING%' then 'product'
            when ads.ad_type like '%DISPLAY%' or ads.ad_type like '%IMAGE%' then 'image'
            when ads.ad_type like '%TEXT%' or ads.ad_type like '%SEARCH%' then 'text'
        end as format,
        coalesce(ads.search_headlines, ads.display_headlines, ads.video_headlines) as headline,
        coalesce(ads.search_descriptions, ads.display_descriptions, ads.video_descriptions)
            as body,
        lower(coalesce(
            ads.display_call_to_action, ads.video_calls_to_action, ads.carousel_call_to_action
        )) as call_to_action,
        ads.final_urls as landing_page,
        {{ google_status('ads.status') }} as status,
        first_days.created_on
    from ads
    left join first_days
        on ads.store_id = first_days.store_id
        and ads.account_id = first_days.account_id
        and ads.ad_group_id = first_days.ad_group_id
        and ads.ad_id = first_days.ad_id
)

select * from final
