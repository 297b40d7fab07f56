"""Which files are read, which columns they need, and what becomes of rows that belong together."""

import gzip
import json

import pyarrow as pa
import pytest

from dlt_pipelines.errors import LandingError
from dlt_pipelines.files import folder
from tests.dlt_pipelines.conftest import write_files

ORDERS = "order_id,order_date,order_status\n"
ITEMS = "order_id,sku,quantity,unit_price\n"


def order(order_id: str, day: str = "2026-03-08") -> str:
    return f"{order_id},{day},completed\n"


def test_csv_gz_and_parquet_are_read_like_csv(judge):
    stores = pa.table({"store_id": ["S1"], "currency": ["EUR"]})
    found = judge(
        {
            "orders.csv": ORDERS + order("1"),
            "products.csv.gz": "sku\nA\n",
            "stores.parquet": stores,
        }
    )
    assert found.column("orders", "order_id") == ["1"]
    assert found.column("products", "sku") == ["A"]
    assert found.column("stores", "currency") == ["EUR"]


def test_file_names_and_column_names_match_in_any_case(judge):
    found = judge({"Orders.CSV": "Order_ID,Order Date,ORDER_STATUS\n" + order("1")})
    assert found.column("orders", "order_id") == ["1"]


def test_a_byte_order_mark_is_no_part_of_the_first_column(judge):
    found = judge({"products.csv": "\ufeffsku\nA\n"})
    assert found.column("products", "sku") == ["A"]


def test_lines_may_end_as_on_windows(judge):
    assert judge({"products.csv": "sku,brand\r\nA,X\r\n"}).column("products", "brand") == ["X"]


def test_a_table_may_be_split_where_the_suffix_begins_with_a_digit(judge):
    found = judge(
        {"orders_2025.csv": ORDERS + order("1"), "orders_2026-q1.csv.gz": ORDERS + order("2")}
    )
    assert found.column("orders", "order_id") == ["1", "2"]
    assert found.column("orders", "_file") == ["orders_2025.csv", "orders_2026-q1.csv.gz"]


def test_parts_of_a_table_may_have_different_optional_columns(judge):
    found = judge({"products.csv": "sku,brand\nA,X\n", "products_2.csv": "colour,sku\nred,B\n"})
    assert found.column("products", "brand") == ["X", None]
    assert found.column("products", "colour") == [None, "red"]


def test_files_of_other_names_are_named_and_left_alone(tmp_path):
    write_files(
        tmp_path, {"orders.csv": ORDERS, "orders_old.csv": "x", "notes.txt": "y", ".DS_Store": "z"}
    )
    found, unknown = folder.parts(tmp_path)
    assert list(found) == ["orders"]
    assert unknown == ["notes.txt", "orders_old.csv"]


def test_unknown_columns_are_kept_as_text(judge):
    found = judge({"products.csv": "sku,Shelf No,_line\nA,07,x\n"})
    [row] = found.rows("products")
    assert (row["shelf_no"], row["given_line"], row["_line"]) == ("07", "x", 2)


def test_missing_optional_columns_are_null(judge):
    [row] = judge({"products.csv": "sku\nA\n"}).rows("products")
    assert row["unit_cost"] is None
    assert row["product_name"] is None


def test_a_row_without_a_store_belongs_to_the_store_default(judge):
    found = judge({"products.csv": "store_id,sku\nS1,A\n,B\n"})
    assert found.column("products", "store_id") == ["S1", "default"]
    assert judge({"customers.csv": "customer_id\nC\n"}).column("customers", "store_id") == [
        "default"
    ]


def test_every_row_knows_the_line_it_begins_on(judge):
    found = judge({"products.csv": 'sku,description\nA,"two\nlines"\n\nB,x\n,,\nC,y\n'})
    assert found.column("products", "_line") == [2, 5, 7]


