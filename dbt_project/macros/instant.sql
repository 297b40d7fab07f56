{#- ISO 8601 text as a UTC timestamp: text that ends in Z is UTC, other text is local to the
    zone. -#}
{% macro instant(text_column, time_zone) -%}
    {{ return(adapter.dispatch('instant')(text_column, time_zone)) }}
{%- endmacro %}

{% macro default__instant(text_column, time_zone) -%}
    case
        when {{ text_column }} like '%Z'
            then cast(replace({{ text_column }}, 'Z', '') as timestamp)
        else cast({{ text_column }} as timestamp) at time zone {{ time_zone }} at time zone 'UTC'
    end
{%- endmacro %}

{% macro bigquery__instant(text_column, time_zone) -%}
    case
        when {{ text_column }} like '%Z' then cast({{ text_column }} as timestamp)
        else timestamp(cast({{ text_column }} as datetime), {{ time_zone }})
    end
{%- endmacro %}
