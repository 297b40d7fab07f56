"""The tables of the made-up shop: names, columns and types, created empty.

Instants are naive UTC, money is in the shop's currency, ids are unique within a table. The tables
of `main` hold the whole timeline; `views.py` shows them as of an instant in the schema `live`.
"""

from __future__ import annotations

import duckdb

MONEY = "DECIMAL(18,4)"

VISIT_FIELDS = (
    "at",
    "source",
    "source_type",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "landing_page",
    "referrer_url",
)

SHOP_TABLES = {
    "shop": """
        shop_id BIGINT, name TEXT, myshopify_domain TEXT, email TEXT, currency_code TEXT,
        time_zone TEXT, country_code TEXT, created_at TIMESTAMP""",
    "locations": """
        location_id BIGINT, name TEXT, is_active BOOLEAN, is_retail BOOLEAN, city TEXT,
        province TEXT, country_code TEXT""",
}

CATALOG_TABLES = {
    "suppliers": """
        supplier_id TEXT, supplier_name TEXT, country_code TEXT, lead_time_days INTEGER""",
    "products": """
        product_id BIGINT, title TEXT, description TEXT, category TEXT, sub_category TEXT,
        brand TEXT, supplier_id TEXT, status TEXT, is_gift_card BOOLEAN, tags TEXT,
        created_at TIMESTAMP, updated_at TIMESTAMP, deleted_at TIMESTAMP""",
    "product_titles": """
        product_id BIGINT, old_title TEXT, new_title TEXT, changed_at TIMESTAMP""",
    "variants": f"""
        variant_id BIGINT, product_id BIGINT, inventory_item_id BIGINT, sku TEXT, title TEXT,
        position INTEGER, price {MONEY}, compare_at_price {MONEY}, unit_cost {MONEY},
        tracked BOOLEAN, inventory_policy TEXT, created_at TIMESTAMP, updated_at TIMESTAMP""",
    "price_changes": f"""
        variant_id BIGINT, old_price {MONEY}, new_price {MONEY}, reason TEXT,
        effective_at TIMESTAMP""",
    "cost_history": f"variant_id BIGINT, unit_cost {MONEY}, effective_date DATE",
    "promotions": """
        promotion_id BIGINT, title TEXT, code TEXT, category TEXT, percent_off DECIMAL(5,2),
        starts_at TIMESTAMP, ends_at TIMESTAMP""",
    "inventory_levels": """
        inventory_item_id BIGINT, location_id BIGINT, available INTEGER, on_hand INTEGER,
        committed INTEGER, reserved INTEGER, damaged INTEGER, safety_stock INTEGER,
        quality_control INTEGER, incoming INTEGER, updated_at TIMESTAMP""",
}

STOCK_TABLES = {
    "order_locations": "order_id BIGINT, location_id BIGINT",
    "fulfillments": """
        fulfillment_id BIGINT, order_id BIGINT, location_id BIGINT, created_at TIMESTAMP,
        status TEXT""",
    "stock_movements": f"""
        movement_id BIGINT, inventory_item_id BIGINT, location_id BIGINT, kind TEXT,
        quantity INTEGER, reference_id TEXT, moved_at TIMESTAMP, unit_cost {MONEY},
        supplier_id TEXT, note TEXT""",
    "purchase_orders": f"""
        po_id TEXT, supplier_id TEXT, variant_id BIGINT, sku TEXT, quantity_ordered INTEGER,
        quantity_received INTEGER, unit_cost {MONEY}, ordered_on DATE, expected_on DATE,
        delivered_on DATE, status TEXT, location_id BIGINT, received_at TIMESTAMP""",
    "transfers": f"""
        transfer_id TEXT, variant_id BIGINT, sku TEXT, from_location_id BIGINT,
        to_location_id BIGINT, quantity INTEGER, transfer_cost {MONEY}, shipped_at TIMESTAMP,
        received_at TIMESTAMP""",
    "stock_counts": """
        count_id TEXT, variant_id BIGINT, sku TEXT, location_id BIGINT, counted_quantity INTEGER,
        system_quantity INTEGER, counted_at TIMESTAMP""",
}

