with

{{ ads_metrics('campaign', ['platform'], has_budget=true) }}

select * from metrics
