{#- The metrics of the spec: every column of a model whose metadata names one, or a list of them, in
    the order of ids. A list of {id, name, section, unit, formula, module, relation, column,
    description}. -#}
{% macro metric_columns() -%}
    {%- set metrics = [] -%}
    {%- for node in graph.get('nodes', {}).values() if node.resource_type == 'model' -%}
        {%- for column in node.columns.values() if column.config.get('meta', {}).get('metric') -%}
            {%- set given = column.config.meta.metric -%}
            {%- for metric in ([given] if given is mapping else given) -%}
                {%- do metrics.append({
                    'id': metric.id,
                    'name': metric.name,
                    'section': metric.section,
                    'unit': metric.unit,
                    'formula': metric.formula,
                    'module': metric.id.split('.')[0],
                    'relation': node.name.replace('__', '.', 1),
                    'column': column.name,
                    'description': column.description | replace('\n', ' '),
                }) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(metrics | sort(attribute='id')) }}
{%- endmacro %}
