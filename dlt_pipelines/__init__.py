"""Lands what a shop and its ad platforms know, one package for each source."""
