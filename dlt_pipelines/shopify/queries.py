"""What is asked of Shopify's Admin GraphQL API, page by page and in bulk.

Every record carries its `__typename`: lines of a bulk result are told apart by it. Fields that need
a scope of their own are left out where the token lacks it.
"""

from collections.abc import Collection

PAGE_INFO = "pageInfo { hasNextPage endCursor }"
MONEY = "{ shopMoney { amount } presentmentMoney { amount } }"
VISIT = """{
    occurredAt source sourceType landingPage referrerUrl
    utmParameters { source medium campaign }
}"""

CONNECT = """query StorehouseConnect {
    currentAppInstallation { accessScopes { handle } }
    shop {
        __typename id name myshopifyDomain email currencyCode ianaTimezone
        shopAddress { countryCodeV2 }
    }
}"""

LOCATION = """__typename id name isActive fulfillsOnlineOrders
    address { city province countryCode }"""

PRODUCT = """__typename id title description handle vendor productType category { name } tags status
    isGiftCard createdAt updatedAt publishedAt"""

VARIANT = """__typename id product { id } sku title barcode position price compareAtPrice
    inventoryPolicy createdAt updatedAt"""

INVENTORY_ITEM = """__typename id sku tracked unitCost { amount currencyCode }
    createdAt updatedAt"""

STATES = (
    "available", "committed", "incoming", "on_hand", "reserved", "damaged", "safety_stock",
    "quality_control",
)  # fmt: skip
INVENTORY_LEVEL = f"""__typename id item {{ id tracked }} location {{ id }}
    quantities(names: [{", ".join(f'"{state}"' for state in STATES)}]) {{
        name quantity updatedAt
    }}"""

CUSTOMER = """__typename id firstName lastName displayName
    defaultEmailAddress { emailAddress } defaultPhoneNumber { phoneNumber } state tags
    defaultAddress { city province countryCodeV2 }
    numberOfOrders amountSpent { amount currencyCode } createdAt updatedAt"""

ORDER = f"""__typename id name email createdAt processedAt updatedAt closedAt
    cancelledAt cancelReason test edited taxesIncluded currencyCode presentmentCurrencyCode
    displayFinancialStatus displayFulfillmentStatus sourceName app {{ name }}
    channelInformation {{ channelDefinition {{ channelName }} }}
    paymentGatewayNames discountCodes tags
    shippingAddress {{ city province countryCodeV2 zip }}
    billingAddress {{ city province countryCodeV2 zip }}
    subtotalPriceSet {MONEY} totalDiscountsSet {MONEY} totalTaxSet {MONEY}
    totalShippingPriceSet {MONEY} totalTipReceivedSet {MONEY} originalTotalDutiesSet {MONEY}
    totalPriceSet {MONEY} currentTotalPriceSet {MONEY} totalRefundedSet {MONEY}
    customerJourneySummary {{
        ready customerOrderIndex daysToConversion firstVisit {VISIT} lastVisit {VISIT}
    }}
    transactions {{
        id kind status gateway test processedAt createdAt parentTransaction {{ id }}
        amountSet {MONEY} fees {{ amount {{ amount }} }}
    }}"""

REFUND = f"""id note createdAt processedAt updatedAt totalRefundedSet {MONEY}"""

FULFILLMENT = "id status createdAt"

LINE_ITEM = f"""__typename id sku title variantTitle vendor quantity
    currentQuantity unfulfilledQuantity isGiftCard requiresShipping taxable
    originalUnitPriceSet {MONEY} originalTotalSet {MONEY} discountedTotalSet {MONEY}
    discountAllocations {{ allocatedAmountSet {MONEY} discountApplication {{ index }} }}
    taxLines {{ title rate priceSet {MONEY} }}"""

SHIPPING_LINE = f"""__typename id title code isRemoved
    originalPriceSet {MONEY} discountedPriceSet {MONEY} taxLines {{ priceSet {MONEY} }}"""

DISCOUNT_APPLICATION = """__typename index allocationMethod targetSelection targetType
    value { ... on MoneyV2 { amount } ... on PricingPercentageValue { percentage } }
    ... on DiscountCodeApplication { code }
    ... on ManualDiscountApplication { title }
    ... on AutomaticDiscountApplication { title }"""

REFUND_LINE = f"""__typename lineItem {{ id }} quantity restockType
    subtotalSet {MONEY} totalTaxSet {MONEY}"""
REFUND_ADJUSTMENT = f"__typename id reason amountSet {MONEY} taxAmountSet {MONEY}"
REFUND_SHIPPING_LINE = f"""__typename id shippingLine {{ id }}
    subtotalAmountSet {MONEY} taxAmountSet {MONEY}"""

RETURN = f"""__typename id name status createdAt requestApprovedAt closedAt
    decline {{ reason note }} returnShippingFees {{ amountSet {MONEY} }}"""
RETURN_LINE = f"""__typename id quantity refundedQuantity processedQuantity
    returnReasonDefinition {{ handle name }} returnReasonNote customerNote
    ... on ReturnLineItem {{
        fulfillmentLineItem {{ lineItem {{ id }} }} restockingFee {{ amountSet {MONEY} }}
    }}"""
EXCHANGE_LINE = "__typename id variantId quantity processedQuantity"
REVERSE_ORDER = "__typename id"
REVERSE_LINE = "__typename id fulfillmentLineItem { lineItem { id } }"
DISPOSITION = "id type quantity createdAt"

# Fields that a scope of their own gives.
BY_SCOPE: dict[str, dict[str, str]] = {
    VARIANT: {"read_inventory": "inventoryItem { id }"},
    ORDER: {"read_customers": "customer { id }", "read_locations": "retailLocation { id }"},
    LINE_ITEM: {"read_products": "product { id } variant { id }"},
    FULFILLMENT: {"read_locations": "location { id }"},
    REFUND: {"read_returns": "return { id }"},
    REFUND_LINE: {"read_locations": "location { id }"},
    DISPOSITION: {"read_locations": "location { id }"},
}
Children = dict[str, tuple[str, str]]


