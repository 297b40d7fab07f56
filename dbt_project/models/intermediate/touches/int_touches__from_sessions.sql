-- Every visit is a click.
with

sessions as (
    select * from {{ ref('core__sessions') }}
),

final as (
    select
        store_id,
        {{ dbt.concat(["'session-'", 'session_id']) }} as touchpoint_id,
        customer_id,
        visitor_id,
        order_id,
        started_at as touched_at,
        channel,
        campaign_id,
        'click' as interaction,
        device_type,
        cast(null as {{ dbt.type_numeric() }}) as cost,
        'sessions' as source
    from sessions
)

select * from final
