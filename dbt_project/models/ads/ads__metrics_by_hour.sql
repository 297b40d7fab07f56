with

{{ ads_metrics('hour', ['hour']) }}

select * from metrics
