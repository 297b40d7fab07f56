{#- The conversions of a report in long form: those of the account's primary actions as
    `primary:PURCHASE`, those of all actions as `all:PURCHASE`. -#}
{% macro google_actions(report) -%}
    select
        {{ google_row_key(report) }} as row_key,
        {{ dbt.concat(["'primary:'", 'action_type']) }} as action_type,
        conversions as quantity,
        conversions_value as action_value
    from {{ ref('stg_google_ads__' ~ report ~ '_actions') }}
    union all
    select
        {{ google_row_key(report) }} as row_key,
        {{ dbt.concat(["'all:'", 'action_type']) }} as action_type,
        all_conversions as quantity,
        all_conversions_value as action_value
    from {{ ref('stg_google_ads__' ~ report ~ '_actions') }}
{%- endmacro %}
