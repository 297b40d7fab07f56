-- What the conversions of each report row count as, by the definitions of seeds__ad_actions: of the
-- kinds that the row tells, those of the lowest priority, added up.
with

actions as (
    select * from {{ ref('int_google_ads__actions') }}
),

definitions as (
    select * from {{ ref('seeds__ad_actions') }}
    where platform_source = 'google_ads'
),

defined as (
    select
        actions.row_key,
        definitions.figure,
        actions.quantity,
        actions.action_value,
        rank() over (
            partition by actions.row_key, definitions.figure order by definitions.priority
        ) as place
    from actions
    inner join definitions on actions.action_type = definitions.action_type
),

final as (
    select
        row_key,
        cast(sum(case when figure = 'purchase' then quantity end) as {{ type_ratio() }})
            as conversions,
        {{ decimal("sum(case when figure = 'purchase' then action_value end)") }} as revenue,
        cast(sum(case when figure = 'add_to_cart' then quantity end) as {{ type_ratio() }})
            as add_to_carts
    from defined
    where place = 1
    group by row_key
)

select * from final
