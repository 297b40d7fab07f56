"""Reports on their way: all are asked for at once, then looked after until each is done.

One that fails is asked for again; one that goes on failing, or is refused, is told of by its own
name, and the others land. A file's address runs out, so each is fetched as soon as it is told.
"""

import gzip
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.errors import AccountError
from dlt_pipelines.amazon_ads.client import Client
from dlt_pipelines.amazon_ads.reports import Definition

TRIES = 3
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 60.0
PATIENCE_SECONDS = 3 * 3600.0
NO_ROWS = gzip.compress(b"[]")

log = logging.getLogger(__name__)


@dataclass
class Job:
    """One report over one span of days; in the end it has content, or a problem."""

    profile_id: str
    definition: Definition
    span: Span
    id: str = ""
    tries: int = 0
    content: bytes | None = None
    problem: str = ""

    @property
    def is_open(self) -> bool:
        return self.content is None and not self.problem


class Jobs:
    """The reports of all profiles."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._jobs: dict[tuple[str, str, Span], Job] = {}

    def ask(self, profile_id: str, definition: Definition, spans: Iterable[Span]) -> None:
        """Begin the reports of these spans."""
        for span in spans:
            job = Job(profile_id, definition, span)
            self._jobs[profile_id, definition.name, span] = job
            self._create(job)

    def wait(self) -> None:
        """Until all are done, or have failed for good."""
        waited, pause = 0.0, 0.0
        while any(job.is_open for job in self._jobs.values()):
            if pause:
                self._client.sleep(pause)
                waited += pause
            for job in self._jobs.values():
                if job.is_open:
                    self._look(job, is_last=waited >= PATIENCE_SECONDS)
            pause = min(LONGEST_WAIT_SECONDS, 2 * pause) or FIRST_WAIT_SECONDS

    def content(self, profile_id: str, definition: Definition, span: Span) -> bytes:
        """A report's file; AccountError says why there is none."""
        job = self._jobs[profile_id, definition.name, span]
        if job.content is None:
            raise AccountError(job.problem)
        return job.content

    def _create(self, job: Job) -> None:
        job.tries += 1
        try:
            job.id = self._client.create_report(job.profile_id, job.definition.request(job.span))
        except AccountError as error:
            job.problem = str(error)

    def _look(self, job: Job, *, is_last: bool) -> None:
        try:
            told = self._client.report(job.profile_id, job.id)
            is_asked = _is_what_was_asked(job, told)
            if told["status"] == "FAILED" or (told["status"] == "COMPLETED" and not is_asked):
                self._again(job, told)
            elif told["status"] == "COMPLETED":
                job.content = self._fetched(job, told.get("url"))
        except AccountError as error:
            job.problem = str(error)
        if job.is_open and is_last:
            job.problem = f"report {job.id} is not done after {PATIENCE_SECONDS / 3600:g} hours."

    def _fetched(self, job: Job, url: str | None) -> bytes | None:
        """The file; none yet where its address ran out."""
        content = self._client.download(url) if url else NO_ROWS
        if content is None:
            log.info("Amazon Ads: the address of report %s ran out; asking for another", job.id)
        return content

    def _again(self, job: Job, told: Mapping[str, Any]) -> None:
        reason = told.get("failureReason") or f"status {told['status']}, of other days or columns"
        if job.tries >= TRIES:
            kind = job.definition.type_id
            job.problem = f"report {kind} failed {job.tries} times: {reason}."
        else:
            log.info("Amazon Ads: report %s failed (%s); asking again", job.id, reason)
            self._create(job)


def _is_what_was_asked(job: Job, told: Mapping[str, Any]) -> bool:
    """Amazon may name one report as the duplicate of another that differs."""
    asked = job.definition.request(job.span)
    names = ("reportTypeId", "timeUnit", "groupBy", "columns")
    return all(told.get(name) == asked[name] for name in ("startDate", "endDate")) and all(
        told["configuration"].get(name) == asked["configuration"][name] for name in names
    )
