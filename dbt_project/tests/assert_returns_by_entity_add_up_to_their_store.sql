-- A row is a period in which returns by some entity do not add up to those of the store. What
-- stands on lines leaves out the costs of returns without lines.
with

metrics as (
    select * from {{ ref('returns__metrics') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison
),

range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

without_lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where not has_line
),

store_costs as (
    select
        store_id,
        return_date,
        sum(processing_cost + shipping_cost) as cost
    from without_lines
    group by store_id, return_date
),

day_costs as (
    select * from store_costs
    union all
    select
        'all' as store_id,
        return_date,
        sum(cost) as cost
    from store_costs
    group by return_date
),

costs as (
    select
        day_costs.store_id,
        range_days.range_start,
        range_days.range_end,
        sum(day_costs.cost) as cost
    from day_costs
    inner join range_days on day_costs.return_date = range_days.day
    group by day_costs.store_id, range_days.range_start, range_days.range_end
),

entities as (
    select
        'product' as entity,
        1 as is_of_lines,
        store_id,
        period_type,
        period_start,
        returned_units,
        return_value,
        refund_amount,
        net_return_loss
    from {{ ref('returns__metrics_by_product') }}
    union all
    select
        'category' as entity,
        1 as is_of_lines,
        store_id,
        period_type,
        period_start,
        returned_units,
        return_value,
        refund_amount,
        net_return_loss
    from {{ ref('returns__metrics_by_category') }}
    union all
    select
        'brand' as entity,
        1 as is_of_lines,
        store_id,
        period_type,
        period_start,
        returned_units,
        return_value,
        refund_amount,
        net_return_loss
    from {{ ref('returns__metrics_by_brand') }}
    union all
    select
        'supplier' as entity,
        1 as is_of_lines,
        store_id,
        period_type,
        period_start,
        returned_units,
        return_value,
        refund_amount,
        net_return_loss
    from {{ ref('returns__metrics_by_supplier') }}
    union all
    select
        'reason' as entity,
        1 as is_of_lines,
        store_id,
        period_type,
        period_start,
        returned_units,
        return_value,
        refund_amount,
        net_return_loss
    from {{ ref('returns__metrics_by_reason') }}
    where return_reason_detail is null
    union all
    select
        'customer_segment' as entity,
        0 as is_of_lines,
        store_id,
        period_type,
        period_start,
        returned_units,
        return_value,
        refund_amount,
        net_return_loss
    from {{ ref('returns__metrics_by_customer_segment') }}
    union all
    select
        'channel' as entity,
        0 as is_of_lines,
        store_id,
        period_type,
        period_start,
        returned_units,
        return_value,
        refund_amount,
        net_return_loss
    from {{ ref('returns__metrics_by_channel') }}
    union all
    select
        'return_type' as entity,
        0 as is_of_lines,
        store_id,
        period_type,
        period_start,
        returned_units,
        return_value,
        refund_amount,
        net_return_loss
    from {{ ref('returns__metrics_by_return_type') }}
),

names as (
    select distinct
        entity,
        is_of_lines
    from entities
),

summed as (
    select
        entity,
        store_id,
        period_type,
        period_start,
        sum(returned_units) as returned_units,
        sum(return_value) as return_value,
        sum(refund_amount) as refund_amount,
        sum(net_return_loss) as net_return_loss
    from entities
    group by entity, store_id, period_type, period_start
),

final as (
    select
        names.entity,
        metrics.store_id,
        metrics.period_type,
        metrics.period_start,
        metrics.return_value as value_of_store,
        summed.return_value as value_of_entities,
        metrics.net_return_loss as loss_of_store,
        summed.net_return_loss as loss_of_entities
    from metrics
    inner join periods
        on metrics.period_type = periods.period_type
        and metrics.period_start = periods.period_start
    cross join names
    left join summed
        on metrics.store_id = summed.store_id
        and metrics.period_type = summed.period_type
        and metrics.period_start = summed.period_start
        and names.entity = summed.entity
    left join costs
        on metrics.store_id = costs.store_id
        and periods.period_start = costs.range_start
        and periods.elapsed_end = costs.range_end
    where
        metrics.returned_units <> coalesce(summed.returned_units, 0)
        or metrics.return_value <> coalesce(summed.return_value, 0)
        or metrics.refund_amount <> coalesce(summed.refund_amount, 0)
        or metrics.net_return_loss
        <> coalesce(summed.net_return_loss, 0) + names.is_of_lines * coalesce(costs.cost, 0)
)

select * from final
