-- The models that each store can be told by: a learned one only once `python -m ml attribution` has
-- learned from its journeys, or where no journey led to an order so that there is nothing to learn.
with

stores as (
    select * from {{ ref('int_stores__settings') }}
),

models as (
    select * from {{ ref('seeds__attribution_models') }}
),

learned as (
    select distinct
        store_id,
        model
    from {{ ref('stg_ml__attribution_weights') }}
),

journeys as (
    select distinct store_id
    from {{ ref('int_touches__journeys') }}
    where order_id is not null
),

final as (
    select
        stores.store_id,
        models.model,
        models.learned_model
    from stores
    cross join models
    left join learned
        on stores.store_id = learned.store_id
        and models.learned_model = learned.model
    left join journeys on stores.store_id = journeys.store_id
    where
        models.learned_model = 'none'
        or learned.model is not null
        or journeys.store_id is null
)

select * from final
