"""Suites at both borders, on small stand-in tables."""

from datetime import UTC, date, datetime
from decimal import Decimal

import great_expectations.expectations as gxe
import pytest

from dlt_pipelines.tables import table
from expectations import published, published_inventory, published_returns, raw, results
from expectations.run import validate
from expectations.suite import WARNING, Suite
from storehouse import warehouse
from tests.small_warehouse import put

AS_OF = date(2026, 3, 31)
RUN_AT = datetime(2026, 3, 31, 5, tzinfo=UTC)
ORDERS = table("orders", "store_id", "id", store_id="text", id="text")


def messages(found):
    return [each.message for each in found if not each.success]


def stops(found):
    return any(each.stops_the_run for each in found)


def orders(settings, *ids):
    put(settings, "raw_shopify.orders", store_id=["s"] * len(ids), id=list(ids))


def check_orders(settings, previous=None):
    found = raw.key_suites(settings, "shopify", [ORDERS], previous or {})
    return validate(settings, "raw", found)


def test_a_key_that_comes_twice_stops_the_run(settings):
    orders(settings, "1", "2", "2", "2")
    found = check_orders(settings)
    assert stops(found)
    assert messages(found) == ["raw_shopify.orders.repeated_keys is above 0: it is 2"]


def test_a_key_without_value_stops_the_run(settings):
    orders(settings, "1", None)
    assert stops(check_orders(settings))


def test_whole_keys_pass_and_their_number_is_kept_for_the_next_check(settings):
    orders(settings, "1", "2", "3")
    found = check_orders(settings)
    results.append(settings, "raw", RUN_AT, AS_OF, found)
    assert not stops(found)
    assert results.previous_row_counts(settings, "raw") == {"raw_shopify.orders": 3}


def test_a_table_that_lost_most_of_its_rows_stops_the_run_and_says_what_it_had(settings):
    orders(settings, "1", "2")
    found = check_orders(settings, previous={"raw_shopify.orders": 5000})
    assert stops(found)
    assert "had 5,000 rows the last time it was checked and has 2 now" in messages(found)[0]


def test_a_count_that_was_refused_does_not_become_the_one_to_compare_with(settings):
    orders(settings, "1", "2", "3", "4")
    results.append(settings, "raw", RUN_AT, AS_OF, check_orders(settings))
    orders(settings, "1")
    refused = check_orders(settings, results.previous_row_counts(settings, "raw"))
    results.append(settings, "raw", RUN_AT.replace(hour=6), AS_OF, refused)
    assert stops(refused)
    assert results.previous_row_counts(settings, "raw") == {"raw_shopify.orders": 4}


def test_rejected_rows_of_the_latest_load_warn_with_counts_and_first_reasons(settings):
    put(settings, "raw_files._dlt_loads", load_id=["1", "2"])
    put(
        settings,
        "raw_files.rejected",
        table_name=["orders", "orders", "order_items", "orders"],
        reason=["no date", "no date", "no sku", "of an earlier load"],
        _dlt_load_id=["2", "2", "2", "1"],
    )
    found = validate(settings, "raw", [raw.rejected_suite(settings, "files")])
    assert not stops(found)
    assert messages(found) == [
        "3 rows of files were rejected by the last load; orders: no date (2); "
        "order_items: no sku (1)"
    ]


def test_a_warning_does_not_stop_the_run(settings):
    put(settings, "raw_files.products", status=["active", "odd"])
    suite = Suite(
        "raw_files.products",
        [gxe.ExpectColumnValuesToBeInSet(column="status", value_set=["active"], severity=WARNING)],
    )
    found = validate(settings, "raw", [suite])
    assert not stops(found)
    assert messages(found) == [
        "raw_files.products.status is none of ['active'] in 1 of 2 rows, such as odd"
    ]


def test_a_table_that_cannot_be_read_stops_the_run(settings):
    put(settings, "raw_files.orders", id=["1"])
    suite = Suite("raw_files.stores", [gxe.ExpectColumnValuesToNotBeNull(column="currency")])
    found = validate(settings, "raw", [suite])
    assert stops(found)
    assert messages(found)[0].startswith("raw_files.stores cannot be checked: ")


def test_a_column_that_is_missing_stops_the_run(settings):
    put(settings, "raw_files.stores", store_id=["1"])
    suite = Suite("raw_files.stores", [gxe.ExpectColumnValuesToNotBeNull(column="currency")])
    assert stops(validate(settings, "raw", [suite]))


def test_only_the_columns_that_expectations_name_are_read(settings):
    put(settings, "raw_files.stores", store_id=["1"], name=["x"], currency=["GBP"])
    suite = Suite(
        "raw_files.stores",
        [
            gxe.ExpectColumnValuesToNotBeNull(column="currency"),
            gxe.ExpectCompoundColumnsToBeUnique(column_list=["store_id", "currency"]),
        ],
    )
    assert list(suite.read(settings)) == ["currency", "store_id"]


