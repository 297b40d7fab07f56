{#- A measure as one attribution model tells it, from rows of all models: 0 where the model gives
    the row nothing, null where the store has no such model in the period. -#}
{% macro of_model(measure, model) -%}
    {%- set value = "max(case when model = '" ~ model ~ "' then " ~ measure ~ ' end)' -%}
    coalesce(
        {{ value }},
        case
            when max({{ value }}) over (partition by store_id, period_type, period_start)
                is not null then 0
        end
    )
{%- endmacro %}
