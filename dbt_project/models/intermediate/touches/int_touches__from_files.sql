-- Touches of files, their channel as brought. Touches have no key: equal ones are numbered.
with

touchpoints as (
    select * from {{ ref('stg_files__touchpoints') }}
),

identities as (
    select * from {{ ref('int_touches__identities') }}
),

numbered as (
    select
        *,
        row_number() over (
            partition by
                store_id, customer_id, visitor_id, touched_at, channel, campaign_id, interaction,
                device_type
            order by cost
        ) as copy_number
    from touchpoints
),

final as (
    select
        numbered.store_id,
        {{ surrogate_key([
            'numbered.store_id', 'numbered.customer_id', 'numbered.visitor_id',
            'numbered.touched_at', 'numbered.channel', 'numbered.campaign_id',
            'numbered.interaction', 'numbered.device_type', 'numbered.copy_number',
        ]) }} as touchpoint_id,
        coalesce(numbered.customer_id, identities.customer_id) as customer_id,
        numbered.visitor_id,
        cast(null as {{ dbt.type_string() }}) as order_id,
        numbered.touched_at,
        numbered.channel,
        numbered.campaign_id,
        numbered.interaction,
        numbered.device_type,
        numbered.cost,
        'touchpoints' as source
    from numbered
    left join identities
        on numbered.store_id = identities.store_id
        and numbered.visitor_id = identities.visitor_id
)

select * from final
