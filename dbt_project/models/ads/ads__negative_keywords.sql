-- Search terms that cost and sell nothing: candidates for negative keywords, by the last 90 days.
with

terms as (
    select * from {{ ref('ads__metrics_by_search_term') }}
    where
        period_type = 'last_90_days'
        and search_term <> 'unallocated'
        and store_id <> 'all'
),

platforms as (
    select
        store_id,
        platform,
        cost_per_acquisition as platform_cpa,
        conversion_rate as platform_conversion_rate
    from {{ ref('ads__metrics_by_platform') }}
    where period_type = 'last_90_days'
),

keywords as (
    select distinct
        store_id,
        platform,
        campaign_id,
        lower(keyword) as keyword
    from {{ ref('core__ad_keywords') }}
),

final as (
    select
        terms.store_id,
        terms.platform,
        terms.campaign_id,
        terms.ad_group_id,
        terms.search_term,
        'exact' as suggested_match_type,
        terms.impressions,
        terms.clicks,
        terms.total_ad_spend as wasted_spend,
        platforms.platform_cpa,
        cast(
            terms.clicks * platforms.platform_conversion_rate / 100 as {{ type_ratio() }}
        ) as expected_conversions,
        keywords.keyword is not null as is_own_keyword,
        row_number() over (
            partition by terms.store_id
            order by
                terms.total_ad_spend desc, {{ by_text('terms.search_term') }},
                terms.platform, terms.campaign_id, terms.ad_group_id
        ) as spend_rank
    from terms
    inner join platforms
        on terms.store_id = platforms.store_id
        and terms.platform = platforms.platform
    left join keywords
        on terms.store_id = keywords.store_id
        and terms.platform = keywords.platform
        and terms.campaign_id = keywords.campaign_id
        and lower(terms.search_term) = keywords.keyword
    where
        coalesce(terms.conversions, 0) = 0
        and terms.clicks >= {{ var('search_term_minimum_clicks') }}
)

select * from final
