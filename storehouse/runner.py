"""Runs one step as a child process; its output goes to a log file and, a line each, to a caller."""

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from storehouse.settings import ROOT, Settings
from storehouse.steps import Step, environment

_DBT_CLOCK = re.compile(r"^\d\d:\d\d:\d\d\s+")
_LANDED = re.compile(r"^raw_\w+\.\w+: ([\d,]+) rows")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Outcome:
    """How a step ended: its exit code, its seconds, the line that says most, and its log."""

    step: Step
    code: int
    seconds: float
    line: str
    log: Path

    @property
    def ok(self) -> bool:
        return self.code == 0


def run_step(
    settings: Settings, step: Step, folder: Path, on_line: Callable[[str], None] | None = None
) -> Outcome:
    """Run the step's command; its output stands in `folder/<step>.log` afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    log_file = folder / f"{step.name}.log"
    began, began_at = time.monotonic(), time.time()
    output: list[str] = []
    with log_file.open("w", encoding="utf-8") as file:
        file.write(f"$ {step.shell}\n")
        try:
            process = _start(settings, step)
        except OSError as error:
            return Outcome(step, 127, 0.0, f"{step.command[0]}: {error.strerror}", log_file)
        assert process.stdout is not None
        with _ended_with_us(process):
            for raw in process.stdout:
                text = _COLOUR.sub("", raw).rstrip()
                file.write(f"{text}\n")
                file.flush()
                if text:
                    output.append(text)
                    if on_line:
                        on_line(plain(text))
            code = process.wait()
    line = summary(settings, step, code, output, began_at)
    return Outcome(step, code, time.monotonic() - began, line, log_file)


def _start(settings: Settings, step: Step) -> subprocess.Popen[str]:
    return subprocess.Popen(
        step.command,
        cwd=ROOT,
        env=os.environ | environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )


@contextmanager
def _ended_with_us(process: subprocess.Popen[str]) -> Iterator[None]:
    """Leaves no child behind when the block is left by an error or Ctrl-C."""
    try:
        yield
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def plain(line: str) -> str:
    """A line without dbt's clock."""
    return _DBT_CLOCK.sub("", line)


def summary(
    settings: Settings, step: Step, code: int, output: list[str], since: float = 0.0
) -> str:
    """The one line that says what a step did, or why it failed."""
    if step.command[0] == "dbt":
        results = _dbt_results(settings.dbt_target_dir / "run_results.json", since)
        told = _dbt_failure(results) if code else _dbt_success(results)
        return told or _dbt_last_words(output, code)
    landed = [int(found[1].replace(",", "")) for found in map(_LANDED.match, output) if found]
    if code == 0 and landed:
        return f"{sum(landed):,} rows landed in {len(landed)} tables"
    return output[-1] if output else f"{step.name} said nothing and returned {code}."


def _dbt_results(path: Path, since: float) -> list[dict[str, str]]:
    """What dbt wrote about each node, unless the file is of an earlier run."""
    if not path.exists() or path.stat().st_mtime < since:
        return []
    results: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))["results"]
    return results


def _dbt_failure(results: list[dict[str, str]]) -> str:
    bad = [result for result in results if result["status"] in ("error", "fail")]
    if not bad:
        return ""
    first = bad[0]
    kind, _, name = first["unique_id"].split(".")[:3]
    message = " ".join((first.get("message") or "").split())
    more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
    return f"{kind} {name}: {message[:300]}{more}"


def _dbt_success(results: list[dict[str, str]]) -> str:
    kinds = [result["unique_id"].split(".")[0] for result in results]
    tests = kinds.count("test")
    warnings = sum(result["status"] == "warn" for result in results)
    warned = f", {warnings} warned" if warnings else ""
    built = len(kinds) - tests
    return f"{built:,} relations built, {tests - warnings:,} tests passed{warned}" if kinds else ""


def _dbt_last_words(output: list[str], code: int) -> str:
    """dbt's own account when it stopped before the first node."""
    lines = [plain(line) for line in output]
    if "Encountered an error:" in lines:
        words = " ".join(lines[lines.index("Encountered an error:") + 1 :]).split()
        return " ".join(words)[:300]
    return lines[-1] if lines else f"dbt said nothing and returned {code}."
