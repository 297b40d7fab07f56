with

source as (
    select * from {{ source('raw_files', 'touchpoints') }}
),

stores as (
    select * from {{ source('raw_files', 'stores') }}
),

final as (
    select
        {{ file_store_id('source.store_id') }} as store_id,
        source.customer_id,
        source.visitor_id,
        {{ instant('source.timestamp', time_zone()) }} as touched_at,
        source.channel,
        source.campaign_id,
        coalesce(source.interaction, 'click') as interaction,
        source.device_type,
        source.cost,
        source._dlt_load_id as load_id
    from source
    left join stores on source.store_id = stores.store_id
)

select * from final
