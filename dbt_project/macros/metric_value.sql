{#- The value of the catalog's metric from its column of a module's metrics table. -#}
{% macro metric_value(relation, metrics_alias) -%}
    {%- set metrics = metric_columns() | selectattr('relation', 'equalto', relation) | list -%}
    case metrics_catalog.metric_id
        {%- for metric in metrics %}
        when '{{ metric.id }}'
            then cast({{ metrics_alias }}.{{ metric.column }} as {{ type_ratio() }})
        {%- else %}
        when '' then cast(null as {{ type_ratio() }})
        {%- endfor %}
    end
{%- endmacro %}
