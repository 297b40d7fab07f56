"""What is learned from the core tables: functions from frames to frames, one module a task.

`python -m ml` runs every task and `python -m ml allocation` one; each reads relations of the core
step and writes its tables in raw_ml whole, as of the run's day. Nothing else knows a warehouse.
"""
