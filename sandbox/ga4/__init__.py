"""A replica of the Google Analytics Data API (v1beta, gRPC) over the made-up shop's sessions.

with Ga4Sandbox(shop.con, shop.spec, now) as analytics:
    ...  # analytics.endpoint, analytics.access_token, analytics.faults("unavailable")
"""

from sandbox.ga4.server import PROPERTY_ID, Ga4Sandbox

__all__ = ["PROPERTY_ID", "Ga4Sandbox"]
