-- Every figure of ads.metrics that is a metric of the catalog, one below the other.
with

metrics_catalog as (
    select * from {{ ref('metrics__catalog') }}
    where relation = 'ads.metrics'
),

module_metrics as (
    select * from {{ ref('ads__metrics') }}
),

final as (
    select
        metrics_catalog.metric_id,
        module_metrics.store_id,
        module_metrics.period_type,
        module_metrics.period_start,
        {{ metric_value('ads.metrics', 'module_metrics') }} as value
    from module_metrics
    cross join metrics_catalog
)

select * from final
