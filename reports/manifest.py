"""Which tables are reports and how they are exported: read from dbt's manifest."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCHEMA = "reports"
FORMATS = ("csv", "parquet")


class ReportError(RuntimeError):
    """A report cannot be exported; the text says which, and what to do."""


@dataclass(frozen=True)
class Report:
    """One table of the schema `reports`, as its model's `meta.export` describes it."""

    table: str
    title: str
    schedule: str
    formats: tuple[str, ...]

    @property
    def relation(self) -> str:
        return f"{SCHEMA}.{self.table}"


def read(path: Path) -> list[Report]:
    """The reports of the manifest that dbt wrote, by table name."""
    if not path.is_file():
        raise ReportError(f"There is no {path}; dbt build writes it.")
    nodes = json.loads(path.read_text(encoding="utf-8"))["nodes"].values()
    found = [_report(node) for node in nodes if _is_report(node)]
    return sorted(found, key=lambda report: report.table)


def _is_report(node: dict[str, Any]) -> bool:
    return node["resource_type"] == "model" and node["name"].startswith(f"{SCHEMA}__")


def _report(node: dict[str, Any]) -> Report:
    config = node.get("config", {})
    export = config.get("meta", {}).get("export") or {}
    table = node["name"].removeprefix(f"{SCHEMA}__")
    return Report(
        table=table,
        title=export.get("title", table.replace("_", " ").capitalize()),
        schedule=export.get("schedule", "daily"),
        formats=tuple(export.get("formats", FORMATS)),
    )
