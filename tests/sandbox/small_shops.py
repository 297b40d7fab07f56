"""Made-up shops for the tests, each generated once; whoever changes one makes an own one."""

from datetime import date
from functools import cache
from typing import Any

from sandbox.shop import Shop, ShopSpec, generate

END = date(2026, 6, 30)


def new_shop(**spec: Any) -> Shop:
    """A small shop that the test may change."""
    return generate(ShopSpec(**{"end": END, "orders": 400, "products": 30, "months": 6, **spec}))


@cache
def ordinary_shop() -> Shop:
    """Large enough to hold every oddity; to be read only."""
    return generate(ShopSpec(end=END, orders=8_000, products=120))


@cache
def narrow_shop() -> Shop:
    """Few products that sell much; to be read only."""
    return generate(ShopSpec(end=END, orders=25_000, products=25))


def rows(shop: Shop, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return shop.con.execute(query, list(values)).fetchall()


def value(shop: Shop, query: str, *values: Any) -> Any:
    """The one value that a query gives."""
    ((only,),) = rows(shop, query, *values)
    return only
