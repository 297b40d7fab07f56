-- Every returns figure of each store, and of all stores together, in each period.
with

return_lines as (
    select * from {{ ref('int_return_facts__lines') }}
),

{{ returns_metrics([]) }}

select * from metrics
