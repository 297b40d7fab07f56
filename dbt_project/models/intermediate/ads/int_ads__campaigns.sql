-- The campaigns of every source, one below the other.
with

final as (
    {{ ad_campaigns_of('files', ref('int_ads__campaigns_from_files')) }}
)

select * from final
