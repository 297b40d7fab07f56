{#- The zone of a file's store: what stores.csv says, else the setting. -#}
{% macro time_zone() -%}
    coalesce(stores.time_zone, '{{ var("store_time_zone") }}')
{%- endmacro %}
