-- Every inventory figure of each store, and of all stores together, in each period.
with

sku_days as (
    select * from {{ ref('int_inventory__days') }}
),

entity_days as (
    select
        store_id,
        day,
        {{ inventory_day_sums() }}
    from sku_days
    group by store_id, day
),

receipts as (
    select * from {{ ref('int_inventory__receipts') }}
),

{{ inventory_metrics([]) }}

select * from metrics
