-- What each SKU sold and sent back over the last `return_analysis_days`, and for which of the
-- things that a shop can do something about. A line counts for one remedy: what is not as
-- described, not to somebody's taste or of another colour, and says so in words of pictures and
-- colours, for photos.
with

products as (
    select * from {{ ref('int_return_facts__products') }}
),

lines as (
    select
        *,
        lower(coalesce(reason_text, '')) as words
    from {{ ref('int_return_facts__lines') }}
    where
        has_line
        and {{ dbt.datediff('return_date', as_of_date(), 'day') }}
        < {{ var('return_analysis_days') }}
),

remedied as (
    select
        *,
        case
            when return_reason_category = 'size_fit' then 'size'
            when sub_reason = 'wrong_color' then 'photo'
            when
                sub_reason in ('not_as_described', 'style')
                and (
                    words like '%photo%'
                    or words like '%picture%'
                    or words like '%image%'
                    or words like '%color%'
                    or words like '%colour%'
                    or words like '%look%'
                )
                then 'photo'
            when sub_reason = 'not_as_described' then 'description'
            when return_reason_category = 'product_quality' then 'quality'
            else 'none'
        end as remedy
    from lines
),

returned as (
    select
        store_id,
        sku,
        count(*) as returned_lines,
        sum(units) as returned_units,
        sum(refund_amount) as return_value,
        sum(case when return_reason_category = 'product_quality' then 1 else 0 end)
            as defect_lines,
        sum(case when return_reason_category = 'product_quality' then units else 0 end)
            as defect_units,
        sum(case when sub_reason = 'defective_damaged' then units else 0 end) as damaged_units,
        sum(case when sub_reason = 'stopped_working' then units else 0 end) as stopped_units,
        sum(case when sub_reason = 'poor_quality' then units else 0 end) as poor_units,
        sum(case when sub_reason = 'not_as_described' then units else 0 end)
            as not_described_units,
        sum(case when condition_received in ('damaged', 'defective') then units else 0 end)
            as faulty_on_arrival_units,
        sum(case when sub_reason = 'too_small' then units else 0 end) as too_small_units,
        sum(case when sub_reason = 'too_large' then units else 0 end) as too_large_units,
        sum(case when remedy = 'quality' then 1 else 0 end) as quality_lines,
        sum(case when remedy = 'quality' then units else 0 end) as quality_units,
        sum(case when remedy = 'quality' then refund_amount else 0 end) as quality_value,
        sum(case when remedy = 'size' then 1 else 0 end) as size_lines,
        sum(case when remedy = 'size' then units else 0 end) as size_units,
        sum(case when remedy = 'size' then refund_amount else 0 end) as size_value,
        sum(case when remedy = 'description' then 1 else 0 end) as description_lines,
        sum(case when remedy = 'description' then units else 0 end) as description_units,
        sum(case when remedy = 'description' then refund_amount else 0 end) as description_value,
        sum(case when remedy = 'photo' then 1 else 0 end) as photo_lines,
        sum(case when remedy = 'photo' then units else 0 end) as photo_units,
        sum(case when remedy = 'photo' then refund_amount else 0 end) as photo_value,
        max(case when return_reason_category = 'product_quality' then return_date end)
            as last_defect_date
    from remedied
    group by store_id, sku
),

sold as (
    select
        store_id,
        sku,
        sum(units) as units_sold,
        sum(revenue) as revenue
    from {{ ref('int_return_facts__sold') }}
    where {{ dbt.datediff('day', as_of_date(), 'day') }} < {{ var('return_analysis_days') }}
    group by store_id, sku
),

final as (
    select
        products.store_id,
        products.sku,
        products.product_name,
        products.category,
        products.brand,
        products.supplier_id,
        coalesce(sold.units_sold, 0) as units_sold,
        {{ decimal('coalesce(sold.revenue, 0)') }} as revenue,
        coalesce(returned.returned_lines, 0) as returned_lines,
        coalesce(returned.returned_units, 0) as returned_units,
        {{ decimal('coalesce(returned.return_value, 0)') }} as return_value,
        coalesce(returned.defect_lines, 0) as defect_lines,
        coalesce(returned.defect_units, 0) as defect_units,
        coalesce(returned.damaged_units, 0) as damaged_units,
        coalesce(returned.stopped_units, 0) as stopped_units,
        coalesce(returned.poor_units, 0) as poor_units,
        coalesce(returned.not_described_units, 0) as not_described_units,
        coalesce(returned.faulty_on_arrival_units, 0) as faulty_on_arrival_units,
        coalesce(returned.too_small_units, 0) as too_small_units,
        coalesce(returned.too_large_units, 0) as too_large_units,
        coalesce(returned.quality_lines, 0) as quality_lines,
        coalesce(returned.quality_units, 0) as quality_units,
        {{ decimal('coalesce(returned.quality_value, 0)') }} as quality_value,
        coalesce(returned.size_lines, 0) as size_lines,
        coalesce(returned.size_units, 0) as size_units,
        {{ decimal('coalesce(returned.size_value, 0)') }} as size_value,
        coalesce(returned.description_lines, 0) as description_lines,
        coalesce(returned.description_units, 0) as description_units,
        {{ decimal('coalesce(returned.description_value, 0)') }} as description_value,
        coalesce(returned.photo_lines, 0) as photo_lines,
        coalesce(returned.photo_units, 0) as photo_units,
        {{ decimal('coalesce(returned.photo_value, 0)') }} as photo_value,
        returned.last_defect_date
    from products
    left join sold
        on products.store_id = sold.store_id
        and products.sku = sold.sku
    left join returned
        on products.store_id = returned.store_id
        and products.sku = returned.sku
    where sold.sku is not null or returned.sku is not null
)

select * from final
