"""A made-up ad platform, Pinboard, for the source that a YAML file describes.

    with PinboardSandbox(world) as sandbox:
        ...  # sandbox.variables

GET /v2/boards                          campaigns
GET /v2/statistics?from=&until=&split=  their figures by day, device and country; days as 20260131

Lists come in pages, `page.next` being what `after` takes. Money is in millionths, in euros. Orders
come in for three days.
"""

from sandbox.custom_api.sandbox import PinboardSandbox

__all__ = ["PinboardSandbox"]
