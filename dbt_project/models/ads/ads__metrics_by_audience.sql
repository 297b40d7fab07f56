with

{{ ads_metrics('audience', ['audience_type', 'audience']) }}

select * from metrics
