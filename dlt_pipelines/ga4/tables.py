"""What lands in raw_ga4: sessions and events as the Data API counts them, by day.

An account is a property. Names and measures are the API's own, in snake case. `has_other_row`
says that the API summed small rows as `(other)`, `is_thresholded` that it withheld some.
"""

from dlt_pipelines.ads.tables import FETCHES, REJECTED, entity, report

PROPERTIES = entity("properties", time_zone="text", currency_code="text")

SESSIONS = report(
    "sessions",
    "session_source", "session_medium", "session_campaign_name", "session_default_channel_group",
    "device_category", "country_id",
    session_source="text", session_medium="text", session_campaign_name="text",
    session_default_channel_group="text", device_category="text", country_id="text",
    sessions="bigint", engaged_sessions="bigint", total_users="bigint", new_users="bigint",
    screen_page_views="bigint", add_to_carts="bigint", ecommerce_purchases="bigint",
    purchase_revenue="money", has_other_row="bool", is_thresholded="bool",
)  # fmt: skip

EVENTS = report(
    "events",
    "event_name", "session_default_channel_group", "device_category",
    event_name="text", session_default_channel_group="text", device_category="text",
    event_count="bigint", event_value="money", has_other_row="bool", is_thresholded="bool",
)  # fmt: skip

TABLES = (PROPERTIES, SESSIONS, EVENTS, FETCHES, REJECTED)
