{#- The SKUs of `skus` that send back enough for a remedy to pay: its columns as those that every
    remedy has, where the units reach `prevention_minimum_units` and the rate the threshold. -#}
{% macro prevention_signal(remedy, recommendation, threshold, evidence) -%}
    select
        store_id,
        sku,
        '{{ recommendation }}' as recommendation,
        {{ remedy }}_lines as signal_lines,
        {{ remedy }}_units as signal_units,
        {{ remedy }}_value as signal_value,
        units_sold,
        {{ percent(remedy ~ '_units', 'units_sold') }} as signal_pct,
        {{ decimal(threshold) }} as threshold_pct,
        {{ percent('store_' ~ remedy ~ '_units', 'store_units_sold') }} as usual_pct,
        {{ excess_score(
            remedy ~ '_lines',
            'units_sold',
            '(store_' ~ remedy ~ '_lines - ' ~ remedy ~ '_lines)',
            '(store_units_sold - units_sold)',
        ) }} as excess_score,
        {{ evidence }} as evidence
    from skus
    where
        {{ remedy }}_units >= {{ var('prevention_minimum_units') }}
        and 100 * {{ remedy }}_units >= {{ threshold }} * units_sold
{%- endmacro %}
