"""A made-up shop, generated from a seed into DuckDB. Run: generate(ShopSpec(end=date(2026, 6, 30)))

`Shop.con` is the DuckDB connection, `Shop.at(now)` shows the shop as of an instant in the schema
`live`. The tables `truth_*` tell what the shop was made from.
"""

from sandbox.shop.generate import generate
from sandbox.shop.shop import Shop
from sandbox.shop.spec import ShopSpec

__all__ = ["Shop", "ShopSpec", "generate"]
