"""How a step of `storehouse/steps.py` becomes a task."""

import shlex
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pendulum
from airflow.sdk import Asset, BaseOperator, Context
from airflow.sdk.exceptions import AirflowException

from storehouse import settings as settings_module
from storehouse.runner import run_step
from storehouse.steps import Step

SETTINGS = settings_module.load()
START = pendulum.datetime(2026, 1, 1, tz=SETTINGS.store_time_zone)
POOL = "warehouse" if SETTINGS.warehouse == "duckdb" else "default_pool"
AS_OF = "{{ as_of(params, dag_run) }}"
DEFAULT_ARGS = {
    "owner": "storehouse",
    "pool": POOL,
    "retry_delay": timedelta(minutes=1),
    "retry_exponential_backoff": True,
}


class StepOperator(BaseOperator):
    """Runs a command in the project's folder; the line that says most is what it fails with."""

    template_fields: Sequence[str] = ("command",)
    template_fields_renderers = {"command": "bash"}  # noqa: RUF012 (Airflow's way)
    ui_color = "#e8f1ec"

    def __init__(self, *, command: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.command = command

    def execute(self, context: Context) -> str:  # noqa: ARG002
        step = Step(self.task_id, "", self.task_id, tuple(shlex.split(self.command)))
        folder = SETTINGS.state_dir / "logs" / "airflow"
        self.log.info("$ %s", self.command)
        outcome = run_step(SETTINGS, step, folder, self.log.info)
        if not outcome.ok:
            raise AirflowException(f"{self.task_id} failed: {outcome.line}") from None
        self.log.info("%s", outcome.line)
        return outcome.line


def as_of(params: Any, dag_run: Any) -> str:
    """The day that the run was asked for, else the day of its start in the shop's time zone."""
    if given := params.get("as_of"):
        return date.fromisoformat(given[:10]).isoformat()
    moment = dag_run.logical_date or dag_run.run_after
    return str(moment.astimezone(ZoneInfo(SETTINGS.store_time_zone)).date())


def task(step: Step) -> StepOperator:
    """The task of a step."""
    return StepOperator(
        task_id=step.name,
        task_display_name=step.label,
        command=step.shell,
        retries=min(step.retries, SETTINGS.most_retries),
        execution_timeout=step.timeout,
        outlets=[
            Asset(f"storehouse_{name}", uri=f"storehouse://{name}") for name in step.publishes
        ],
        doc_md=f"`{step.shell}`",
    )


def tasks(steps: Sequence[Step]) -> dict[str, StepOperator]:
    """The tasks of steps by name, each after those it waits for."""
    made = {step.name: task(step) for step in steps}
    for step in steps:
        for name in step.after:
            if name in made:
                made[name].set_downstream(made[step.name])
    return made
