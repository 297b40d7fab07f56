with

source as (
    select * from {{ source('raw_files', 'auction_insights') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        campaign_id,
        date,
        competitor,
        impression_share,
        overlap_rate,
        position_above_rate,
        top_of_page_rate,
        outranking_share,
        _dlt_load_id as load_id
    from source
)

select * from final
