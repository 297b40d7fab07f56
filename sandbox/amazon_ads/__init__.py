"""A local replica of the Amazon Ads API over a made-up ad world.

    with AmazonAdsSandbox(world) as sandbox:
        ...  # sandbox.url, sandbox.variables, sandbox.faults("report_failed")

It grants tokens (Login with Amazon), lists profiles, lists campaigns, ad groups, ads and keywords
of the three products by their own versions and media types, and makes reports: asked for, looked
after until they are done, and fetched as a file from an address of their own, which is signed,
refuses other credentials and runs out.
"""

from sandbox.amazon_ads.sandbox import AmazonAdsSandbox

__all__ = ["AmazonAdsSandbox"]
