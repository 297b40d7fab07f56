"""DAGs: they schedule the steps of `storehouse/steps.py` and know nothing of what those do."""
