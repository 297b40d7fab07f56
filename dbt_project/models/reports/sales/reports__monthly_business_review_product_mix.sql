-- Each category's share of a month's revenue beside its share of the month and the year before.
-- A category that sold then and not now shows up with zero.
with

months as (
    select
        store_id,
        period_start,
        category,
        total_revenue,
        total_units_sold,
        revenue_contribution_pct
    from {{ ref('sales__metrics_by_category') }}
    where period_type = 'month'
),

stores as (
    select * from {{ ref('core__stores') }}
),

reviewed_months as (
    select
        store_id,
        period_start
    from {{ ref('sales__metrics') }}
    where
        period_type = 'month'
        and period_start >= {{ add_months(-12, date_trunc_to('month', as_of_date())) }}
),

categories as (
    select distinct
        store_id,
        category
    from months
),

compared as (
    select
        reviewed_months.store_id,
        reviewed_months.period_start as month_start,
        categories.category,
        coalesce(months.total_revenue, 0) as revenue,
        coalesce(months.total_units_sold, 0) as units_sold,
        coalesce(months.revenue_contribution_pct, 0) as revenue_pct,
        case
            when stores.first_order_date < reviewed_months.period_start
                then coalesce(month_before.revenue_contribution_pct, 0)
        end as month_before_pct,
        case
            when
                stores.first_order_date
                < {{ add_months(-11, 'reviewed_months.period_start') }}
                then coalesce(year_before.revenue_contribution_pct, 0)
        end as year_before_pct
    from reviewed_months
    inner join stores on reviewed_months.store_id = stores.store_id
    inner join categories on reviewed_months.store_id = categories.store_id
    left join months
        on reviewed_months.store_id = months.store_id
        and reviewed_months.period_start = months.period_start
        and categories.category = months.category
    left join months as month_before
        on reviewed_months.store_id = month_before.store_id
        and categories.category = month_before.category
        and month_before.period_start = {{ add_months(-1, 'reviewed_months.period_start') }}
    left join months as year_before
        on reviewed_months.store_id = year_before.store_id
        and categories.category = year_before.category
        and year_before.period_start = {{ add_months(-12, 'reviewed_months.period_start') }}
    where
        months.category is not null
        or month_before.category is not null
        or year_before.category is not null
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        month_start,
        row_number() over (
            partition by store_id, month_start order by revenue desc, {{ by_text('category') }}
        ) as revenue_rank,
        category,
        {{ rounded('revenue') }} as revenue,
        units_sold,
        {{ rounded('revenue_pct') }} as revenue_pct,
        {{ rounded('month_before_pct') }} as month_before_pct,
        {{ rounded('revenue_pct - month_before_pct') }} as change_points,
        {{ rounded('year_before_pct') }} as year_before_pct,
        {{ rounded('revenue_pct - year_before_pct') }} as year_change_points
    from compared
)

select * from final
