"""Asynchronous reports: a run is asked about until it is complete, then read page by page."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from sandbox.facebook_ads.errors import unknown_object
from sandbox.facebook_ads.insights import Question, Row

# What a run says of itself, one step each time that it is asked. It is complete at 100 % only.
STEPS = (
    ("Job Not Started", 0),
    ("Job Running", 46),
    ("Job Completed", 98),
    ("Job Completed", 100),
)
FIRST_ID = 6_023_000_000_000


@dataclass
class Run:
    """One report that is being made."""

    id: str
    account_id: str
    asked: Question
    rows: list[Row]
    fails: bool = False
    step: int = 0

    @property
    def is_complete(self) -> bool:
        return not self.fails and self.step >= len(STEPS)

    def next_status(self) -> tuple[str, int]:
        """How far it is; asking moves it on."""
        if self.fails and self.step >= 2:
            return "Job Failed", STEPS[1][1]
        status = STEPS[min(self.step, len(STEPS) - 1)]
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

    by_id: dict[str, Run] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, account_id: str, asked: Question, rows: list[Row], *, fails: bool) -> Run:
        with self.lock:
            run = Run(str(FIRST_ID + len(self.by_id)), account_id, asked, rows, fails)
            self.by_id[run.id] = run
        return run

    def complete(self, run_id: str) -> Run:
        """A run that can be read."""
        run = self.by_id.get(run_id)
        if run is None or not run.is_complete:
            raise unknown_object(run_id)
        return run
