{#- How many standard deviations of safety stock keep the var `service_level`, a share from 0 to 1,
    of the cycles without a stock-out: the quantile of the normal distribution, by Newton's method
    on the series of its integral. No engine has a function for it that the others have too. -#}
{% macro service_level_z() -%}
    {%- set found = namespace(z=0.0) -%}
    {%- for step in range(60) -%}
        {%- set density = 2.718281828459045 ** (-found.z * found.z / 2) / 2.5066282746310002 -%}
        {%- set series = namespace(term=found.z, total=found.z) -%}
        {%- for n in range(1, 120) -%}
            {%- set series.term = series.term * found.z * found.z / (2 * n + 1) -%}
            {%- set series.total = series.total + series.term -%}
        {%- endfor -%}
        {%- set missing = var('service_level') - 0.5 - density * series.total -%}
        {%- set found.z = found.z + missing / density -%}
    {%- endfor -%}
    {{ '%.9f' % found.z }}
{%- endmacro %}
