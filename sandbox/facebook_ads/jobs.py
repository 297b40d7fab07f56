"""Asynchronous reports: a run is asked about until it is complete, then read page by page."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from sandbox.facebook_ads.errors import unknown_object
from sandbox.facebook_ads.insights import Question, Row

Steps = tuple[tuple[str, int], ...]
# What a run says of itself, one step each time that it is asked. It is complete at 100 % only.
AT_ONCE: Steps = (("Job Completed", 100),)
STEP_BY_STEP: Steps = (
    ("Job Not Started", 0),
    ("Job Running", 46),
    ("Job Completed", 98),
    ("Job Completed", 100),
)
FAILING: Steps = (("Job Not Started", 0), ("Job Running", 46), ("Job Failed", 46))
FIRST_ID = 6_023_000_000_000


@dataclass
class Run:
    """One report that is being made."""

    id: str
    account_id: str
    asked: Question
    rows: list[Row]
    steps: Steps
    step: int = 0

    @property
    def is_complete(self) -> bool:
        return self.step >= len(self.steps) and self.steps[-1] == AT_ONCE[0]

    def next_status(self) -> tuple[str, int]:
        """How far it is; asking moves it on."""
        status = self.steps[min(self.step, len(self.steps) - 1)]
        self.step += 1
        return status

    def node(self) -> dict[str, Any]:
        status, percent = self.next_status()
        return {
            "id": self.id,
            "account_id": self.account_id,
            "async_status": status,
            "async_percent_completion": percent,
            "is_running": percent < 100 and status != "Job Failed",
            "date_start": self.asked.first.isoformat(),
            "date_stop": self.asked.last.isoformat(),
        }


@dataclass
class Runs:
    """All runs since the start."""

    steps: Steps = AT_ONCE
    by_id: dict[str, Run] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, account_id: str, asked: Question, rows: list[Row], *, fails: bool) -> Run:
        steps = FAILING if fails else self.steps
        with self.lock:
            run = Run(str(FIRST_ID + len(self.by_id)), account_id, asked, rows, steps)
            self.by_id[run.id] = run
        return run

    def complete(self, run_id: str) -> Run:
        """A run that can be read."""
        run = self.by_id.get(run_id)
        if run is None or not run.is_complete:
            raise unknown_object(run_id)
        return run
