{#- The rows of a unit test's input as a query, in the place of dbt's own macro: that one calls
    macros for every column that a row leaves out, which made unit tests the dearest nodes. -#}
{% macro get_fixture_sql(rows, column_name_to_data_types) -%}
    {%- set types = {} -%}
    {%- set quoted = {} -%}
    {%- set nulls = {} -%}
    {%- for column in get_columns_in_relation(this) -%}
        {%- set name = column.name | lower -%}
        {%- do types.update({name: column.data_type}) -%}
        {%- do quoted.update({name: column.quoted}) -%}
        {%- do nulls.update({name: 'cast(null as ' ~ column.data_type ~ ')'}) -%}
    {%- endfor -%}
    {%- if not types -%}
        {{ exceptions.raise_compiler_error(this ~ ', which a unit test is given, is not built.') }}
    {%- endif -%}
    {%- for row in rows or [{}] -%}
        {%- set cells = nulls.copy() -%}
        {%- do cells.update(format_row(row, types)) -%}
        select
        {%- for name, cell in cells.items() %}
            {{ cell }} as {{ quoted[name] }}{{ ',' if not loop.last }}
        {%- endfor %}
        {{ 'union all' if not loop.last }}
    {% endfor %}
    {{ 'limit 0' if not rows }}
{%- endmacro %}
