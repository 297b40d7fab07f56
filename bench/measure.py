"""Runs a command to its end and tells its seconds and its peak memory."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Wall seconds, processor seconds, and the peak resident memory in bytes."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int


def measure(command: Sequence[str], env: Mapping[str, str]) -> Measured:
    """Raises RuntimeError with the end of what the command printed when it fails."""
    with tempfile.TemporaryFile("w+") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=dict(env), stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed:\n{output.read()[-2000:]}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)
