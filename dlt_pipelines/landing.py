"""Runs a source's dlt pipeline into raw_<source> and writes the load log.

What was landed, and up to where, is known by the warehouse alone: dlt's working folder is thrown
away before each run and its state restored from there. So a run that was killed is repeated as if
it had never begun, and a fresh clone goes on where the last one stopped.
"""

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib import import_module
from typing import Any

import dlt
from dlt.common.destination import TLoaderFileFormat
from dlt.common.schema import Schema
from dlt.common.schema.utils import new_table
from dlt.extract import DltSource

from dlt_pipelines import load_log
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad, Tally
from dlt_pipelines.tables import LOAD_ID, Table
from storehouse import warehouse
from storehouse.settings import Settings, SettingsError

log = logging.getLogger(__name__)

FORMATS: dict[str, TLoaderFileFormat] = {
    "duckdb": "parquet",
    "postgres": "csv",
    "bigquery": "parquet",
}
CONFIG = {
    "runtime.dlthub_telemetry": False,
    "runtime.log_level": "CRITICAL",
    "normalize.parquet_normalizer.add_dlt_load_id": True,
    "load.delete_completed_jobs": True,
    "load.truncate_staging_dataset": True,
    "destination.replace_strategy": "insert-from-staging",
}
LANDED = (
    "shopify",
    "files",
    "facebook_ads",
    "ga4",
    "amazon_ads",
    "tiktok_ads",
    "google_ads",
    "custom_api",
)
READABLE = (LandingError, warehouse.WarehouseError, SettingsError)

BuildSource = Callable[[Tally], DltSource]


def declared() -> dict[str, tuple[Table, ...]]:
    """The raw tables of every source, by source; imported late, for sources import this module."""
    modules = {name: import_module(f"dlt_pipelines.{name}.tables") for name in LANDED}
    return {name: getattr(each, "RAW_TABLES", each.TABLES) for name, each in modules.items()}


def raw_tables() -> dict[str, tuple[Table, ...]]:
    """All raw tables that `prepare` makes: those of the sources, and what is learned from them."""
    from ml.tables import TABLES

    return {**declared(), "ml": TABLES}


def rows(items: Iterable[Any]) -> Iterator[Any]:
    """Items of a resource, the table's declaration before them: an empty table exists too."""
    yield dlt.mark.materialize_table_schema()
    yield from items


def run(
    settings: Settings,
    source_name: str,
    build_source: BuildSource,
    *,
    full_refresh: bool = False,
    now: Callable[[], datetime] = load_log.utc_now,
) -> tuple[TableLoad, ...]:
    """Land a source and log it. LandingError when it cannot; its cursors stay where they were then.

    `build_source` makes the dlt source, whose name is `source_name`, and fills the tally while it
    runs. A full refresh forgets the cursors and lands all again over what is there.
    """
    started_at, tally = now(), Tally()
    try:
        warehouse.exists(settings, load_log.NAME)  # one that cannot be reached is told at once
        load_id, counts = _land(settings, source_name, build_source(tally), full_refresh)
    except Exception as error:
        problem = readable(source_name, error)
        log.debug("%s failed", source_name, exc_info=error)
        _log_failure(settings, load_log.failure(source_name, problem, started_at, now()))
        raise problem from None
    loads = load_log.loads(source_name, load_id, counts, tally, started_at, now())
    load_log.append(settings, loads)
    load_log.tell(loads)
    return loads


def prepare(settings: Settings) -> tuple[str, ...]:
    """Make the load log and all raw tables of all sources exist; names the raw tables it changed.

    A table that lacks a declared column gets it; nothing is ever dropped.
    """
    try:
        if not warehouse.exists(settings, load_log.NAME):
            load_log.append(settings, [])
        return tuple(name for source in raw_tables() for name in _prepare(settings, source))
    except Exception as error:
        log.debug("raw tables failed", exc_info=error)
        raise readable("raw tables", error) from None


