-- What sales take back, day by day: a Shopify refund on the day it was processed, whatever became
-- of the return behind it; a file's return, unless rejected, on the day of the return.
with

refund_lines as (
    select * from {{ ref('int_returns__refund_lines') }}
),

file_items as (
    select * from {{ ref('int_returns__items_from_files') }}
),

headers as (
    select * from {{ ref('int_returns__headers') }}
    where is_counted
),

final as (
    select
        store_id,
        return_id,
        refund_day as booked_day,
        amount
    from refund_lines
    union all
    select
        file_items.store_id,
        file_items.return_id,
        file_items.return_date as booked_day,
        file_items.refund_amount as amount
    from file_items
    inner join headers
        on file_items.store_id = headers.store_id
        and file_items.return_id = headers.return_id
)

select * from final
