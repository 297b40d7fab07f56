-- The report rows of every source, one below the other.
with

final as (
    {{ ad_reports_of('files', ref('int_ads__from_files')) }}
)

select * from final
