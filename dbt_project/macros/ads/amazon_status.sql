{#- A campaign, group, ad or keyword by Amazon's state; nothing is deleted there, but archived. -#}
{% macro amazon_status(state, end_date) -%}
    case
        when {{ state }} = 'ARCHIVED' then 'deleted'
        when {{ end_date }} < {{ as_of_date() }} then 'ended'
        when {{ state }} = 'PAUSED' then 'paused'
        else 'active'
    end
{%- endmacro %}
