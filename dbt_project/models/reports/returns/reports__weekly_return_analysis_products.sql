-- The twenty SKUs of which most came back in seven days, beside their own ninety days.
with

products as (
    select * from {{ ref('returns__metrics_by_product') }}
    where period_type = 'last_7_days' and returned_units > 0
),

last_90_days as (
    select * from {{ ref('returns__metrics_by_product') }}
    where period_type = 'last_90_days'
),

ranked as (
    select
        *,
        row_number() over (
            partition by store_id
            order by returned_units desc, return_value desc, {{ by_text('sku') }}
        ) as units_rank
    from products
),

final as (
    select
        ranked.store_id,
        {{ as_of_date() }} as as_of_date,
        ranked.units_rank,
        ranked.sku,
        ranked.product_name,
        ranked.total_returns,
        ranked.returned_units,
        {{ rounded('ranked.return_value') }} as return_value,
        ranked.total_units_sold as units_sold,
        {{ rounded('ranked.defect_rate') }} as defect_rate,
        {{ rounded('ranked.size_fit_returns') }} as size_fit_returns,
        last_90_days.returned_units as returned_units_90_days,
        {{ rounded('last_90_days.return_rate') }} as return_rate_90_days
    from ranked
    left join last_90_days
        on ranked.store_id = last_90_days.store_id
        and ranked.sku = last_90_days.sku
    where ranked.units_rank <= 20
)

select * from final
