with

{{ ads_metrics('device', ['device_type']) }}

select * from metrics
