-- SKUs whose returns jump beyond chance: the returned lines of some weeks (`return_spike_weeks`, to
-- the end of the week shown) against all earlier ones of the SKU, each on the units that were due
-- to come back. The score is the conditional test of two Poisson rates (Przyborowski and Wilenski,
-- 1940), see macro excess_score; 4 happens by chance once in 30,000 weeks of SKUs.
with

weeks as (
    select * from {{ ref('int_return_facts__sku_weeks') }}
),

products as (
    select * from {{ ref('int_return_facts__products') }}
),

summed as (
    select
        store_id,
        sku,
        week_start,
        sum(returned_lines) over recent_weeks as recent_lines,
        sum(returned_units) over recent_weeks as recent_units,
        sum(defect_lines) over recent_weeks as recent_defect_lines,
        sum(units_due) over recent_weeks as recent_due,
        coalesce(sum(returned_lines) over earlier_weeks, 0) as earlier_lines,
        coalesce(sum(units_due) over earlier_weeks, 0) as earlier_due
    from weeks
    window
        recent_weeks as (
            partition by store_id, sku order by week_start
            rows between {{ var('return_spike_weeks') - 1 }} preceding and current row
        ),
        earlier_weeks as (
            partition by store_id, sku order by week_start
            rows between unbounded preceding and {{ var('return_spike_weeks') }} preceding
        )
),

scored as (
    select
        *,
        {{ safe_divide('earlier_lines * recent_due', 'earlier_due') }} as expected_lines,
        {{ excess_score('recent_lines', 'recent_due', 'earlier_lines', 'earlier_due') }}
            as excess_score
    from summed
    where recent_lines >= {{ var('spike_minimum_returns') }}
),

spikes as (
    select
        *,
        {{ dbt.datediff('week_start', week_start(as_of_date()), 'day') }} as days_ago
    from scored
    where excess_score >= {{ var('return_spike_score') }}
),

final as (
    select
        spikes.store_id,
        spikes.sku,
        spikes.week_start,
        products.product_name,
        products.category,
        products.supplier_id,
        {{ count_of('spikes.recent_lines') }} as returned_lines,
        {{ count_of('spikes.recent_units') }} as returned_units,
        {{ count_of('spikes.recent_defect_lines') }} as defect_lines,
        spikes.expected_lines,
        {{ safe_divide('spikes.recent_lines', 'spikes.expected_lines') }} as times_expected,
        {{ percent('spikes.recent_lines', 'spikes.recent_due') }} as return_rate,
        {{ percent('spikes.earlier_lines', 'spikes.earlier_due') }} as earlier_return_rate,
        spikes.excess_score,
        row_number() over (
            partition by spikes.store_id, spikes.sku
            order by spikes.excess_score desc, spikes.week_start
        ) = 1 as is_peak,
        spikes.days_ago = 0 as is_current
    from spikes
    inner join products
        on spikes.store_id = products.store_id
        and spikes.sku = products.sku
)

select * from final
