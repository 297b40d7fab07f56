-- What people did after seeing an ad, of the rows of all reports, with the figure that it counts
-- as. All fetches of campaigns.
with

campaign_actions as (
    select * from {{ ref('stg_amazon_ads__campaign_daily_actions') }}
),

part_actions as (
    select * from {{ ref('stg_amazon_ads__part_daily_actions') }}
),

counted as (
    select * from {{ ref('int_amazon_ads__counted') }}
),

actions as (
    select
        store_id,
        account_id,
        report,
        date,
        fetched_on,
        campaign_id,
        cast(null as {{ dbt.type_string() }}) as ad_group_id,
        cast(null as {{ dbt.type_string() }}) as ad_id,
        cast(null as {{ dbt.type_string() }}) as keyword_id,
        cast(null as {{ dbt.type_string() }}) as search_term,
        cast(null as {{ dbt.type_string() }}) as placement,
        action_type,
        attribution_window,
        {{ decimal('quantity') }} as quantity,
        {{ decimal('action_value') }} as action_value
    from campaign_actions
    union all
    select
        store_id,
        account_id,
        report,
        date,
        fetched_on,
        campaign_id,
        ad_group_id,
        ad_id,
        keyword_id,
        search_term,
        placement,
        action_type,
        attribution_window,
        {{ decimal('quantity') }} as quantity,
        {{ decimal('action_value') }} as action_value
    from part_actions
),

final as (
    select
        actions.*,
        counted.figure,
        counted.priority,
        min(counted.priority) over (
            partition by
                actions.store_id,
                actions.account_id,
                actions.report,
                actions.date,
                actions.fetched_on,
                actions.campaign_id,
                actions.ad_group_id,
                actions.ad_id,
                actions.keyword_id,
                actions.search_term,
                actions.placement,
                counted.figure
        ) as lowest_priority
    from actions
    left join counted
        on actions.store_id = counted.store_id
        and actions.account_id = counted.account_id
        and actions.action_type = counted.action_type
        and actions.attribution_window = counted.attribution_window
)

select * from final
