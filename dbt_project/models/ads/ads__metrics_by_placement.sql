with

{{ ads_metrics('placement', ['platform', 'placement']) }}

select * from metrics
