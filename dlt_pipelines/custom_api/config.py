"""The YAML file that describes an ad platform's API; docs/custom_api.md tells how to write it.

What is wrong in it comes as one line that names the file and the place.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from dlt.common import jsonpath
from dlt.sources.rest_api.config_setup import create_paginator
from jsonpath_ng.exceptions import JSONPathError
from msgspec import Struct

from dlt_pipelines.custom_api.tables import MAPPED, NEEDED
from dlt_pipelines.errors import LandingError

SECRET = re.compile(r"\$\{(\w+)\}")
AT = re.compile(r" - at (?:key in )?`\$\.?(.*)`$")
FIRST, LAST = "{first}", "{last}"
PAGES = ("auto", "single_page", "page_number", "offset", "cursor", "json_link", "header_link")

# A variable's value by its name; it raises when there is none.
Variable = Callable[[str], str]
Read = TypeVar("Read")


class Bearer(Struct, tag="bearer", tag_field="type", forbid_unknown_fields=True):
    """`Authorization: Bearer TOKEN`."""

    token: str


class ApiKey(Struct, tag="api_key", tag_field="type", forbid_unknown_fields=True):
    """A key in a header or in the query."""

    name: str
    key: str
    location: Literal["header", "query"] = "header"


class Basic(Struct, tag="basic", tag_field="type", forbid_unknown_fields=True):
    """`Authorization: Basic ...`."""

    username: str
    password: str


class Field(Struct, forbid_unknown_fields=True):
    """Where a column's value stands in a record, and how it becomes ours."""

    path: str
    divide_by: int = 1
    values: dict[str, str] = {}


class Resource(Struct, forbid_unknown_fields=True):
    """One list of the API. `records` is the JSONPath of its records; without, dlt looks for them.

    `longest` is how many days may be asked for at once.
    """

    path: str
    fields: dict[str, Any]
    records: str | None = None
    method: Literal["GET", "POST"] = "GET"
    params: dict[str, Any] = {}
    body: dict[str, Any] | None = None
    pages: dict[str, Any] | None = None
    date_format: str = "%Y-%m-%d"
    longest: int | None = None

    def field(self, column: str) -> Field:
        told = msgspec.convert(self.fields[column], str | Field)
        return told if isinstance(told, Field) else Field(told)


class Resources(Struct, forbid_unknown_fields=True):
    performance: Resource
    campaigns: Resource | None = None


class Config(Struct, forbid_unknown_fields=True):
    """One API."""

    platform: str
    base_url: str
    resources: Resources
    auth: Bearer | ApiKey | Basic | None = None
    headers: dict[str, str] = {}
    pages: dict[str, Any] = msgspec.field(default_factory=lambda: {"type": "auto"})
    account_id: str = ""
    currency: str | None = None
    time_zone: str = "UTC"
    attribution_window: str | None = None
    lookback_days: int = 30

    @property
    def account(self) -> str:
        return self.account_id or self.platform


def load(path: Path, variable: Variable) -> Config:
    """The file's content, its `${NAME}` filled in; LandingError says what is wrong and where."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise LandingError(f"{path}: cannot be read ({error.strerror}).") from error
    told = _read(path, text, Any)
    config = _read(path, text, Config)
    _check(path, config, told)
    return msgspec.convert(_filled(told, variable), Config)


def _read(path: Path, text: bytes, kind: type[Read]) -> Read:
    try:
        return msgspec.yaml.decode(text, type=kind)
    except msgspec.ValidationError as error:
        raise wrong(path, *_placed(str(error))) from error
    except msgspec.DecodeError as error:
        raise LandingError(f"{path}: is no YAML: {' '.join(str(error).split())}.") from error


def wrong(path: Path, place: str, message: str) -> LandingError:
    return LandingError(f"{path}, {place}: {message}.")


def _placed(message: str) -> tuple[str, str]:
    """Where, and what, of msgspec's message."""
    found = AT.search(message)
    place = found[1].replace("[...]", "") if found else ""
    text = message[: found.start()] if found else message
    return place or "top", text[:1].lower() + text[1:]


def _check(path: Path, config: Config, told: Any) -> None:
    """What types alone do not tell."""
    _check_secrets(path, told.get("auth") or {})
    _check_pages(path, "pages", config.pages)
    _check_zone(path, config.time_zone)
    if config.lookback_days < 1:
        raise wrong(path, "lookback_days", "must be 1 or more")
    for name in ("campaigns", "performance"):
        resource: Resource | None = getattr(config.resources, name)
        if resource is not None:
            _check_resource(path, f"resources.{name}", name, resource)
    asked = msgspec.json.encode((config.resources.performance.params,
                                 config.resources.performance.body)).decode()  # fmt: skip
    if FIRST not in asked + config.resources.performance.path:
        raise wrong(path, "resources.performance", f"{FIRST} stands in no parameter")


def _check_secrets(path: Path, auth: dict[str, Any]) -> None:
    for name in ("token", "key", "password"):
        if name in auth and not SECRET.fullmatch(str(auth[name])):
            raise wrong(path, f"auth.{name}", "must name a variable, such as ${PINBOARD_TOKEN}")


def _check_pages(path: Path, place: str, pages: dict[str, Any]) -> None:
    if pages.get("type") not in PAGES:
        raise wrong(path, f"{place}.type", f"must be one of {', '.join(PAGES)}")
    told: Any = pages
    try:
        create_paginator(told)
    except (TypeError, ValueError, JSONPathError) as error:
        raise wrong(path, place, str(error).rpartition("__init__() ")[2]) from error


def _check_zone(path: Path, name: str) -> None:
    try:
        ZoneInfo(name)
    except (ValueError, KeyError, OSError) as error:
        raise wrong(path, "time_zone", f"{name!r} must be a zone such as Europe/Paris") from error


def _check_resource(path: Path, place: str, name: str, resource: Resource) -> None:
    if resource.pages is not None:
        _check_pages(path, f"{place}.pages", resource.pages)
    if resource.longest is not None and resource.longest < 1:
        raise wrong(path, f"{place}.longest", "must be 1 or more")
    if resource.records is not None:
        _check_records(path, place, resource.records)
    for column in resource.fields:
        _check_field(path, f"{place}.fields.{column}", column, MAPPED[name], resource)
    for column in NEEDED[name]:
        if column not in resource.fields:
            raise wrong(path, f"{place}.fields", f"{column} is missing")


def _check_records(path: Path, place: str, records: str) -> None:
    try:
        jsonpath.compile_path(records)
    except JSONPathError as error:
        raise wrong(path, f"{place}.records", f"{records!r} is no JSONPath") from error


def _check_field(
    path: Path, place: str, column: str, known: tuple[str, ...], resource: Resource
) -> None:
    if column not in known:
        raise wrong(path, place, f"unknown column; known are {', '.join(known)}")
    try:
        field = resource.field(column)
    except msgspec.ValidationError as error:
        inside, message = _placed(str(error))
        raise wrong(path, place if inside == "top" else f"{place}.{inside}", message) from error
    if field.divide_by < 1:
        raise wrong(path, f"{place}.divide_by", "must be 1 or more")


def _filled(told: Any, variable: Variable) -> Any:
    """The same with the value of a variable for each `${NAME}`."""
    if isinstance(told, dict):
        return {name: _filled(value, variable) for name, value in told.items()}
    if isinstance(told, list):
        return [_filled(value, variable) for value in told]
    if isinstance(told, str):
        return SECRET.sub(lambda found: variable(found[1]), told)
    return told
