"""Measures how fast Storehouse lands, builds and forecasts. Run: python -m bench"""
