{#- The newest of several load ids: a row is as new as the newest row that it is made of. -#}
{% macro latest_load(load_ids) -%}
    greatest(
        {%- for load_id in load_ids -%}
        coalesce({{ load_id }}, ''){{ ', ' if not loop.last }}
        {%- endfor -%}
    )
{%- endmacro %}
