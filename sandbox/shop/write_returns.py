"""Returns of a chunk of orders -> tables; steps that lie after the last day are not known yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TypeAlias

import duckdb
import numpy as np
import pyarrow.compute as pc

from sandbox.shop import return_words
from sandbox.shop.catalog import NEVER
from sandbox.shop.columns import Column, append, choice, numbered, text, whole
from sandbox.shop.lines import Lines
from sandbox.shop.orders import Orders
from sandbox.shop.refunds import Refunds
from sandbox.shop.return_words import CONDITIONS, DETAILS
from sandbox.shop.returns import Requests, Returns, Steps, Way
from sandbox.shop.streams import Flags, Ints, stream
from sandbox.shop.taken import RETURN, RefundLines
from sandbox.shop.timeline import FIRST_NAME
from sandbox.shop.write_catalog import STORE, WAREHOUSE, never
from sandbox.shop.write_orders import Writer
from sandbox.shop.write_parts import line_ids, number_within, refund_ids, taken_line_ids

STATUSES = ("REQUESTED", "OPEN", "CLOSED", "CANCELED", "DECLINED")
TYPES = ("refund", "exchange", "store_credit", None)
DISPOSITIONS = ("RESTOCKED", "NOT_RESTOCKED", "MISSING")
Vocabularies: TypeAlias = Sequence[Sequence[str | None]]
SILENT_SHARE, STAFF_NOTE_SHARE = 0.35, 0.7
CUSTOMER_NOTES = [return_words.customer_notes(detail) for detail in DETAILS]
INSPECTIONS = [return_words.INSPECTION_NOTES[name] for name in CONDITIONS]


def write_return_reasons(con: duckdb.DuckDBPyConnection) -> None:
    columns = {
        "handle": text([detail.handle for detail in DETAILS]),
        "name": text([detail.name for detail in DETAILS]),
        "reason": text([detail.reason for detail in DETAILS]),
    }
    append(con, "return_reasons", columns)


@dataclass(frozen=True)
class Known:
    """A row a return: its steps up to the last day, its id, and that of its refund (0: none)."""

    steps: Steps
    ids: Ints
    refunds: Ints

    @property
    def rows(self) -> Ints:
        """The returns that are there."""
        return np.flatnonzero(self.ids)


def write_returns(
    writer: Writer, orders: Orders, lines: Lines, returns: Returns, refunds: Refunds, chunk: int
) -> None:
    dice = stream(writer.spec.seed, "return details", chunk)
    known = _known(writer, orders, returns, refunds)
    _write_returns(writer, dice, orders, returns, known)
    _write_lines(writer, dice, orders, lines, returns, known)
    _write_exchanges(writer, orders, lines, returns, known)


def _known(writer: Writer, orders: Orders, returns: Returns, refunds: Refunds) -> Known:
    """Returns have their order's id and up, in the order in which they are asked for."""
    steps = _until(returns.steps, writer.days.end)
    exists = (returns.way != Way.DIRECT) & (steps.requested < NEVER)
    order = returns.requests.order[exists]
    ids = np.zeros(len(exists), dtype=np.int64)
    ids[exists] = orders.ids[order] + number_within(order, steps.requested[exists])
    refund = np.zeros(len(exists), dtype=np.int64)
    has_return = refunds.returned >= 0
    refund[refunds.returned[has_return]] = refund_ids(orders, refunds)[has_return]
    return Known(steps, ids, refund)


def _until(steps: Steps, end: int) -> Steps:
    """Without what would come after the last day."""
    moments = (getattr(steps, each.name) for each in fields(Steps))
    return Steps(*(np.where(moment < end, moment, NEVER) for moment in moments))


def _statuses(steps: Steps) -> Ints:
    return np.select(
        [
            steps.declined < NEVER,
            steps.canceled < NEVER,
            steps.closed < NEVER,
            steps.approved < NEVER,
        ],
        [4, 3, 2, 1],
        0,
    )


def _write_returns(
    writer: Writer, dice: np.random.Generator, orders: Orders, returns: Returns, known: Known
) -> None:
    notes = _inspection_notes(dice, returns.requests)
    rows, steps = known.rows, known.steps
    order, refund = returns.requests.order[rows], known.refunds[rows]
    decline = np.where(steps.declined[rows] < NEVER, returns.requests.decline[rows], -1)
    was_approved, was_received, was_inspected = (
        moment[rows] < NEVER for moment in (steps.approved, steps.received, steps.inspected)
    )
    names = pc.binary_join_element_wise(
        numbered("#", FIRST_NAME + writer.timeline.rank[orders.rows[order]]),
        numbered("R", 1 + known.ids[rows] - orders.ids[order]),
        "-",
    )
    columns = {
        "return_id": whole(known.ids[rows]),
        "order_id": whole(orders.ids[order]),
        "name": names,
        "status": choice(_statuses(steps)[rows], STATUSES),
        "return_type": choice(returns.way[rows], TYPES),
        "requested_at": never(steps.requested[rows]),
        "approved_at": never(steps.approved[rows]),
        "declined_at": never(steps.declined[rows]),
        "decline_reason": choice(decline, list(return_words.DECLINES)),
        "decline_note": choice(decline, [note for _, note in return_words.DECLINES.values()]),
        "canceled_at": never(steps.canceled[rows]),
        "received_at": never(steps.received[rows]),
        "inspected_at": never(steps.inspected[rows]),
        "closed_at": never(steps.closed[rows]),
        "refund_id": whole(refund, refund == 0),
        "restocking_fee": writer.amounts(returns.restocking_fee[rows], ~was_approved),
        "return_shipping_fee": writer.amounts(returns.label_fee[rows], ~was_approved),
        "shipping_cost": writer.amounts(returns.shipping_cost[rows], ~was_received),
        "processing_cost": writer.amounts(returns.processing_cost[rows], ~was_inspected),
        "inspection_notes": pc.if_else(was_inspected, notes.take(rows), None),
    }
    append(writer.con, "returns", columns)


