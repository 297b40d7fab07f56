-- What Meta's lists of actions come to, for each report row. Types overlap, so of those that a row
-- has only the first by the seed's priority counts. Numbers and values are chosen each by itself:
-- Meta may tell a value for a type whose number it leaves out.
with

actions as (
    select * from {{ ref('int_facebook_ads__actions') }}
),

kinds as (
    select * from {{ ref('seeds__ad_actions') }}
    where platform_source = 'facebook_ads'
),

known as (
    select
        actions.row_id,
        actions.action_window,
        actions.quantity,
        actions.value,
        kinds.figure,
        kinds.priority,
        actions.action_window = kinds.attribution_window as is_counted
    from actions
    inner join kinds on actions.action_type = kinds.action_type
),

first_kinds as (
    select
        row_id,
        figure,
        min(case when quantity is not null then priority end) as of_quantity,
        min(case when value is not null then priority end) as of_value
    from known
    where is_counted
    group by row_id, figure
),

counted as (
    select
        known.row_id,
        known.figure,
        case
            when known.is_counted and known.priority = first_kinds.of_quantity then known.quantity
        end as quantity,
        case
            when known.is_counted and known.priority = first_kinds.of_value then known.value
        end as value,
        case
            when known.action_window = '1d_view' and known.priority = first_kinds.of_quantity
                then known.quantity
        end as view_quantity
    from known
    inner join first_kinds
        on known.row_id = first_kinds.row_id
        and known.figure = first_kinds.figure
),

final as (
    select
        row_id,
        {{ decimal("sum(case when figure = 'purchase' then quantity end)") }} as conversions,
        {{ decimal("sum(case when figure = 'purchase' then value end)") }} as revenue,
        {{ decimal("sum(case when figure = 'purchase' then view_quantity end)") }}
            as view_through_conversions,
        {{ decimal("sum(case when figure = 'add_to_cart' then quantity end)") }} as add_to_carts,
        {{ decimal("sum(case when figure = 'video_view' then quantity end)") }} as video_views,
        {{ decimal("sum(case when figure = 'engagement' then quantity end)") }} as engagements
    from counted
    group by row_id
)

select * from final
