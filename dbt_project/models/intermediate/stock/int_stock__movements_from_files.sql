-- Movements that the files tell, signed by their effect on the location: the transactions, and of
-- a transfer that has none its two movements. Goods without a day of receipt arrive at once.
with

transactions as (
    select * from {{ ref('stg_files__inventory_transactions') }}
),

transfers as (
    select * from {{ ref('stg_files__transfers') }}
),

stores as (
    select * from {{ ref('int_stock__told_by_files') }}
),

told_transfers as (
    select distinct
        store_id,
        reference_id,
        sku
    from transactions
    where transaction_type = 'transfer'
),

untold_transfers as (
    select
        transfers.*,
        stores.time_zone,
        case
            when
                {{ day_start('transfers.received_date', 'stores.time_zone') }}
                > transfers.transfer_date
                then {{ day_start('transfers.received_date', 'stores.time_zone') }}
            else transfers.transfer_date
        end as received_at
    from transfers
    inner join stores on transfers.store_id = stores.store_id
    left join told_transfers
        on transfers.store_id = told_transfers.store_id
        and transfers.transfer_id = told_transfers.reference_id
        and transfers.sku = told_transfers.sku
    where told_transfers.reference_id is null
),

moved as (
    select
        store_id,
        transaction_id,
        sku,
        warehouse_location,
        transaction_type,
        quantity,
        unit_cost,
        reference_id,
        transaction_date,
        supplier_id,
        notes,
        'file' as origin
    from transactions
    union all
    select
        store_id,
        {{ dbt.concat(["'transfer-out-'", 'transfer_id', "'-'", 'sku']) }} as transaction_id,
        sku,
        from_location as warehouse_location,
        'transfer' as transaction_type,
        -quantity as quantity,
        null as unit_cost,
        transfer_id as reference_id,
        transfer_date as transaction_date,
        null as supplier_id,
        null as notes,
        'transfer' as origin
    from untold_transfers
    union all
    select
        store_id,
        {{ dbt.concat(["'transfer-in-'", 'transfer_id', "'-'", 'sku']) }} as transaction_id,
        sku,
        to_location as warehouse_location,
        'transfer' as transaction_type,
        quantity,
        null as unit_cost,
        transfer_id as reference_id,
        received_at as transaction_date,
        null as supplier_id,
        null as notes,
        'transfer' as origin
    from untold_transfers
),

dated as (
    select
        moved.*,
        stores.currency,
        stores.reporting_currency,
        {{ shop_date('moved.transaction_date', 'stores.time_zone') }} as transaction_day
    from moved
    inner join stores on moved.store_id = stores.store_id
),

final as (
    select
        dated.store_id,
        dated.transaction_id,
        dated.sku,
        dated.warehouse_location,
        dated.transaction_type,
        dated.quantity,
        {{ decimal(
            'dated.unit_cost * '
            ~ rate_to_reporting('dated.currency', 'dated.reporting_currency')
        ) }} as unit_cost,
        dated.reference_id,
        dated.transaction_date,
        dated.transaction_day,
        dated.supplier_id,
        dated.notes,
        dated.origin
    from dated
    {{ rate_join('dated.currency', 'dated.reporting_currency', 'dated.transaction_day') }}
)

select * from final
