-- How well the size guide of each category holds: how many units sold in a year did not come back
-- for their size, and whether the others were too small or too large.
with

categories as (
    select * from {{ ref('returns__metrics_by_category') }}
    where period_type = 'last_365_days'
),

products as (
    select * from {{ ref('core__products') }}
),

return_items as (
    select
        return_items.store_id,
        coalesce(products.category, 'unknown') as category,
        return_items.sub_reason,
        return_items.quantity_returned
    from {{ ref('core__return_items') }} as return_items
    left join products
        on return_items.store_id = products.store_id
        and return_items.sku = products.sku
    where
        return_items.is_counted
        and return_items.return_reason_category = 'size_fit'
        and return_items.return_date <= {{ as_of_date() }}
        and return_items.return_date > {{ add_days(-365, as_of_date()) }}
),

of_stores as (
    select * from return_items
    union all
    select
        'all' as store_id,
        category,
        sub_reason,
        quantity_returned
    from return_items
),

sizes as (
    select
        store_id,
        category,
        sum(quantity_returned) as size_units,
        sum(case when sub_reason = 'too_small' then quantity_returned else 0 end) as small_units,
        sum(case when sub_reason = 'too_large' then quantity_returned else 0 end) as large_units
    from of_stores
    group by store_id, category
),

final as (
    select
        categories.store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by categories.store_id
            order by
                coalesce({{ percent('sizes.size_units', 'categories.total_units_sold') }}, 0) desc,
                {{ by_text('categories.category') }}
        ) as size_rank,
        categories.category,
        categories.total_units_sold as units_sold,
        {{ count_of('sizes.size_units') }} as size_returned_units,
        {{ rounded(percent('sizes.size_units', 'categories.total_units_sold')) }}
            as size_return_rate,
        {{ rounded('100 - ' ~ percent('sizes.size_units', 'categories.total_units_sold')) }}
            as size_guide_accuracy_pct,
        {{ rounded('categories.size_fit_returns') }} as size_fit_returns,
        {{ count_of('sizes.small_units') }} as too_small_units,
        {{ count_of('sizes.large_units') }} as too_large_units,
        case
            when sizes.small_units >= 2 * sizes.large_units then 'runs_small'
            when sizes.large_units >= 2 * sizes.small_units then 'runs_large'
            else 'varies'
        end as tendency
    from categories
    inner join sizes
        on categories.store_id = sizes.store_id
        and categories.category = sizes.category
)

select * from final
