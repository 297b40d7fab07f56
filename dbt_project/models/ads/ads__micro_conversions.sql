-- What visits of each channel came to, in each period: something put into the cart, a sign-up, a
-- purchase. What no visit tells is null, and rates look at the visits that tell.
with

sessions as (
    select * from {{ ref('core__sessions') }}
    where session_day <= {{ as_of_date() }}
),

range_days as (
    select * from {{ ref('int_periods__range_days') }}
),

periods as (
    select * from {{ ref('core__periods') }}
    where not is_comparison
),

totals as (
    select store_id from {{ ref('core__stores') }}
    where is_total
),

days as (
    select
        store_id,
        channel,
        session_day as day,
        count(*) as sessions,
        count(add_to_carts) as cart_sessions,
        sum(case when add_to_carts > 0 then 1 else 0 end) as add_to_cart_sessions,
        count(sign_ups) as account_sessions,
        sum(case when sign_ups > 0 then 1 else 0 end) as sign_up_sessions,
        sum(case when purchases > 0 or order_id is not null then 1 else 0 end) as purchase_sessions
    from sessions
    group by store_id, channel, session_day
),

{{ summed_over_ranges('visited', 'days', ['store_id', 'channel'], [
    'sessions', 'cart_sessions', 'add_to_cart_sessions', 'account_sessions', 'sign_up_sessions',
    'purchase_sessions',
]) }},

final as (
    select
        visited.store_id,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        visited.channel,
        {{ count_of('visited.sessions') }} as sessions,
        case when visited.cart_sessions > 0 then {{ count_of('visited.add_to_cart_sessions') }} end
            as add_to_cart_sessions,
        {{ percent('visited.add_to_cart_sessions', 'visited.cart_sessions') }}
            as add_to_cart_session_pct,
        case when visited.account_sessions > 0 then {{ count_of('visited.sign_up_sessions') }} end
            as sign_up_sessions,
        {{ percent('visited.sign_up_sessions', 'visited.account_sessions') }}
            as sign_up_session_pct,
        {{ count_of('visited.purchase_sessions') }} as purchase_sessions,
        {{ percent('visited.purchase_sessions', 'visited.sessions') }} as purchase_session_pct,
        periods.is_complete
    from visited_ranges as visited
    inner join periods
        on visited.range_start = periods.period_start
        and visited.range_end = periods.elapsed_end
)

select * from final
