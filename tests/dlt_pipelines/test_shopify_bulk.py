"""Bulk files on disk, and what a stream of lines that are cut or lack some does to a run."""

import io
import json

import pytest

from dlt_pipelines.errors import LandingError
from dlt_pipelines.shopify import bulk, queries, streams
from dlt_pipelines.shopify.client import Address, Client, Credentials
from tests.dlt_pipelines.shopify_shops import column, land, no_sleep, raw, serving, small_shop

ORDERS = streams.orders(frozenset())


def client_of(sandbox) -> Client:
    return Client(Address.of(sandbox.url), Credentials(sandbox.access_token), sleep=no_sleep)


def test_blocks_hold_whole_lines_whatever_their_size():
    text = b"".join(b'{"n": %d}\n' % number for number in range(1000)) + b'{"n": "last"}'
    blocks = list(bulk.blocks(io.BytesIO(text), 64))
    assert b"".join(blocks) == text
    assert all(block.endswith(b"\n") for block in blocks[:-1])


def test_a_line_longer_than_a_block_stays_whole():
    text = b"x" * 100 + b"\n" + b"y\n"
    assert b"".join(bulk.blocks(io.BytesIO(text), 16)) == text
    assert all(block.endswith(b"\n") for block in bulk.blocks(io.BytesIO(text), 16))


def test_objects_are_counted_at_the_root_and_in_all(tmp_path):
    lines = [
        {"id": "1", "note": 'says "__parentId": 5'},
        {"id": "2", "__parentId": "1"},
        {"id": "3"},
    ]
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    assert bulk.count_lines(path) == (3, 2)


def test_a_file_that_is_cut_is_continued_and_not_fetched_anew():
    with serving(small_shop()) as sandbox:
        sandbox.faults("cut_file", times=2)
        with bulk.result(client_of(sandbox), ORDERS, "") as path:
            assert bulk.count_lines(path)[1] == 150
        assert sandbox.requests.downloads == 3
        assert sandbox.requests.bulk["orders"] == 1


def test_an_operation_that_finds_nothing_has_no_file():
    with (
        serving(small_shop(orders=0)) as sandbox,
        bulk.result(client_of(sandbox), ORDERS, "") as path,
    ):
        assert path is None


def test_a_result_without_access_is_one_line():
    with (
        serving(small_shop(orders=0), scopes=frozenset()) as sandbox,
        pytest.raises(LandingError, match="orders"),
        bulk.result(client_of(sandbox), ORDERS, ""),
    ):
        pass


def test_jobs_of_others_are_left_running():
    jobs = []
    with serving(small_shop(orders=0), bulk=jobs.append) as sandbox:
        client = client_of(sandbox)
        theirs = "query Theirs { products { edges { node { id } } } }"
        client.execute(queries.START_BULK, {"query": theirs})
        bulk.start(client, ORDERS, "")
        bulk.cancel_own(client)
        statuses = [operation.status for operation in sandbox.api.bulk.operations.values()]
    assert statuses[0] in ("CREATED", "RUNNING")
    assert statuses[1] in ("CANCELING", "CANCELED")


@pytest.fixture
def garbled(monkeypatch):
    """Bulk files in which one order's total is no number and one line item has no id."""
    download = bulk._download

    def garbling(client, url, path):
        download(client, url, path)
        lines = path.read_bytes().splitlines()
        totals = [at for at, line in enumerate(lines) if b'"Order","id"' in line.replace(b" ", b"")]
        items = [at for at, line in enumerate(lines) if b'"LineItem"' in line]
        if totals and items:
            order, item = json.loads(lines[totals[0]]), json.loads(lines[items[0]])
            order["totalPriceSet"]["shopMoney"]["amount"] = "a lot"
            del item["id"]
            lines[totals[0]], lines[items[0]] = (
                json.dumps(record).encode() for record in (order, item)
            )
        path.write_bytes(b"\n".join(lines))

    monkeypatch.setattr(bulk, "_download", garbling)


def test_malformed_records_are_set_aside_and_the_run_goes_on(settings, garbled):
    with serving(small_shop()) as sandbox:
        loads = land(settings, sandbox)
    assert len(raw(settings, "orders")) == 149
    assert sorted(column(settings, "rejected", "table_name")) == ["order_lines", "orders"]
    assert loads["orders"].rows_rejected == 1
    assert loads["order_lines"].rows_rejected == 1
    records = [json.loads(record) for record in column(settings, "rejected", "record")]
    assert "a lot" in [
        record.get("totalPriceSet", {}).get("shopMoney", {}).get("amount") for record in records
    ]
