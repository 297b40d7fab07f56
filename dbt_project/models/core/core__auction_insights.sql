-- Who else took part in the auctions of our campaigns, day by day. Platforms give this to few by
-- API, so files bring it. All rates are shares, 0 to 1.
with

auction_insights as (
    select * from {{ ref('stg_files__auction_insights') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select
        auction_insights.store_id,
        auction_insights.campaign_id,
        auction_insights.date,
        auction_insights.competitor,
        auction_insights.impression_share,
        auction_insights.overlap_rate,
        auction_insights.position_above_rate,
        auction_insights.top_of_page_rate,
        auction_insights.outranking_share
    from auction_insights
    inner join stores on auction_insights.store_id = stores.store_id
    where auction_insights.date <= {{ as_of_date() }}
)

select * from final
