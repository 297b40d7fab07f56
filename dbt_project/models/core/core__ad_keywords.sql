-- The keywords that sources describe, bids in reporting currency at the rate of the as-of date.
with

keywords as (
    select * from {{ ref('int_ads__keywords') }}
),

campaigns as (
    select * from {{ ref('core__ad_campaigns') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

owned as (
    select
        keywords.*,
        campaigns.currency,
        stores.reporting_currency
    from keywords
    inner join stores on keywords.store_id = stores.store_id
    left join campaigns
        on keywords.store_id = campaigns.store_id
        and keywords.source = campaigns.source
        and keywords.campaign_id = campaigns.campaign_id
),

final as (
    select
        owned.store_id,
        owned.platform,
        owned.account_id,
        owned.campaign_id,
        owned.ad_group_id,
        owned.keyword,
        owned.match_type,
        owned.status,
        {{ decimal(
            'owned.bid * ' ~ rate_to_reporting('owned.currency', 'owned.reporting_currency')
        ) }} as bid,
        {{ decimal('owned.bid') }} as bid_original,
        owned.currency,
        owned.quality_score,
        owned.source
    from owned
    {{ rate_join('owned.currency', 'owned.reporting_currency', as_of_date()) }}
)

select * from final
