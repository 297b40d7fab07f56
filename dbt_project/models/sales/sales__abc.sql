-- A while the SKUs before it make less than the A share of revenue, B until the B share, else C.
with

products as (
    select * from {{ ref('int_sales__products') }}
    where yearly_lines > 0
),

running as (
    select
        *,
        row_number() over (partition by store_id order by yearly_revenue desc, {{ by_text('sku') }})
            as revenue_rank,
        sum(yearly_revenue) over (
            partition by store_id order by yearly_revenue desc, {{ by_text('sku') }}
            rows between unbounded preceding and current row
        ) as cumulative_revenue,
        sum(yearly_revenue) over (partition by store_id) as store_revenue
    from products
),

final as (
    select
        store_id,
        sku,
        product_name,
        category,
        brand,
        case
            when cumulative_revenue - yearly_revenue < {{ var('abc_a_share') }} * store_revenue
                then 'A'
            when cumulative_revenue - yearly_revenue < {{ var('abc_b_share') }} * store_revenue
                then 'B'
            else 'C'
        end as abc_class,
        revenue_rank,
        yearly_units as units,
        yearly_revenue as revenue,
        {{ percent('yearly_revenue', 'store_revenue') }} as revenue_share_pct,
        {{ percent('cumulative_revenue', 'store_revenue') }} as cumulative_share_pct
    from running
)

select * from final
