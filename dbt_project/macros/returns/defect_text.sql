{#- What came back for its quality, as a sentence; from columns of int_return_facts__sku_reasons.
    -#}
{% macro defect_text() -%}
    {{ dbt.concat([
        text_of('defect_units'), "' of '", text_of('units_sold'),
        "' units sold came back for their quality: '",
        text_of('damaged_units'), "' defective or damaged, '",
        text_of('stopped_units'), "' stopped working, '",
        text_of('poor_units'), "' of poor quality, '",
        text_of('not_described_units'), "' not as described.'",
    ]) }}
{%- endmacro %}
