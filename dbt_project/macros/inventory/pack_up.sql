{#- Units to order: at least the minimum order, in whole packs. -#}
{% macro pack_up(units, pack_size, minimum) -%}
    {{ rounded_up(
        safe_divide(
            'greatest(' ~ units ~ ', coalesce(' ~ minimum ~ ', 0))',
            'greatest(coalesce(' ~ pack_size ~ ', 1), 1)'
        )
    ) }} * greatest(coalesce({{ pack_size }}, 1), 1)
{%- endmacro %}