def test_only_rows_of_the_latest_load_are_looked_at(settings):
    put(settings, "raw_shopify.shop", currency_code=["old", "GBP"], _dlt_load_id=["1", "2"])
    suite = Suite(
        "raw_shopify.shop",
        [gxe.ExpectColumnValuesToMatchRegex(column="currency_code", regex="^[A-Z]{3}$")],
        where="_dlt_load_id = (select max(_dlt_load_id) from {table})",
    )
    assert suite.read(settings)["currency_code"].tolist() == ["GBP"]


def test_money_is_compared_as_numbers(settings):
    put(settings, "raw_files.products", unit_cost=[Decimal("1.50"), Decimal("-0.01")])
    suite = Suite(
        "raw_files.products",
        [gxe.ExpectColumnValuesToBeBetween(column="unit_cost", min_value=0)],
    )
    found = validate(settings, "raw", [suite])
    assert messages(found) == [
        "raw_files.products.unit_cost is below 0 in 1 of 2 rows, such as -0.01"
    ]


def test_results_and_data_docs_are_kept(settings):
    orders(settings, "1", "1")
    results.append(settings, "raw", RUN_AT, AS_OF, check_orders(settings))
    kept = warehouse.read_table(settings, "ops.quality_results").to_pylist()
    failed = [row for row in kept if not row["success"]]
    assert [(row["suite"], row["column_name"], row["severity"]) for row in failed] == [
        ("raw_shopify.orders keys", "repeated_keys", "critical")
    ]
    assert {row["as_of_date"] for row in kept} == {AS_OF}
    assert (settings.gx_docs_dir / "raw" / "index.html").is_file()


def sales(settings, day_revenue, all_time_revenue):
    """Two days of one store and what else the totals are compared with."""
    put(
        settings,
        "sales.metrics",
        store_id=["all", "all", "all"],
        period_type=["day", "day", "all_time"],
        total_revenue=[*day_revenue, all_time_revenue],
        orders_count=[1, 1, 2],
    )
    put(
        settings,
        "sales.metrics_by_product",
        store_id=["all"],
        period_type=["all_time"],
        total_revenue=[all_time_revenue],
    )
    put(
        settings,
        "metrics.kpis",
        metric_id=["sales.total_revenue"],
        store_id=["all"],
        period_type=["all_time"],
        value=[all_time_revenue],
    )
    put(
        settings,
        "core.orders",
        is_valid=[True, True, False, True],
        order_day=[date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 2), date(2026, 4, 1)],
    )
    put(
        settings,
        "core.order_items",
        is_valid=[True, True, False, True, True],
        is_gift_card=[False, False, False, True, False],
        order_day=[date(2026, 3, 1)] * 4 + [date(2026, 4, 1)],
        total_amount=[
            Decimal("10.10"),
            Decimal("5.00"),
            Decimal("99"),
            Decimal("50"),
            Decimal("7"),
        ],
    )


def test_published_totals_that_agree_pass(settings):
    sales(settings, [Decimal("10.10"), Decimal("5.00")], Decimal("15.10"))
    suites = [published.REVENUE_TOTALS, published.core_totals(AS_OF)]
    assert messages(validate(settings, "published", suites)) == []


def test_days_that_do_not_add_up_to_the_total_stop_the_run(settings):
    sales(settings, [Decimal("10.10"), Decimal("4.99")], Decimal("15.10"))
    found = validate(settings, "published", [published.REVENUE_TOTALS])
    assert stops(found)
    assert "sales.metrics.days_differ_by" in messages(found)[0]


def test_days_that_do_not_agree_with_core_stop_the_run(settings):
    sales(settings, [Decimal("10.10"), Decimal("6.00")], Decimal("16.10"))
    assert stops(validate(settings, "published", [published.core_totals(AS_OF)]))


def test_an_old_newest_order_warns(settings):
    sales(settings, [Decimal("10.10"), Decimal("5.00")], Decimal("15.10"))
    found = validate(settings, "published", [published.freshness(settings, AS_OF)])
    assert not stops(found)
    assert messages(found) == [
        "the newest order is of 2026-03-02, more than 3 days before 2026-03-31"
    ]


def test_a_shop_without_orders_is_not_stale(settings):
    put(settings, "core.orders", is_valid=[True], order_day=[date(2026, 4, 1)])
    suite = published.freshness(settings, AS_OF)
    assert messages(validate(settings, "published", [suite])) == []


def test_a_report_row_without_its_key_stops_the_run_and_an_empty_report_is_fine(settings):
    put(settings, "reports.weekly_sales", store_id=["s", None], note=["a", None])
    warehouse.execute(settings, 'create table "reports"."customer_insights" (store_id varchar)')
    found = validate(settings, "published", published.report_suites(settings))
    assert messages(found) == [
        "reports.weekly_sales.store_id is null in 1 of 2 rows",
    ]
    assert [each.stops_the_run for each in found if not each.success] == [True]


def test_a_rank_of_zero_and_a_share_above_the_whole_stop_the_run(settings):
    put(settings, "reports.dead_stock_value", bucket_rank=[0, 1], stock_value_pct=[100.0, 100.01])
    found = validate(settings, "published", published.report_suites(settings))
    assert messages(found) == [
        "reports.dead_stock_value.bucket_rank is below 1 in 1 of 2 rows, such as 0",
        "reports.dead_stock_value.stock_value_pct is not within 0 and 100 in 1 of 2 rows, "
        "such as 100.01",
    ]


