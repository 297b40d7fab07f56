"""What the cells of a file become, and which of them are refused."""

from datetime import date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

ITEMS = "order_id,sku,quantity,unit_price\n"


def item(quantity: str = "1", unit_price: str = "2.50") -> str:
    return f"{ITEMS}1,A,{quantity},{unit_price}\n"


def items_of(judge, **cells):
    return judge({"order_items.csv": item(**cells)}, landed_orders=("1",))


@pytest.mark.parametrize(
    ("written", "landed"),
    [
        ("2.50", "2.50"),
        ("-2.50", "-2.50"),
        ("+2.5", "2.5"),
        (" 2.5 ", "2.5"),
        (".5", "0.5"),
        ("1e3", "1000"),
        ("0.0000005", "0.000001"),
        ("-0.0000005", "-0.000001"),
        ("0.00000049", "0"),
        ("1234567890123456789012.123456", "1234567890123456789012.123456"),
    ],
)
def test_money_lands_as_a_decimal_rounded_half_up_to_six_places(judge, written, landed):
    found = items_of(judge, unit_price=written)
    assert found.column("order_items", "unit_price") == [Decimal(landed)]


@pytest.mark.parametrize(
    "written",
    ["abc", '"1,000.00"', "1_000", "NaN", "inf", "1e400", "12345678901234567890123", "1.2.3", "£5"],
)
def test_what_is_no_number_is_rejected_with_column_and_value(judge, written):
    found = items_of(judge, unit_price=written)
    assert found.rows("order_items") == []
    shown = written.strip('"')
    assert found.reasons == [f"unit_price '{shown}' is not a number"]


@pytest.mark.parametrize(("written", "landed"), [("2", 2), ("2.0", 2), ("-3", -3), ("4.", 4)])
def test_a_quantity_without_a_fraction_is_a_whole_number(judge, written, landed):
    assert items_of(judge, quantity=written).column("order_items", "quantity") == [landed]


@pytest.mark.parametrize("written", ["2.5", "1e2x", "99999999999999999999", "two"])
def test_a_quantity_that_is_not_whole_is_rejected(judge, written):
    found = items_of(judge, quantity=written)
    assert found.reasons == [f"quantity '{written}' is not a whole number"]


@pytest.mark.parametrize(
    ("written", "landed"),
    [
        ("2026-03-08", "2026-03-08T00:00:00"),
        ("2026-03-08 09:30", "2026-03-08T09:30:00"),
        ("2026-03-08 09:30:15", "2026-03-08T09:30:15"),
        ("2026-03-08T09:30:15.25", "2026-03-08T09:30:15.250000"),
        ("2026-03-08T09:30:15.123456789", "2026-03-08T09:30:15.123456"),
        ("2026-03-08T09:30:15Z", "2026-03-08T09:30:15Z"),
        ("2026-03-08 09:30:15 Z", "2026-03-08T09:30:15Z"),
        ("2026-03-08T09:30:15+02:00", "2026-03-08T07:30:15Z"),
        ("2026-03-08T00:30:15+0200", "2026-03-07T22:30:15Z"),
        ("2026-03-08T23:30:15-05", "2026-03-09T04:30:15Z"),
        ("2026-03-08T09:30-03:30", "2026-03-08T13:00:00Z"),
    ],
)
def test_an_instant_lands_in_utc_with_a_z_or_local_without(judge, written, landed):
    found = judge({"orders.csv": f"order_id,order_date,order_status\n1,{written},completed\n"})
    assert found.column("orders", "order_date") == [landed]


@pytest.mark.parametrize(
    "written",
    ["08/03/2026", "2026-02-30", "2026-3-8", "20260308", "2026-03-08 25:00", "0000-01-01",
     "2026-03-08T09:30+15:00", "2026-03-08 morning"],
)  # fmt: skip
def test_what_is_no_instant_is_rejected(judge, written):
    found = judge({"orders.csv": f"order_id,order_date,order_status\n1,{written},completed\n"})
    expected = "is not a date with a time such as 2026-03-08T09:30:00Z"
    assert found.reasons == [f"order_date '{written}' {expected}"]


@pytest.mark.parametrize(
    "written", ["2026-03-08", "2026-03-08 23:59:59", "2026-03-08T23:30:00-05:00"]
)
def test_a_day_loses_the_time_after_it(judge, written):
    found = judge({"customers.csv": f"customer_id,registration_date\nC1,{written}\n"})
    assert found.column("customers", "registration_date") == [date(2026, 3, 8)]


@pytest.mark.parametrize("written", ["true", "TRUE", "Yes", "1"])
def test_true_yes_and_1_are_true_in_any_case(judge, written):
    orders = f"order_id,order_date,order_status,is_test\n1,2026-03-08,completed,{written}\n"
    assert judge({"orders.csv": orders}).column("orders", "is_test") == [True]


@pytest.mark.parametrize("written", ["false", "No", "0"])
def test_false_no_and_0_are_false_in_any_case(judge, written):
    orders = f"order_id,order_date,order_status,is_test\n1,2026-03-08,completed,{written}\n"
    assert judge({"orders.csv": orders}).column("orders", "is_test") == [False]


def test_another_word_for_a_boolean_is_rejected(judge):
    orders = "order_id,order_date,order_status,is_test\n1,2026-03-08,completed,maybe\n"
    found = judge({"orders.csv": orders})
    assert found.reasons == ["is_test 'maybe' is not true, false, yes, no, 1 or 0"]


def test_an_empty_cell_is_null_and_not_zero(judge):
    performance = "campaign_id,date,impressions,clicks,spend,video_views\nC1,2026-03-08,5,1,2.5,\n"
    found = judge({"ad_performance.csv": performance})
    assert found.column("ad_performance", "video_views") == [None]


