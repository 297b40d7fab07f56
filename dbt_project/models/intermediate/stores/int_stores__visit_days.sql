-- The days on which files tell of a visit to the store or of a touch. What orders tell of their
-- visits adds none: the order's own day counts.
with

visits as (
    select
        store_id,
        started_at as visited_at
    from {{ ref('stg_files__web_sessions') }}
    union all
    select
        store_id,
        touched_at as visited_at
    from {{ ref('stg_files__touchpoints') }}
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

final as (
    select distinct
        visits.store_id,
        {{ shop_date('visits.visited_at', 'stores.time_zone') }} as day
    from visits
    inner join stores on visits.store_id = stores.store_id
)

select * from final
