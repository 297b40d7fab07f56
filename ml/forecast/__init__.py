"""Forecasts of sales, demand and ads, each series' model chosen by how it did on the past."""
