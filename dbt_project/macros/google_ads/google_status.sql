{#- What Google says of an entity in our words. -#}
{% macro google_status(column) -%}
    case {{ column }}
        when 'ENABLED' then 'active'
        when 'PAUSED' then 'paused'
        when 'REMOVED' then 'deleted'
    end
{%- endmacro %}
