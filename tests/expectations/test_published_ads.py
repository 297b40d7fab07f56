"""What the suites of the ads tables say of rows that break promises, on small stand-in tables."""

from datetime import date
from decimal import Decimal

import pytest

from expectations import published_ads
from expectations.run import validate
from storehouse import warehouse
from tests.small_warehouse import put

AS_OF = date(2026, 3, 31)
DAY_BEFORE = date(2026, 3, 30)


def messages(settings, *suites):
    """What fails, each without the table's name."""
    found = validate(settings, "published", suites)
    return [
        str(each.message).removeprefix(f"{each.table_name}.") for each in found if not each.success
    ]


def metrics(settings, *, google="30.00", core="30.00"):
    """Thirty spent in all by each way of adding up, but for what is given."""
    whole: dict[str, list[object]] = {
        "store_id": ["all"], "period_type": ["all_time"], "clicks": [4],
        "revenue_from_ads": [Decimal("80")],
    }  # fmt: skip
    put(
        settings, "ads.metrics", store_id=["all"] * 3, period_type=["all_time", "day", "day"],
        total_ad_spend=[Decimal("30"), Decimal("10"), Decimal("20")], clicks=[4, 1, 3],
        revenue_from_ads=[Decimal("80"), Decimal("0"), Decimal("80")],
    )  # fmt: skip
    put(settings, "ads.metrics_by_platform", **whole, total_ad_spend=[Decimal(google)])
    put(settings, "ads.metrics_by_campaign", **whole, total_ad_spend=[Decimal("30")])
    put(
        settings, "core.ad_performance", date=[AS_OF, date(2026, 4, 1)], clicks=[4, 7],
        spend=[Decimal(core), Decimal("9")], revenue=[Decimal("80"), Decimal("9")],
    )  # fmt: skip


def test_spend_that_adds_up_by_platform_campaign_and_day_passes(settings):
    metrics(settings)
    assert messages(settings, published_ads.totals(AS_OF)) == []


@pytest.mark.parametrize(
    ("told", "name"),
    [({"google": "29.99"}, "platforms"), ({"core": "30.01"}, "core")],
)
def test_spend_that_differs_is_told_by_what_differs(settings, told, name):
    metrics(settings, **told)
    failed = messages(settings, published_ads.totals(AS_OF))
    assert [text.split(" ")[0] for text in failed] == [f"{name}_spend_differs_by"]


def breakdowns(settings, clicks_of_ads, campaigns=("1", "1", "1")):
    put(
        settings, "core.ad_breakdowns", store_id=["s"] * 3, source=["google_ads"] * 3,
        campaign_id=list(campaigns), date=[AS_OF] * 3, level=["campaign", "ad", "ad"],
        audience_type=[None] * 3, impressions=[90, 60, 30], clicks=[9, *clicks_of_ads],
        spend=[Decimal("3"), Decimal("1"), Decimal("2")],
    )  # fmt: skip


def test_ads_that_add_up_to_their_campaign_pass(settings):
    breakdowns(settings, [4, 5])
    assert messages(settings, published_ads.LEVELS) == []


def test_ads_that_leave_a_click_out_are_told(settings):
    breakdowns(settings, [4, 4])
    assert messages(settings, published_ads.LEVELS) == [
        "days_whose_clicks_differ is above 0: it is 1"
    ]


def test_rows_of_a_campaign_that_is_not_told_itself_are_told(settings):
    breakdowns(settings, [9, 0], ("1", "2", "2"))
    assert messages(settings, published_ads.LEVELS) == ["days_without_campaign is above 0: it is 1"]


def credits_of(settings, credits, amounts):
    put(
        settings, "ads.attribution", store_id=["s"] * 2, order_id=["1"] * 2,
        model=["linear"] * 2, credit=credits, revenue=list(map(Decimal, amounts)),
    )  # fmt: skip
    put(
        settings, "core.order_items", store_id=["s"] * 2, order_id=["1"] * 2,
        is_valid=[True, True], is_gift_card=[False, True],
        total_amount=[Decimal("20"), Decimal("50")],
    )  # fmt: skip


def test_an_order_that_is_wholly_credited_passes_without_its_gift_card(settings):
    credits_of(settings, [0.3, 0.7], ["6", "14"])
    assert messages(settings, published_ads.CREDITS) == []


def test_an_order_that_is_credited_in_part_or_too_dear_is_told(settings):
    credits_of(settings, [0.3, 0.6], ["6", "15"])
    assert messages(settings, published_ads.CREDITS) == [
        "orders_whose_credits_are_not_1 is above 0: it is 1",
        "orders_whose_revenue_differs is above 0: it is 1",
    ]


def channels(settings, *spend):
    """Five spent on a platform and two on a touch of no ad campaign, up to the day of the run."""
    put(settings, "core.ad_campaigns", store_id=["s"], campaign_id=["1"])
    put(
        settings, "core.ad_performance", store_id=["s"] * 2, date=[AS_OF, date(2026, 4, 1)],
        spend=[Decimal("5"), Decimal("8")],
    )  # fmt: skip
    put(
        settings, "core.touchpoints", store_id=["s"] * 2, campaign_id=["1", None],
        touch_day=[AS_OF] * 2, cost=[Decimal("3"), Decimal("2")],
    )  # fmt: skip
    put(
        settings, "ads.attribution_by_channel", store_id=["s"] * len(spend),
        period_type=["all_time"] * len(spend), model=["linear"] * len(spend),
        spend=list(map(Decimal, spend)),
    )  # fmt: skip


def test_all_spend_stands_beside_a_model(settings):
    channels(settings, "5", "2")
    assert messages(settings, published_ads.spend_of_channels(AS_OF)) == []


def test_spend_that_no_channel_has_is_told(settings):
    channels(settings, "5")
    assert messages(settings, published_ads.spend_of_channels(AS_OF)) == [
        "spend_differs_by is not within -0.005 and 0.005 in 1 of 1 rows, such as -2.0"
    ]


def test_a_metric_of_the_catalog_without_a_value_is_told_unless_nothing_is_built(settings):
    put(
        settings, "metrics.catalog", module=["ads", "ads", "sales"],
        metric_id=["ads.clicks", "ads.spend", "sales.orders"],
    )  # fmt: skip
    put(
        settings, "metrics.kpis", metric_id=["ads.clicks"], period_type=["all_time"],
        store_id=["all"],
    )  # fmt: skip
    put(settings, "ads.metrics", store_id=["all"])
    assert len(messages(settings, published_ads.KPIS)) == 1
    warehouse.execute(settings, "delete from ads.metrics")
    assert messages(settings, published_ads.KPIS) == []


def test_what_was_learned_on_an_earlier_day_is_a_warning(settings):
    for name in published_ads.LEARNED:
        put(settings, f"raw_ml.{name}", as_of_date=[AS_OF])
    put(settings, "raw_ml.ab_tests", as_of_date=[AS_OF, DAY_BEFORE])
    found = validate(settings, "published", published_ads.learned(AS_OF))
    failed = [each for each in found if not each.success]
    assert [each.message for each in failed] == [
        "raw_ml.ab_tests was learned before 2026-03-31: run python -m ml"
    ]
    assert not failed[0].stops_the_run
