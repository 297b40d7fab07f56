"""Which files of a folder belong to which table."""

import re
from dataclasses import dataclass
from pathlib import Path

from dlt_pipelines.errors import LandingError
from dlt_pipelines.files.tables import BY_NAME

# A table's name, a suffix that begins with a digit, and what kind of file it is.
NAME = re.compile(r"(?P<table>[a-z_]+?)(?P<suffix>_\d.*)?\.(?P<kind>csv|csv\.gz|parquet)")


@dataclass(frozen=True)
class Part:
    """One file of a table; a table may be split over several."""

    table_name: str
    path: Path
    kind: str

    @property
    def stem(self) -> str:
        """The name without what kind of file it is."""
        return self.path.name.lower().removesuffix(f".{self.kind}")


def parts(folder: Path) -> tuple[dict[str, list[Part]], list[str]]:
    """The parts of each table in name order, and the names of files that belong to none."""
    found: dict[str, list[Part]] = {}
    unknown = []
    for path in _files(folder):
        part = _part(path)
        if part is None:
            unknown.append(path.name)
        else:
            found.setdefault(part.table_name, []).append(part)
    for table_parts in found.values():
        _refuse_twins(table_parts)
    if not found:
        raise LandingError(
            f"{folder} holds no file that Storehouse knows; name them after their table: "
            "orders.csv, orders_2026.csv.gz or orders.parquet."
        )
    return found, unknown


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise LandingError(
            f"The folder {folder} does not exist; give the one that holds the files."
        )
    try:
        inside = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        raise LandingError(f"The folder {folder} cannot be read: {error.strerror}.") from None
    files = (path for path in inside if path.is_file())
    return sorted(files, key=lambda path: (path.name.lower(), path.name))


def _part(path: Path) -> Part | None:
    match = NAME.fullmatch(path.name.lower())
    if match is None or match["table"] not in BY_NAME:
        return None
    return Part(match["table"], path, match["kind"])


def _refuse_twins(table_parts: list[Part]) -> None:
    """Two files of one name would count twice where rows add up."""
    seen: dict[str, Part] = {}
    for part in table_parts:
        twin = seen.setdefault(part.stem, part)
        if twin is not part:
            raise LandingError(
                f"{twin.path.name} and {part.path.name} are the same part of {part.table_name}; "
                "keep one of them.",
                part.table_name,
            )
