-- The latest run up to the as-of date that made forecasts of a level of a store: a run may be asked
-- for some levels alone. Rebuilding a past day sees no later run.
with

forecasts as (
    select * from {{ ref('stg_ml__forecasts') }}
    where as_of_date <= {{ as_of_date() }}
),

final as (
    select
        store_id,
        level,
        max(as_of_date) as as_of_date
    from forecasts
    group by store_id, level
)

select * from final
