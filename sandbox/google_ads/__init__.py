"""A local server that answers GAQL over gRPC like the Google Ads API, from a made-up ad world."""

from sandbox.google_ads.sandbox import GoogleAdsSandbox

__all__ = ["GoogleAdsSandbox"]
