"""Where the next run goes on, and what it knows already."""

from datetime import UTC, datetime, timedelta

from dlt_pipelines.shopify.cursors import Cursor, Newest

HOUR = timedelta(hours=1)


def at(clock: str) -> str:
    return f"2026-03-07T{clock}Z"


def cursor(*read: tuple[str, str], overlap: timedelta = HOUR, state: dict | None = None) -> Cursor:
    made = Cursor({} if state is None else state, "orders", overlap)
    made.advance(read)
    return made


def test_a_first_run_asks_for_everything():
    assert cursor().window(None, None).search() == ""


def test_a_first_run_may_begin_at_an_instant():
    assert cursor().window("2026-01-01", None).search() == "updated_at:>='2026-01-01T00:00:00Z'"


def test_the_next_run_asks_from_the_overlap_before_the_newest():
    read = cursor(("1", at("10:00:00")), ("2", at("09:00:00")))
    assert read.window("2024-01-01", None).search() == f"updated_at:>='{at('09:00:00')}'"


def test_a_run_may_ask_up_to_an_instant():
    end = datetime(2026, 3, 7, 12, 0, tzinfo=UTC)
    search = cursor(("1", at("10:00:00"))).window(None, end).search()
    assert search == f"updated_at:>='{at('09:00:00')}' updated_at:<='{at('12:00:00')}'"


def test_what_was_read_is_known_until_it_changes():
    read = cursor(("1", at("10:00:00")))
    assert read.is_known("1", at("10:00:00"))
    assert not read.is_known("1", at("10:00:01"))
    assert not read.is_known("2", at("10:00:00"))


def test_only_what_lies_in_the_overlap_is_remembered():
    state: dict = {}
    cursor(("1", at("08:59:59")), ("2", at("09:00:00")), ("3", at("10:00:00")), state=state)
    assert state["cursors"]["orders"]["known"] == {"2": at("09:00:00"), "3": at("10:00:00")}


def test_a_cursor_never_moves_back():
    read = cursor(("1", at("10:00:00")))
    read.advance([("2", at("09:30:00"))])
    assert read.newest == at("10:00:00")
    assert read.is_known("1", at("10:00:00"))
    assert read.is_known("2", at("09:30:00"))


def test_records_without_a_readable_instant_move_nothing():
    read = cursor(("1", at("10:00:00")), ("2", ""), ("3", "tomorrow"), ("4", "9999"))
    assert read.newest == at("10:00:00")


def test_nothing_read_leaves_the_cursor_where_it_was():
    read = cursor()
    read.advance([])
    assert read.newest is None


def test_a_long_read_remembers_its_last_part_whatever_the_order():
    newest = Newest(HOUR)
    newest.add([("1", at("10:00:00")), ("2", at("07:00:00"))])
    newest.add([("3", at("08:00:00")), ("4", at("09:15:00"))])
    assert dict(newest.pairs) == {"1": at("10:00:00"), "4": at("09:15:00")}
