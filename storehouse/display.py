"""Shows a run while it runs: a live table in a terminal, plain lines elsewhere."""

import re
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType

from rich.console import Console, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from storehouse.runner import Outcome
from storehouse.steps import Step

WAITING, RUNNING, DONE, FAILED, SKIPPED = "waiting", "running", "done", "failed", "not run"
PROGRESS = re.compile(r": ([\d,]+) of ([\d,]+) ")
_STYLES = {DONE: "green", FAILED: "bold red", SKIPPED: "dim", WAITING: "dim", RUNNING: "cyan"}


@dataclass
class _Row:
    step: Step
    state: str = WAITING
    detail: str = ""
    began: float = 0.0
    seconds: float | None = None

    def time(self) -> str:
        taken = time.monotonic() - self.began if self.state == RUNNING else self.seconds
        return "" if taken is None else f"{taken:.1f} s"


class Display(AbstractContextManager["Display"]):
    """What steps do and have done. `started`, `said`, `ended` and `skipped` keep it current."""

    def __init__(self, console: Console, steps: Sequence[Step]) -> None:
        self.console = console
        self.rows = {step.name: _Row(step) for step in steps}
        self.live = Live(get_renderable=self._table, console=console, refresh_per_second=8)

    def __enter__(self) -> "Display":
        if self.console.is_terminal:
            self.live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.console.is_terminal:
            self.live.stop()

    def started(self, step: Step) -> None:
        row = self.rows[step.name]
        row.state, row.began = RUNNING, time.monotonic()
        self._plain(f"{'start':8} {step.name:18} {step.shell}")

    def said(self, step: Step, line: str) -> None:
        self.rows[step.name].detail = line
        if PROGRESS.search(line):
            self._plain(f"{'':8} {step.name:18} {line}")

    def ended(self, outcome: Outcome) -> None:
        row = self.rows[outcome.step.name]
        row.state = DONE if outcome.ok else FAILED
        row.detail, row.seconds = outcome.line, outcome.seconds
        self._plain(f"{row.state:8} {outcome.step.name:18} {row.time():>8}  {outcome.line}")

    def skipped(self, step: Step) -> None:
        self.rows[step.name].state = SKIPPED
        self._plain(f"{SKIPPED:8} {step.name:18}")

    def _plain(self, line: str) -> None:
        if not self.console.is_terminal:
            self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, expand=True)
        table.add_column("", width=2)
        table.add_column("Step", no_wrap=True)
        table.add_column("", ratio=1, no_wrap=True, overflow="ellipsis")
        table.add_column("Time", justify="right", no_wrap=True)
        for row in self.rows.values():
            style = _STYLES[row.state]
            label = Text(row.step.label, style=style)
            table.add_row(_mark(row.state), label, _detail(row), Text(row.time()))
        return table


def _mark(state: str) -> Spinner | Text:
    if state == RUNNING:
        return Spinner("dots", style="cyan")
    return Text({DONE: "✓", FAILED: "✗", SKIPPED: "-"}.get(state, " "), style=_STYLES[state])


def _detail(row: _Row) -> RenderableType:
    """What a step says; a bar before it while that is how far it is."""
    text = Text(row.detail, style="dim")
    told = PROGRESS.search(row.detail) if row.state == RUNNING else None
    if not told:
        return text
    done, total = (float(number.replace(",", "")) for number in told.groups())
    line = Table.grid(padding=(0, 1))
    line.add_row(ProgressBar(total=total, completed=done, width=24), text)
    return line
