-- How each month and quarter stands to the mean one, over the calendar years wholly in the data.
with

stores as (
    select * from {{ ref('core__stores') }}
    where first_order_date is not null
),

metrics as (
    select * from {{ ref('sales__metrics') }}
    where period_type in ('month', 'quarter')
),

period_numbers as (
    select distinct
        'month' as period_type,
        month_number as period_number
    from {{ ref('core__calendar') }}
    union all
    select distinct
        'quarter' as period_type,
        quarter_number as period_number
    from {{ ref('core__calendar') }}
),

numbered as (
    select
        metrics.store_id,
        metrics.period_type,
        case
            when metrics.period_type = 'month'
                then cast(extract(month from metrics.period_start) as integer)
            else cast(extract(quarter from metrics.period_start) as integer)
        end as period_number,
        metrics.total_revenue,
        {{ date_trunc_to('year', 'metrics.period_start') }} as year_start,
        stores.first_order_date
    from metrics
    inner join stores on metrics.store_id = stores.store_id
),

placed as (
    select
        *,
        first_order_date <= year_start
        and {{ add_days(-1, add_months(12, 'year_start')) }} <= {{ as_of_date() }}
            as is_in_whole_year
    from numbered
),

period_sums as (
    select
        store_id,
        period_type,
        period_number,
        sum(total_revenue) as revenue,
        sum(case when is_in_whole_year then total_revenue end) as whole_years_revenue,
        sum(case when is_in_whole_year then 1 else 0 end) as whole_years_count
    from placed
    group by store_id, period_type, period_number
),

averaged as (
    select
        stores.store_id,
        period_numbers.period_type,
        period_numbers.period_number,
        coalesce(period_sums.revenue, 0) as revenue,
        coalesce(period_sums.whole_years_count, 0) as whole_years_count,
        {{ safe_divide('period_sums.whole_years_revenue', 'period_sums.whole_years_count') }}
            as average_revenue
    from stores
    cross join period_numbers
    left join period_sums
        on stores.store_id = period_sums.store_id
        and period_numbers.period_type = period_sums.period_type
        and period_numbers.period_number = period_sums.period_number
),

-- Every month (quarter) has as many whole years, so the mean of the means is the mean of them all.
final as (
    select
        store_id,
        period_type,
        period_number,
        {{ count_of('whole_years_count') }} as whole_years_count,
        {{ decimal('revenue') }} as revenue,
        average_revenue,
        {{ percent(
            'average_revenue',
            'avg(average_revenue) over (partition by store_id, period_type)',
        ) }} as seasonal_index
    from averaged
)

select * from final
