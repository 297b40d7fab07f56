{#- The metrics of the spec as rows. -#}
{% macro metric_rows() -%}
    {%- set fields = [
        'id', 'module', 'section', 'name', 'formula', 'unit', 'relation', 'column', 'description',
    ] -%}
    {%- set rows = metric_columns() -%}
    {%- for metric in rows %}
    select
        {% for field in fields -%}
        cast(
            {{ dbt.string_literal(dbt.escape_single_quotes(metric[field] | string)) }}
            as {{ dbt.type_string() }}
        ) as metric_{{ field }}{{ ',' if not loop.last }}
        {% endfor %}
    {%- if not loop.last %} union all {% endif %}
    {%- else %}
    select
        {% for field in fields -%}
        cast(null as {{ dbt.type_string() }}) as metric_{{ field }}{{ ',' if not loop.last }}
        {% endfor %}
    where false
    {%- endfor %}
{%- endmacro %}
