"""Orders, their lines, discounts and shipping, and customers: how their fields are read."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.shopify_api.errors import bad_request
from sandbox.shopify_api.fields.catalog import (
    LIST_OF_TAGS,
    changes,
    legacy_id,
    sorted_by_change,
)
from sandbox.shopify_api.mapping import (
    Arguments,
    Choice,
    Column,
    Entity,
    Field,
    Filter,
    Listed,
    Many,
    One,
    Spec,
    Value,
    column,
    columns,
    gid,
    instant,
    money,
    money_bag,
    text,
)

NO_TEXT = Column("cast(null as varchar)")


def _address(kind: str, key: str) -> Value:
    return Value({
        **columns("city", "province", countryCodeV2="country_code"),
        "country": column("country_code"),
        "zip": column("zip") if key == "order_id" else NO_TEXT,
        "id": Column(f"'gid://shopify/MailingAddress/' || {{t}}.{key} || '?model_name={kind}'"),
    }, "{t}.country_code is not null", "MailingAddress")  # fmt: skip


def _visit(which: str) -> Value:
    name = f"{{t}}.{which}_visit"
    utm = {part: Column(f"{name}_utm_{part}") for part in ("source", "medium", "campaign")}
    return Value({
        "id": Column(f"'gid://shopify/CustomerVisit/' || {{t}}.order_id || '?visit={which}'"),
        "occurredAt": instant(f"{which}_visit_at"),
        "source": Column(f"coalesce({name}_source, 'direct')"),
        "sourceType": Column(f"upper({name}_source_type)"),
        "sourceDescription": Column(f"{name}_source"),
        "landingPage": Column(f"{name}_landing_page"),
        "referrerUrl": Column(f"{name}_referrer_url"),
        "utmParameters": Value(
            {**utm, "content": NO_TEXT, "term": NO_TEXT},
            f"coalesce({name}_utm_source, {name}_utm_medium, {name}_utm_campaign) is not null",
            "UTMParameters",
        ),
    }, f"{name}_at is not null", "CustomerVisit")  # fmt: skip


def _tax_line(price: str, rate: str, exists: str) -> Value:
    return Value({
        "title": Column("'Tax'"),
        "rate": Column(f"cast({rate} as double)"),
        "ratePercentage": Column(f"cast({rate} * 100 as double)"),
        "priceSet": money_bag(price),
        "channelLiable": Column("false"),
    }, exists, "TaxLine")  # fmt: skip


def _discounted_total(arguments: Arguments) -> Spec:
    total = "{t}.original_total - {t}.line_level_discounts"
    if arguments["withCodeDiscounts"]:
        return money_bag(f"({total})")
    return money_bag(f"({total} + {{t}}.line_level_code_discounts)")


def _fulfillments(arguments: Arguments) -> Spec:
    if arguments.get("query"):
        raise bad_request("The sandbox does not search an order's fulfillments")
    return Many("Fulfillment", "order_id")


def _per_unit(total: str) -> str:
    return f"cast(round(({total}) / greatest({{t}}.quantity, 1), 2) as decimal(18, 4))"


def _application(**own: str) -> Mapping[str, Field]:
    percentage = Value({"percentage": Column("cast({t}.value as double)")}, None,
                       "PricingPercentageValue")  # fmt: skip
    return {
        **columns(index="application_index", allocationMethod="allocation_method",
                  targetSelection="target_selection", targetType="target_type"),
        "value": Choice("{t}.value_type", {
            "PERCENTAGE": percentage, "FIXED": money("{t}.value"),
        }),
        **columns(**own),
    }  # fmt: skip


APPLICATION = Choice("{t}.kind", {
    "CODE": Value(_application(code="code"), None, "DiscountCodeApplication"),
    "AUTOMATIC": Value(_application(title="title"), None, "AutomaticDiscountApplication"),
    "MANUAL": Value(
        _application(title="title", description="title"), None, "ManualDiscountApplication"
    ),
})  # fmt: skip

DISCOUNT_APPLICATION = Entity(
    "DiscountApplication", "api.discount_applications", "application_key", APPLICATION,
    position="application_index",
)  # fmt: skip

ALLOCATION = Value({
    "allocatedAmountSet": money_bag("{t}.amount"),
    "discountApplication": APPLICATION,
}, None, "DiscountAllocation")  # fmt: skip

LINE_DISCOUNT = Entity(
    "DiscountAllocation", "api.line_discounts", "line_id", ALLOCATION, position="position"
)
SHIPPING_DISCOUNT = Entity(
    "DiscountAllocation", "api.shipping_discounts", "shipping_line_id", ALLOCATION,
    position="application_index",
)  # fmt: skip

CUSTOMER = Entity("Customer", "api.customers", "customer_id", Value({
    **columns("email", "phone", firstName="first_name", lastName="last_name"),
    "id": gid("Customer", "customer_id"),
    "legacyResourceId": legacy_id("customer_id"),
    "displayName": Column("concat_ws(' ', {t}.first_name, {t}.last_name)"),
    "state": Column("'ENABLED'"),
    "tags": Column("cast([] as varchar[])"),
    "note": NO_TEXT,
    "createdAt": instant("created_at"),
    "updatedAt": instant("updated_at"),
    "numberOfOrders": legacy_id("order_count"),
    "amountSpent": money("{t}.amount_spent"),
    "defaultAddress": _address("CustomerAddress", "customer_id"),
    "defaultEmailAddress": Value(
        columns(emailAddress="email"), "{t}.email is not null", "CustomerEmailAddress"
    ),
    "defaultPhoneNumber": Value(
        columns(phoneNumber="phone"), "{t}.phone is not null", "CustomerPhoneNumber"
    ),
    "orders": Many("Order", "customer_id"),
}), sorts=sorted_by_change("customer_id"),
    filters={**changes("customer_id"), "email": text("{t}.email"),
             "country": text("{t}.country_code")},
)  # fmt: skip

ORDER_AMOUNTS = {
    "subtotalPriceSet": "subtotal",
    "totalDiscountsSet": "discounts",
    "cartDiscountAmountSet": "line_discounts",
    "totalTaxSet": "tax",
    "totalShippingPriceSet": "shipping",
    "totalPriceSet": "total",
    "originalTotalPriceSet": "total",
    "currentSubtotalPriceSet": "current_subtotal",
    "currentTotalDiscountsSet": "discounts",
    "currentTotalTaxSet": "current_tax",
    "currentTotalPriceSet": "current_total",
    "currentShippingPriceSet": "current_shipping",
    "totalReceivedSet": "received",
    "totalRefundedSet": "refunded",
    "totalRefundedShippingSet": "refunded_shipping",
}

CHANNEL = (
    "case {t}.source_name when 'web' then '580111' when 'pos' then '129785'"
    " when 'shopify_draft_order' then '1354745' else {t}.source_name end"
)

ORDER = Entity("Order", "api.orders", "order_id", Value({
    **columns("name", "email", "note", test="is_test", cancelReason="cancel_reason",
              taxesIncluded="taxes_included", presentmentCurrencyCode="presentment_currency",
              displayFinancialStatus="financial_status", sourceName="source_name",
              displayFulfillmentStatus="fulfillment_status", discountCode="discount_code",
              returnStatus="return_status", subtotalLineItemsQuantity="quantity",
              currentSubtotalLineItemsQuantity="current_quantity"),
    **{name: money_bag(f"{{t}}.{amount}") for name, amount in ORDER_AMOUNTS.items()},
    "id": gid("Order", "order_id"),
    "legacyResourceId": legacy_id("order_id"),
    "tags": LIST_OF_TAGS,
    "edited": Column("{t}.edited_at is not null"),
    "createdAt": instant("created_at"),
    "processedAt": instant("processed_at"),
    "updatedAt": instant("updated_at"),
    "closedAt": instant("closed_at"),
    "closed": Column("{t}.closed_at is not null"),
    "cancelledAt": instant("cancelled_at"),
    "currencyCode": Column("api.shop_currency()"),
    "sourceIdentifier": NO_TEXT,
    "paymentGatewayNames": Column(
        "case when {t}.payment_gateway is null then [] else [{t}.payment_gateway] end"
    ),
    "discountCodes": Column(
        "case when {t}.discount_code is null then [] else [{t}.discount_code] end"
    ),
    "totalTipReceivedSet": money_bag("cast(0 as decimal(18, 4))"),
    "originalTotalDutiesSet": money_bag("cast(0 as decimal(18, 4))", "false"),
    "currentTotalDutiesSet": money_bag("cast(0 as decimal(18, 4))", "false"),
    "totalOutstandingSet": money_bag(
        "cast(if({t}.cancelled_at is null, greatest({t}.total - {t}.received, 0), 0)"
        " as decimal(18, 4))"
    ),
    "netPaymentSet": money_bag("({t}.received - {t}.refunded)"),
    "app": Value({
        "id": Column(f"'gid://shopify/App/' || {CHANNEL}"), "name": column("app_name"),
    }, "{t}.app_name is not null", "OrderApp"),
    "channelInformation": Value({
        "id": Column(f"'gid://shopify/ChannelInformation/' || {CHANNEL}"),
        "channelId": Column(f"'gid://shopify/Channel/' || {CHANNEL}"),
        "displayName": column("app_name"),
        "channelDefinition": Value({
            "id": Column(f"'gid://shopify/ChannelDefinition/' || {CHANNEL}"),
            "handle": column("source_name"),
            "channelName": column("app_name"),
            "isMarketplace": Column("regexp_full_match({t}.source_name, '[0-9]+')"),
        }, None, "ChannelDefinition"),
    }, "{t}.app_name is not null and {t}.source_name != 'shopify_draft_order'",
        "ChannelInformation"),
    "retailLocation": One("Location", "retail_location_id"),
    "customer": One("Customer", "customer_id"),
    "shippingAddress": _address("ShippingAddress", "order_id"),
    "billingAddress": _address("BillingAddress", "order_id"),
    "taxLines": Listed((_tax_line("{t}.tax", "null", "{t}.tax != 0"),)),
    "lineItems": Many("LineItem", "order_id"),
    "shippingLine": One("ShippingLine", "shipping_line_id"),
    "shippingLines": Many("ShippingLine", "order_id"),
    "discountApplications": Many("DiscountApplication", "order_id"),
    "transactions": Many("OrderTransaction", "order_id"),
    "refunds": Many("Refund", "order_id"),
    "fulfillments": _fulfillments,
    "returns": Many("Return", "order_id"),
    "customerJourneySummary": Value({
        "ready": Column("coalesce({t}.journey_ready, false)"),
        "customerOrderIndex": column("customer_order_index"),
        "daysToConversion": column("days_to_conversion"),
        "firstVisit": _visit("first"),
        "lastVisit": _visit("last"),
    }, "{t}.journey_ready is not null", "CustomerJourneySummary"),
}), sorts={**sorted_by_change("order_id"), "PROCESSED_AT": "processed_at",
           "ORDER_NUMBER": "order_id", "TOTAL_PRICE": "total"},
    filters={
        **changes("order_id"),
        "processed_at": Filter("{t}.processed_at", "instant"),
        "financial_status": text("{t}.financial_status"),
        "fulfillment_status": text("{t}.fulfillment_status"),
        "return_status": text("{t}.return_status"),
        "status": Filter("{t}", "order_status"),
        "name": text("{t}.name"),
        "email": text("{t}.email"),
        "source_name": text("{t}.source_name"),
        "customer_id": Filter("{t}.customer_id", "number"),
        "test": Filter("{t}.is_test", "boolean"),
        "tag": Filter("string_split(lower({t}.tags), ', ')", "list"),
    },
)  # fmt: skip

LINE_ITEM = Entity("LineItem", "api.order_lines", "line_id", Value({
    **columns("title", "vendor", "sku", "quantity", variantTitle="variant_title",
              currentQuantity="current_quantity", refundableQuantity="current_quantity",
              unfulfilledQuantity="unfulfilled_quantity",
              isGiftCard="is_gift_card", requiresShipping="requires_shipping"),
    "id": gid("LineItem", "line_id"),
    "name": Column("concat_ws(' - ', {t}.title, {t}.variant_title)"),
    "taxable": Column("{t}.tax_rate > 0"),
    "product": One("Product", "product_id"),
    "variant": One("ProductVariant", "variant_id"),
    "originalUnitPriceSet": money_bag("{t}.unit_price"),
    "originalTotalSet": money_bag("{t}.original_total"),
    "discountedTotalSet": _discounted_total,
    "discountedUnitPriceSet": money_bag(_per_unit(
        "{t}.original_total - {t}.line_level_discounts + {t}.line_level_code_discounts"
    )),
    "discountedUnitPriceAfterAllDiscountsSet": money_bag(
        _per_unit("{t}.original_total - {t}.all_discounts")
    ),
    "totalDiscountSet": money_bag("{t}.line_level_discounts"),
    "discountAllocations": Many("LineDiscount", "line_id"),
    "taxLines": Listed((_tax_line("{t}.tax_amount", "{t}.tax_rate", "{t}.tax_amount != 0"),)),
}), position="position")  # fmt: skip

SHIPPING_LINE = Entity("ShippingLine", "api.shipping_lines", "shipping_line_id", Value({
    **columns("title", "code"),
    "id": gid("ShippingLine", "shipping_line_id"),
    "source": Column("'shopify'"),
    "custom": Column("false"),
    "isRemoved": Column("false"),
    "originalPriceSet": money_bag("{t}.original_price"),
    "discountedPriceSet": money_bag("{t}.discounted_price"),
    "currentDiscountedPriceSet": money_bag("{t}.discounted_price"),
    "discountAllocations": Many("ShippingDiscount", "shipping_line_id"),
    "taxLines": Listed((_tax_line(
        "{t}.tax_amount",
        "round({t}.tax_amount / nullif({t}.discounted_price, 0), 4)",
        "{t}.tax_amount != 0",
    ),)),
}))  # fmt: skip
