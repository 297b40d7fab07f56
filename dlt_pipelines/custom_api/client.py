"""The wire: dlt's rest_api source, with patience and readable errors."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import requests
from dlt.common import jsonpath
from dlt.sources.rest_api import rest_api_resources
from dlt.sources.rest_api.typing import RESTAPIConfig

from dlt_pipelines.ads.days import Span
from dlt_pipelines.ads.errors import AccountError, TransientError
from dlt_pipelines.ads.patience import Patience, Sleep
from dlt_pipelines.custom_api.config import ApiKey, Basic, Bearer, Config, Resource
from dlt_pipelines.errors import LandingError

TIMEOUT_SECONDS = 90.0

Record = Mapping[str, Any]


class Session(requests.Session):
    """Without dlt's own retries, and with a time limit."""

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        return super().send(request, **{"timeout": TIMEOUT_SECONDS, **options})


@dataclass
class Client:
    """Asks one API for whole lists; a list that breaks off is asked for again from its start."""

    config: Config
    sleep: Sleep = time.sleep
    session: requests.Session = field(default_factory=Session, repr=False)

    def records(self, name: str, resource: Resource, span: Span | None = None) -> list[Record]:
        """All records of a list; of the days of a span where it takes days."""
        asked = self._asked(name, resource, span)
        patience = Patience(self.config.platform, self.sleep)
        return patience.call(lambda: list(self._once(asked, resource)))

    def _once(self, asked: RESTAPIConfig, resource: Resource) -> Iterator[Record]:
        try:
            [found] = rest_api_resources(asked)
            yield from found
        except Exception as error:
            raise self._problem(error, resource) from error

    def _asked(self, name: str, resource: Resource, span: Span | None) -> RESTAPIConfig:
        config = self.config
        endpoint = {
            "path": _dated(resource.path, resource, span),
            "method": resource.method,
            "params": _dated(resource.params, resource, span),
            "json": _dated(resource.body, resource, span),
            "data_selector": resource.records,
            "paginator": _pages(resource.pages or config.pages),
            "response_actions": [self._has_records(resource)],
        }
        told: Any = {
            "client": {
                "base_url": config.base_url,
                "headers": config.headers,
                "auth": _auth(config),
                "session": self.session,
            },
            "resources": [
                {
                    "name": name,
                    "endpoint": {key: each for key, each in endpoint.items() if each is not None},
                }
            ],
        }
        asked: RESTAPIConfig = told
        return asked

    def _has_records(self, resource: Resource) -> Callable[..., None]:
        """A check that an answer has the list at all: without, no rows would pass for no events."""

        def check(response: requests.Response, *_: Any, **__: Any) -> None:
            path = resource.records
            if path and response.ok and not jsonpath.find_values(path, response.json()):
                raise AccountError(
                    f"{self.config.platform}'s answer to {resource.path} has nothing at {path}"
                )

        return check

    def _problem(self, error: Exception, resource: Resource) -> Exception:
        """What went wrong, by its cause: another try, or something to repair."""
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, LandingError):
                return cause
            if isinstance(cause, requests.HTTPError) and cause.response is not None:
                return self._http_problem(cause.response, resource)
            if isinstance(cause, requests.RequestException):
                return TransientError(f"connection failed ({type(cause).__name__})")
            root, cause = cause, cause.__cause__ or cause.__context__
        first_line = next(iter(str(root).strip().splitlines()), type(root).__name__)
        return LandingError(f"{self.config.platform} {resource.path} cannot be read: {first_line}")

    def _http_problem(self, response: requests.Response, resource: Resource) -> Exception:
        status, platform = response.status_code, self.config.platform
        if status in (408, 429) or status >= 500:
            wait = response.headers.get("Retry-After", "")
            is_told = wait.replace(".", "", 1).isdigit()
            return TransientError(f"HTTP {status}", float(wait) if is_told else None)
        if status in (401, 403):
            return AccountError(
                f"{platform} refused the credentials (HTTP {status}): "
                "set the variables that `auth` names to valid values"
            )
        return AccountError(f"{platform} answers HTTP {status} to {resource.path}")


def _auth(config: Config) -> dict[str, Any] | None:
    """How dlt's rest_api calls it."""
    match config.auth:
        case Bearer(token):
            return {"type": "bearer", "token": token}
        case ApiKey(name, key, location):
            return {"type": "api_key", "name": name, "api_key": key, "location": location}
        case Basic(username, password):
            return {"type": "http_basic", "username": username, "password": password}
        case _:
            return None


def _pages(pages: dict[str, Any]) -> Any:
    return "auto" if pages == {"type": "auto"} else dict(pages)


def _dated(told: Any, resource: Resource, span: Span | None) -> Any:
    """The same with the days of the span for `{first}` and `{last}`."""
    if isinstance(told, dict):
        return {name: _dated(value, resource, span) for name, value in told.items()}
    if isinstance(told, list):
        return [_dated(value, resource, span) for value in told]
    if isinstance(told, str) and span:
        days = {"{first}": span.first, "{last}": span.last}
        for mark, day in days.items():
            told = told.replace(mark, _written(day, resource))
    return told


def _written(day: date, resource: Resource) -> str:
    return day.strftime(resource.date_format)
