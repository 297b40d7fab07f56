-- A rate holds from its day until the next one; the first one also holds for all days before it.
-- A pair that is given only the other way round is turned over.
with

rates as (
    select * from {{ ref('stg_files__exchange_rates') }}
),

direct as (
    select
        date as rate_date,
        from_currency,
        to_currency,
        max(rate) as rate,
        max(load_id) as load_id
    from rates
    where from_currency <> to_currency
    group by date, from_currency, to_currency
),

turned as (
    select
        direct.rate_date,
        direct.to_currency as from_currency,
        direct.from_currency as to_currency,
        1 / direct.rate as rate,
        direct.load_id
    from direct
    left join direct as other_way
        on direct.from_currency = other_way.to_currency
        and direct.to_currency = other_way.from_currency
    where other_way.rate_date is null
),

both_ways as (
    select rate_date, from_currency, to_currency, rate, load_id, false as is_turned from direct
    union all
    select rate_date, from_currency, to_currency, rate, load_id, true as is_turned from turned
),

neighbours as (
    select
        *,
        lag(rate_date) over pair as previous_date,
        lead(rate_date) over pair as next_date
    from both_ways
    window pair as (partition by from_currency, to_currency order by rate_date)
),

final as (
    select
        from_currency,
        to_currency,
        rate_date as date,
        case when previous_date is null then cast('1900-01-01' as date) else rate_date end
            as valid_from,
        coalesce({{ add_days(-1, 'next_date') }}, cast('9999-12-31' as date)) as valid_to,
        cast(rate as {{ type_rate() }}) as rate,
        is_turned,
        load_id
    from neighbours
)

select * from final
