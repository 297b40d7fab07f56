with

return_lines as (
    select * from {{ ref('int_return_facts__lines') }}
    where has_line
),

{{ returns_metrics(['brand']) }}

select * from metrics
