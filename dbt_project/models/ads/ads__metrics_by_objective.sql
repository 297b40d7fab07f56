with

{{ ads_metrics('campaign', ['objective'], has_budget=true) }}

select * from metrics
