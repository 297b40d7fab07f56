with

source as (
    select * from {{ source('raw_files', 'seasons') }}
),

final as (
    select
        {{ file_store_id('store_id') }} as store_id,
        season_id,
        season_name,
        season_type,
        peak_dates,
        total_budget,
        revenue_target,
        profit_target,
        status,
        start_date,
        end_date,
        _dlt_load_id as load_id
    from source
)

select * from final
