-- Every ads figure of each store, and of all stores together, in each period.
with

{{ ads_metrics('campaign', [], has_budget=true) }}

select * from metrics
