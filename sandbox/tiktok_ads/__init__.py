"""A local replica of TikTok's Business API v1.3 over a made-up ad world.

    with TikTokAdsSandbox(world) as sandbox:
        ...  # sandbox.variables, sandbox.faults("drift"), sandbox.refuse("7010...")

Nearly everything is answered with HTTP 200: `code` says what is wrong. Campaigns of GMV Max stand
in their own lists and report; deleted entities only where they are asked for. Purchases are told
where they were made: in the TikTok Shop for campaigns that sell products there, else on the web.
"""

from sandbox.tiktok_ads.sandbox import TikTokAdsSandbox

__all__ = ["TikTokAdsSandbox"]
