"""What lands in raw_files: one table for each file that a shop may bring.

`required` columns must stand in the file and in every row; the others may be absent or empty.
An `instant` lands as ISO 8601 text: with a trailing Z it is that instant, without one it is local
to the store's time zone, which staging applies. A `day` may come with a time, which is cut off.
Every table has `store_id` ('default' where the file has none), `_file` and `_line`.
"""

from dataclasses import dataclass, field

from dlt_pipelines.tables import Table

DLT_TYPES = {"instant": "text", "day": "date", "json": "text", "zone": "text", "currency": "text"}

# Values that decide how a row counts: a row with another one is rejected. What only describes a
# row (a channel, a product's status, a return reason, a condition) lands as it comes.
ALLOWED: dict[str, tuple[str, ...]] = {
    "orders.order_status": ("pending", "completed", "cancelled", "refunded"),
    "inventory_transactions.transaction_type": (
        "purchase", "sale", "return", "transfer", "adjustment",
    ),
    "returns.return_status": ("pending", "approved", "rejected", "completed"),
    "returns.return_type": ("refund", "exchange", "store_credit"),
    "touchpoints.interaction": ("click", "view"),
    "promotions.discount_type": ("percent_off", "dollar_off", "bogo"),
    "price_rules.rule_kind": ("time", "stock", "demand", "competitor", "cost_plus"),
    "season_budgets.budget_category": (
        "inventory", "marketing", "operations", "logistics", "technology", "contingency",
    ),
    "season_expenses.budget_category": (
        "inventory", "marketing", "operations", "logistics", "technology", "contingency",
    ),
    "season_expenses.kind": ("actual", "committed"),
    "milestones.status": ("not_started", "in_progress", "completed", "overdue"),
    "season_notes.kind": ("worked", "did_not_work", "surprise", "recommendation"),
    "targets.period_type": ("day", "week", "month"),
}  # fmt: skip

# One of these columns must be filled.
EITHER: dict[str, tuple[str, ...]] = {"touchpoints": ("customer_id", "visitor_id")}

# Keys made from a parent and the number of its line where the file has none.
MADE_KEYS: dict[str, tuple[str, str]] = {
    "order_items": ("order_item_id", "order_id"),
    "return_items": ("return_item_id", "return_id"),
}

# What an empty cell of a key column means.
KEY_DEFAULTS: dict[str, str] = {"store_id": "default", "warehouse_location": "main"}


@dataclass(frozen=True)
class FileTable:
    """A file's table: key columns, required columns and column kinds (dlt type, instant or day).

    An empty key means that rows add up: nothing makes one row replace another.
    """

    name: str
    key: tuple[str, ...]
    required: tuple[str, ...]
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, str]:
        """Every column that is known, the store first."""
        return {"store_id": "text"} | self.columns

    @property
    def whole_key(self) -> tuple[str, ...]:
        """The key with the store before it."""
        return tuple(dict.fromkeys(("store_id", *self.key))) if self.key else ()

    def raw(self) -> Table:
        """The raw table, with the columns that say where a row came from."""
        types = {name: DLT_TYPES.get(kind, kind) for name, kind in self.kinds.items()}
        columns = types | {"_file": "text", "_line": "bigint"}
        return Table(self.name, self.whole_key, columns, "replace")


