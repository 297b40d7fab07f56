"""Validates the suites of a border, keeps the results in the warehouse, writes Data Docs."""

import logging
from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, date, datetime
from typing import Any

import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig

from dlt_pipelines import landing
from expectations import published, raw_ads, raw_files, raw_shopify, results
from expectations.raw import key_suites, rejected_suite
from expectations.results import Result
from expectations.suite import Suite
from storehouse import warehouse
from storehouse.settings import Settings

log = logging.getLogger(__name__)
RAW_SUITES = {
    "shopify": raw_shopify.SUITES,
    "files": raw_files.SUITES,
    **raw_ads.SUITES,
}


def run(
    settings: Settings,
    border: str,
    as_of: date,
    *,
    accept_row_counts: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> list[Result]:
    """Validate the border's suites; the results are in the warehouse and the docs afterwards."""
    if border == "raw":
        suites = raw_suites(settings, accept_row_counts)
    else:
        suites = published.suites(settings, as_of)
    found = validate(settings, border, suites)
    results.append(settings, border, now(), as_of, found)
    return found


def raw_suites(settings: Settings, accept_row_counts: bool = False) -> list[Suite]:
    """Every source's suites: a disabled source's raw tables exist, too."""
    previous = {} if accept_row_counts else results.previous_row_counts(settings, "raw")
    return [
        suite
        for source, tables in landing.declared().items()
        for suite in (
            *key_suites(settings, source, tables, previous),
            rejected_suite(settings, source),
            *RAW_SUITES[source],
        )
    ]


def validate(settings: Settings, border: str, suites: Sequence[Suite]) -> list[Result]:
    """Results of all suites; a table that cannot be read is a failed critical expectation."""
    context = _context(settings, border)
    found: list[Result] = []
    for suite in suites:
        try:
            frame = suite.read(settings)
        except warehouse.WarehouseError as error:
            found.append(results.unreadable(suite.name, suite.table, error))
            continue
        validated = _definition(context, suite).run(batch_parameters={"dataframe": frame})
        found += [results.result(suite.name, suite.table, each) for each in validated.results]
    context.build_data_docs()
    return found


def _context(settings: Settings, border: str) -> Any:
    """Great Expectations, in memory, quiet, with one site of Data Docs for each border."""
    for name in ("great_expectations", "great_expectations.data_context.types.base"):
        logging.getLogger(name).setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for site in list(context.variables.data_docs_sites or {}):
        context.delete_data_docs_site(site)
    folder = settings.gx_docs_dir / border
    context.add_data_docs_site(
        site_name=border,
        site_config={
            "class_name": "SiteBuilder",
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(folder),
            },
        },
    )
    context.data_sources.add_pandas(border)
    return context


def _definition(context: Any, suite: Suite) -> Any:
    source = next(iter(context.data_sources.all().values()))
    batch = source.add_dataframe_asset(suite.name).add_batch_definition_whole_dataframe("all")
    expectations = gx.ExpectationSuite(
        name=suite.name, expectations=list(map(copy, suite.expectations))
    )
    return context.validation_definitions.add(
        gx.ValidationDefinition(name=suite.name, data=batch, suite=context.suites.add(expectations))
    )
