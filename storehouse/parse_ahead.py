"""dbt reads its project while sources land, on the core that landing leaves idle.

dbt reads all of it anew whenever the day of the run is another, which takes some 15 s; the first
build finds in the target folder what was read. A build that begins sooner reads for itself.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from storehouse.settings import ROOT, Settings
from storehouse.steps import Step, environment

_SAME = ("--project-dir", "--profiles-dir", "--vars")


@contextmanager
def reading_project(settings: Settings, planned: Sequence[Step]) -> Iterator[None]:
    """dbt reads its project beside the block if a build comes after another step in it."""
    builds = [step for step in planned[1:] if step.command[0] == "dbt"]
    if not builds or planned[0].command[0] == "dbt":
        yield
        return
    process = subprocess.Popen(
        parse_command(builds[0]),
        cwd=ROOT,
        env=os.environ | environment(settings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def parse_command(build: Step) -> tuple[str, ...]:
    """`dbt parse` of what the build reads: dbt reads anew when an option differs."""
    pairs = zip(build.command, build.command[1:], strict=False)
    given = [word for pair in pairs if pair[0] in _SAME for word in pair]
    return ("dbt", "--quiet", "parse", *given)