def _columns(text: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Required names and kinds from words such as `order_id! order_date:instant! sku`."""
    words = text.split()
    required = tuple(word.split(":")[0].rstrip("!") for word in words if word.endswith("!"))
    pairs = (word.rstrip("!").partition(":") for word in words)
    return required, {name: kind or "text" for name, _, kind in pairs}


def _file(name: str, key: str, columns: str) -> FileTable:
    required, kinds = _columns(columns)
    return FileTable(name, tuple(key.split()), required, kinds)


TABLES: tuple[FileTable, ...] = (
    _file("stores", "store_id", "store_id! store_name currency:currency time_zone:zone country"),
    _file(
        "products",
        "sku",
        "sku! product_name description category sub_category brand supplier_id unit_cost:money "
        "current_price:money list_price:money minimum_price:money maximum_price:money "
        "target_margin_percent:decimal reorder_point:bigint safety_stock_level:bigint "
        "lead_time_days:bigint order_multiple:bigint minimum_order_quantity:bigint "
        "launch_date:day status created_at:instant updated_at:instant",
    ),
    _file(
        "customers",
        "customer_id",
        "customer_id! customer_name email phone registration_date:day customer_segment status "
        "city state country created_at:instant",
    ),
    _file(
        "orders",
        "order_id",
        "order_id! customer_id order_date:instant! order_status! is_test:bool subtotal:money "
        "discount_amount:money tax_amount:money shipping_amount:money total_amount:money "
        "payment_method shipping_method channel traffic_source device_type city state country "
        "currency:currency created_at:instant",
    ),
    _file(
        "order_items",
        "order_item_id",
        "order_item_id order_id! sku! product_name quantity:bigint! unit_price:money! "
        "unit_cost:money discount_amount:money total_amount:money",
    ),
    _file("suppliers", "supplier_id", "supplier_id! supplier_name country lead_time_days:bigint"),
    _file(
        "purchase_orders",
        "po_id sku",
        "po_id! supplier_id sku! quantity_ordered:bigint! quantity_received:bigint "
        "unit_cost:money order_date:instant! expected_delivery_date:day actual_delivery_date:day "
        "status warehouse_location",
    ),
    _file(
        "inventory",
        "sku warehouse_location last_updated",
        "sku! warehouse_location quantity_on_hand:bigint! quantity_reserved:bigint "
        "quantity_available:bigint last_updated:instant!",
    ),
    _file(
        "inventory_transactions",
        "transaction_id",
        "transaction_id! sku! transaction_type! quantity:bigint! unit_cost:money "
        "warehouse_location reference_id transaction_date:instant! supplier_id notes",
    ),
    _file(
        "stock_counts",
        "sku warehouse_location counted_at",
        "sku! warehouse_location counted_quantity:bigint! counted_at:instant!",
    ),
    _file(
        "transfers",
        "transfer_id sku",
        "transfer_id! sku! from_location! to_location! quantity:bigint! transfer_cost:money "
        "transfer_date:instant! received_date:day",
    ),
    _file(
        "returns",
        "return_id",
        "return_id! order_id customer_id return_date:day! return_status return_type "
        "total_refund_amount:money processing_cost:money restocking_fee:money "
        "shipping_cost:money received_date:day inspection_date:day refund_date:day "
        "exchange_processed_date:day inspection_notes",
    ),
    _file(
        "return_items",
        "return_item_id",
        "return_item_id return_id! order_item_id sku! quantity_returned:bigint! "
        "return_reason_category return_reason_detail condition_received resaleable:bool "
        "restocked_value:money refund_amount:money",
    ),
    _file(
        "exchanges",
        "",
        "return_id! original_sku exchange_sku exchange_order_id additional_payment:money",
    ),
    _file(
        "ad_campaigns",
        "campaign_id",
        "campaign_id! platform! campaign_name campaign_type status budget:money start_date:day "
        "end_date:day objective currency:currency",
    ),
    _file(
        "ad_performance",
        "",
        "campaign_id! date:day! impressions:bigint! clicks:bigint! spend:money! "
        "conversions:decimal revenue:money video_views:bigint engagements:bigint "
        "add_to_carts:bigint device_type location ad_group_id ad_id keyword "
        "currency:currency",
    ),
    _file(
        "auction_insights",
        "campaign_id date competitor",
        "campaign_id! date:day! competitor! impression_share:decimal! overlap_rate:decimal "
        "position_above_rate:decimal top_of_page_rate:decimal outranking_share:decimal",
    ),
    _file(
        "web_sessions",
        "session_id",
        "session_id! customer_id visitor_id timestamp:instant! utm_source utm_medium "
        "utm_campaign landing_page device_type location page_views:bigint add_to_carts:bigint "
        "sign_ups:bigint purchases:bigint order_id revenue:money",
    ),
    _file(
        "touchpoints",
        "",
        "customer_id visitor_id timestamp:instant! channel! campaign_id interaction device_type "
        "cost:money",
    ),
    _file(
        "pricing_history",
        "sku effective_date",
        "sku! old_price:money! new_price:money! change_reason effective_date:day! created_by",
    ),
    _file(
        "competitor_pricing",
        "competitor_id sku price_check_date",
        "competitor_id! competitor_name sku! competitor_product_id competitor_price:money! "
        "in_stock:bool price_check_date:day! product_url "
        "currency:currency",
    ),
    _file(
        "cost_data",
        "sku cost_date",
        "sku! cost_of_goods:money! cost_date:day! supplier_id shipping_cost:money "
        "handling_cost:money total_landed_cost:money",
    ),
    _file(
        "promotions",
        "promotion_id sku",
        "promotion_id! sku discount_type discount_value:decimal start_date:day! end_date:day!",
    ),
    _file(
        "price_rules",
        "rule_id",
        "rule_id! rule_kind sku category parameters:json floor:money ceiling:money "
        "max_change_pct:decimal max_changes:bigint period_days:bigint auto_approve_pct:decimal "
        "priority:bigint active:bool",
    ),
    _file(
        "seasons",
        "season_id",
        "season_id! season_name! season_type start_date:day! end_date:day! peak_dates "
        "total_budget:money revenue_target:money profit_target:money status",
    ),
    _file(
        "season_budgets",
        "",
        "season_id! budget_category! sub_category budgeted_amount:money! actual_spend:money "
        "committed_spend:money minimum_amount:money maximum_amount:money must_have:bool notes",
    ),
    _file(
        "season_expenses",
        "",
        "season_id! expense_date:day! budget_category! sub_category amount:money! kind notes",
    ),
    _file(
        "milestones",
        "milestone_id",
        "milestone_id! season_id! milestone_name! phase deadline:day! responsible_party status "
        "depends_on notes",
    ),
    _file("season_notes", "", "season_id! kind note!"),
    _file(
        "targets",
        "period_type period_start",
        "period_type! period_start:day! revenue_target:money! orders_target:bigint",
    ),
    _file(
        "marketing_expenses",
        "",
        "expense_date:day! amount:money! kind channel",
    ),
    _file(
        "exchange_rates",
        "date from_currency to_currency",
        "date:day! from_currency:currency! to_currency:currency! rate:rate!",
    ),
    _file(
        "operations_daily",
        "date",
        "date:day! tickets:bigint first_response_hours:decimal orders_shipped:bigint "
        "shipping_days:decimal shipping_cost:money site_errors:bigint site_response_ms:decimal",
    ),
)
BY_NAME = {table.name: table for table in TABLES}

REJECTED = Table(
    "rejected",
    (),
    {
        "store_id": "text",
        "table_name": "text",
        "reason": "text",
        "record": "text",
        "_file": "text",
        "_line": "bigint",
    },
    merge_key=("table_name",),
)
RAW_TABLES: tuple[Table, ...] = (*(table.raw() for table in TABLES), REJECTED)
