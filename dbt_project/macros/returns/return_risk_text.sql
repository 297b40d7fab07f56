{#- Why a customer's returns look risky, one sentence a sign; from columns of returns__customers.
    -#}
{% macro return_risk_text() -%}
    {%- set sentences = [
        ('is_serial_returner', [
            "'Sent back goods of '", text_of('returned_orders'), "' of '", text_of('orders_count'),
            "' orders. '",
        ]),
        ('is_high_returner', [
            "'Sent back '", text_of('units_returned'), "' of '", text_of('units_bought'),
            "' units. '",
        ]),
        ('is_frequent', [
            text_of('recent_returns'), "' returns in the last " ~ var('return_recent_days')
            ~ " days. '",
        ]),
        ('is_often_late', [
            text_of('late_returns'), "' returns after the return window. '",
        ]),
        ('is_mostly_unsaleable', [
            text_of('not_resaleable_units'), "' units could not be sold again. '",
        ]),
        ('is_mostly_changed_mind', [
            text_of('changed_mind_units'), "' units for a changed mind. '",
        ]),
        ('has_rejected_returns', ["'Returns rejected: '", text_of('rejected_returns'), "'. '"]),
    ] -%}
    {%- set cases = [] -%}
    {%- for sign, words in sentences -%}
        {%- do cases.append(
            'case when ' ~ sign ~ ' then ' ~ dbt.concat(words) ~ " else '' end"
        ) -%}
    {%- endfor -%}
    nullif(trim({{ dbt.concat(cases) }}), '')
{%- endmacro %}
