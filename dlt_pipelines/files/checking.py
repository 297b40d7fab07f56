"""Judges cells: SQL that turns a table of text into typed rows, each with what is wrong in it.

A column's rule is one expression that is null for an empty cell and for one that cannot be read;
the two are told apart by the text.
"""

from collections.abc import Iterable

from dlt_pipelines.files.tables import ALLOWED, EITHER, KEY_DEFAULTS, FileTable
from dlt_pipelines.tables import DECIMALS

LONGEST_VALUE = 80
NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?"
WHOLE = r"[+-]?\d+(\.0*)?"
YEAR = r"(000[1-9]|00[1-9]\d|0[1-9]\d\d|[1-9]\d{3})"
DATE = YEAR + r"-\d\d-\d\d"
TIME = r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?"
ZONE = r" ?(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)"
MOMENT = rf"{DATE}({TIME}({ZONE})?)?"
CURRENCY = "[A-Za-z]{3}"
TRUE, FALSE = "('true', 'yes', '1')", "('false', 'no', '0')"

EXPECTED = {
    "money": "a number",
    "decimal": "a number",
    "rate": "a number",
    "bigint": "a whole number",
    "bool": "true, false, yes, no, 1 or 0",
    "day": "a date such as 2026-03-08",
    "instant": "a date with a time such as 2026-03-08T09:30:00Z",
    "json": "JSON",
    "zone": "a time zone such as Europe/London",
    "currency": "a currency code such as EUR",
}


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def typed_columns(table: FileTable, given: Iterable[str]) -> dict[str, str]:
    """An expression for every column: the table's own by its rule, unknown ones as text."""
    present = set(given)
    known = {
        name: _typed(table, name, kind) if name in present else _absent(kind)
        for name, kind in table.kinds.items()
    }
    for name, value in KEY_DEFAULTS.items():
        if name in ("store_id", *table.key) and name in known and name not in table.required:
            known[name] = f"coalesce({known[name]}, '{value}')"
    unknown = {name: _text(name) for name in given if name not in known}
    return known | unknown


def faults(table: FileTable, given: Iterable[str]) -> str:
    """An expression that names every column that is wrong, with its value; empty when none is."""
    present = set(given)
    found = [_fault(table, name, kind) for name, kind in table.kinds.items() if name in present]
    either = [name for name in EITHER.get(table.name, ()) if name in present]
    if either:
        empty = " and ".join(f"{_text(name)} is null" for name in either)
        said = " and ".join(either) + (" are both empty" if len(either) > 1 else " is empty")
        found.append(f"case when {empty} then '{said}' end")
    return f"concat_ws('; ', {', '.join(fault for fault in found if fault)})"


def sql_type(kind: str) -> str:
    """The DuckDB type of a column kind, the same as the raw table's."""
    if kind in DECIMALS:
        return f"decimal({DECIMALS[kind]['precision']}, {DECIMALS[kind]['scale']})"
    return {"bigint": "bigint", "bool": "boolean", "day": "date"}.get(kind, "varchar")


def _absent(kind: str) -> str:
    return f"cast(null as {sql_type(kind)})"


def _text(name: str) -> str:
    """The cell as it stands, without NUL, which no database stores; only blanks are empty."""
    return f"case when trim({quoted(name)}) <> '' then replace({quoted(name)}, chr(0), '') end"


def _typed(table: FileTable, name: str, kind: str) -> str:
    cell = f"trim({quoted(name)})"
    allowed = ALLOWED.get(f"{table.name}.{name}")
    if allowed:
        values = ", ".join(f"'{value}'" for value in allowed)
        return f"case when lower({cell}) in ({values}) then lower({cell}) end"
    if kind == "text":
        return _text(name)
    return _parsed(cell, kind)


def _parsed(cell: str, kind: str) -> str:
    if kind in DECIMALS:
        return _when(cell, NUMBER, f"try_cast({cell} as {sql_type(kind)})")
    if kind == "bigint":
        return _when(cell, WHOLE, f"try_cast(split_part({cell}, '.', 1) as bigint)")
    if kind == "bool":
        yes, no = f"lower({cell}) in {TRUE}", f"lower({cell}) in {FALSE}"
        return f"case when {yes} then true when {no} then false end"
    if kind == "day":
        return _when(cell, MOMENT, f"try_cast(left({cell}, 10) as date)")
    if kind == "instant":
        return _when(cell, MOMENT, _instant(cell))
    if kind == "zone":
        return f"case when {cell} in (select name from pg_timezone_names()) then {cell} end"
    if kind == "currency":
        return _when(cell, CURRENCY, f"upper({cell})")
    return f"case when json_valid({cell}) then {cell} end"


def _when(cell: str, pattern: str, value: str) -> str:
    return f"case when regexp_full_match({cell}, '{pattern}') then {value} end"


def _instant(cell: str) -> str:
    """ISO 8601 text: in UTC with a Z where the cell has an offset, else local as it stands."""
    zone = f"regexp_extract({cell}, ':.*?{ZONE}$', 1)"
    clock = f"replace(regexp_replace({cell}, '(:.*?){ZONE}$', '\\1'), 'T', ' ')"
    digits = f"regexp_replace({zone}, '[^0-9]', '', 'g')"
    minutes = (
        f"(case when {zone} like '-%' then -1 else 1 end * "
        f"(coalesce(try_cast(left({digits}, 2) as integer), 0) * 60 "
        f"+ coalesce(try_cast(substr({digits}, 3) as integer), 0)))"
    )
    moment = f"(try_cast({clock} as timestamp) - to_minutes({minutes}))"
    fraction = (
        f"case when microsecond({moment}) % 1000000 = 0 then '' else strftime({moment}, '.%f') end"
    )
    mark = f"case when {zone} = '' then '' else 'Z' end"
    return f"strftime({moment}, '%Y-%m-%dT%H:%M:%S') || {fraction} || {mark}"


def _fault(table: FileTable, name: str, kind: str) -> str:
    """What is wrong with a cell: empty though required, or no value of its kind."""
    cases = []
    if name in table.required:
        cases.append(f"when {_text(name)} is null then '{name} is empty'")
    allowed = ALLOWED.get(f"{table.name}.{name}")
    expected = "one of " + ", ".join(allowed) if allowed else EXPECTED.get(kind)
    if expected:
        shown = f"'{name} ''' || left({_text(name)}, {LONGEST_VALUE}) || ''' is not {expected}'"
        wrong = f"{_text(name)} is not null and {_typed(table, name, kind)} is null"
        cases.append(f"when {wrong} then {shown}")
    return f"case {' '.join(cases)} end" if cases else ""
