"""An API that a YAML file describes, end to end against the replica of a made-up platform."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from dlt_pipelines import landing
from dlt_pipelines.custom_api import custom_api
from dlt_pipelines.custom_api import land as land_configured
from dlt_pipelines.errors import LandingError
from dlt_pipelines.load_log import TableLoad
from sandbox.ads import AdWorld, make_ads
from sandbox.custom_api import PinboardSandbox
from sandbox.custom_api.boards import statistics
from sandbox.shop import ShopSpec, generate
from storehouse import warehouse
from storehouse.settings import ROOT, Settings

END = date(2026, 6, 30)
NOON = datetime(2026, 6, 30, 12, 0)
START = date(2026, 5, 20)
EXAMPLE = ROOT / "dlt_pipelines" / "custom_api" / "example.yml"

Rows = list[dict[str, Any]]
Written = Callable[..., Path]


@pytest.fixture(scope="module")
def world() -> AdWorld:
    return make_ads(generate(ShopSpec(end=END, orders=150, products=20, months=4)).at())


@pytest.fixture
def sandbox(world: AdWorld, monkeypatch: pytest.MonkeyPatch) -> Iterator[PinboardSandbox]:
    """Pinboard, where the environment says that it is."""
    with PinboardSandbox(world) as running:
        running.move(NOON)
        for name, value in running.variables.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """The example with some places changed: `written({"auth.token": "x"})`; None takes one out."""

    def write(changes: dict[str, Any]) -> Path:
        told = yaml.safe_load(EXAMPLE.read_text())
        for place, value in changes.items():
            *above, name = place.split(".")
            inside = told
            for each in above:
                inside = inside[each]
            if value is None:
                del inside[name]
            else:
                inside[name] = value
        path = tmp_path / "api.yml"
        path.write_text(yaml.safe_dump(told))
        return path

    return write


def land(
    settings: Settings, sandbox: PinboardSandbox, config: Path = EXAMPLE, **options: Any
) -> tuple[TableLoad, ...]:
    asked = {
        "config": str(config),
        "start_at": START.isoformat(),
        "now": sandbox.now.replace(tzinfo=UTC),
        "sleep": lambda _: None,
        **options,
    }
    return landing.run(settings, "custom_api", lambda tally: custom_api(settings, tally, **asked))


def raw(settings: Settings, table: str) -> Rows:
    return warehouse.read_table(settings, f"raw_custom_api.{table}").to_pylist()


def problem(settings: Settings, sandbox: PinboardSandbox, config: Path) -> str:
    """The one line that a file is refused with, after its path."""
    with pytest.raises(LandingError) as caught:
        land(settings, sandbox, config)
    told = str(caught.value)
    assert "\n" not in told
    return told.replace(str(config), "FILE")


def test_the_example_lands_every_row_and_campaign_in_our_columns(settings, sandbox, world):
    land(settings, sandbox)
    told = list(statistics(world.shop.spec, START, END, END))
    rows = raw(settings, "performance")
    assert len(rows) == len(told)
    taps, views = (sum(row["figures"][name] for row in told) for name in ("taps", "views"))
    assert sum(row["impressions"] for row in rows) == views
    assert sum(row["spend"] for row in rows) == Decimal("0.41") * taps + Decimal("0.0012") * views
    assert {row["device_type"] for row in rows} == {"mobile", "desktop"}
    assert {row["location"] for row in rows} == {"DE", "AT"}
    kept = ("store_id", "account_id", "currency_code", "time_zone", "attribution_window")
    assert {tuple(row[name] for name in kept) for row in rows} == {
        ("default", "pinboard", "EUR", "Europe/Berlin", "14d_click")
    }
    [looks] = [row for row in raw(settings, "campaigns") if row["campaign_id"] == "pb-1002"]
    assert (looks["platform"], looks["status"], looks["objective"]) == (
        "pinboard", "ended", "awareness",
    )  # fmt: skip
    assert (looks["budget"], looks["end_date"]) == (Decimal("15.0"), END - timedelta(days=20))


def test_the_last_days_are_replaced_and_settled_days_are_not_asked_for(settings, sandbox):
    land(settings, sandbox)
    sandbox.requests.clear()
    before = {row["date"]: row["fetched_on"] for row in raw(settings, "performance")}
    sandbox.move(NOON + timedelta(days=1))
    land(settings, sandbox)
    rows = raw(settings, "performance")
    keys = [(row["date"], row["position"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {row["fetched_on"] for row in rows if row["date"] < date(2026, 6, 18)} == {END}
    assert {row["fetched_on"] for row in rows if row["date"] >= date(2026, 6, 18)} == {
        END + timedelta(days=1)
    }
    assert set(before.values()) == {END}
    assert sandbox.requests["GET /v2/statistics"] == 1


def test_pages_are_drained_and_storms_waited_out(settings, world, monkeypatch):
    with PinboardSandbox(world, page_size=9) as sandbox:
        sandbox.move(NOON)
        for name, value in sandbox.variables.items():
            monkeypatch.setenv(name, value)
        for kind in ("http_429", "http_5xx", "cut_page"):
            sandbox.faults(kind, times=2, match="statistics")
        waits: list[float] = []
        land(settings, sandbox, sleep=waits.append)
    assert len(waits) == 6
    told = list(statistics(world.shop.spec, START, END, END))
    assert len(raw(settings, "performance")) == len(told)


def test_a_record_that_lacks_its_campaign_or_has_a_bad_number_is_rejected_alone(
    settings, sandbox, written
):
    config = written({
        "resources.performance.fields.campaign_id": {"path": "board", "values": {"pb-1001": ""}},
        "resources.performance.fields.clicks": {"path": "country", "values": {"DE": "1"}},
    })  # fmt: skip
    loads = {load.table_name: load for load in land(settings, sandbox, config)}
    assert {row["location"] for row in raw(settings, "performance")} == {"DE"}
    assert loads["performance"].rows_rejected == len(raw(settings, "rejected")) > 0
    reasons = {row["reason"].split(":")[0] for row in raw(settings, "rejected")}
    assert reasons == {"campaign_id", "clicks"}


def test_refused_credentials_are_one_line(settings, sandbox, monkeypatch):
    monkeypatch.setenv("PINBOARD_TOKEN", "old")
    told = problem(settings, sandbox, EXAMPLE)
    assert "pinboard refused the credentials (HTTP 401)" in told


def test_a_variable_that_is_not_set_is_named(settings, sandbox, monkeypatch):
    monkeypatch.delenv("PINBOARD_TOKEN")
    with pytest.raises(Exception, match="PINBOARD_TOKEN is not set"):
        land(settings, sandbox)


def test_a_path_that_the_api_does_not_know_is_told(settings, sandbox, written):
    config = written({"resources.performance.path": "v3/{first}"})
    assert "pinboard answers HTTP 404 to v3/{first}" in problem(settings, sandbox, config)


def test_an_answer_without_the_list_is_not_taken_for_days_without_events(
    settings, sandbox, written
):
    config = written({"resources.performance.records": "row"})
    told = problem(settings, sandbox, config)
    assert "pinboard's answer to v2/statistics has nothing at row" in told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"platform": None}, "FILE, top: object missing required field `platform`."),
        ({"colour": "red"}, "FILE, top: object contains unknown field `colour`."),
        ({"lookback_days": "many"}, "FILE, lookback_days: expected `int`, got `str`."),
        ({"auth.type": "magic"}, "FILE, auth.type: invalid value 'magic'."),
        (
            {"auth.token": "pb-secret"},
            "FILE, auth.token: must name a variable, such as ${PINBOARD_TOKEN}.",
        ),
        (
            {"resources.performance.fields.spend": None},
            "FILE, resources.performance.fields: spend is missing.",
        ),
        (
            {"resources.performance.fields.clicks": {"path": "c", "divide_by": "ten"}},
            "FILE, resources.performance.fields.clicks.divide_by: expected `int`, got `str`.",
        ),
        (
            {"resources.performance.records": "$$["},
            "FILE, resources.performance.records: '$$[' is no JSONPath.",
        ),
        (
            {"resources.performance.params": {}},
            "FILE, resources.performance: {first} stands in no parameter.",
        ),
        (
            {"time_zone": "Pinland"},
            "FILE, time_zone: 'Pinland' must be a zone such as Europe/Paris.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_file_is_one_line_that_names_the_place(
    settings, sandbox, written, changes, told
):
    assert problem(settings, sandbox, written(changes)) == told


def test_an_unknown_column_is_named_with_those_that_are_known(settings, sandbox, written):
    config = written({"resources.performance.fields.cost": "figures.cost"})
    told = problem(settings, sandbox, config)
    assert told.startswith(
        "FILE, resources.performance.fields.cost: unknown column; known are campaign_id, date, "
    )


def test_unknown_kinds_of_pages_and_wrong_ones_are_told(settings, sandbox, written):
    unknown = written({"pages": {"type": "scroll"}})
    assert problem(settings, sandbox, unknown).startswith("FILE, pages.type: must be one of auto,")
    wrong = written({"pages": {"type": "offset", "size": 3}})
    told = problem(settings, sandbox, wrong)
    assert told == "FILE, pages: got an unexpected keyword argument 'size'."


def test_a_file_that_is_not_there_or_no_yaml_is_told(settings, sandbox, tmp_path):
    missing = tmp_path / "missing.yml"
    assert (
        problem(settings, sandbox, missing) == "FILE: cannot be read (No such file or directory)."
    )
    broken = tmp_path / "broken.yml"
    broken.write_text("platform: [")
    assert problem(settings, sandbox, broken).startswith("FILE: is no YAML: ")


def test_the_setting_is_named_when_it_is_missing(settings, monkeypatch):
    monkeypatch.delenv("SOURCES__CUSTOM_API__CONFIG", raising=False)
    with pytest.raises(LandingError, match="SOURCES__CUSTOM_API__CONFIG is not set"):
        land_configured(settings)


@pytest.mark.parametrize(
    ("auth", "sent"),
    [
        ({"type": "api_key", "name": "X-Key", "key": "${PINBOARD_TOKEN}"}, "x-key"),
        ({"type": "basic", "username": "ann", "password": "${PINBOARD_TOKEN}"}, "authorization"),
    ],
)
def test_keys_and_passwords_are_sent_too(settings, sandbox, written, monkeypatch, auth, sent):
    seen: set[str] = set()
    answer = sandbox.answer

    def watching(request: Any) -> Any:
        seen.add(request.headers.get(sent, ""))
        return answer(request)

    monkeypatch.setattr(sandbox, "answer", watching)
    assert "refused the credentials" in problem(settings, sandbox, written({"auth": auth}))
    assert seen <= {sandbox.access_token, "Basic YW5uOnBpbmJvYXJkLXNhbmRib3g="}
    assert seen
