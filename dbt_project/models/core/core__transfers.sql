-- One row for each transfer and SKU. The cost is that of the whole row, in reporting currency.
-- Transfers that are only told as movements have no row of their own: they are put together from
-- the two movements that share a reference.
with

transfers as (
    select * from {{ ref('stg_files__transfers') }}
),

movements as (
    select * from {{ ref('stg_files__inventory_transactions') }}
    where transaction_type = 'transfer' and reference_id is not null
),

stores as (
    select * from {{ ref('int_stores__settings') }}
),

outgoing as (
    select
        store_id,
        reference_id,
        sku,
        min({{ by_text('warehouse_location') }}) as from_location,
        sum(-quantity) as quantity,
        min(transaction_date) as transfer_date
    from movements
    where quantity < 0
    group by store_id, reference_id, sku
),

incoming as (
    select
        store_id,
        reference_id,
        sku,
        min({{ by_text('warehouse_location') }}) as to_location,
        max(transaction_date) as received_at
    from movements
    where quantity > 0
    group by store_id, reference_id, sku
),

told_by_movements as (
    select
        outgoing.store_id,
        outgoing.reference_id as transfer_id,
        outgoing.sku,
        outgoing.from_location,
        incoming.to_location,
        outgoing.quantity,
        outgoing.transfer_date,
        incoming.received_at
    from outgoing
    inner join incoming
        on outgoing.store_id = incoming.store_id
        and outgoing.reference_id = incoming.reference_id
        and outgoing.sku = incoming.sku
    left join transfers
        on outgoing.store_id = transfers.store_id
        and outgoing.reference_id = transfers.transfer_id
        and outgoing.sku = transfers.sku
    where transfers.transfer_id is null
),

unioned as (
    select
        transfers.store_id,
        transfers.transfer_id,
        transfers.sku,
        transfers.from_location,
        transfers.to_location,
        transfers.quantity,
        transfers.transfer_cost,
        {{ shop_date('transfers.transfer_date', 'stores.time_zone') }} as transfer_date,
        transfers.received_date,
        stores.currency,
        stores.reporting_currency
    from transfers
    inner join stores on transfers.store_id = stores.store_id
    union all
    select
        told_by_movements.store_id,
        told_by_movements.transfer_id,
        told_by_movements.sku,
        told_by_movements.from_location,
        told_by_movements.to_location,
        told_by_movements.quantity,
        cast(null as {{ dbt.type_numeric() }}) as transfer_cost,
        {{ shop_date('told_by_movements.transfer_date', 'stores.time_zone') }} as transfer_date,
        {{ shop_date('told_by_movements.received_at', 'stores.time_zone') }} as received_date,
        stores.currency,
        stores.reporting_currency
    from told_by_movements
    inner join stores on told_by_movements.store_id = stores.store_id
),

final as (
    select
        unioned.store_id,
        unioned.transfer_id,
        unioned.sku,
        unioned.from_location,
        unioned.to_location,
        {{ count_of('unioned.quantity') }} as quantity,
        {{ decimal(
            'unioned.transfer_cost * '
            ~ rate_to_reporting('unioned.currency', 'unioned.reporting_currency')
        ) }} as transfer_cost,
        unioned.transfer_date,
        unioned.received_date
    from unioned
    {{ rate_join('unioned.currency', 'unioned.reporting_currency', 'unioned.transfer_date') }}
)

select * from final
