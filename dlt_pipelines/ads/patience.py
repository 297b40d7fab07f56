"""Another try, later, for what is worth one."""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import tenacity

from dlt_pipelines.ads.errors import AccountError, TransientError

ATTEMPTS = 8
LONGEST_WAIT_SECONDS = 120.0

log = logging.getLogger(__name__)

Sleep = Callable[[float], None]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Patience:
    """Tries again after a TransientError, waiting as long as it says or ever longer.

    `subject` names who is asked: `Meta`. AccountError when the last try failed too.
    """

    subject: str
    sleep: Sleep = time.sleep
    attempts: int = ATTEMPTS

    def call(self, ask: Callable[[], Answer]) -> Answer:
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(TransientError),
            stop=tenacity.stop_after_attempt(self.attempts),
            wait=_wait,
            before_sleep=self._tell,
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return retrying(ask)
        except TransientError as error:
            raise AccountError(
                f"{self.subject} gave no answer in {self.attempts} tries: {error}."
            ) from error

    def _tell(self, state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        log.info("%s, try %s: %s", self.subject, state.attempt_number, error)


def _wait(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    told = getattr(error, "wait", None)
    doubled = min(LONGEST_WAIT_SECONDS, 2.0 ** (state.attempt_number - 1))
    return float(told) if told is not None else doubled * random.uniform(0.5, 1.0)