def test_text_lands_as_it_stands(judge):
    found = judge({"products.csv": 'sku,product_name\n007,"A ""big"" lamp,\nred "\n'})
    assert found.column("products", "sku") == ["007"]
    assert found.column("products", "product_name") == ['A "big" lamp,\nred ']


def test_an_empty_required_cell_is_rejected(judge):
    found = judge({"products.csv": "sku,product_name\n ,Lamp\nB,Chair\n"})
    assert found.column("products", "sku") == ["B"]
    assert found.reasons == ["sku is empty"]


def test_every_fault_of_a_row_is_named(judge):
    found = judge({"order_items.csv": ITEMS + "1,,x,y\n"}, landed_orders=("1",))
    assert found.reasons == [
        "sku is empty; quantity 'x' is not a whole number; unit_price 'y' is not a number"
    ]


def test_a_status_that_the_page_does_not_name_is_rejected(judge):
    found = judge({"orders.csv": "order_id,order_date,order_status\n1,2026-03-08,shipped\n"})
    assert found.reasons == [
        "order_status 'shipped' is not one of pending, completed, cancelled, refunded"
    ]


def test_a_status_in_capitals_lands_in_small_letters(judge):
    found = judge({"orders.csv": "order_id,order_date,order_status\n1,2026-03-08,Completed\n"})
    assert found.column("orders", "order_status") == ["completed"]


def test_a_channel_that_the_page_does_not_name_is_kept(judge):
    orders = "order_id,order_date,order_status,channel\n1,2026-03-08,completed,kiosk\n"
    assert judge({"orders.csv": orders}).column("orders", "channel") == ["kiosk"]


def test_a_touchpoint_needs_a_customer_or_a_visitor(judge):
    touchpoints = (
        "customer_id,visitor_id,timestamp,channel\n"
        "C1,,2026-03-08,email\n,V1,2026-03-08,email\n,,2026-03-08,email\n"
    )
    found = judge({"touchpoints.csv": touchpoints})
    assert len(found.rows("touchpoints")) == 2
    assert found.reasons == ["customer_id and visitor_id are both empty"]


def test_a_session_may_have_neither_customer_nor_visitor(judge):
    found = judge({"web_sessions.csv": "session_id,timestamp\nS1,2026-03-08T10:00:00Z\n"})
    assert found.column("web_sessions", "timestamp") == ["2026-03-08T10:00:00Z"]


def test_parameters_of_a_price_rule_must_be_json(judge):
    rules = 'rule_id,parameters\nR1,"{""days"": 3}"\nR2,{days\n'
    found = judge({"price_rules.csv": rules})
    assert found.column("price_rules", "parameters") == ['{"days": 3}']
    assert found.reasons == ["parameters '{days' is not JSON"]


def test_a_character_that_no_database_stores_is_left_out(judge):
    found = judge({"products.csv": "sku,product_name\nA\0B,Lamp\n"})
    assert found.column("products", "sku") == ["AB"]


def test_typed_parquet_columns_land_as_the_same_values(judge):
    orders = pa.table(
        {
            "order_id": pa.array([1], pa.int64()),
            "customer_id": pa.array([17850.0], pa.float64()),
            "order_date": pa.array([datetime(2026, 3, 8, 9, 30)], pa.timestamp("us", "UTC")),
            "created_at": pa.array([datetime(2026, 3, 8, 9, 30)], pa.timestamp("ns")),
            "order_status": ["completed"],
            "is_test": [False],
            "subtotal": pa.array([0.1], pa.float64()),
            "total_amount": pa.array([Decimal("12.30")], pa.decimal128(10, 2)),
            "tax_amount": pa.array([float("nan")], pa.float64()),
        }
    )
    [row] = judge({"orders.parquet": orders}).rows("orders")
    assert (row["order_id"], row["customer_id"]) == ("1", "17850")
    assert row["order_date"] == "2026-03-08T09:30:00Z"
    assert row["created_at"] == "2026-03-08T09:30:00"
    assert row["is_test"] is False
    assert (row["subtotal"], row["total_amount"]) == (Decimal("0.1"), Decimal("12.3"))
    assert row["tax_amount"] is None


def test_a_parquet_quantity_stored_as_a_double_is_whole(judge):
    items = pa.table({"order_id": ["1"], "sku": ["A"], "quantity": [2.0], "unit_price": [0.1]})
    found = judge({"order_items.parquet": items}, landed_orders=("1",))
    [row] = found.rows("order_items")
    assert (row["quantity"], row["unit_price"]) == (2, Decimal("0.1"))


def test_a_currency_is_a_code_of_three_letters(judge):
    rates = "date,from_currency,to_currency,rate\n2026-03-08,eur,USD,1.1\n2026-03-08,€,USD,1.1\n"
    found = judge({"exchange_rates.csv": rates})
    assert found.column("exchange_rates", "from_currency") == ["EUR"]
    assert found.reasons == ["from_currency '€' is not a currency code such as EUR"]


def test_a_store_in_no_time_zone_is_rejected(judge):
    found = judge({"stores.csv": "store_id,time_zone\nS1,Europe/London\nS2,Europe/Lundon\n"})
    assert found.column("stores", "store_id") == ["S1"]
    assert found.reasons == ["time_zone 'Europe/Lundon' is not a time zone such as Europe/London"]


def test_a_rate_keeps_twelve_places(judge):
    rates = "date,from_currency,to_currency,rate\n2026-03-08,JPY,USD,0.0067123456789\n"
    found = judge({"exchange_rates.csv": rates})
    assert found.column("exchange_rates", "rate") == [Decimal("0.006712345679")]