def granted(fields: str, scopes: Collection[str]) -> str:
    """These fields with those that the scopes give besides."""
    more = (names for scope, names in BY_SCOPE[fields].items() if scope in scopes)
    return " ".join([fields, *more])


def order(scopes: Collection[str]) -> str:
    """Fields of an order and of what stands in lists inside it."""
    fields = f"{granted(ORDER, scopes)} refunds {{ {granted(REFUND, scopes)} }}"
    if "read_fulfillments" not in scopes:
        return fields
    return f"{fields} fulfillments {{ {granted(FULFILLMENT, scopes)} }}"


def order_children(scopes: Collection[str]) -> Children:
    """Connections within an order: arguments and fields."""
    return {
        "lineItems": ("", granted(LINE_ITEM, scopes)),
        "shippingLines": ("includeRemovals: true", SHIPPING_LINE),
        "discountApplications": ("", DISCOUNT_APPLICATION),
        **({"returns": ("", RETURN)} if "read_returns" in scopes else {}),
    }


def parts(scopes: Collection[str]) -> dict[str, Children]:
    """What is asked for by id: the connections within objects of each type."""
    dispositions = f"dispositions {{ {granted(DISPOSITION, scopes)} }}"
    return {
        "Refund": {
            "refundLineItems": ("", granted(REFUND_LINE, scopes)),
            "orderAdjustments": ("", REFUND_ADJUSTMENT),
            "refundShippingLines": ("", REFUND_SHIPPING_LINE),
        },
        "Return": {
            "returnLineItems": ("", RETURN_LINE),
            "exchangeLineItems": ("", EXCHANGE_LINE),
            "reverseFulfillmentOrders": ("", REVERSE_ORDER),
        },
        "ReverseFulfillmentOrder": {"lineItems": ("", f"{REVERSE_LINE} {dispositions}")},
    }


def _inner(children: Children) -> str:
    """Connections inside a paged object, each with its first page."""
    return " ".join(
        f"{name}(first: $inner{', ' + arguments if arguments else ''})"
        f" {{ nodes {{ {fields} }} {PAGE_INFO} }}"
        for name, (arguments, fields) in children.items()
    )


def page(
    connection: str, fields: str, *, arguments: str = "", children: Children | None = None
) -> str:
    """One page of a connection at the root, filtered by `$query`."""
    inner = "$inner: Int!, " if children else ""
    more = f", {arguments}" if arguments else ""
    return f"""query Storehouse_{connection}({inner}$first: Int!, $after: String, $query: String) {{
    {connection}(first: $first, after: $after, query: $query{more}) {{
        nodes {{ {fields} {_inner(children or {})} }} {PAGE_INFO}
    }}
}}"""


def rest_of(kind: str, connection: str, arguments: str, fields: str) -> str:
    """The further pages of a connection inside an object of this type."""
    more = f", {arguments}" if arguments else ""
    return f"""query Storehouse_{kind}_{connection}($id: ID!, $first: Int!, $after: String) {{
    node(id: $id) {{
        ... on {kind} {{
            {connection}(first: $first, after: $after{more}) {{
                nodes {{ {fields} }} {PAGE_INFO}
            }}
        }}
    }}
}}"""


def by_ids(kind: str, children: Children) -> str:
    """Objects of one type by id, with what stands in connections inside them."""
    return f"""query Storehouse_{kind}($ids: [ID!]!, $inner: Int!) {{
    nodes(ids: $ids) {{
        ... on {kind} {{ __typename id {_inner(children)} }}
    }}
}}"""


def _edges(children: Children) -> str:
    return " ".join(
        f"{name}{f'({arguments})' if arguments else ''} {{ edges {{ node {{ {fields} }} }} }}"
        for name, (arguments, fields) in children.items()
    )


def bulk(connection: str, fields: str, search: str, children: Children | None = None) -> str:
    """A query for bulkOperationRunQuery. Its name marks the job as ours.

    It never sorts by UPDATED_AT: together with a filter on updated_at that leaves records out.
    """
    matching = f'(query: "{search}")' if search else ""
    return f"""query {BULK_NAME}_{connection} {{
    {connection}{matching} {{
        edges {{ node {{ {fields} {_edges(children or {})} }} }}
    }}
}}"""


BULK_NAME = "StorehouseBulk"

START_BULK = """mutation StorehouseStartBulk($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: false) {
        bulkOperation { id status }
        userErrors { code message }
    }
}"""

POLL_BULK = """query StorehousePollBulk($id: ID!) {
    bulkOperation(id: $id) {
        id status errorCode objectCount rootObjectCount url partialDataUrl
    }
}"""

LATEST_BULK = """query StorehouseLatestBulk {
    bulkOperations(first: 50, reverse: true, query: "operation_type:query") {
        nodes { id status query }
    }
}"""

CANCEL_BULK = """mutation StorehouseCancelBulk($id: ID!) {
    bulkOperationCancel(id: $id) {
        bulkOperation { id status }
        userErrors { message }
    }
}"""

EVENTS = f"""query StorehouseEvents($first: Int!, $after: String, $query: String) {{
    events(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {{
        nodes {{ __typename id createdAt ... on BasicEvent {{ subjectId subjectType }} }}
        {PAGE_INFO}
    }}
}}"""


def count(field: str) -> str:
    """How many objects match `$query`, without an upper limit."""
    return f"""query Storehouse_{field}($query: String) {{
    {field}(query: $query, limit: null) {{ count precision }}
}}"""
