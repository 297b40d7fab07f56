"""Rows -> a CSV file as the `files` source reads it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def write_sheet(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """What is not known is an empty cell."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
