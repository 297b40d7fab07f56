{#- The measures of ads that are forecast. -#}
{% macro ad_measures() -%}
    {{ return(['spend', 'conversions', 'revenue']) }}
{%- endmacro %}

{#- A measure's forecast and its bounds: `spend`, `spend_lower_80`, ... -#}
{% macro bounded_measure(measure) -%}
    {%- set columns = [measure] -%}
    {%- for bound in ['lower_80', 'upper_80', 'lower_95', 'upper_95'] -%}
        {%- do columns.append(measure ~ '_' ~ bound) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}

{#- Forecasts of the measures, which are rows, side by side. -#}
{% macro ad_forecasts_side_by_side() -%}
    {%- for measure in ad_measures() -%}
    {%- set last_measure = loop.last -%}
    {%- for column in bounded_measure(measure) -%}
    {%- set source = column | replace(measure ~ '_', '') if column != measure else 'forecast' -%}
    max(case when measure = '{{ measure }}' then {{ source }} end) as {{ column }}
    {{- '' if loop.last and last_measure else ',' }}
    {% endfor -%}
    {%- endfor -%}
{%- endmacro %}

{#- What came up to the run and what is expected of the rest, together; where nothing is left, what
    came is all. A measure that nobody tells or forecasts stays null. -#}
{% macro ad_forecasts_with_actuals(actuals, forecasts) -%}
    {%- for measure in ad_measures() -%}
    {%- set last_measure = loop.last -%}
    {%- set came = actuals ~ '.' ~ measure -%}
    {{ decimal('coalesce(' ~ came ~ ', 0)') }} as {{ measure }}_to_date,
    {% for column in bounded_measure(measure) -%}
    {{ decimal(
        'case when ' ~ forecasts ~ '.days is null then ' ~ came
        ~ ' else coalesce(' ~ came ~ ', 0) + ' ~ decimal(forecasts ~ '.' ~ column) ~ ' end'
    ) }} as {{ column }}
    {{- '' if loop.last and last_measure else ',' }}
    {% endfor -%}
    {%- endfor -%}
{%- endmacro %}

{#- The columns of ads.forecast for the measures. Of a day to come nothing came to date. -#}
{% macro ad_forecast_columns(relation=none, has_actuals=true) -%}
    {%- set of = relation ~ '.' if relation else '' -%}
    {%- for measure in ad_measures() -%}
    {%- set last_measure = loop.last -%}
    {%- set to_date = of ~ measure ~ '_to_date' if has_actuals else '0' -%}
    {{ decimal(to_date) }} as {{ measure }}_to_date,
    {% for column in bounded_measure(measure) -%}
    {{ decimal(of ~ column) }} as {{ column }}
    {{- '' if loop.last and last_measure else ',' }}
    {% endfor -%}
    {%- endfor -%}
{%- endmacro %}
