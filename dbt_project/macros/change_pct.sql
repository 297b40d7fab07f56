{#- Growth from one value to the next in percent; null when the base is zero or null. -#}
{% macro change_pct(current, base) -%}
    {{ percent(current ~ ' - ' ~ base, base) }}
{%- endmacro %}
