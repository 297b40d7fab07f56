-- Amazon's ads. Those of Sponsored Products show the product itself and have no name of their own.
with

ads as (
    select * from {{ ref('stg_amazon_ads__ads') }}
),

ad_groups as (
    select * from {{ ref('stg_amazon_ads__ad_groups') }}
),

accounts as (
    select * from {{ ref('stg_amazon_ads__accounts') }}
),

creatives as (
    select
        ads.*,
        coalesce(ads.creative_type, ad_groups.creative_type) as shown_as,
        {{ shop_date('ads.created_at', "coalesce(accounts.time_zone, 'UTC')") }} as created_on
    from ads
    left join ad_groups
        on ads.store_id = ad_groups.store_id
        and ads.account_id = ad_groups.account_id
        and ads.ad_group_id = ad_groups.ad_group_id
    left join accounts
        on ads.store_id = accounts.store_id
        and ads.account_id = accounts.account_id
),

final as (
    select
        store_id,
        'amazon' as platform,
        account_id,
        campaign_id,
        ad_group_id,
        ad_id,
        coalesce(ad_name, sku, asin) as ad_name,
        case
            when ad_product = 'SPONSORED_PRODUCTS' then 'product'
            when shown_as like '%VIDEO%' then 'video'
            when shown_as = 'STORE_SPOTLIGHT' then 'carousel'
            else 'image'
        end as format,
        headline,
        cast(null as {{ dbt.type_string() }}) as body,
        cast(null as {{ dbt.type_string() }}) as call_to_action,
        landing_page,
        {{ amazon_status('state', 'null') }} as status,
        created_on
    from creatives
)

select * from final