def test_a_row_with_too_few_or_too_many_cells_is_rejected_as_it_stood(judge):
    found = judge({"products.csv": "sku,brand\nA\nB,X,Y\nC,Z\n"})
    assert found.column("products", "sku") == ["C"]
    assert found.reasons == [
        "the row has 1 cells, the header 2",
        "the row has 3 cells, the header 2",
    ]
    assert [json.loads(row["record"]) for row in found.rejected] == [
        {"sku": "A"},
        {"sku": "B", "brand": "X", "_more": ["Y"]},
    ]
    assert [row["_line"] for row in found.rejected] == [2, 3]


def test_a_rejected_row_keeps_its_record_its_file_and_its_line(judge):
    found = judge({"products.csv": "sku,unit_cost,shelf\nA,cheap,7\n"})
    [row] = found.rejected
    assert (row["table_name"], row["store_id"]) == ("products", "default")
    assert (row["_file"], row["_line"]) == ("products.csv", 2)
    assert json.loads(row["record"]) == {"sku": "A", "unit_cost": "cheap", "shelf": "7"}


def test_of_a_repeated_key_the_later_line_wins_and_is_counted(judge):
    found = judge({"products.csv": "sku,brand\nA,first\nB,only\nA,second\n"})
    assert found.column("products", "brand") == ["only", "second"]
    assert found.repeated == {"products": 1}


def test_of_a_repeated_key_the_later_file_in_name_order_wins(judge):
    found = judge(
        {"products_2.csv": "sku,brand\nA,second\n", "products_1.csv": "sku,brand\n\n\nA,first\n"}
    )
    assert found.column("products", "brand") == ["second"]


def test_a_faulty_row_does_not_replace_a_good_one(judge):
    found = judge({"products.csv": "sku,unit_cost\nA,1.50\nA,cheap\n"})
    assert len(found.rows("products")) == 1
    assert found.repeated == {"products": 0}


def test_one_key_in_two_stores_is_two_rows(judge):
    found = judge({"products.csv": "store_id,sku\nS1,A\nS2,A\n"})
    assert len(found.rows("products")) == 2


def test_states_of_one_place_and_instant_repeat_where_the_place_is_the_default(judge):
    inventory = (
        "sku,warehouse_location,quantity_on_hand,last_updated\n"
        "A,,5,2026-03-08 10:00:00\nA,main,6,2026-03-08T10:00\n"
    )
    found = judge({"inventory.csv": inventory})
    assert found.column("inventory", "quantity_on_hand") == [6]
    assert found.column("inventory", "warehouse_location") == ["main"]


def test_equal_rows_without_a_key_add_up(judge):
    line = "2026-03-08,10.00\n"
    found = judge({"marketing_expenses.csv": "expense_date,amount\n" + line + line})
    assert len(found.rows("marketing_expenses")) == 2


def test_the_key_of_an_order_item_is_made_of_order_and_line_number(judge):
    items = ITEMS + "1,A,1,2.00\n2,A,1,2.00\n1,B,1,3.00\n1,A,1,2.00\n"
    found = judge({"order_items.csv": items}, landed_orders=("1", "2"))
    assert found.column("order_items", "order_item_id") == ["1-1", "2-1", "1-2", "1-3"]
    assert found.repeated == {"order_items": 0}


def test_a_rejected_line_does_not_renumber_those_after_it(judge):
    items = ITEMS + "1,A,x,2.00\n1,B,1,3.00\n"
    found = judge({"order_items.csv": items}, landed_orders=("1",))
    assert found.column("order_items", "order_item_id") == ["1-2"]


def test_a_given_order_item_key_is_kept(judge):
    items = "order_item_id," + ITEMS + "77,1,A,1,2.00\n,1,B,1,2.00\n"
    found = judge({"order_items.csv": items}, landed_orders=("1",))
    assert found.column("order_items", "order_item_id") == ["77", "1-2"]


def test_the_key_of_a_return_item_is_made_of_return_and_line_number(judge):
    found = judge({"return_items.csv": "return_id,sku,quantity_returned\nR1,A,1\nR1,B,1\n"})
    assert found.column("return_items", "return_item_id") == ["R1-1", "R1-2"]


