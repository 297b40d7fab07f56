-- How much of a day's final conversions a platform knows, by the age at which the day is fetched:
-- measured on the days that are settled. What is not known yet is still to come.
with

restatements as (
    select * from {{ ref('core__ad_restatements') }}
    where date <= {{ as_of_date() }}
),

settled_days as (
    select distinct
        store_id,
        source,
        campaign_id,
        date
    from {{ ref('core__ad_performance') }}
    where is_settled
),

ordered as (
    select
        restatements.*,
        row_number() over (
            partition by
                restatements.store_id,
                restatements.platform_source,
                restatements.campaign_id,
                restatements.date
            order by restatements.fetched_on desc
        ) as place
    from restatements
    inner join settled_days
        on restatements.store_id = settled_days.store_id
        and restatements.platform_source = settled_days.source
        and restatements.campaign_id = settled_days.campaign_id
        and restatements.date = settled_days.date
),

by_age as (
    select
        fetched.store_id,
        fetched.platform_source,
        fetched.age_days,
        count(*) as campaign_days,
        sum(fetched.conversions) as conversions_known,
        sum(final_rows.conversions) as conversions_final,
        sum(fetched.revenue) as revenue_known,
        sum(final_rows.revenue) as revenue_final
    from ordered as fetched
    inner join ordered as final_rows
        on fetched.store_id = final_rows.store_id
        and fetched.platform_source = final_rows.platform_source
        and fetched.campaign_id = final_rows.campaign_id
        and fetched.date = final_rows.date
    where final_rows.place = 1
    group by fetched.store_id, fetched.platform_source, fetched.age_days
),

stores as (
    {{ plus_all_stores(
        'by_age',
        ['platform_source', 'age_days'],
        [
            'campaign_days', 'conversions_known', 'conversions_final', 'revenue_known',
            'revenue_final',
        ],
    ) }}
),

final as (
    select
        store_id,
        platform_source,
        age_days,
        {{ count_of('campaign_days') }} as campaign_days,
        cast(conversions_known as {{ type_ratio() }}) as conversions_known,
        cast(conversions_final as {{ type_ratio() }}) as conversions_final,
        {{ percent('conversions_known', 'conversions_final') }} as conversions_known_pct,
        {{ decimal('revenue_known') }} as revenue_known,
        {{ decimal('revenue_final') }} as revenue_final,
        {{ percent('revenue_known', 'revenue_final') }} as revenue_known_pct
    from stores
)

select * from final
