-- The channel is that of the order; of a return without a known order it is unknown.
with

return_lines as (
    select * from {{ ref('int_return_facts__lines') }}
),

{{ returns_metrics(['channel']) }}

select * from metrics
