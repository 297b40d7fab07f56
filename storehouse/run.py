"""Runs steps one after the other until one fails."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from storehouse.display import Display
from storehouse.parse_ahead import reading_project
from storehouse.runner import Outcome, run_step
from storehouse.settings import Settings
from storehouse.steps import Step


def run_steps(
    settings: Settings, chosen: Sequence[Step], console: Console, log_folder: Path
) -> list[Outcome]:
    """Run the steps in order; what follows a failed step is not run."""
    outcomes: list[Outcome] = []
    with reading_project(settings, chosen), Display(console, chosen) as display:
        for step in chosen:
            if outcomes and not outcomes[-1].ok:
                display.skipped(step)
                continue
            display.started(step)
            outcomes.append(_run(settings, step, display, log_folder))
    tell_failure(console, outcomes[-1])
    return outcomes


def _run(settings: Settings, step: Step, display: Display, log_folder: Path) -> Outcome:
    outcome = run_step(settings, step, log_folder, lambda line: display.said(step, line))
    display.ended(outcome)
    return outcome


def tell_failure(console: Console, outcome: Outcome) -> None:
    """Where the failed step's log is, how to try it alone, and last the line that says why."""
    if outcome.ok:
        return
    lines = (
        f"\nIts log:   {outcome.log}",
        f"Try again: {outcome.step.shell}",
        f"{outcome.step.name} failed: {outcome.line}",
    )
    for line, style in zip(lines, ("", "", "red"), strict=True):
        console.print(line, style=style, markup=False, highlight=False, soft_wrap=True)
