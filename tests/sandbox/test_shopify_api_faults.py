"""Faults strike as often as they were asked to, and the counts tell what was asked."""

import http.client
import json
from datetime import timedelta

import pytest

from sandbox.shopify_api import ShopifySandbox
from tests.sandbox.shopify_client import (
    ask,
    bulk_lines,
    call,
    codes,
    data,
    run_bulk,
)
from tests.sandbox.small_shops import new_shop

ORDERS = "{ orders(first: 20, sortKey: UPDATED_AT) { nodes { id updatedAt } } }"
BULK = "{ orders { edges { node { id lineItems { edges { node { id } } } } } } }"


@pytest.fixture(scope="module")
def own():
    with ShopifySandbox(new_shop(), bulk="immediate") as running:
        yield running


@pytest.fixture(autouse=True)
def _nothing_left(own):
    own.requests.reset()
    yield
    assert not any(fault.times for fault in own.api.faults.waiting)
    own.api.faults.clear()


def post(sandbox, query=ORDERS):
    headers = {"X-Shopify-Access-Token": sandbox.access_token}
    return call(sandbox.graphql_url, {"query": query}, headers)


def test_too_many_requests_tells_when_to_come_again(own):
    own.faults("http_429", times=2, retry_after=2.5)
    answers = [post(own) for _ in range(3)]
    assert [answer[0] for answer in answers] == [429, 429, 200]
    assert answers[0][1]["Retry-After"] == "2.5"


def test_a_server_error_has_the_status_asked_for(own):
    own.faults("http_5xx")
    own.faults("http_5xx", status=502)
    assert [post(own)[0] for _ in range(3)] == [503, 502, 200]


def test_throttled_comes_with_status_200_and_the_cost(own):
    own.faults("throttled")
    answer = ask(own, ORDERS)
    assert codes(answer) == ["THROTTLED"]
    assert answer["extensions"]["cost"]["actualQueryCost"] is None
    assert answer["extensions"]["cost"]["throttleStatus"]["restoreRate"] == 1000
    assert "errors" not in ask(own, ORDERS)


def test_a_page_is_cut_in_the_middle(own):
    own.faults("cut_page")
    with pytest.raises(http.client.IncompleteRead) as error:
        post(own)
    assert 0 < len(error.value.partial) < 2000
    assert post(own)[0] == 200


def test_a_file_is_cut_in_the_middle_and_can_be_read_on_from_there(own):
    operation = run_bulk(own, BULK)
    own.faults("cut_file")
    with pytest.raises(http.client.IncompleteRead) as error:
        call(operation["url"])
    start = len(error.value.partial)
    assert start == int(operation["fileSize"]) // 2
    status, headers, rest = call(operation["url"], headers={"Range": f"bytes={start}-"})
    assert status == 206
    assert headers["Content-Range"].startswith(f"bytes {start}-")
    assert error.value.partial + rest == call(operation["url"])[2]


def test_a_record_comes_out_of_order(own):
    in_order = data(own, ORDERS)["orders"]["nodes"]
    own.faults("out_of_order")
    assert data(own, ORDERS)["orders"]["nodes"] == [*in_order[1:], in_order[0]]
    assert data(own, ORDERS)["orders"]["nodes"] == in_order


def test_a_short_result_has_fewer_lines_than_were_counted(own):
    own.faults("short_bulk")
    short, whole = run_bulk(own, BULK), run_bulk(own, BULK)
    assert short["status"] == "COMPLETED"
    assert len(bulk_lines(short)) < int(short["objectCount"]) == len(bulk_lines(whole))


def test_a_failed_operation_leaves_partial_data(own):
    own.faults("bulk_failed")
    operation = run_bulk(own, BULK)
    assert (operation["status"], operation["errorCode"]) == ("FAILED", "INTERNAL_SERVER_ERROR")
    assert operation["url"] is None
    assert bulk_lines({"url": operation["partialDataUrl"]})


def test_a_fault_waits_for_what_it_matches(own):
    own.faults("http_429", match="customers")
    assert post(own)[0] == 200
    assert post(own, "{ customers(first: 1) { nodes { id } } }")[0] == 429


def test_faults_and_the_instant_are_set_by_request(own):
    assert call(f"{own.url}/_faults", {"kind": "http_429", "times": 1})[0] == 200
    assert post(own)[0] == 429
    call(f"{own.url}/_faults", {"kind": "http_429", "times": 5})
    assert call(f"{own.url}/_faults", method="DELETE")[0] == 200
    assert post(own)[0] == 200
    now, before = own.shop.now, own.shop.now - timedelta(days=30)
    assert call(f"{own.url}/_now", {"now": f"{before.isoformat()}Z"})[0] == 200
    assert own.shop.now == before
    own.move(now)


def test_an_unknown_fault_is_refused(own):
    status, _, body = call(f"{own.url}/_faults", {"kind": "rain"})
    assert status == 400
    assert b"rain" in body


def test_counts_tell_what_was_asked_and_given(own):
    data(own, "{ orders(first: 3) { nodes { id } } shop { id } }")
    data(own, ORDERS)
    call(run_bulk(own, BULK)["url"])
    counts = json.loads(call(f"{own.url}/_requests")[2])
    assert counts["queries"]["orders"] == 2
    assert counts["queries"]["shop"] == 1
    assert counts["records"] == {"orders": 23}
    assert counts["bulk"] == {"orders": 1}
    assert counts["downloads"] == 1
    call(f"{own.url}/_requests", method="DELETE")
    assert json.loads(call(f"{own.url}/_requests")[2])["queries"] == {}
