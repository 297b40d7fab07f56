-- The channel of each source and medium that visits came with. The seed's row for both goes before
-- that for the medium, and that before the one for the source.
with

web_sessions as (
    select * from {{ ref('stg_files__web_sessions') }}
),

shopify_orders as (
    select * from {{ ref('stg_shopify__orders') }}
),

seed as (
    select * from {{ ref('seeds__utm_channels') }}
),

visits as (
    select
        utm_source,
        utm_medium
    from web_sessions
    union all
    select
        coalesce(first_visit_utm_source, first_visit_source) as utm_source,
        first_visit_utm_medium as utm_medium
    from shopify_orders
    union all
    select
        coalesce(last_visit_utm_source, last_visit_source) as utm_source,
        last_visit_utm_medium as utm_medium
    from shopify_orders
),

pairs as (
    select distinct
        coalesce(lower(trim(utm_source)), '') as utm_source,
        coalesce(lower(trim(utm_medium)), '') as utm_medium
    from visits
),

final as (
    select
        pairs.utm_source,
        pairs.utm_medium,
        coalesce(
            both_known.channel,
            of_medium.channel,
            of_source.channel,
            case
                when pairs.utm_medium <> '' then 'other'
                when pairs.utm_source <> '' then 'referral'
                else 'direct'
            end
        ) as channel
    from pairs
    left join seed as both_known
        on pairs.utm_source = both_known.utm_source
        and pairs.utm_medium = both_known.utm_medium
    left join seed as of_medium
        on pairs.utm_medium = of_medium.utm_medium
        and of_medium.utm_source = 'any'
    left join seed as of_source
        on pairs.utm_source = of_source.utm_source
        and of_source.utm_medium = 'any'
)

select * from final
