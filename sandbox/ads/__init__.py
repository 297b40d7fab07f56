"""A made-up ad world beside a made-up shop. Run: make_ads(generate(ShopSpec(end=...)))

Campaigns of four platforms, what they cost and brought, and how people came to the shop. The tables
stand beside the shop's (`schema.py`); `AdWorld.rows` tells what a platform reports at an instant.
"""

from sandbox.ads.generate import ads_of, make_ads
from sandbox.ads.world import AdWorld

__all__ = ["AdWorld", "ads_of", "make_ads"]
