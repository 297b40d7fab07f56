"""Lands what a shop and its ad platforms know, one package for each source."""

import os

# Where Airflow is installed dlt asks it for settings: seconds of imports, a metadata database made
# in the home folder, and Airflow's logging in place of ours. dlt reads this before its first use.
os.environ.setdefault("PROVIDERS__ENABLE_AIRFLOW_SECRETS", "false")
