with

source as (
    select * from {{ source('raw_google_ads', 'conversion_actions') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        account_id,
        id as conversion_action_id,
        name as conversion_action_name,
        category,
        status,
        type as action_source,
        coalesce(is_primary, false) as is_primary,
        click_through_window_days,
        view_through_window_days,
        _dlt_load_id as load_id
    from source
)

select * from final
