"""What a second landing changes in the small shop: every way in which old orders change.

Files are replaced whole, so all of their rows have the new load; of Shopify, only what changed.
"""

from tests.dbt_project.small_shop import FILES

LATER = "1700009999.0"

_SHOPIFY = f"""
    update raw_shopify.orders set cancelled_at = '2024-03-30T00:00:00Z', _dlt_load_id = '{LATER}'
    where id = 'S9';
    insert into raw_shopify.deletions (store_id, subject_type, subject_id, deleted_at, _dlt_load_id)
    values ('ny', 'ORDER', 'S8', '2024-03-30T00:00:00Z', '{LATER}');
    insert into raw_shopify.customers (store_id, id, email, created_at, _dlt_load_id)
    values ('ny', 'c3', 'new@shop.test', '2024-03-30T00:00:00Z', '{LATER}');
    update raw_shopify.inventory_items set unit_cost_amount = 2, _dlt_load_id = '{LATER}'
    where id = 'iB';
    insert into raw_shopify.orders (
        store_id, id, created_at, processed_at, is_test, taxes_included, currency_code,
        presentment_currency_code, financial_status, source_name, total_tax_amount, customer_id,
        _dlt_load_id
    ) values (
        'ny', 'S15', '2024-03-30T12:00:00Z', '2024-03-30T12:00:00Z', false, false, 'USD',
        'USD', 'PAID', 'web', 0, 'c1', '{LATER}'
    );
    update raw_shopify.order_lines set quantity = 1, _dlt_load_id = '{LATER}' where id = 'S1-1';
    delete from raw_shopify.order_lines where id = 'S1-2';
    update raw_shopify.orders set _dlt_load_id = '{LATER}' where id = 'S1';
    insert into raw_shopify.order_lines (
        store_id, id, order_id, position, title, sku, quantity, original_unit_price_amount,
        _dlt_load_id
    ) values ('ny', 'S15-1', 'S15', 1, 'Apple', 'A', 4, 10, '{LATER}');
"""
_FILES = f"""
    delete from raw_files.orders where order_id = 'U3';
    delete from raw_files.order_items where order_id = 'U3';
    update raw_files.order_items set unit_cost = 6 where order_id = 'U1';
    update raw_files.cost_data set cost_of_goods = 4.5 where cost_date = '2024-03-01';
    insert into raw_files.exchange_rates (store_id, date, from_currency, to_currency, rate,
        _dlt_load_id)
    values ('uk', '2024-03-20', 'GBP', 'USD', 1.5, '{LATER}');
"""
_RELOADED = "".join(f"update {table} set _dlt_load_id = '{LATER}';\n" for table in FILES)

CHANGES = _SHOPIFY + _FILES + _RELOADED
