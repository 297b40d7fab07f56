-- The first and the last visit that Shopify tells of each order; a visit that several orders of a
-- customer tell of is one touch.
with

shopify_orders as (
    select * from {{ ref('stg_shopify__orders') }}
),

orders as (
    select * from {{ ref('int_touches__order_keys') }}
    where not is_test and not is_deleted
),

visit_channels as (
    select * from {{ ref('int_touches__visit_channels') }}
),

campaign_names as (
    select * from {{ ref('int_touches__campaign_names') }}
),

visits as (
    select
        store_id,
        order_id,
        'first' as which,
        first_visit_at as visited_at,
        coalesce(first_visit_utm_source, first_visit_source) as utm_source,
        first_visit_utm_medium as utm_medium,
        first_visit_utm_campaign as utm_campaign
    from shopify_orders
    union all
    select
        store_id,
        order_id,
        'last' as which,
        last_visit_at as visited_at,
        coalesce(last_visit_utm_source, last_visit_source) as utm_source,
        last_visit_utm_medium as utm_medium,
        last_visit_utm_campaign as utm_campaign
    from shopify_orders
),

placed as (
    select
        visits.*,
        orders.customer_id,
        visit_channels.channel,
        row_number() over (
            partition by
                visits.store_id,
                coalesce(orders.customer_id, visits.order_id),
                visits.visited_at,
                visit_channels.channel,
                visits.utm_campaign
            order by orders.order_date, {{ by_text('visits.order_id') }}, visits.which
        ) as copy_number
    from visits
    inner join orders
        on visits.store_id = orders.store_id
        and visits.order_id = orders.order_id
    inner join visit_channels
        on coalesce(lower(trim(visits.utm_source)), '') = visit_channels.utm_source
        and coalesce(lower(trim(visits.utm_medium)), '') = visit_channels.utm_medium
    where visits.visited_at is not null
),

final as (
    select
        placed.store_id,
        {{ dbt.concat(["'order-'", 'placed.order_id', "'-'", 'placed.which']) }} as touchpoint_id,
        placed.customer_id,
        cast(null as {{ dbt.type_string() }}) as visitor_id,
        placed.order_id,
        placed.visited_at as touched_at,
        placed.channel,
        coalesce(campaign_names.campaign_id, placed.utm_campaign) as campaign_id,
        'click' as interaction,
        cast(null as {{ dbt.type_string() }}) as device_type,
        cast(null as {{ dbt.type_numeric() }}) as cost,
        'orders' as source
    from placed
    left join campaign_names
        on placed.store_id = campaign_names.store_id
        and lower(trim(placed.utm_campaign)) = campaign_names.utm_campaign
    where placed.copy_number = 1
)

select * from final
