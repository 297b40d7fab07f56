"""A landing of a shop that is killed at any moment and repeated leaves what a calm one leaves."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.dlt_pipelines.shopify_shops import (
    LATER,
    READ_AT,
    contents,
    land,
    serving,
    shop_rows,
    small_shop,
)
from tests.small_warehouse import duckdb_settings

ROOT = Path(__file__).resolve().parents[2]
KILLED_RUN = """
import os, signal, sys
from datetime import datetime
from importlib import import_module
import dlt_pipelines.__main__ as main
from dlt_pipelines import shopify
shopify.land.__kwdefaults__["now"] = lambda: datetime.fromisoformat(os.environ["READ_AT"])
module, kind, method = sys.argv.pop(1).rsplit(".", 2)
target = getattr(import_module(module), kind)
original, calls = getattr(target, method), []
def dying(*args, **kwargs):
    calls.append(1)
    if len(calls) == int(os.environ["DIE_AT_CALL"]):
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*args, **kwargs)
setattr(target, method, dying)
main.main()
"""
WRITING = "dlt.extract.extractors.ArrowExtractor._write_item"
LOADING = "dlt.load.load.Load.complete_jobs"
COMPLETING = "dlt.load.load.Load.complete_package"


def killed_run(settings, sandbox, *, die_in, at_call):
    """Land in a process of its own that kills itself there; its exit code."""
    variables = {
        "WAREHOUSE": "duckdb",
        "DUCKDB_PATH": str(settings.duckdb_path),
        "STATE_DIR": str(settings.state_dir),
        "SOURCES__SHOPIFY__SHOP_URL": sandbox.url,
        "SOURCES__SHOPIFY__ACCESS_TOKEN": sandbox.access_token,
        "DIE_AT_CALL": str(at_call),
        "READ_AT": READ_AT.isoformat(),
    }
    command = [sys.executable, "-c", KILLED_RUN, die_in, "shopify"]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | variables, capture_output=True
    ).returncode


def changed_shop():
    """The small shop some days later: ten orders changed, two without their discounts."""
    shop = small_shop()
    ids = [order_id for (order_id,) in shop_rows(shop, "select order_id from live.orders")][:8]
    ids += [row[0] for row in shop_rows(
        shop, "select distinct order_id from live.discount_applications order by 1 limit 2"
    )]  # fmt: skip
    for table in ("line_discounts", "discount_applications"):
        shop.con.execute(f"delete from main.{table} where order_id in ({ids[-1]}, {ids[-2]})")
    shop.touch_orders(ids, LATER, goodwill=Decimal("1.00"))
    return shop.at(LATER + timedelta(hours=1))


@pytest.fixture(scope="module")
def first_landing(tmp_path_factory):
    """A warehouse that holds the small shop as it was; copied, never changed."""
    settings = duckdb_settings(tmp_path_factory.mktemp("first"))
    with serving(small_shop()) as sandbox:
        land(settings, sandbox)
    return settings


@pytest.fixture(scope="module")
def calm(first_landing, tmp_path_factory):
    """What the changed shop leaves when nothing goes wrong."""
    settings = duckdb_settings(tmp_path_factory.mktemp("calm"))
    shutil.copy(first_landing.duckdb_path, settings.duckdb_path)
    with serving(changed_shop()) as sandbox:
        land(settings, sandbox)
    return contents(settings)


@pytest.mark.parametrize(("point", "at_call"), [(WRITING, 9), (LOADING, 2), (COMPLETING, 1)])
def test_a_killed_update_that_is_repeated_leaves_what_a_calm_one_leaves(
    point, at_call, first_landing, calm, settings
):
    shutil.copy(first_landing.duckdb_path, settings.duckdb_path)
    with serving(changed_shop()) as sandbox:
        killed = killed_run(settings, sandbox, die_in=point, at_call=at_call)
        assert killed == -signal.SIGKILL
        land(settings, sandbox)
    assert contents(settings) == calm


@pytest.mark.parametrize(("point", "at_call"), [(LOADING, 2), (LOADING, 4)])
def test_a_killed_backfill_that_is_repeated_leaves_what_a_calm_one_leaves(
    point, at_call, first_landing, settings
):
    with serving(small_shop()) as sandbox:
        killed = killed_run(settings, sandbox, die_in=point, at_call=at_call)
        assert killed == -signal.SIGKILL
        land(settings, sandbox)
    assert contents(settings) == contents(first_landing)
