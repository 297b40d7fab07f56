-- Returns against the books: return value goes by the day of the return, sales take a refund back
-- on the day of the refund. What lies between the two is named; nothing else may.
with

returns_metrics as (
    select * from {{ ref('returns__metrics') }}
),

books as (
    select * from {{ ref('int_sales__store_days') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison
),

range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

ledger as (
    select * from {{ ref('int_returns__refund_ledger') }}
    where booked_day <= {{ as_of_date() }}
),

returns as (
    select * from {{ ref('core__returns') }}
),

store_days as (
    select
        ledger.store_id,
        ledger.booked_day,
        returns.return_date,
        returns.is_counted,
        sum(ledger.amount) as amount
    from ledger
    inner join returns
        on ledger.store_id = returns.store_id
        and ledger.return_id = returns.return_id
    group by ledger.store_id, ledger.booked_day, returns.return_date, returns.is_counted
),

days as (
    select * from store_days
    union all
    select
        'all' as store_id,
        booked_day,
        return_date,
        is_counted,
        sum(amount) as amount
    from store_days
    group by booked_day, return_date, is_counted
),

booked as (
    select
        days.store_id,
        range_days.range_start,
        range_days.range_end,
        sum(
            case
                when
                    days.is_counted
                    and days.return_date not between range_days.range_start and range_days.range_end
                    then days.amount
                else 0
            end
        ) as of_other_periods,
        sum(case when days.is_counted then 0 else days.amount end) as of_uncounted
    from days
    inner join range_days on days.booked_day = range_days.day
    group by days.store_id, range_days.range_start, range_days.range_end
),

returned as (
    select
        days.store_id,
        range_days.range_start,
        range_days.range_end,
        sum(days.amount) as booked_elsewhere
    from days
    inner join range_days on days.return_date = range_days.day
    where
        days.is_counted
        and days.booked_day not between range_days.range_start and range_days.range_end
    group by days.store_id, range_days.range_start, range_days.range_end
),

book_sums as (
    select
        books.store_id,
        range_days.range_start,
        range_days.range_end,
        sum(books.returns_value) as returns_value,
        sum(books.refund_adjustments) as refund_adjustments
    from books
    inner join range_days on books.day = range_days.day
    group by books.store_id, range_days.range_start, range_days.range_end
),

joined as (
    select
        returns_metrics.store_id,
        returns_metrics.period_type,
        returns_metrics.period_start,
        returns_metrics.period_end,
        returns_metrics.return_value,
        {{ decimal('coalesce(returned.booked_elsewhere, 0)') }} as booked_in_other_periods,
        {{ decimal('coalesce(booked.of_other_periods, 0)') }} as of_returns_of_other_periods,
        {{ decimal('coalesce(booked.of_uncounted, 0)') }} as of_rejected_returns,
        {{ decimal('coalesce(book_sums.returns_value, 0)') }} as sales_returns_value,
        {{ decimal('coalesce(book_sums.refund_adjustments, 0)') }} as refund_adjustments
    from returns_metrics
    inner join periods
        on returns_metrics.period_type = periods.period_type
        and returns_metrics.period_start = periods.period_start
    left join book_sums
        on returns_metrics.store_id = book_sums.store_id
        and periods.period_start = book_sums.range_start
        and periods.elapsed_end = book_sums.range_end
    left join booked
        on returns_metrics.store_id = booked.store_id
        and periods.period_start = booked.range_start
        and periods.elapsed_end = booked.range_end
    left join returned
        on returns_metrics.store_id = returned.store_id
        and periods.period_start = returned.range_start
        and periods.elapsed_end = returned.range_end
),

final as (
    select
        *,
        {{ decimal(
            'sales_returns_value - return_value + booked_in_other_periods '
            ~ '- of_returns_of_other_periods - of_rejected_returns'
        ) }} as unexplained
    from joined
)

select * from final
