"""The instant that landing takes for now: the clock's, or LANDING_NOW where that is set.

It bounds what is read (up to today, the last days again). The sandbox's clock stands still, so
whoever lands from it days later goes by the sandbox's.
"""

import os
from datetime import UTC, datetime

from dlt_pipelines.errors import LandingError

VARIABLE = "LANDING_NOW"


def now() -> datetime:
    """An instant with a zone; LandingError when the variable holds none."""
    given = os.environ.get(VARIABLE)
    if not given:
        return datetime.now(UTC)
    try:
        instant = datetime.fromisoformat(given)
    except ValueError as error:
        raise LandingError(
            f"{VARIABLE} is {given!r}; it must be like 2026-01-31T12:00:00Z."
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
