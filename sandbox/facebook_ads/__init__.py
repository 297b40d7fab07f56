"""A local replica of Meta's Graph API over the Facebook and Instagram ads of a made-up world.

    with FacebookAdsSandbox(world) as sandbox:
        ...  # sandbox.variables, sandbox.faults("job_failed")

It speaks the paths that facebook-business asks for: accounts, edges with cursors, nodes by id, and
insights both at once and as asynchronous reports.
"""

from sandbox.facebook_ads.jobs import STEP_BY_STEP
from sandbox.facebook_ads.sandbox import ACCESS_TOKEN, FacebookAdsSandbox

__all__ = ["ACCESS_TOKEN", "STEP_BY_STEP", "FacebookAdsSandbox"]
