-- What products that are no longer sold still brought over the last year.
with

products as (
    select * from {{ ref('sales__product_lifecycle') }}
),

shared as (
    select
        *,
        sum(yearly_revenue) over (partition by store_id) as store_yearly_revenue
    from products
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (partition by store_id order by yearly_revenue desc, {{ by_text('sku') }})
            as revenue_rank,
        sku,
        product_name,
        category,
        is_discontinued as is_discontinued_in_catalog,
        last_sale_date,
        days_since_last_sale,
        {{ rounded('yearly_revenue') }} as yearly_revenue,
        {{ rounded(percent('yearly_revenue', 'store_yearly_revenue')) }} as yearly_revenue_pct,
        {{ rounded('previous_revenue') }} as previous_revenue,
        {{ rounded('recent_revenue') }} as recent_revenue,
        {{ rounded('previous_revenue - recent_revenue') }} as revenue_lost
    from shared
    where lifecycle_stage = 'discontinued'
)

select * from final