def stock(settings, by_product, by_location):
    """Stock of 30.50 in all on the day of the run, and 10 the day before."""
    total = {"store_id": ["all"], "period_type": ["all_time"]}
    whole = {**total, "stock_value": [Decimal("30.50")], "current_stock_quantity": [3]}
    put(settings, "inventory.metrics", **whole)
    put(settings, "inventory.metrics_by_category", **whole)
    for name, values in {"product": by_product, "location": by_location}.items():
        put(
            settings,
            f"inventory.metrics_by_{name}",
            store_id=["all"] * 2,
            period_type=["all_time"] * 2,
            stock_value=values,
            current_stock_quantity=[1, 2],
        )
    put(
        settings,
        "core.stock_daily",
        day=[date(2026, 3, 30), AS_OF],
        stock_value=[Decimal("10"), Decimal("30.50")],
        closing=[1, 3],
    )


def test_stock_that_adds_up_by_sku_and_by_location_passes(settings):
    stock(settings, [Decimal("10.50"), Decimal("20")], [Decimal("30"), Decimal("0.50")])
    suite = published_inventory.totals(AS_OF)
    assert messages(validate(settings, "published", [suite])) == []


def test_a_location_whose_stock_is_missing_in_the_total_stops_the_run(settings):
    stock(settings, [Decimal("10.50"), Decimal("20")], [Decimal("30"), Decimal("1.50")])
    found = validate(settings, "published", [published_inventory.totals(AS_OF)])
    assert stops(found)
    assert [text.split(" ")[0] for text in messages(found)] == [
        "inventory.metrics.locations_differ_by"
    ]


def returned(settings, by_reason):
    """Three units for 45 in all, on two days; a rejected and a later return do not count."""
    put(
        settings,
        "returns.metrics",
        store_id=["all"] * 3,
        period_type=["all_time", "day", "day"],
        returned_units=[3, 1, 2],
        return_value=[Decimal("45"), Decimal("15"), Decimal("30")],
    )
    put(
        settings,
        "returns.metrics_by_reason",
        store_id=["all"] * 3,
        period_type=["all_time"] * 3,
        return_reason_detail=[None, None, "too_small"],
        returned_units=by_reason,
        return_value=[Decimal("15"), Decimal("30"), Decimal("30")],
    )
    put(
        settings,
        "returns.metrics_by_product",
        store_id=["all"],
        period_type=["all_time"],
        returned_units=[3],
        return_value=[Decimal("45")],
    )
    put(
        settings,
        "core.return_items",
        quantity_returned=[1, 2, 4, 8],
        refund_amount=[Decimal("15"), Decimal("30"), Decimal("60"), Decimal("99")],
        is_counted=[True, True, False, True],
        return_date=[date(2026, 3, 1), AS_OF, AS_OF, date(2026, 4, 1)],
    )


def test_returns_that_add_up_by_reason_pass(settings):
    returned(settings, [1, 2, 2])
    suite = published_returns.totals(AS_OF)
    assert messages(validate(settings, "published", [suite])) == []


def test_returns_without_a_reason_stop_the_run(settings):
    returned(settings, [1, 1, 1])
    found = validate(settings, "published", [published_returns.totals(AS_OF)])
    assert stops(found)
    assert "returns.metrics.reasons_differ_by" in messages(found)[0]


@pytest.fixture
def prepared(settings, monkeypatch):
    """Every raw table, empty; the variables of the process name this warehouse."""
    from dlt_pipelines import landing

    monkeypatch.setenv("WAREHOUSE", "duckdb")
    for name, value in {
        "DUCKDB_PATH": settings.duckdb_path,
        "GX_DOCS_DIR": settings.gx_docs_dir,
        "STATE_DIR": settings.state_dir,
    }.items():
        monkeypatch.setenv(name, str(value))
    landing.prepare(settings)
    return settings


def test_an_empty_shop_passes_the_raw_checks(prepared):
    from expectations.__main__ import main

    assert main(["raw", "--as-of", "2026-03-31"]) == 0


def test_a_broken_promise_ends_the_command_with_code_1_and_one_line_that_says_it(prepared, caplog):
    from expectations.__main__ import main

    shop = warehouse.relation(prepared, "raw_shopify.shop")
    warehouse.execute(
        prepared,
        f"insert into {shop} (store_id, id, currency_code, iana_timezone, _dlt_load_id) "
        "values ('s', '1', 'pounds', 'UTC', '1')",
    )
    assert main(["raw", "--as-of", "2026-03-31"]) == 1
    last = caplog.records[-1].getMessage()
    assert "raw_shopify.shop.currency_code does not look like ^[A-Z]{3}$" in last
    assert "\n" not in last


def test_published_checks_before_anything_was_built_fail_in_words(prepared, caplog):
    from expectations.__main__ import main

    assert main(["published", "--as-of", "2026-03-31"]) == 1
    assert "core" in caplog.records[-1].getMessage()
    assert "has not run yet" in caplog.records[-1].getMessage()
