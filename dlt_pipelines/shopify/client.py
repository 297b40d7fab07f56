"""The wire to Shopify's Admin GraphQL API: ShopifyAPI's client, with patience.

What is worth another try (429, 5xx, cut connections, THROTTLED) is tried again with backoff; what a
person must repair comes as one line that names the shop and the setting.
"""

import http.client
import json
import logging
import random
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import shopify
import tenacity
from msgspec import Raw, Struct

from dlt_pipelines.errors import LandingError

API_VERSION = "2026-07"
ATTEMPTS = 8
LONGEST_WAIT_SECONDS = 60.0
TIMEOUT_SECONDS = 90.0
SETTING = "SOURCES__SHOPIFY__"

log = logging.getLogger(__name__)

Sleep = Callable[[float], None]
Variables = dict[str, Any]


class TransientError(Exception):
    """Worth another try, after `wait` seconds where the answer says so."""

    def __init__(self, message: str, wait: float | None = None, *, is_slow: bool = False) -> None:
        super().__init__(message)
        self.wait = wait
        self.is_slow = is_slow


class TooCostlyError(TransientError):
    """One query may not cost that much: ask for less at once."""


@dataclass
class Pace:
    """How many objects to ask for at once: halved when it is too much, then growing again."""

    size: int
    largest: int = 0

    def __post_init__(self) -> None:
        self.largest = self.largest or self.size

    def answered(self) -> None:
        self.size = min(self.largest, max(self.size + 1, self.size * 3 // 2))

    def failed(self, error: TransientError) -> None:
        """A slow answer asks for less this time, a costly query for less from now on."""
        if isinstance(error, TooCostlyError) and self.size == 1:
            raise LandingError(f"Shopify refuses even a page of one object: {error}")
        if error.is_slow or isinstance(error, TooCostlyError):
            self.size = max(1, self.size // 2)
        if isinstance(error, TooCostlyError):
            self.largest = self.size


@dataclass(frozen=True)
class Credentials:
    """A static token, or id and secret of an app that is granted short-lived ones."""

    access_token: str | None = field(default=None, repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)

    @property
    def is_static(self) -> bool:
        return bool(self.access_token)

    @property
    def settings(self) -> str:
        """The variables that hold them."""
        if self.is_static or not self.client_id:
            return f"{SETTING}ACCESS_TOKEN"
        return f"{SETTING}CLIENT_ID and {SETTING}CLIENT_SECRET"


class Extensions(Struct):
    code: str | None = None


class Problem(Struct):
    message: str = ""
    extensions: Extensions | None = None

    @property
    def code(self) -> str:
        return (self.extensions and self.extensions.code) or ""


class Throttle(Struct, rename="camel"):
    currently_available: float = 0
    restore_rate: float = 50


class Cost(Struct, rename="camel"):
    requested_query_cost: float | None = None
    throttle_status: Throttle | None = None


class CostExtension(Struct):
    cost: Cost | None = None


class Answer(Struct):
    data: Raw = Raw(b"null")
    errors: list[Problem] | str = []
    extensions: CostExtension | None = None


class Wire(shopify.GraphQL):
    """ShopifyAPI's GraphQL client with a time limit, the answer's headers and no printing."""

    def __init__(self) -> None:
        super().__init__()
        self.headers: dict[str, str] = dict(self.headers)  # the session loses its own

    def post(self, body: bytes) -> tuple[bytes, Mapping[str, str]]:
        json_headers = {"Accept": "application/json", "Content-Type": "application/json"}
        headers = self.merge_headers(json_headers, self.headers)
        request = urllib.request.Request(self.endpoint, body, headers)
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            return response.read(), response.headers


@dataclass(frozen=True)
class Address:
    """Where a shop's API is; `sandbox.myshopify.com` or, for a replica, `http://127.0.0.1:8000`."""

    scheme: str
    host: str
    port: int | None

    @classmethod
    def of(cls, shop_url: str) -> "Address":
        url = shop_url if "://" in shop_url else f"https://{shop_url}"
        parts = urllib.parse.urlsplit(url.strip())
        if not parts.hostname or parts.scheme not in ("http", "https"):
            raise LandingError(
                f"{SETTING}SHOP_URL is {shop_url!r}; it must be like my-shop.myshopify.com."
            )
        return cls(parts.scheme, parts.hostname, parts.port)

    @property
    def base(self) -> str:
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{self.host}{port}"

    def wire(self, token: str) -> Wire:
        """ShopifyAPI's client for this shop; it keeps address and token for itself."""
        label, _, domain = self.host.partition(".")
        shopify.Session.setup(protocol=self.scheme, myshopify_domain=domain, port=self.port)
        session = shopify.Session(label, API_VERSION, token)
        shopify.ShopifyResource.activate_session(session)
        try:
            return Wire()
        finally:
            shopify.ShopifyResource.clear_session()


class Client:
    """Asks one shop's API and keeps asking until it answers, fails for good, or has had enough."""

    def __init__(
        self, address: Address, credentials: Credentials, *, sleep: Sleep = time.sleep
    ) -> None:
        self.address = address
        self.sleep = sleep
        self._credentials = credentials
        self._wire: Wire | None = None
        self._token_worked = False
        self._version_told = False

    def execute(self, query: str, variables: Variables | None = None) -> Raw:
        """The data of an answer without errors."""
        return self._patiently(query, lambda _: variables or {}, None)

    def execute_paced(self, query: str, variables: Callable[[int], Variables], pace: Pace) -> Raw:
        """The same, for as many objects at once as the pace allows at each try."""
        data = self._patiently(query, variables, pace)
        pace.answered()
        return data

    def _patiently(
        self, query: str, variables: Callable[[int], Variables], pace: Pace | None
    ) -> Raw:
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(TransientError),
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            wait=_wait,
            before_sleep=lambda state: self._before_retry(state, pace),
            sleep=self.sleep,
            reraise=True,
        )
        try:
            return retrying(lambda: self._once(query, variables(pace.size if pace else 0)))
        except TransientError as error:
            raise LandingError(
                f"Shopify at {self.address.host} gave no answer in {ATTEMPTS} tries: {error}."
            ) from error

    def _before_retry(self, state: tenacity.RetryCallState, pace: Pace | None) -> None:
        error = state.outcome.exception() if state.outcome else None
        log.info("Shopify, try %s: %s", state.attempt_number, error)
        if isinstance(error, TooCostlyError) and pace is None:
            raise LandingError(f"Shopify refuses a query as too costly: {error}")
        if pace and isinstance(error, TransientError):
            pace.failed(error)

    def _once(self, query: str, variables: Variables) -> Raw:
        body = json.dumps({"query": query, "variables": variables}).encode()
        return _data(self._post(body))

    def _post(self, body: bytes) -> bytes:
        if self._wire is None:
            self._wire = self.address.wire(self._token())
        try:
            text, headers = self._wire.post(body)
        except urllib.error.HTTPError as error:
            raise self._http_problem(error) from error
        except (OSError, http.client.HTTPException) as error:
            raise TransientError(f"connection failed ({error!r})", is_slow=True) from error
        self._token_worked = True
        self._check_version(headers)
        return text

    def _http_problem(self, error: urllib.error.HTTPError) -> Exception:
        """What an HTTP status means: another try, a fresh token, or something to repair."""
        if error.code == 429:
            return TransientError("HTTP 429", _seconds(error.headers.get("Retry-After")))
        if error.code >= 500 or error.code == 408:
            return TransientError(f"HTTP {error.code}", is_slow=True)
        if error.code == 401 and self._token_worked and not self._credentials.is_static:
            self._wire, self._token_worked = None, False
            return TransientError("HTTP 401: the short-lived token ran out", 0)
        if error.code in (401, 403):
            return self._refused(error.code)
        return LandingError(
            f"Shopify at {self.address.host} answers HTTP {error.code}: "
            f"check {SETTING}SHOP_URL and that the shop is open."
        )

    def _refused(self, code: int) -> LandingError:
        return LandingError(
            f"Shopify refused the token for {self.address.host} (HTTP {code}): "
            f"set {self._credentials.settings} to valid values."
        )

    def _token(self) -> str:
        known = self._credentials
        if known.access_token:
            return known.access_token
        if not (known.client_id and known.client_secret):
            raise LandingError(
                f"No token for {self.address.host}: set {SETTING}ACCESS_TOKEN, or "
                f"{SETTING}CLIENT_ID and {SETTING}CLIENT_SECRET."
            )
        return self._granted_token(known.client_id, known.client_secret)

    def _granted_token(self, client_id: str, client_secret: str) -> str:
        """A short-lived token by the client-credentials grant."""
        form = {
            "grant_type": "client_credentials",
            "client_id": client_id,
            "client_secret": client_secret,
        }
        url = f"{self.address.base}/admin/oauth/access_token"
        request = urllib.request.Request(url, urllib.parse.urlencode(form).encode())
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                return str(json.load(response)["access_token"])
        except urllib.error.HTTPError as error:
            if error.code == 429 or error.code >= 500:
                raise self._http_problem(error) from error
            raise self._refused(error.code) from error
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            raise TransientError(f"no token granted ({error!r})") from error

    def _check_version(self, headers: Mapping[str, str]) -> None:
        version = headers.get("X-Shopify-API-Version")
        if version and version != API_VERSION and not self._version_told:
            self._version_told = True
            log.warning("Shopify answers with API version %s, not %s.", version, API_VERSION)


def _seconds(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _wait(state: tenacity.RetryCallState) -> float:
    """As long as the answer asks for, else exponentially longer, with jitter."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, TransientError) and error.wait is not None:
        return min(error.wait, LONGEST_WAIT_SECONDS)
    backoff: float = min(2.0 ** (state.attempt_number - 1), LONGEST_WAIT_SECONDS / 2)
    return backoff * random.uniform(0.5, 1.5)


def _data(text: bytes) -> Raw:
    """The data of an answer, or what its errors mean."""
    try:
        answer = msgspec.json.decode(text, type=Answer)
    except msgspec.MsgspecError as error:
        raise TransientError(f"the answer was cut off ({error})", is_slow=True) from error
    if not answer.errors:
        return answer.data
    if isinstance(answer.errors, str):
        raise LandingError(f"Shopify refused a query: {answer.errors}")
    raise _query_problem(answer, answer.errors)


def _query_problem(answer: Answer, problems: list[Problem]) -> Exception:
    codes = {problem.code for problem in problems}
    message = problems[0].message
    if "THROTTLED" in codes:
        return TransientError("THROTTLED", _restored_after(answer.extensions))
    if "MAX_COST_EXCEEDED" in codes:
        return TooCostlyError(message, 0)
    if codes & {"INTERNAL_SERVER_ERROR", "TIMEOUT"}:
        return TransientError(message, is_slow=True)
    return LandingError(f"Shopify refused a query: {message}")


def _restored_after(extensions: CostExtension | None) -> float | None:
    """Seconds until the points that the query needs are there again."""
    cost = extensions.cost if extensions else None
    if cost is None or cost.throttle_status is None or cost.requested_query_cost is None:
        return None
    status = cost.throttle_status
    lacking = cost.requested_query_cost - status.currently_available
    return max(0.0, lacking / max(status.restore_rate, 1.0))
