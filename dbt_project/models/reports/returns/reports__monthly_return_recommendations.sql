-- What to improve, summed up by what to do: products, batches and customers, the costliest first.
with

cases as (
    select
        store_id,
        recommendation,
        recommendation_text,
        signal_units as units,
        signal_value as amount
    from {{ ref('returns__prevention') }}
    union all
    select
        store_id,
        'check_batch' as recommendation,
        'Hold back what comes back far more than it used to, and check it.' as recommendation_text,
        returned_units as units,
        cast(null as {{ dbt.type_numeric() }}) as amount
    from {{ ref('returns__spikes') }}
    where is_current
    union all
    select
        store_id,
        'review_customers' as recommendation,
        'Look at the customers who send most of it back.' as recommendation_text,
        units_returned as units,
        lifetime_return_value as amount
    from {{ ref('returns__customers') }}
    where risk_level = 'high'
),

of_stores as (
    select * from cases
    union all
    select
        'all' as store_id,
        recommendation,
        recommendation_text,
        units,
        amount
    from cases
),

summed as (
    select
        store_id,
        recommendation,
        recommendation_text,
        count(*) as cases_count,
        sum(units) as units,
        sum(amount) as amount
    from of_stores
    group by store_id, recommendation, recommendation_text
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by coalesce(amount, 0) desc, units desc, {{ by_text('recommendation') }}
        ) as amount_rank,
        recommendation,
        recommendation_text,
        cases_count,
        {{ count_of('units') }} as units,
        {{ rounded('amount') }} as amount
    from summed
)

select * from final
