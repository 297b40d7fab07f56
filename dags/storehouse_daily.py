"""
## The daily run

Lands what changed in every source, checks it, builds the core tables, learns from them, forecasts,
builds the published tables, checks those, and exports the reports and charts. Each task is a command that you can type in the project's folder;
it stands in the task's documentation, and its output in the task's log.

On DuckDB, which has one writer at a time, all tasks wait for the one slot of the pool `warehouse`;
`make airflow` and the demo make it (`airflow pools set warehouse 1 "One writer at a time"`).

Give `as_of` to build a past day; else the run's own day in the shop's time zone counts.

### When it is red
The failed task's last line says what is wrong. Nothing after it ran, so readers still have the
tables of the last good run, or the new ones from which only exports are missing.

| Task | What to do |
|---|---|
| `prepare`, any task that names the warehouse | The database is not reachable, or a DuckDB file is open elsewhere. Close that, then clear the task. |
| `land_*` | The source refused the token, was away, or a file lacks a column. Mend that, then clear the task: landing goes on where it stopped. |
| `check_raw` | A source broke a promise. Look at Data Docs (`gx_docs/raw/index.html`); mend the source and clear the `land_*` task. When rows vanished on purpose: `python -m expectations raw --accept-row-counts`. |
| `build_*` | A model or a dbt test failed. The last line names it; the task's own command with `--select <name>` in the place of `--selector` repeats it alone. |
| `learn` | A task of `ml/` failed; the last line says why. What was learned the day before is still there. |
| `forecast` | The forecast failed; the last line says why. Those of earlier days are still there. `storehouse forecast` repeats it by hand. |
| `check_published` | Figures disagree with what they are made of: do not use them. Look at `gx_docs/published/index.html`. |
| `export` | Mostly a full or read-only disk. Clear the task. |
"""  # noqa: E501 (a Markdown table's row is one line)

from airflow.sdk import Param, dag

from dags.common import AS_OF, DEFAULT_ARGS, SETTINGS, START, as_of, tasks
from storehouse.steps import run_of, steps


@dag(
    schedule="0 5 * * *",
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    user_defined_macros={"as_of": as_of},
    params={"as_of": Param(None, type=["null", "string"], format="date", title="As of")},
    doc_md=__doc__,
    tags=["storehouse"],
)
def storehouse_daily() -> None:
    tasks(steps(SETTINGS, run_of(SETTINGS, AS_OF)))


storehouse_daily()
