"""What an export made: tables and charts with their files, and what proves that each is whole."""

import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ExportedFile:
    """One file, named from the folder of its day, with what proves that it is whole."""

    format: str
    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Exported:
    """One report or chart as exported; a chart's rows are the days that it draws."""

    table: str
    title: str
    schedule: str
    rows: int
    files: tuple[ExportedFile, ...]


def exported_file(path: Path, folder: Path) -> ExportedFile:
    """The written file, as the manifest of the folder lists it."""
    content = path.read_bytes()
    name = path.relative_to(folder).as_posix()
    kind = path.suffix.removeprefix(".")
    return ExportedFile(kind, name, len(content), hashlib.sha256(content).hexdigest())
