"""Turns report tables into files."""
