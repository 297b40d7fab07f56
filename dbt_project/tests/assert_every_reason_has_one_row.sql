-- A row is a reason that stands twice in a period. Of each category one row has no detail.
select
    store_id,
    period_type,
    period_start,
    return_reason_category,
    coalesce(return_reason_detail, '') as detail
from {{ ref('returns__metrics_by_reason') }}
group by
    store_id,
    period_type,
    period_start,
    return_reason_category,
    coalesce(return_reason_detail, '')
having count(*) > 1
