"""A local replica of Shopify's Admin GraphQL API over a made-up shop.

    with ShopifySandbox(shop) as sandbox:
        ...  # sandbox.url, sandbox.access_token, sandbox.faults(kind="http_429")

A query becomes SQL over the schema `api` (`snapshot.sql`), by the field maps in `fields/`: a page
and a bulk file are made of the same expressions. `schema.graphql` is what can be asked.
Run: python -m sandbox
"""

from sandbox.shopify_api.sandbox import ShopifySandbox

__all__ = ["ShopifySandbox"]
