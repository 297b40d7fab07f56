{#- Whether there are enough impressions and clicks for rates to be told apart from chance. -#}
{% macro has_enough_clicks(impressions, clicks) -%}
    coalesce(
        {{ impressions }} >= {{ var('ad_minimum_impressions') }}
        and {{ clicks }} >= {{ var('ad_minimum_clicks') }},
        false
    )
{%- endmacro %}
