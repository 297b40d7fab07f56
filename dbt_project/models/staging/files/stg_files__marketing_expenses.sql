with

source as (
    select * from {{ source('raw_files', 'marketing_expenses') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        expense_date,
        amount,
        kind,
        channel,
        _dlt_load_id as load_id
    from source
)

select * from final
