{#- The place of an ad (rows of `rated`) among those of its store, platform and period by a rate, 1
    the highest: ads with enough data come first, ties go by key. An unknown rate has no place. -#}
{% macro creative_rank(rate) -%}
    case
        when {{ rate }} is not null
            then {{ count_of(
                'row_number() over ('
                ~ 'partition by rated.store_id, rated.platform, rated.period_type '
                ~ 'order by case when ' ~ rate ~ ' is null then 1 else 0 end, '
                ~ 'case when rated.has_enough_data then 0 else 1 end, ' ~ rate ~ ' desc, '
                ~ by_text('rated.source') ~ ', ' ~ by_text('rated.campaign_id') ~ ', '
                ~ by_text('rated.ad_id') ~ ')'
            ) }}
    end
{%- endmacro %}
