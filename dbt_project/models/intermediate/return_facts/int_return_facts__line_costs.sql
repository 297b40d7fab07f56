-- What each returned line cost the shop, by what it was for. Cost of goods is what the returned
-- units had cost; what cannot be sold again of them is written off and disposed of.
with

lines as (
    select * from {{ ref('int_return_facts__lines') }}
),

cost_shares as (
    select * from {{ ref('int_return_facts__cost_shares') }}
),

returns as (
    select * from {{ ref('core__returns') }}
),

measured as (
    select
        lines.store_id,
        lines.return_id,
        lines.line_number,
        lines.return_date,
        lines.return_type,
        lines.return_reason_category,
        coalesce(lines.sub_reason, 'unknown') as sub_reason,
        lines.has_line,
        lines.units,
        lines.units - lines.resaleable_units as not_resaleable_units,
        lines.refund_amount,
        lines.restocked_value,
        lines.processing_cost,
        lines.shipping_cost,
        lines.restocking_fee,
        {{ share_of_cost('returns.return_shipping_fee') }} as return_shipping_fee,
        {{ decimal('coalesce(lines.unit_cost, 0) * lines.units') }} as cost_of_goods,
        {{ decimal(
            'coalesce(lines.unit_cost, 0) * (lines.units - lines.resaleable_units)'
        ) }} as written_off_value,
        {{ decimal(
            var('disposal_unit_cost') ~ ' * (lines.units - lines.resaleable_units)'
        ) }} as disposal_cost
    from lines
    inner join cost_shares
        on lines.store_id = cost_shares.store_id
        and lines.return_id = cost_shares.return_id
        and lines.line_number = cost_shares.line_number
    inner join returns
        on lines.store_id = returns.store_id
        and lines.return_id = returns.return_id
),

final as (
    select
        *,
        {{ decimal(
            'refund_amount - restocked_value + processing_cost + shipping_cost + disposal_cost'
            ~ ' - restocking_fee - return_shipping_fee'
        ) }} as net_cost
    from measured
)

select * from final
