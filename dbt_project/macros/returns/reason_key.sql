{#- A reason as the taxonomy spells it: lower case, words joined by one underscore, no marks; so
    `SIZE_TOO_SMALL`, `size-too-small` and `Size too small.` are one. -#}
{% macro reason_key(text_column) -%}
    {%- set text = ['lower(trim(' ~ text_column ~ '))'] -%}
    {%- for mark in ["'", '’', '.', '!', '?', ','] -%}
        {%- set mark = dbt.string_literal(dbt.escape_single_quotes(mark)) -%}
        {%- do text.append("replace(" ~ text[-1] ~ ", " ~ mark ~ ", '')") -%}
    {%- endfor -%}
    {%- do text.append("replace(" ~ text[-1] ~ ", '&', 'and')") -%}
    {%- for space in [' ', '-', '/', '__', '__'] -%}
        {%- do text.append("replace(" ~ text[-1] ~ ", '" ~ space ~ "', '_')") -%}
    {%- endfor -%}
    {{ text[-1] }}
{%- endmacro %}
