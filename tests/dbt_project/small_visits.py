"""Who came to the store `uk` of the small shop, and what touched its customers before.

| order | touches before it | why it is here |
|---|---|---|
| U1 | display seen on a phone, search on a laptop, a mail | the phone signs in with the mail |
| U2 | a mail that cost 2 pounds, direct at the order's instant | touches since U1 and no later |
| U3 | organic search of visitor v9 | a guest, known by the visit that led to the order |
| U4 | none | unattributed |
| U5 | social, seen only | refunded, which changes nothing; an hour of summer time |
| U6 | display | cancelled: the touch leads nowhere, as that of visitor v10 |
"""

from typing import Any

from tests.dbt_project.raw_rows import Row


def _row(**values: Any) -> Row:
    return {"store_id": "uk", "_file": "rows.csv", "_line": 1} | values


def _touch(at: str, channel: str, **changes: Any) -> Row:
    return _row(**{"timestamp": at, "channel": channel, "interaction": "click"} | changes)


def _visit(key: str, at: str, **changes: Any) -> Row:
    return _row(**{"session_id": key, "timestamp": at, "page_views": 1} | changes)


def _weight(channel: str, touch_weight: str) -> Row:
    told = {"store_id": "uk", "model": "markov", "channel": channel, "effect": "1"}
    return told | {"weight": "0.3", "touch_weight": touch_weight, "as_of_date": "2024-03-31"}


VISITS = {
    "raw_files.touchpoints": [
        _touch(
            "2024-02-25T10:00:00Z", "display",
            visitor_id="phone", interaction="view", device_type="mobile",
        ),
        _touch(
            "2024-02-27T10:00:00Z", "paid_search",
            customer_id="k1", visitor_id="laptop", campaign_id="ad1", device_type="desktop",
        ),
        _touch(
            "2024-03-01T11:59:00Z", "email",
            customer_id="k1", visitor_id="phone", device_type="mobile",
        ),
        _touch("2024-03-02T10:00:00Z", "display", visitor_id="v10", interaction="view"),
        _touch("2024-03-05T10:00:00Z", "email", customer_id="k1", campaign_id="news", cost="2"),
        _touch("2024-03-12T23:30:00Z", "direct", customer_id="k1", interaction=None),
        _touch("2024-03-13T23:30:00Z", "direct", customer_id="k1"),
        _touch("2024-03-19T10:00:00Z", "display", customer_id="k3"),
        _touch("2024-03-21T10:00:00Z", "paid_social", customer_id="k2", interaction="view"),
        _touch("2024-03-31 00:00:00", "organic_search", visitor_id="v9"),
    ],
    "raw_files.web_sessions": [
        _visit(
            "w1", "2024-02-27T10:00:00Z",
            visitor_id="laptop", utm_source="google", utm_medium="cpc", utm_campaign="AD1",
        ),
        _visit("w2", "2024-03-31 00:00:00", visitor_id="v9", order_id="U3", add_to_carts=1),
        _visit("w3", "2024-03-31 12:00:00", visitor_id="v10", page_views=4, sign_ups=1),
    ],
}  # fmt: skip

WEIGHTS = {
    "raw_ml.attribution_weights": [
        _weight("display", "0.2"),
        _weight("paid_search", "0.3"),
        _weight("email", "0.5"),
    ]
}
