with

return_lines as (
    select * from {{ ref('int_return_facts__lines') }}
),

{{ returns_metrics(['customer_segment']) }}

select * from metrics