def test_an_item_without_its_order_is_rejected(judge):
    found = judge(
        {"orders.csv": ORDERS + order("1"), "order_items.csv": ITEMS + "1,A,1,2\n2,A,1,2\n"}
    )
    assert found.column("order_items", "order_id") == ["1"]
    assert found.reasons == ["order_id '2' is in no order that landed"]


def test_an_item_of_a_rejected_order_is_rejected(judge):
    found = judge(
        {"orders.csv": ORDERS + order("1", "never"), "order_items.csv": ITEMS + "1,A,1,2\n"}
    )
    assert [row["table_name"] for row in found.rejected] == ["orders", "order_items"]


def test_orders_of_the_folder_stand_in_the_place_of_those_landed_before(judge):
    found = judge(
        {"orders.csv": ORDERS + order("1"), "order_items.csv": ITEMS + "2,A,1,2\n"},
        landed_orders=("2",),
    )
    assert found.rows("order_items") == []


def test_a_sku_that_no_product_names_is_kept(judge):
    found = judge(
        {"products.csv": "sku\nA\n", "order_items.csv": ITEMS + "1,Z,1,2\n"}, landed_orders=("1",)
    )
    assert found.column("order_items", "sku") == ["Z"]


def test_a_file_of_a_header_alone_is_an_empty_table(judge):
    assert judge({"orders.csv": ORDERS}).rows("orders") == []


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (
            {"orders_1.csv": ORDERS, "orders_2.csv": "order_id,order_status\n1,completed\n"},
            "orders_2.csv lacks the required column order_date.",
        ),
        (
            {"orders.csv": "order_id;order_date;order_status\n"},
            "orders.csv lacks the required column order_id, order_date, order_status; "
            "its cells must be separated by commas.",
        ),
        (
            {"touchpoints.csv": "timestamp,channel\n"},
            "touchpoints.csv lacks the required column customer_id or visitor_id.",
        ),
        (
            {"products.csv": "sku,brand,SKU\n"},
            "products.csv has the column sku twice; keep one of them.",
        ),
        ({"products.csv": ""}, "products.csv is empty; its first line must name the columns."),
        ({"products.csv": "\n\n"}, "products.csv is empty; its first line must name the columns."),
        (
            {"products.csv": 'sku,brand\nA,X\nB,"open\nC,Y\n'},
            "products.csv has a quote on line 3 that never closes.",
        ),
        (
            {"products.csv": "sku,brand\nA,caf\xe9\n".encode("latin-1")},
            "products.csv is not UTF-8 text; save it as CSV UTF-8.",
        ),
        (
            {"products.csv": "sku\nA\n", "products.csv.gz": "sku\nA\n"},
            "products.csv and products.csv.gz are the same part of products; keep one of them.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_to_do(judge, contents, message):
    with pytest.raises(LandingError) as error:
        judge(contents)
    assert str(error.value) == message


@pytest.mark.parametrize(
    "contents",
    [
        {"orders.csv.gz": b"this is no gzip"},
        {"orders.csv.gz": gzip.compress(b"order_id,order_date,order_status\n" * 99)[:-20]},
        {"orders.parquet": b"this is no parquet"},
    ],
)
def test_a_broken_file_is_named_in_one_line(judge, contents):
    [name] = contents
    with pytest.raises(LandingError, match=f"^{name} cannot be read: .+[.]$"):
        judge(contents)


def test_a_quote_inside_a_cell_spoils_that_line_alone(judge):
    found = judge({"products.csv": 'sku,brand\n"A"x,X\nB,Y\n'})
    assert found.column("products", "sku") == ["B"]
    assert [row["_line"] for row in found.rejected] == [2]


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(LandingError, match="missing does not exist"):
        folder.parts(tmp_path / "missing")


def test_a_folder_without_any_known_file_is_refused(tmp_path):
    write_files(tmp_path, {"sales.csv": "x"})
    with pytest.raises(LandingError, match="holds no file that Storehouse knows"):
        folder.parts(tmp_path)
