"""Measures how fast Storehouse lands and builds. Run: python -m bench"""
