with

{{ ads_metrics('campaign', ['platform', 'campaign_id'], has_budget=true) }}

select * from metrics
