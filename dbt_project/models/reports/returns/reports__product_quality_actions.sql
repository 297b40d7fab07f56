-- What the product team has to do: first the SKUs whose returns for quality jump now, then quality
-- beyond chance, then the rest by what it gave back.
with

recommendations as (
    select * from {{ ref('returns__prevention') }}
    where recommendation in ('quality_control', 'supplier', 'better_description')
),

spikes as (
    select * from {{ ref('returns__spikes') }}
    where is_current and 2 * defect_lines >= returned_lines
),

actions as (
    select
        store_id,
        sku,
        product_name,
        category,
        supplier_id,
        'check_batch' as action,
        'Hold back the batch on sale and check it.' as action_text,
        {{ dbt.concat([
            text_of('returned_lines'), "' returned lines in '",
            "'" ~ var('return_spike_weeks') ~ " weeks, '",
            text_of('defect_lines'), "' of them for quality; '",
            text_of('expected_lines'), "' were to be expected.'",
        ]) }} as evidence,
        returned_units as units,
        cast(null as {{ dbt.type_numeric() }}) as amount,
        1 as urgency
    from spikes
    union all
    select
        store_id,
        sku,
        product_name,
        category,
        supplier_id,
        recommendation as action,
        recommendation_text as action_text,
        evidence,
        signal_units as units,
        signal_value as amount,
        case when is_beyond_chance then 2 else 3 end as urgency
    from recommendations
),

final as (
    select
        store_id,
        {{ as_of_date() }} as as_of_date,
        row_number() over (
            partition by store_id
            order by
                urgency,
                coalesce(amount, 0) desc,
                units desc,
                {{ by_text('sku') }},
                {{ by_text('action') }}
        ) as action_rank,
        sku,
        product_name,
        category,
        supplier_id,
        case urgency when 1 then 'now' when 2 then 'soon' else 'later' end as urgency,
        action,
        action_text,
        evidence,
        units,
        {{ rounded('amount') }} as amount
    from actions
)

select * from final
