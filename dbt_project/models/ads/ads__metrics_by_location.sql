with

{{ ads_metrics('location', ['location']) }}

select * from metrics
