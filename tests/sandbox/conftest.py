"""Running Shopify sandboxes for the tests."""

from collections.abc import Iterator

import pytest

from sandbox.shopify_api import ShopifySandbox
from tests.sandbox.small_shops import new_shop


@pytest.fixture(scope="session")
def sandbox() -> Iterator[ShopifySandbox]:
    """An ordinary shop, its instant at the end; to be read only. Bulk operations end at once."""
    shop = new_shop(orders=2_000, products=60, months=12)
    with ShopifySandbox(shop, bulk="immediate") as running:
        yield running
