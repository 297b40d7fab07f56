-- What a shop can do against returns, SKU by SKU, where enough comes back for it: a better
-- description or photo, a size guide, quality control, a word with the supplier. Over the last
-- `return_analysis_days`.
with

sku_reasons as (
    select * from {{ ref('int_return_facts__sku_reasons') }}
),

products as (
    select * from {{ ref('int_return_facts__products') }}
),

suppliers as (
    select
        store_id,
        supplier_id,
        sum(units_sold) as supplier_units_sold,
        sum(quality_units) as supplier_quality_units,
        sum(case when quality_units > 0 then 1 else 0 end) as supplier_skus
    from sku_reasons
    where supplier_id <> 'unknown'
    group by store_id, supplier_id
),

skus as (
    select
        sku_reasons.*,
        suppliers.supplier_units_sold,
        suppliers.supplier_quality_units,
        suppliers.supplier_skus,
        sum(sku_reasons.units_sold) over of_store as store_units_sold,
        sum(sku_reasons.quality_lines) over of_store as store_quality_lines,
        sum(sku_reasons.quality_units) over of_store as store_quality_units,
        sum(sku_reasons.size_lines) over of_store as store_size_lines,
        sum(sku_reasons.size_units) over of_store as store_size_units,
        sum(sku_reasons.description_lines) over of_store as store_description_lines,
        sum(sku_reasons.description_units) over of_store as store_description_units,
        sum(sku_reasons.photo_lines) over of_store as store_photo_lines,
        sum(sku_reasons.photo_units) over of_store as store_photo_units
    from sku_reasons
    left join suppliers
        on sku_reasons.store_id = suppliers.store_id
        and sku_reasons.supplier_id = suppliers.supplier_id
    window of_store as (partition by sku_reasons.store_id)
),

signals as (
    {{ prevention_signal(
        'description', 'better_description', var('description_return_pct'),
        dbt.concat([
            text_of('description_units'), "' of '", text_of('units_sold'),
            "' units sold came back as not as described.'",
        ]),
    ) }}
    union all
    {{ prevention_signal(
        'photo', 'better_photo', var('photo_return_pct'),
        dbt.concat([
            text_of('photo_units'), "' of '", text_of('units_sold'),
            "' units sold came back for their looks or colour.'",
        ]),
    ) }}
    union all
    {{ prevention_signal(
        'size', 'size_guide', var('size_return_pct'),
        dbt.concat([
            text_of('size_units'), "' of '", text_of('units_sold'),
            "' units sold came back for their size: '", text_of('too_small_units'),
            "' too small, '", text_of('too_large_units'), "' too large.'",
        ]),
    ) }}
    union all
    {{ prevention_signal('quality', 'quality_control', var('quality_return_pct'), defect_text()) }}
),

-- Where a supplier's goods fail in several SKUs, each that fails is a case for the supplier.
supplier_signals as (
    select
        store_id,
        sku,
        'supplier' as recommendation,
        quality_lines as signal_lines,
        quality_units as signal_units,
        quality_value as signal_value,
        units_sold,
        {{ percent('supplier_quality_units', 'supplier_units_sold') }} as signal_pct,
        {{ decimal(var('supplier_return_pct')) }} as threshold_pct,
        {{ percent('store_quality_units', 'store_units_sold') }} as usual_pct,
        {{ excess_score(
            'supplier_quality_units',
            'supplier_units_sold',
            '(store_quality_units - supplier_quality_units)',
            '(store_units_sold - supplier_units_sold)',
        ) }} as excess_score,
        {{ dbt.concat([
            text_of('supplier_quality_units'), "' of '", text_of('supplier_units_sold'),
            "' units sold of this supplier came back for their quality, of '",
            text_of('supplier_skus'), "' SKUs.'",
        ]) }} as evidence
    from skus
    where
        quality_units > 0
        and supplier_skus > 1
        and supplier_quality_units >= {{ var('prevention_minimum_units') }}
        and 100 * supplier_quality_units >= {{ var('supplier_return_pct') }} * supplier_units_sold
),

found as (
    select * from signals
    union all
    select * from supplier_signals
),

final as (
    select
        found.store_id,
        found.sku,
        found.recommendation,
        products.product_name,
        products.category,
        products.brand,
        products.supplier_id,
        row_number() over (
            partition by found.store_id
            order by
                found.signal_value desc,
                {{ by_text('found.sku') }},
                {{ by_text('found.recommendation') }}
        ) as priority,
        case found.recommendation
            when 'better_description' then 'Write a description that promises what is sent.'
            when 'better_photo' then 'Take photos that show looks and colours as they are.'
            when 'size_guide' then 'Say in a size guide how it fits.'
            when 'quality_control' then 'Check the goods before they are sold.'
            else 'Take up the quality with the supplier.'
        end as recommendation_text,
        found.evidence,
        {{ count_of('found.units_sold') }} as units_sold,
        {{ count_of('found.signal_units') }} as signal_units,
        {{ decimal('found.signal_value') }} as signal_value,
        found.signal_pct,
        found.threshold_pct,
        found.usual_pct,
        found.excess_score,
        coalesce(found.excess_score >= {{ var('return_excess_score') }}, false)
            as is_beyond_chance
    from found
    left join products
        on found.store_id = products.store_id
        and found.sku = products.sku
)

select * from final
