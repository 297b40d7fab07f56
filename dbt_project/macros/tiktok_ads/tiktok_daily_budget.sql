{#- A budget that is meant for each day; none where it is for all days together. -#}
{% macro tiktok_daily_budget(mode, budget) -%}
    case
        when {{ mode }} in ('BUDGET_MODE_DAY', 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET')
            then nullif({{ budget }}, 0)
    end
{%- endmacro %}
