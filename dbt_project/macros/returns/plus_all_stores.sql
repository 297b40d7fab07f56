{#- The rows of a CTE and their total over all stores, as store `all`; the measures add up. -#}
{% macro plus_all_stores(cte, keys, measures) -%}
    select
        {{ (['store_id'] + keys + measures) | join(',\n        ') }}
    from {{ cte }}
    union all
    select
        'all' as store_id,
        {% for key in keys -%}
        {{ key }},
        {% endfor -%}
        {% for measure in measures -%}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ cte }}
    {%- if keys %}
    group by {{ keys | join(', ') }}
    {%- else %}
    having count(*) > 0
    {%- endif %}
{%- endmacro %}
