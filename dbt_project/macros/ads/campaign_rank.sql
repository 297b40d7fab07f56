{#- The place of a campaign among those of its store and period by a measure, 1 the highest; ties go
    by key. A measure that is not known has none. `first` are orderings that come before it. -#}
{% macro campaign_rank(measure, first=[]) -%}
    case
        when {{ measure }} is not null
            then row_number() over (
                partition by store_id, period_type, period_start, is_previous
                order by
                    case when {{ measure }} is null then 1 else 0 end,
                    {% for ordering in first -%}
                    {{ ordering }},
                    {% endfor -%}
                    {{ measure }} desc,
                    {{ by_text('platform') }},
                    {{ by_text('campaign_id') }}
            )
    end
{%- endmacro %}
