{#- Words of a text: single blanks between them, plus one. -#}
{% macro word_count(text_column) -%}
    length(trim({{ text_column }})) - length(replace(trim({{ text_column }}), ' ', '')) + 1
{%- endmacro %}
