{#- What adds up in the pacing of campaigns. -#}
{% macro pacing_measures() -%}
    {{ return([
        'spend_to_date', 'budgeted_spend', 'budget_to_date', 'month_budget', 'recent_daily_spend',
        'projected_spend', 'projected_spend_by_month', 'projected_budgeted_spend',
        'recommended_daily_spend', 'days_left',
    ]) }}
{%- endmacro %}

{#- Their sums; of the days that are left, those of the campaign that runs longest. -#}
{% macro summed_pacing_measures() -%}
    {%- for measure in pacing_measures()[:-1] -%}
    sum({{ measure }}) as {{ measure }},
    {% endfor -%}
    max(days_left) as days_left
{%- endmacro %}

{#- Spend in percent of its budget as a word. -#}
{% macro pacing_status(percentage) -%}
    case
        when {{ percentage }} is null then 'no_budget'
        when {{ percentage }} > {{ var('pacing_over_pct') }} then 'overspending'
        when {{ percentage }} < {{ var('pacing_under_pct') }} then 'underspending'
        else 'on_track'
    end
{%- endmacro %}
