{#- The SKU of a Shopify line or variant; one without a SKU is known by its variant or its
    title. -#}
{% macro shopify_sku(sku, variant_id, title) -%}
    case
        when {{ sku }} is not null then {{ sku }}
        when {{ variant_id }} is not null then {{ dbt.concat(["'variant-'", variant_id]) }}
        else {{ dbt.concat(["'custom-'", 'coalesce(' ~ title ~ ", '')"]) }}
    end
{%- endmacro %}