ORDER_TABLES = {
    "customers": """
        customer_id BIGINT, first_name TEXT, last_name TEXT, email TEXT, phone TEXT, city TEXT,
        province TEXT, country_code TEXT, created_at TIMESTAMP, updated_at TIMESTAMP""",
    "orders": f"""
        order_id BIGINT, name TEXT, created_at TIMESTAMP, processed_at TIMESTAMP,
        closed_at TIMESTAMP, cancelled_at TIMESTAMP, cancel_reason TEXT, deleted_at TIMESTAMP,
        edited_at TIMESTAMP, is_test BOOLEAN, customer_id BIGINT, email TEXT,
        presentment_currency TEXT, presentment_rate DECIMAL(18,8), taxes_included BOOLEAN,
        financial_status TEXT, fulfillment_status TEXT, source_name TEXT, app_name TEXT,
        retail_location_id BIGINT, payment_gateway TEXT, discount_code TEXT, city TEXT,
        province TEXT, country_code TEXT, zip TEXT, tags TEXT, note TEXT, journey_ready BOOLEAN,
        customer_order_index INTEGER, days_to_conversion INTEGER,
        {
        ", ".join(
            f"{visit}_visit_{field} {'TIMESTAMP' if field == 'at' else 'TEXT'}"
            for visit in ("first", "last")
            for field in VISIT_FIELDS
        )
    }""",
    "order_touches": "order_id BIGINT, touched_at TIMESTAMP, tag TEXT, note TEXT",
    "order_lines": f"""
        line_id BIGINT, order_id BIGINT, position INTEGER, product_id BIGINT, variant_id BIGINT,
        sku TEXT, title TEXT, variant_title TEXT, vendor TEXT, quantity INTEGER,
        added_at TIMESTAMP, unit_price {MONEY}, is_gift_card BOOLEAN, requires_shipping BOOLEAN,
        tax_rate DECIMAL(6,5), tax_amount {MONEY}, unit_cost {MONEY}""",
    "line_discounts": f"""
        line_id BIGINT, order_id BIGINT, position INTEGER, application_index INTEGER,
        amount {MONEY}""",
    "discount_applications": f"""
        order_id BIGINT, application_index INTEGER, target_type TEXT, kind TEXT, code TEXT,
        title TEXT, target_selection TEXT, allocation_method TEXT, value_type TEXT,
        value {MONEY}""",
    "shipping_lines": f"""
        shipping_line_id BIGINT, order_id BIGINT, title TEXT, code TEXT, original_price {MONEY},
        discounted_price {MONEY}, tax_amount {MONEY}""",
    "transactions": f"""
        transaction_id BIGINT, order_id BIGINT, parent_id BIGINT, refund_id BIGINT, kind TEXT,
        status TEXT, gateway TEXT, amount {MONEY}, fee_amount {MONEY}, processed_at TIMESTAMP""",
    "refunds": f"""
        refund_id BIGINT, order_id BIGINT, processed_at TIMESTAMP, note TEXT,
        total_refunded {MONEY}""",
    "refund_lines": f"""
        refund_line_id BIGINT, refund_id BIGINT, order_id BIGINT, line_id BIGINT,
        quantity INTEGER, restock_type TEXT, subtotal {MONEY}, tax_amount {MONEY},
        location_id BIGINT""",
    "refund_adjustments": f"""
        adjustment_id BIGINT, refund_id BIGINT, order_id BIGINT, reason TEXT, amount {MONEY},
        tax_amount {MONEY}""",
    "deletions": "subject_type TEXT, subject_id BIGINT, deleted_at TIMESTAMP",
}

RETURN_TABLES = {
    "return_reasons": "handle TEXT, name TEXT, reason TEXT",
    "returns": f"""
        return_id BIGINT, order_id BIGINT, name TEXT, status TEXT, return_type TEXT,
        requested_at TIMESTAMP, approved_at TIMESTAMP, declined_at TIMESTAMP, decline_reason TEXT,
        decline_note TEXT, canceled_at TIMESTAMP, received_at TIMESTAMP, inspected_at TIMESTAMP,
        closed_at TIMESTAMP, refund_id BIGINT, restocking_fee {MONEY},
        return_shipping_fee {MONEY}, shipping_cost {MONEY}, processing_cost {MONEY},
        inspection_notes TEXT""",
    "return_lines": f"""
        return_line_id BIGINT, return_id BIGINT, order_id BIGINT, line_id BIGINT,
        quantity INTEGER, reason_handle TEXT, reason_note TEXT, customer_note TEXT,
        condition TEXT, disposition TEXT, location_id BIGINT, disposed_at TIMESTAMP,
        restocked_value {MONEY}, refund_line_id BIGINT""",
    "exchange_lines": f"""
        exchange_line_id BIGINT, return_id BIGINT, order_id BIGINT, variant_id BIGINT,
        quantity INTEGER, additional_payment {MONEY}""",
}

TRUTH_TABLES = {
    "truth_elasticities": "variant_id BIGINT, elasticity DOUBLE",
    "truth_return_rates": "category TEXT, reason TEXT, rate DOUBLE",
    "truth_channel_effects": "channel TEXT, share DOUBLE, aov_factor DOUBLE",
    "truth_seasonality": "kind TEXT, key TEXT, factor DOUBLE",
    "truth_stockouts": "variant_id BIGINT, first_day DATE, last_day DATE",
    "truth_late_suppliers": "supplier_id TEXT, late_share DOUBLE, mean_delay_days DOUBLE",
    "truth_shrinkage": """
        inventory_item_id BIGINT, location_id BIGINT, counted_at TIMESTAMP, units INTEGER""",
    "truth_segments": "customer_id BIGINT, segment TEXT",
    "truth_serial_returners": "customer_id BIGINT, rate DOUBLE",
    "truth_defective_batches": """
        variant_id BIGINT, sku TEXT, first_day DATE, last_day DATE, rate DOUBLE""",
    "truth_size_problems": "category TEXT, rate DOUBLE",
    "truth_ledger_daily": f"""
        day DATE, gross_sales {MONEY}, discounts {MONEY}, returns {MONEY}, net_sales {MONEY},
        shipping {MONEY}, tax {MONEY}, refund_adjustments {MONEY}, orders BIGINT, units BIGINT""",
}

TABLES = {
    **SHOP_TABLES,
    **CATALOG_TABLES,
    **ORDER_TABLES,
    **RETURN_TABLES,
    **STOCK_TABLES,
    **TRUTH_TABLES,
}


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """All tables of the shop, empty, in the schema main."""
    for name, columns in TABLES.items():
        con.execute(f"create or replace table main.{name} ({columns})")
