"""
## Past days again

Lands and checks once, then for every day from `first_day` to `last_day`, one after the other,
builds the tables as of that day, checks them and exports the reports to `exports/<day>/`.
Afterwards the published tables stand as of `last_day`; the next daily run brings them up to date.

### When it is red
The failed day's last line says what is wrong, as in `storehouse_daily`; days before it are done.
Mend the cause, then clear the failed `rebuild`.
"""

from datetime import date, timedelta

from airflow.sdk import Param, dag
from airflow.sdk import task as python_task

from dags.common import AS_OF, DEFAULT_ARGS, SETTINGS, START, StepOperator, as_of, tasks
from storehouse.steps import rebuild, run_of, steps


@python_task
def commands(params: dict[str, str] | None = None) -> list[str]:
    """One command for each day of the range; a range that ends before it begins is an error."""
    assert params is not None
    first, last = (date.fromisoformat(params[name][:10]) for name in ("first_day", "last_day"))
    if last < first:
        raise ValueError(f"last_day {last} is before first_day {first}")
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [rebuild(day.isoformat()).shell for day in days]


def day_param(title: str) -> Param:
    return Param("2026-01-01", title=title, type="string", format="date")


@dag(
    schedule=None,
    start_date=START,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    user_defined_macros={"as_of": as_of},
    params={
        "first_day": day_param("First day"),
        "last_day": day_param("Last day"),
    },
    doc_md=__doc__,
    tags=["storehouse"],
)
def storehouse_backfill() -> None:
    landing = [
        step
        for step in steps(SETTINGS, run_of(SETTINGS, AS_OF))
        if step.stage in ("prepare", "land") or step.name == "check_raw"
    ]
    checked = tasks(landing)["check_raw"]
    rebuilt = StepOperator.partial(
        task_id="rebuild",
        task_display_name="Rebuild a day",
        max_active_tis_per_dagrun=1,
        execution_timeout=timedelta(hours=3),
        map_index_template="{{ task.command.split()[-1] }}",
    ).expand(command=commands())
    checked.set_downstream(rebuilt)


storehouse_backfill()
