-- Shares of what the whole store sold: a sale has no type of return.
with

return_lines as (
    select * from {{ ref('int_return_facts__lines') }}
),

{{ returns_metrics(['return_type'], of_store=true) }}

select * from metrics
