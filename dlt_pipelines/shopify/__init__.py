"""Shopify Admin GraphQL API -> raw_shopify. Run: python -m dlt_pipelines shopify"""
