with

campaigns as (
    select * from {{ ref('stg_files__ad_campaigns') }}
),

final as (
    select
        store_id,
        platform,
        cast(null as {{ dbt.type_string() }}) as account_id,
        campaign_id,
        campaign_name,
        campaign_type,
        objective,
        lower(status) as status,
        budget,
        start_date,
        end_date,
        currency,
        cast(null as {{ dbt.type_string() }}) as bidding
    from campaigns
)

select * from final
