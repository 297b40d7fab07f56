"""The bench finds the shop that it measures, and can move its clock."""

from datetime import datetime, timedelta

from bench.scenario import END, _move, _sandbox


def test_the_bench_lands_from_the_sandbox_that_it_starts(tmp_path):
    now = datetime(END.year, END.month, END.day)
    with _sandbox(400, now, tmp_path) as served:
        assert set(served) == {"SOURCES__SHOPIFY__SHOP_URL", "SOURCES__SHOPIFY__ACCESS_TOKEN"}
        _move(served["SOURCES__SHOPIFY__SHOP_URL"], now + timedelta(days=1))
