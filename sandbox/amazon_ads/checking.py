"""What is wrong with the request of a report, worded as the API words it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sandbox.amazon_ads.report_types import LONGEST_DAYS, REPORT_TYPES, ReportType


class RefusedError(Exception):
    """The request cannot be answered."""

    def __init__(self, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.status = status


@dataclass(frozen=True)
class Wanted:
    """A report as it was asked for."""

    kind: ReportType
    group_by: tuple[str, ...]
    columns: tuple[str, ...]
    is_daily: bool
    filters: tuple[tuple[str, frozenset[str]], ...]
    first: date
    last: date

    @property
    def grain(self) -> tuple[str, ...]:
        """The keys of its rows besides day and campaign."""
        return tuple(key for group in self.group_by for key in self.kind.grain[group])


def wanted(body: Mapping[str, Any], today: date) -> Wanted:
    """The request, or RefusedError."""
    configuration = body.get("configuration") or {}
    kind = REPORT_TYPES.get(configuration.get("reportTypeId", ""))
    if kind is None:
        raise RefusedError(f"Invalid reportTypeId: {configuration.get('reportTypeId')}")
    if configuration.get("adProduct") != kind.ad_product:
        raise RefusedError(f"configuration adProduct must be {kind.ad_product}")
    if configuration.get("format") != "GZIP_JSON":
        raise RefusedError("configuration format must be GZIP_JSON")
    group_by = _group_by(configuration, kind)
    unit = configuration.get("timeUnit")
    if unit not in ("DAILY", "SUMMARY"):
        raise RefusedError("configuration timeUnit must be one of (SUMMARY, DAILY)")
    first, last = _days(body, kind, today)
    return Wanted(
        kind,
        group_by,
        _columns(configuration, kind, group_by, unit),
        unit == "DAILY",
        tuple((each["field"], frozenset(each["values"])) for each in _filters(configuration)),
        first,
        last,
    )


def _group_by(configuration: Mapping[str, Any], kind: ReportType) -> tuple[str, ...]:
    group_by = configuration.get("groupBy")
    if not isinstance(group_by, list) or not group_by:
        raise RefusedError("Invalid or malformed request body")
    _allowed("configuration groupBy", group_by, kind.groups)
    return tuple(group_by)


def _columns(
    configuration: Mapping[str, Any], kind: ReportType, group_by: tuple[str, ...], unit: str
) -> tuple[str, ...]:
    """One column that the report has not refuses the whole of it."""
    columns = configuration.get("columns") or []
    more = [name for group in group_by for name in kind.groups[group]]
    _allowed("configuration columns", columns, [*kind.columns, *more])
    if unit == "DAILY" and {"startDate", "endDate"} & set(columns):
        raise RefusedError(
            "configuration startDate and endDate are not supported columns for DAILY time unit."
        )
    if unit == "SUMMARY" and "date" in columns:
        raise RefusedError("configuration date is not a supported column for SUMMARY time unit.")
    if not columns:
        raise RefusedError("configuration columns cannot be empty")
    return tuple(columns)


def _filters(configuration: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    filters: list[Mapping[str, Any]] = configuration.get("filters") or []
    _allowed("configuration filters", [each.get("field") for each in filters], ["keywordType"])
    return filters


def _allowed(what: str, values: Iterable[Any], known: Iterable[str]) -> None:
    names = list(dict.fromkeys(known))
    bad = [str(value) for value in values if value not in names]
    if bad:
        raise RefusedError(
            f"{what} includes invalid values: ({', '.join(bad)}). "
            f"Allowed values: ({', '.join(names)})"
        )


def _days(body: Mapping[str, Any], kind: ReportType, today: date) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(body[name]) for name in ("startDate", "endDate"))
    except (KeyError, TypeError, ValueError) as error:
        raise RefusedError("Invalid or malformed request body") from error
    oldest = today - timedelta(days=kind.retention_days)
    if first < oldest:
        raise RefusedError(
            f"startDate ({first}) must be equal to or after report type data retention "
            f"start date ({oldest})."
        )
    if last < first or last > today:
        raise RefusedError(f"endDate ({last}) must be from startDate ({first}) to today ({today}).")
    if (last - first).days >= LONGEST_DAYS:
        raise RefusedError(
            f"The range from startDate ({first}) to endDate ({last}) must not exceed "
            f"{LONGEST_DAYS} days."
        )
    return first, last
