"""Runs steps one after the other until one fails."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from storehouse.display import Display
from storehouse.runner import Outcome, run_step
from storehouse.settings import Settings
from storehouse.steps import Step


def run_steps(
    settings: Settings, chosen: Sequence[Step], console: Console, log_folder: Path
) -> list[Outcome]:
    """Run the steps in order; what follows a failed step is not run."""
    outcomes: list[Outcome] = []
    with Display(console, chosen) as display:
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
    """The failed step's one clear line, where its log is, and how to try it alone."""
    if outcome.ok:
        return
    console.print(f"\n{outcome.step.name} failed: {outcome.line}", style="red", soft_wrap=True)
    console.print(f"Its log:   {outcome.log}", soft_wrap=True, highlight=False)
    console.print(f"Try again: {outcome.step.shell}", markup=False, soft_wrap=True, highlight=False)
