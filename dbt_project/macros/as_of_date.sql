{#- The run's logical date. Nothing reads the clock, so any past day can be rebuilt. -#}
{% macro as_of_date() -%}
    cast('{{ var("as_of_date") }}' as date)
{%- endmacro %}
