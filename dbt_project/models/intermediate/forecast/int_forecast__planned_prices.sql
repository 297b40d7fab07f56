-- By how much planned changes will have moved each store's prices on days to come: the change of
-- each SKU, by its part in what was sold of late.
with

store_days as (
    select * from {{ ref('int_forecast__store_days') }}
    where is_future
),

order_items as (
    select * from {{ ref('core__order_items') }}
    where
        is_valid
        and not is_gift_card
        and quantity > 0
        and order_day <= {{ as_of_date() }}
        and order_day > {{ add_days(-1 * var('forecast_usual_days'), as_of_date()) }}
),

changes as (
    select
        store_id,
        sku,
        effective_date,
        new_price - coalesce(lag(new_price) over to_come, old_price) as price_change,
        first_value(old_price) over to_come as price_now
    from {{ ref('stg_files__pricing_history') }}
    where effective_date > {{ as_of_date() }} and old_price > 0
    window to_come as (partition by store_id, sku order by effective_date)
),

sold as (
    select
        store_id,
        sku,
        sum(quantity * unit_price) as list_amount
    from order_items
    group by store_id, sku
),

shares as (
    select
        store_id,
        sku,
        {{ safe_divide('list_amount', 'sum(list_amount) over (partition by store_id)') }} as share
    from sold
),

moves as (
    select
        changes.store_id,
        changes.effective_date,
        sum(shares.share * {{ safe_divide('changes.price_change', 'changes.price_now') }})
            as move
    from changes
    inner join shares
        on changes.store_id = shares.store_id
        and changes.sku = shares.sku
    group by changes.store_id, changes.effective_date
),

final as (
    select
        store_days.store_id,
        store_days.day,
        cast(1 + sum(moves.move) as {{ type_ratio() }}) as price_factor
    from store_days
    inner join moves
        on store_days.store_id = moves.store_id
        and store_days.day >= moves.effective_date
    group by store_days.store_id, store_days.day
)

select * from final
