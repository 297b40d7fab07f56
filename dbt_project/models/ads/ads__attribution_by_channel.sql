with

{{ attribution_metrics('channel') }}

select * from metrics
