"""A local replica of Shopify's Admin GraphQL API over a made-up shop.

    with ShopifySandbox(shop) as sandbox:
        ...  # sandbox.url, sandbox.access_token, sandbox.faults(kind="http_429")

A query becomes SQL over the schema `api` (`snapshot.sql`), by the field maps in `fields/`: a page
and a bulk file are made of the same expressions. `schema.graphql` is what can be asked.

An order's `updatedAt` moves with whatever happens to it: an edit, a payment, a refund, a tag, its
fulfillment, and every step of its returns. It does not move when something that it only refers to
changes: a product that is deleted or renamed, a location, the name of a return's reason. Stock has
instants of its own: neither the item's `updatedAt` nor the product's moves with a level's.
Run: python -m sandbox
"""

from sandbox.shopify_api.sandbox import ShopifySandbox

__all__ = ["ShopifySandbox"]