def pipeline(settings: Settings, source_name: str) -> dlt.Pipeline:
    """The source's pipeline with nothing in its working folder."""
    _configure()
    folder = settings.state_dir / "dlt"
    name = f"storehouse_{source_name}"
    shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return dlt.pipeline(
        pipeline_name=name,
        pipelines_dir=str(folder),
        destination=warehouse.destination(settings),
        dataset_name=_dataset(settings, source_name),
    )


def readable(subject: str, error: BaseException) -> Exception:
    """The error in one line for a person: ours where one is in the chain, else its root cause."""
    chain = list(_chain(error))
    for cause in chain:
        if isinstance(cause, READABLE):
            return cause
    root = chain[-1]
    first_line = next(iter(str(root).strip().splitlines()), "no message")
    return LandingError(f"{subject} cannot be landed: {type(root).__name__}: {first_line}")


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _configure() -> None:
    for key, value in CONFIG.items():
        dlt.config[key] = value


def _dataset(settings: Settings, source_name: str) -> str:
    return warehouse.schema(settings, f"raw_{source_name}")


def _land(
    settings: Settings, source_name: str, source: DltSource, full_refresh: bool
) -> tuple[str | None, dict[str, int]]:
    _prepare(settings, source_name)
    _drop_unfinished(settings, source_name)
    landing = pipeline(settings, source_name)
    landing.config.restore_from_destination = not full_refresh
    info = landing.run(source, loader_file_format=FORMATS[settings.warehouse])
    trace = landing.last_trace
    counted = trace.last_normalize_info if trace else None
    load_id = info.loads_ids[-1] if info and info.loads_ids else None
    return load_id, dict(counted.row_counts) if counted else {}


def _log_failure(settings: Settings, row: TableLoad) -> None:
    """Log a failed run; when the warehouse itself fails, the first error is the one to show."""
    try:
        load_log.append(settings, [row])
    except warehouse.WarehouseError as error:
        log.debug("The failure is not in ops.loads: %s", error)


def _drop_unfinished(settings: Settings, source_name: str) -> None:
    """Delete what a killed run appended: no later row replaces it, as merged rows are."""
    finished = warehouse.relation(settings, f"raw_{source_name}._dlt_loads")
    for table in declared()[source_name]:
        if table.write_disposition == "append":
            name = warehouse.relation(settings, f"raw_{source_name}.{table.name}")
            warehouse.execute(
                settings,
                f"delete from {name} where _dlt_load_id not in "
                f"(select load_id from {finished} where status = 0)",
            )


def _prepare(settings: Settings, source_name: str) -> list[str]:
    behind = _behind(settings, source_name)
    if behind:
        schema = _schema(source_name)
        with _client(settings, source_name, schema) as client:
            client.initialize_storage()
            client.update_stored_schema([*schema.dlt_table_names(), *behind], force=True)
    return [f"raw_{source_name}.{name}" for name in behind]


def _behind(settings: Settings, source_name: str) -> list[str]:
    """Tables that the warehouse lacks, whole or in part."""
    wanted = {table.name: _columns(table) for table in raw_tables()[source_name]}
    with _client(settings, source_name, Schema(source_name)) as client:
        if not client.is_storage_initialized():
            return list(wanted)
        held = {name: columns.keys() for name, columns in client.get_storage_tables(wanted)}
    return [name for name, columns in wanted.items() if columns.keys() - held[name]]


def _client(settings: Settings, source_name: str, schema: Schema) -> Any:
    _configure()
    kind = warehouse.destination(settings)
    config = kind.spec()._bind_dataset_name(dataset_name=_dataset(settings, source_name))
    return kind.client(schema, config)


def _columns(table: Table) -> dict[str, dict[str, Any]]:
    return table.schema() | {"_dlt_load_id": LOAD_ID}


def _schema(source_name: str) -> Schema:
    """The declared tables as a dlt schema that may be stored."""
    schema = Schema(source_name)
    for table in raw_tables()[source_name]:
        columns: Any = list(_columns(table).values())
        schema.update_table(new_table(table.name, columns=columns))
    return Schema.from_dict(schema.to_dict())  # type: ignore[arg-type]
