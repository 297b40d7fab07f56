-- What the shop plans for each day: promotions of the whole range, and seasons. Of seasons that
-- overlap, the one that began last counts.
with

store_days as (
    select * from {{ ref('int_forecast__store_days') }}
),

promotions as (
    select * from {{ ref('stg_files__promotions') }}
    where sku = ''
),

seasons as (
    select * from {{ ref('stg_files__seasons') }}
),

promoted as (
    select
        store_days.store_id,
        store_days.day,
        max(
            case when promotions.discount_type = 'percent_off' then promotions.discount_value end
        ) as percent_off
    from store_days
    inner join promotions
        on store_days.store_id = promotions.store_id
        and store_days.day between promotions.start_date and promotions.end_date
    group by store_days.store_id, store_days.day
),

in_season as (
    select
        store_days.store_id,
        store_days.day,
        seasons.season_name,
        max(case
            when {{ dbt.position(
                'cast(store_days.day as ' ~ dbt.type_string() ~ ')', 'seasons.peak_dates'
            ) }} > 0 then 1
            else 0
        end) over (partition by store_days.store_id, store_days.day) as peaks,
        row_number() over (
            partition by store_days.store_id, store_days.day
            order by seasons.start_date desc, {{ by_text('seasons.season_id') }}
        ) as season_rank
    from store_days
    inner join seasons
        on store_days.store_id = seasons.store_id
        and store_days.day between seasons.start_date and seasons.end_date
),

final as (
    select
        store_days.store_id,
        store_days.day,
        store_days.is_future,
        promoted.store_id is not null as is_promotion,
        cast(promoted.percent_off * 0.01 as {{ type_ratio() }}) as planned_rate,
        in_season.season_name as season_plan,
        coalesce(in_season.peaks, 0) = 1 as is_peak
    from store_days
    left join promoted
        on store_days.store_id = promoted.store_id
        and store_days.day = promoted.day
    left join in_season
        on store_days.store_id = in_season.store_id
        and store_days.day = in_season.day
        and in_season.season_rank = 1
)

select * from final
