"""Asynchronous reports of one account: several are being made at once, ahead of being read.

A report that fails is asked for once more; one that fails again, or that is too much data, is
asked for by halves of its days, down to a single day. What fails even then is the reader's error,
with the report and the day in it.
"""

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.errors import AccountError
from dlt_pipelines.facebook_ads.client import Client, TooMuchError
from dlt_pipelines.facebook_ads.queries import PAGE_SIZE, Insights
from dlt_pipelines.facebook_ads.records import Insight, Run, Started

AT_ONCE = 8
TRIES = 2
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
PATIENCE_SECONDS = 3_600.0
FAILED = ("Job Failed", "Job Skipped")

log = logging.getLogger(__name__)


class JobError(Exception):
    """A report that Meta could not make."""


@dataclass(frozen=True)
class Wanted:
    """A report of some days."""

    insights: Insights
    span: Span

    def __str__(self) -> str:
        return f"{self.insights.name} of {self.span.first} to {self.span.last}"

    def halves(self) -> Iterator["Wanted"]:
        middle = self.span.first + (self.span.last - self.span.first) // 2
        yield Wanted(self.insights, Span(self.span.first, middle))
        yield Wanted(self.insights, Span(middle + timedelta(days=1), self.span.last))


class Jobs:
    """The reports that one account is asked for, in the order in which they are read."""

    def __init__(
        self, client: Client, account_id: str, today: date, wanted: Iterable[Wanted]
    ) -> None:
        self._client = client
        self._account_id = account_id
        self._today = today
        self._ahead = deque(wanted)
        self._started: dict[Wanted, str | AccountError] = {}

    def rows(self, wanted: Wanted) -> Iterator[list[Insight]]:
        """The report's pages. AccountError when it cannot be made."""
        self._start_ahead(wanted)
        started = self._started.pop(wanted)
        try:
            run_id = self._complete(wanted, started)
        except (TooMuchError, JobError) as error:
            if wanted.span.first == wanted.span.last:
                raise AccountError(
                    f"{wanted.insights.name} of {wanted.span.first}: {error}"
                ) from error
            log.warning("Meta could not make %s (%s): asking by halves.", wanted, error)
            for half in wanted.halves():
                yield from self.rows(half)
        else:
            params = {"limit": PAGE_SIZE}
            yield from self._client.pages((run_id, "insights"), params, Insight)

    def _start_ahead(self, wanted: Wanted) -> None:
        """Start this report and those after it; what refuses is told when it is read."""
        if wanted not in self._started and wanted not in self._ahead:
            self._ahead.appendleft(wanted)
        while self._ahead and (len(self._started) < AT_ONCE or wanted not in self._started):
            following = self._ahead.popleft()
            try:
                self._started[following] = self._start(following)
            except AccountError as error:
                self._started[following] = error

    def _start(self, wanted: Wanted) -> str:
        params = wanted.insights.params(wanted.span, self._today)
        path = (f"act_{self._account_id}", "insights")
        return self._client.post(path, params, Started).report_run_id

    def _complete(self, wanted: Wanted, started: str | AccountError) -> str:
        """The id of a run that is complete, the first or a later one."""
        if isinstance(started, AccountError):
            raise started
        run_id = started
        for attempt in range(1, TRIES + 1):
            try:
                self._wait(run_id)
            except JobError as error:
                if attempt == TRIES:
                    raise
                log.info("Meta could not make %s (%s): asking again.", wanted, error)
                run_id = self._start(wanted)
            else:
                break
        return run_id

    def _wait(self, run_id: str) -> None:
        """Until it is complete; "Job Completed" alone does not say so, 100 percent with it does."""
        pause, waited = FIRST_WAIT_SECONDS, 0.0
        fields = {"fields": "async_status,async_percent_completion,error_message"}
        while True:
            run = self._client.get((run_id,), fields, Run)
            if run.async_status == "Job Completed" and run.async_percent_completion == 100:
                return
            if run.async_status in FAILED:
                raise JobError(run.error_message or run.async_status)
            if waited >= PATIENCE_SECONDS:
                raise JobError(f"still {run.async_status} after {waited:.0f} seconds")
            self._client.sleep(pause)
            waited += pause
            pause = min(pause * 1.5, LONGEST_WAIT_SECONDS)
