{#- What Meta's effective status comes to on the day of the run; `end_date` is null without one. -#}
{% macro facebook_status(effective_status, end_date) -%}
    case
        when {{ effective_status }} = 'DELETED' then 'deleted'
        when {{ effective_status }} = 'ARCHIVED' then 'ended'
        {%- if end_date != 'null' %}
        when {{ end_date }} < {{ as_of_date() }} then 'ended'
        {%- endif %}
        when {{ effective_status }} in ('ACTIVE', 'IN_PROCESS', 'WITH_ISSUES') then 'active'
        else 'paused'
    end
{%- endmacro %}

{#- A budget in the smallest unit of its currency as an amount: cents, but whole units of some. -#}
{% macro facebook_money(units, currency) -%}
    {{ decimal(
        "case when " ~ currency ~ " in ('CLP', 'COP', 'CRC', 'HUF', 'IDR', 'ISK', 'JPY', 'KRW', "
        ~ "'PYG', 'TWD', 'VND') then " ~ units ~ " else " ~ decimal(units) ~ " / 100 end"
    ) }}
{%- endmacro %}
