"""Lands what a shop and its ad platforms know, one package for each source."""

import os

# dlt asks Airflow for settings wherever it is installed: seconds of imports, a metadata database
# made in the home folder, and Airflow's logging in place of ours. It must know before its first use.
os.environ.setdefault("PROVIDERS__ENABLE_AIRFLOW_SECRETS", "false")
