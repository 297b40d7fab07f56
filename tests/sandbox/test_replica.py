"""What all replicas of HTTP APIs share: answers, faults, counts."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import requests

from sandbox.replica import Answer, Replica, Request


class Echo(Replica):
    """Says what it was asked."""

    extra_faults = frozenset({"odd"})

    def answer(self, request: Request) -> Answer:
        if request.path == "/fails":
            raise RuntimeError("a fault of its own")
        if request.path == "/bytes":
            return Answer(b"raw", headers={"Content-Type": "text/plain"})
        said = {"path": request.path, "query": request.query, "body": request.json()}
        return Answer(said, headers={"X-Token": request.headers.get("token", "")})

    @property
    def variables(self) -> dict[str, str]:
        return {"URL": self.url}


@pytest.fixture
def echo() -> Iterator[Echo]:
    with Echo(now=datetime.fromisoformat("2026-01-01T00:00:00+01:00")) as replica:
        yield replica


def test_a_replica_answers_what_it_is_asked(echo: Echo):
    told = requests.post(
        f"{echo.url}/a%20b?x=1&y=&x=2", json={"z": 3}, headers={"Token": "t"}, timeout=5
    )
    assert told.json() == {"path": "/a b", "query": {"x": "2", "y": ""}, "body": {"z": 3}}
    assert told.headers["X-Token"] == "t"
    assert requests.get(f"{echo.url}/bytes", timeout=5).content == b"raw"


def test_instants_without_a_zone_are_utc(echo: Echo):
    assert echo.now == datetime(2025, 12, 31, 23)
    echo.move(datetime(2026, 2, 1))
    assert echo.now == datetime(2026, 2, 1)


def test_a_fault_strikes_as_often_as_asked_where_it_matches(echo: Echo):
    echo.faults("http_429", times=2, match="x=1", retry_after=7)
    statuses = [requests.get(f"{echo.url}/?x={x}", timeout=5) for x in (2, 1, 1, 1)]
    assert [told.status_code for told in statuses] == [200, 429, 429, 200]
    assert statuses[1].headers["Retry-After"] == "7"
    echo.faults("http_5xx", status=502)
    assert requests.get(echo.url, timeout=5).status_code == 502


def test_a_connection_can_be_cut_in_the_middle_of_an_answer(echo: Echo):
    echo.faults("cut_page")
    with pytest.raises(requests.exceptions.RequestException):
        requests.get(echo.url, timeout=5)
    assert requests.get(echo.url, timeout=5).ok


def test_an_unknown_fault_is_refused(echo: Echo):
    echo.faults("odd")
    with pytest.raises(ValueError, match="Unknown fault"):
        echo.faults("meteor")


def test_requests_are_counted(echo: Echo):
    for _ in range(3):
        requests.get(f"{echo.url}/a?b=1", timeout=5)
    assert requests.get(f"{echo.url}/fails", timeout=5).status_code == 500
    assert echo.requests == {"GET /a": 3, "GET /fails": 1}


def test_a_replica_that_is_not_running_has_no_address():
    with pytest.raises(RuntimeError, match="Echo is not running"):
        Echo().url  # noqa: B018
