-- The rows of all reports with what they cost and what they brought. All fetches of campaigns.
-- Costs and actions stand one below the other before they are added up: no row needs both.
with

costs as (
    {{ amazon_costs(
        'campaign', ref('stg_amazon_ads__campaign_daily'), video_views='video_views'
    ) }}
    union all
    {{ amazon_costs(
        'ad', ref('stg_amazon_ads__ad_daily'), has_ads=true, video_views='video_views'
    ) }}
    union all
    {{ amazon_costs('keyword', ref('stg_amazon_ads__keyword_daily'), has_keywords=true) }}
    union all
    {{ amazon_costs(
        'search_term', ref('stg_amazon_ads__search_term_daily'), has_keywords=true,
        search_term='search_term'
    ) }}
    union all
    {{ amazon_costs(
        'placement', ref('stg_amazon_ads__placement_daily'), placement='placement'
    ) }}
),

actions as (
    select * from {{ ref('int_amazon_ads__actions') }}
),

stacked as (
    select
        costs.*,
        cast(null as {{ dbt.type_numeric() }}) as conversions,
        cast(null as {{ dbt.type_numeric() }}) as revenue,
        cast(null as {{ dbt.type_numeric() }}) as add_to_carts,
        cast(null as {{ dbt.type_numeric() }}) as view_through_conversions
    from costs
    union all
    select
        cast(null as {{ dbt.type_string() }}) as level,
        store_id,
        account_id,
        report,
        date,
        fetched_on,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword_id,
        search_term,
        placement,
        cast(null as {{ dbt.type_string() }}) as keyword,
        cast(null as {{ dbt.type_string() }}) as match_type,
        cast(null as {{ dbt.type_string() }}) as currency,
        cast(null as {{ dbt.type_bigint() }}) as impressions,
        cast(null as {{ dbt.type_bigint() }}) as clicks,
        cast(null as {{ dbt.type_numeric() }}) as spend,
        cast(null as {{ dbt.type_bigint() }}) as video_views,
        case when figure = 'purchase' and priority = lowest_priority then quantity end
            as conversions,
        case when figure = 'purchase' and priority = lowest_priority then action_value end
            as revenue,
        case when figure = 'add_to_cart' and priority = lowest_priority then quantity end
            as add_to_carts,
        case
            when action_type = 'purchases' then quantity
            when action_type = 'purchasesClicks' then -quantity
        end as view_through_conversions
    from actions
),

-- Sponsored Products reports neither carts nor purchases after a view; the others report both.
final as (
    select
        store_id,
        account_id,
        report,
        date,
        fetched_on,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword_id,
        search_term,
        placement,
        max(level) as level,
        max(keyword) as keyword,
        max(match_type) as match_type,
        max(currency) as currency,
        {{ count_of('sum(impressions)') }} as impressions,
        {{ count_of('sum(clicks)') }} as clicks,
        {{ decimal('sum(spend)') }} as spend,
        {{ count_of('sum(video_views)') }} as video_views,
        {{ decimal('coalesce(sum(conversions), 0)') }} as conversions,
        {{ decimal('coalesce(sum(revenue), 0)') }} as revenue,
        {{ decimal("case when report not like 'sp%' then coalesce(sum(add_to_carts), 0) end") }}
            as add_to_carts,
        {{ decimal(
            "case when report not like 'sp%' then coalesce(sum(view_through_conversions), 0) end"
        ) }} as view_through_conversions
    from stacked
    group by
        store_id,
        account_id,
        report,
        date,
        fetched_on,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword_id,
        search_term,
        placement
    having max(level) is not null
)

select * from final
