{#- Why to order or not, as a sentence; `row` is the alias of a row with the figures. -#}
{% macro reorder_reason_text(row) -%}
    {%- set stock -%}
        {{ dbt.concat([
            text_of(row ~ '.quantity_available'), "' available and '",
            text_of(row ~ '.on_order_units'), "' on order'",
        ]) }}
    {%- endset -%}
    case {{ row }}.reason
        when 'out_of_stock'
            then {{ dbt.concat([
                "'Nothing left to sell and '", text_of(row ~ '.on_order_units'),
                "' on order; the reorder point is '", text_of(row ~ '.reorder_point'), "'.'",
            ]) }}
        when 'below_safety_stock'
            then {{ dbt.concat([
                stock, "' are less than the safety stock of '",
                text_of(row ~ '.safety_stock'), "'.'",
            ]) }}
        when 'below_reorder_point'
            then {{ dbt.concat([
                stock, "' are less than the reorder point of '",
                text_of(row ~ '.reorder_point'), "'.'",
            ]) }}
        when 'due_soon'
            then {{ dbt.concat([
                stock, "' will soon fall below the reorder point of '",
                text_of(row ~ '.reorder_point'), "'.'",
            ]) }}
        when 'on_order'
            then {{ dbt.concat([
                stock, "' reach the reorder point of '", text_of(row ~ '.reorder_point'), "'.'",
            ]) }}
        when 'no_recent_sales' then 'Nothing sold of late, so that nothing needs to be ordered.'
        else {{ dbt.concat([
            stock, "' are well above the reorder point of '",
            text_of(row ~ '.reorder_point'), "'.'",
        ]) }}
    end
{%- endmacro %}
