-- Every report row, and the rest that a campaign's day has beyond the rows of a level as
-- `unallocated`.
with

converted as (
    select * from {{ ref('int_ads__converted') }}
),

rests as (
    select * from {{ ref('int_ads__rests') }}
),

unallocated as (
    select
        *,
        case when level in ('ad', 'keyword', 'search_term') then 'unallocated' end as ad_group_id,
        case when level = 'ad' then 'unallocated' end as ad_id,
        case when level = 'keyword' then 'unallocated' end as keyword,
        case when level = 'keyword' then 'unallocated' end as match_type,
        case when level = 'search_term' then 'unallocated' end as search_term,
        case when level = 'audience' then 'unallocated' end as audience,
        case when level = 'location' then 'unallocated' end as location,
        case when level = 'device' then 'unallocated' end as device_type,
        case when level = 'placement' then 'unallocated' end as placement,
        cast(null as {{ dbt.type_int() }}) as hour
    from rests
    where
        impressions <> 0
        or clicks <> 0
        or spend_original <> 0
        or conversions <> 0
        or revenue_original <> 0
        or video_views <> 0
        or engagements <> 0
        or add_to_carts <> 0
        or view_through_conversions <> 0
),

final as (
    {{ allocated_ad_rows('converted', 'false') }}
    union all
    {{ allocated_ad_rows('unallocated', 'true') }}
)

select * from final
