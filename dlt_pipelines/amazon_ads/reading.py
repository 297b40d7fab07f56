"""One run over all profiles: what they have, and the reports of the days that are due."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dlt_pipelines.ads.columns import Rows
from dlt_pipelines.ads.days import Span, spans
from dlt_pipelines.ads.errors import AccountError
from dlt_pipelines.ads.reading import Account, Batch, Reading
from dlt_pipelines.amazon_ads import entities, tables
from dlt_pipelines.amazon_ads.client import Client
from dlt_pipelines.amazon_ads.jobs import Jobs
from dlt_pipelines.amazon_ads.reports import DEFINITIONS, Definition


@dataclass
class Asked:
    """What was asked of a profile; `refusal` is why it gives nothing."""

    parts: list[Batch] = field(default_factory=list)
    refusal: AccountError | None = None


def batches(client: Client, profile_ids: set[str], reading: Reading) -> Iterator[Batch]:
    """All that lands. Reports of all profiles are begun before the first is waited for."""
    profiles = {entities.account(profile): profile for profile in client.profiles()}
    for unknown in sorted(profile_ids - {account.id for account in profiles}):
        reading.refused(unknown, "the credentials show no such profile.")
    found = [
        (account, profile)
        for account, profile in profiles.items()
        if not profile_ids or account.id in profile_ids
    ]
    jobs = Jobs(client)
    asked = {
        account.id: _ask(client, jobs, account, profile, reading) for account, profile in found
    }
    jobs.wait()

    def read(account: Account) -> Iterator[Batch]:
        yield from _landed(account, jobs, asked[account.id], reading)

    yield from reading.accounts([account for account, _ in found], read)


def _ask(
    client: Client, jobs: Jobs, account: Account, profile: dict[str, Any], reading: Reading
) -> Asked:
    asked = Asked()
    try:
        asked.parts.append(
            reading.entities(account, tables.ACCOUNTS, [entities.profile_row(profile)])
        )
        for table in (tables.CAMPAIGNS, tables.AD_GROUPS, tables.ADS, tables.KEYWORDS):
            rows = entities.rows(client, account.id, table)
            asked.parts.append(reading.entities(account, table, rows))
        for definition in DEFINITIONS:
            due = reading.due(account, definition.report)
            jobs.ask(account.id, definition, spans(due, definition.report.longest))
    except AccountError as error:
        asked.refusal = error
    return asked


def _landed(account: Account, jobs: Jobs, asked: Asked, reading: Reading) -> Iterator[Batch]:
    """A profile's batches. A report that failed is told of, and the others land."""
    if asked.refusal:
        raise asked.refusal
    yield from asked.parts
    failed: dict[str, AccountError] = {}
    for definition in DEFINITIONS:
        read = _reader(jobs, account, definition)
        try:
            yield from reading.report(account, definition.report, read)
        except AccountError as error:
            failed[definition.name] = error
    if len(failed) == len(DEFINITIONS):
        raise next(iter(failed.values()))
    for name, problem in failed.items():
        reading.refused(f"{account.id}, report {name}", str(problem))


def _reader(
    jobs: Jobs, account: Account, definition: Definition
) -> Callable[[Span], Mapping[str, Rows]]:
    return lambda span: definition.rows(jobs.content(account.id, definition, span))