def _inspection_notes(dice: np.random.Generator, requests: Requests) -> Column:
    """By the worst condition among the lines; nothing about what is lost."""
    worst = np.full(len(requests), -1)
    np.maximum.at(worst, requests.of_line, requests.lines.condition)
    return _drawn(dice, worst, INSPECTIONS)


def _drawn(dice: np.random.Generator, code: Ints, vocabularies: Vocabularies) -> Column:
    """A word for each code (-1: none), out of the vocabulary of that code."""
    sizes = np.array([len(words) for words in vocabularies])
    firsts = np.cumsum(sizes) - sizes
    drawn = firsts[code] + (dice.random(len(code)) * sizes[code]).astype(np.int64)
    vocabulary = text([word for words in vocabularies for word in words])
    return vocabulary.take(whole(drawn, code < 0))


def _write_lines(
    writer: Writer, dice: np.random.Generator, orders: Orders, lines: Lines, returns: Returns,
    known: Known,
) -> None:  # fmt: skip
    requests = returns.requests
    notes = _customer_notes(dice, requests.lines.detail)
    has_staff_note = dice.random(len(requests.lines)) < STAFF_NOTE_SHARE
    is_there = known.ids[requests.of_line] > 0
    taken, parent = requests.lines.where(is_there), requests.of_line[is_there]
    disposed = known.steps.inspected[parent]
    was_disposed = disposed < NEVER
    is_refunded = (known.refunds[parent] > 0) & (returns.way[parent] != Way.EXCHANGE)
    line_id = taken_line_ids(orders, lines, taken)
    staff_note = np.where(has_staff_note[is_there], taken.detail, len(DETAILS))
    columns = {
        "return_line_id": whole(line_id),
        "return_id": whole(known.ids[parent]),
        "order_id": whole(orders.ids[requests.order[parent]]),
        "line_id": whole(line_ids(orders, lines)[taken.line]),
        "quantity": whole(taken.quantity),
        "reason_handle": choice(taken.detail, [detail.handle for detail in DETAILS]),
        "reason_note": choice(staff_note, [*(detail.staff for detail in DETAILS), ""]),
        "customer_note": notes.filter(is_there),
        "condition": choice(np.where(was_disposed, taken.condition, -1), CONDITIONS),
        "disposition": choice(np.where(was_disposed, _dispositions(taken), -1), DISPOSITIONS),
        "location_id": whole(np.where(requests.at_store[parent], STORE, WAREHOUSE), ~was_disposed),
        "disposed_at": never(disposed),
        "restocked_value": writer.amounts(_restocked_value(lines, taken), ~was_disposed),
        "refund_line_id": whole(line_id, ~is_refunded),
    }
    append(writer.con, "return_lines", columns)


def _customer_notes(dice: np.random.Generator, detail: Ints) -> Column:
    """What the customer wrote, if anything."""
    is_silent = dice.random(len(detail)) < SILENT_SHARE
    return _drawn(dice, np.where(is_silent, -1, detail), CUSTOMER_NOTES)


def _dispositions(taken: RefundLines) -> Ints:
    is_restocked: Flags = taken.restock == RETURN
    return np.select([taken.condition < 0, is_restocked], [2, 0], 1)


def _restocked_value(lines: Lines, taken: RefundLines) -> Ints:
    """The cost of what goes back on the shelf."""
    return lines.cost[taken.line] * taken.quantity * (taken.restock == RETURN)


def _write_exchanges(
    writer: Writer, orders: Orders, lines: Lines, returns: Returns, known: Known
) -> None:
    requests, swaps = returns.requests, returns.swaps
    is_there = (known.ids[requests.of_line] > 0) & (swaps.variant >= 0)
    taken, parent = requests.lines.where(is_there), requests.of_line[is_there]
    columns = {
        "exchange_line_id": whole(taken_line_ids(orders, lines, taken)),
        "return_id": whole(known.ids[parent]),
        "order_id": whole(orders.ids[requests.order[parent]]),
        "variant_id": whole(writer.catalog.variants.ids[swaps.variant[is_there]]),
        "quantity": whole(taken.quantity),
        "additional_payment": writer.amounts(swaps.surcharge[is_there]),
    }
    append(writer.con, "exchange_lines", columns)
