"""The wire to Meta's Graph API: facebook-business's client, with patience.

What is worth another try (throttling, 5xx, cut connections) is tried again with backoff. What is
too much is said as TooMuchError, for a smaller question may do. A refused token ends the source
with one line; any other refusal is the account's own.
"""

import json
import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec
import requests
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from dlt_pipelines.ads.errors import AccountError, TransientError
from dlt_pipelines.ads.patience import Patience, Sleep
from dlt_pipelines.errors import LandingError
from dlt_pipelines.facebook_ads.queries import API_VERSION
from dlt_pipelines.facebook_ads.records import Page

SETTING = "SOURCES__FACEBOOK_ADS__"
BASE_URL = FacebookSession.GRAPH
TIMEOUT_SECONDS = 120.0
IDS_AT_ONCE = 50
# Codes of refused tokens, of missing permissions, and of what passes.
TOKEN = frozenset({102, 190})
PERMISSION = frozenset({3, 10, *range(200, 300)})
TRANSIENT = frozenset({1, 2, 4, 17, 32, 341, 613, 80014, *range(80000, 80010)})
TOO_MUCH = frozenset({1487534, 1504038})
TOO_MUCH_SAID = "reduce the amount of data"
# Beyond this share of an allowance, in percent, calls wait a little before they go on.
FULL = 90
REST_SECONDS = 15.0
LONGEST_REST_SECONDS = 300.0

log = logging.getLogger(__name__)

Params = Mapping[str, Any]
Path = tuple[str, ...]
T = TypeVar("T")


class TooMuchError(AccountError):
    """More than Meta answers at once: ask for less."""


class Client:
    """Asks the Graph API in the name of one token."""

    def __init__(
        self,
        access_token: str,
        *,
        app_secret: str | None = None,
        base_url: str = BASE_URL,
        sleep: Sleep = time.sleep,
    ) -> None:
        session = FacebookSession(
            app_secret=app_secret, access_token=access_token, timeout=TIMEOUT_SECONDS
        )
        session.GRAPH = base_url.rstrip("/")
        self.sleep = sleep
        self._session = session
        self._patience = Patience("Meta", sleep)

    def get(self, path: Path, params: Params, kind: type[T]) -> T:
        """An answer read as this type."""
        return self._patience.call(lambda: _read(self._call("GET", path, params), kind))

    def post(self, path: Path, params: Params, kind: type[T]) -> T:
        return self._patience.call(lambda: _read(self._call("POST", path, params), kind))

    def pages(self, path: Path, params: Params, kind: type[T]) -> Iterator[list[T]]:
        """All pages of an edge; a page that is too much is asked for by halves."""
        after, limit = "", int(params["limit"])
        while True:
            asked = {**params, "limit": limit} | ({"after": after} if after else {})
            try:
                page = self.get(path, asked, Page[kind])  # type: ignore[valid-type]
            except TooMuchError:
                if limit == 1:
                    raise
                limit = max(1, limit // 2)
                continue
            yield page.data
            if not (page.paging and page.paging.next):
                return
            after = page.paging.cursors.after

    def nodes(self, ids: Iterable[str], fields: Iterable[str], kind: type[T]) -> Iterator[T]:
        """Objects by their ids, whether an edge lists them or not; gone ones are left out."""
        wanted, asked = sorted(set(ids)), ",".join(fields)
        for first in range(0, len(wanted), IDS_AT_ONCE):
            part = wanted[first : first + IDS_AT_ONCE]
            try:
                yield from self._by_id(part, asked, kind)
            except AccountError:
                for each in part:
                    yield from self._if_there(each, asked, kind)

    def _by_id(self, ids: list[str], fields: str, kind: type[T]) -> Iterator[T]:
        params = {"ids": ",".join(ids), "fields": fields}
        found = self.get(("",), params, dict[str, kind])  # type: ignore[valid-type]
        yield from found.values()

    def _if_there(self, object_id: str, fields: str, kind: type[T]) -> Iterator[T]:
        try:
            yield self.get((object_id,), {"fields": fields}, kind)
        except AccountError as error:
            log.debug("%s is not told: %s", object_id, error)

    def _call(self, method: str, path: Path, params: Params) -> bytes:
        """By the session of Meta's client; its `call` would parse every page three times over."""
        place = "params" if method == "GET" else "data"
        try:
            answer = self._session.requests.request(
                method,
                "/".join((self._session.GRAPH, API_VERSION, *path)),
                headers=FacebookAdsApi.HTTP_DEFAULT_HEADERS,
                timeout=TIMEOUT_SECONDS,
                **{place: {name: _encoded(value) for name, value in params.items()}},
            )
        except requests.RequestException as error:
            raise TransientError(f"connection failed ({type(error).__name__})") from error
        if answer.status_code != requests.codes.ok:
            raise _problem(answer)
        if _usage(answer.headers) >= FULL:
            self.sleep(REST_SECONDS)
        return answer.content


def _encoded(value: Any) -> Any:
    """Lists, mappings and truth values are JSON."""
    return json.dumps(value) if isinstance(value, (list, dict, bool)) else value


def _read(text: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as error:
        raise AccountError(f"Meta's answer is not what it was asked for: {error}") from error
    except msgspec.DecodeError as error:
        raise TransientError("the answer was cut off") from error


def _problem(answer: requests.Response) -> Exception:
    """What an error means: another try, a smaller question, or something to repair."""
    error = FacebookRequestError("refused", {}, answer.status_code, answer.headers, answer.text)
    code, subcode = error.api_error_code() or 0, error.api_error_subcode()
    message = error.api_error_message() or f"HTTP {answer.status_code}"
    if subcode in TOO_MUCH or TOO_MUCH_SAID in message.lower():
        return TooMuchError(f"Meta refuses a request as too much data: {message}")
    if code in TOKEN or answer.status_code == 401:
        return LandingError(
            f"Meta refused the token ({message}): set {SETTING}ACCESS_TOKEN to a valid one."
        )
    is_down = answer.status_code == 429 or answer.status_code >= 500
    if code in TRANSIENT or is_down or error.api_transient_error():
        return TransientError(f"{message} (code {code})", _rest(answer.headers))
    if code in PERMISSION:
        return AccountError(
            f"Meta refuses access ({message}): grant the token's user ads_read on it, "
            f"or leave it out of {SETTING}ACCOUNT_IDS."
        )
    return AccountError(f"Meta refuses a request: {message} (code {code}).")


def _rest(headers: Mapping[str, str]) -> float | None:
    """Seconds until the allowance is there again, where the answer says so."""
    told = [use.get("estimated_time_to_regain_access") or 0 for use in _uses(headers)]
    minutes = max(told, default=0)
    return min(60.0 * minutes, LONGEST_REST_SECONDS) if minutes else None


def _usage(headers: Mapping[str, str]) -> float:
    """The share of the fullest allowance that is used up, in percent."""
    shares = [
        use.get(name) or 0
        for use in _uses(headers)
        for name in ("call_count", "total_cputime", "total_time")
    ]
    throttle = _json(headers.get("x-fb-ads-insights-throttle"))
    shares += [throttle.get(name) or 0 for name in ("app_id_util_pct", "acc_id_util_pct")]
    return float(max(shares))


def _uses(headers: Mapping[str, str]) -> list[dict[str, Any]]:
    by_account = _json(headers.get("X-Business-Use-Case-Usage"))
    return [use for uses in by_account.values() for use in uses]


def _json(text: str | None) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found
