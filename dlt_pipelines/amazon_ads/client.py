"""The wire to the Amazon Ads API: python-amazon-ad-api's client, with patience.

Access tokens last an hour, and reports may take longer: one that ran out is replaced by a fresh one
in the middle of whatever is asked. What is worth another try (429, 5xx, cut connections) is tried
again with backoff; what a person must repair comes as one line that names the setting.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from ad_api.api.reports import Reports
from ad_api.auth import AccessTokenClient
from ad_api.auth.exceptions import AuthorizationError
from ad_api.base import Marketplaces
from ad_api.base.exceptions import AdvertisingApiException

from dlt_pipelines.ads.errors import AccountError, TransientError
from dlt_pipelines.ads.patience import Patience, Sleep
from dlt_pipelines.amazon_ads import SETTING
from dlt_pipelines.errors import LandingError

REPORT_MEDIA_TYPE = "application/vnd.createasyncreportrequest.v3+json"
TIMEOUT_SECONDS = 90
GZIP = b"\x1f\x8b"
DUPLICATE = re.compile(r"duplicate of\s*:?\s*([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.I)


@dataclass(frozen=True)
class Credentials:
    """Of an app that the advertiser let in."""

    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)


@dataclass(frozen=True)
class Address:
    """Where the API and the tokens are."""

    endpoint: str
    token_url: str

    @classmethod
    def of(cls, marketplace: str, endpoint: str | None, token_url: str | None) -> "Address":
        """Those of a marketplace (US, DE, JP, ..., or its region: NA, EU), unless told."""
        try:
            usual = Marketplaces[marketplace.upper()]
        except KeyError as error:
            known = ", ".join(sorted(Marketplaces.__members__))
            raise LandingError(
                f"{SETTING}MARKETPLACE is {marketplace!r}; it must be one of {known}."
            ) from error
        return cls(
            endpoint or usual.endpoint,
            token_url or f"https://{usual.value['token_url']}",
        )


class DuplicateReportError(Exception):
    """The same report is on its way already."""

    def __init__(self, report_id: str) -> None:
        super().__init__(report_id)
        self.report_id = report_id


class Wire(Reports):
    """The package's client for one profile, without its own search for credentials and tokens."""

    def __init__(
        self, address: Address, credentials: Credentials, token: str, profile_id: str | None
    ) -> None:
        self.credentials = {"client_id": credentials.client_id}
        if profile_id:
            self.credentials["profile_id"] = profile_id
        self._access_token = token
        self.endpoint = address.endpoint
        self.timeout = TIMEOUT_SECONDS
        self.debug, self.proxies, self.verify = False, None, True

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The content of an answer."""
        return self._request(
            path,
            data=None if body is None else json.dumps(body),
            params={"method": method, **(params or {})},
            headers=dict(headers or {}),
        ).payload


class Client:
    """Asks the API and keeps asking until it answers, fails for good, or has had enough."""

    def __init__(
        self, address: Address, credentials: Credentials, *, sleep: Sleep = time.sleep
    ) -> None:
        self._address = address
        self._credentials = credentials
        self._patience = Patience("Amazon Ads", sleep)
        self._token = ""
        self.sleep = sleep

    def profiles(self) -> list[dict[str, Any]]:
        """The advertiser's accounts, one for each marketplace."""
        found: list[dict[str, Any]] = self._call(None, lambda wire: wire.ask("GET", "/v2/profiles"))
        return found or []

    def post(self, profile_id: str, path: str, body: Any, headers: Mapping[str, str]) -> Any:
        return self._call(
            profile_id, lambda wire: wire.ask("POST", path, body=body, headers=headers)
        )

    def get(self, profile_id: str, path: str, params: Mapping[str, Any]) -> Any:
        return self._call(profile_id, lambda wire: wire.ask("GET", path, params=params))

    def create_report(self, profile_id: str, body: Mapping[str, Any]) -> str:
        """The id of the report, which is that of an earlier one when it is on its way already."""
        headers = {"Content-Type": REPORT_MEDIA_TYPE}
        try:
            answer = self.post(profile_id, "/reporting/reports", body, headers)
        except DuplicateReportError as error:
            return error.report_id
        return str(answer["reportId"])

    def report(self, profile_id: str, report_id: str) -> dict[str, Any]:
        """How far a report is."""
        found: dict[str, Any] = self._call(
            profile_id, lambda wire: wire.get_report(reportId=report_id).payload
        )
        return found

    def download(self, url: str) -> bytes | None:
        """A report's file; None when its address has run out."""
        return self._patience.call(lambda: self._download(url))

    def _download(self, url: str) -> bytes | None:
        """No header of ours goes along: the address carries the right to the file."""
        wire = Wire(self._address, self._credentials, "", None)
        content = wire.download_report(url=url, format="raw").payload
        if isinstance(content, Mapping):
            raise TransientError(f"the download broke off ({content.get('response')!r})")
        return content if content[:2] == GZIP else None

    def _call(self, profile_id: str | None, ask: Callable[[Wire], Any]) -> Any:
        return self._patience.call(lambda: self._once(profile_id, ask))

    def _once(self, profile_id: str | None, ask: Callable[[Wire], Any]) -> Any:
        had_token = bool(self._token)
        try:
            return self._with_token(profile_id, ask)
        except AdvertisingApiException as error:
            if error.code != 401 or not had_token:
                raise _problem(error, profile_id) from error
        self._token = ""  # it ran out, unless the next one is refused too
        try:
            return self._with_token(profile_id, ask)
        except AdvertisingApiException as error:
            raise _problem(error, profile_id) from error

    def _with_token(self, profile_id: str | None, ask: Callable[[Wire], Any]) -> Any:
        if not self._token:
            self._token = self._granted()
        try:
            return ask(Wire(self._address, self._credentials, self._token, profile_id))
        except requests.RequestException as error:
            raise TransientError(f"connection failed ({error!r})") from error

    def _granted(self) -> str:
        """A fresh access token; the package's own way keeps one for an hour, run out or not."""
        credentials = self._credentials
        grants = AccessTokenClient(
            {
                "client_id": credentials.client_id,
                "client_secret": credentials.client_secret,
                "refresh_token": credentials.refresh_token,
            },
            timeout=TIMEOUT_SECONDS,
        )
        try:
            granted = grants._request(self._address.token_url, grants.data, grants.headers)
        except AuthorizationError as error:
            raise _refused(error) from error
        except (requests.RequestException, ValueError) as error:
            raise TransientError(f"no token ({error!r})") from error
        return str(granted["access_token"])


def _refused(error: AuthorizationError) -> Exception:
    """Why there is no access token."""
    told = f"{error.error_code}: {error.message}"
    if error.status_code == 429 or error.status_code >= 500:
        return TransientError(f"no token (HTTP {error.status_code}, {told})")
    if error.error_code == "invalid_grant":
        return LandingError(
            f"Amazon refuses the refresh token ({told}); let the app in again and put the new "
            f"token into {SETTING}REFRESH_TOKEN."
        )
    return LandingError(
        f"Amazon refuses the app ({told}); check {SETTING}CLIENT_ID and {SETTING}CLIENT_SECRET."
    )


def _problem(error: AdvertisingApiException, profile_id: str | None) -> Exception:
    """What an HTTP status means: another try, an account that is closed, or something to repair."""
    code, told = int(error.code), _detail(error.error)
    if code == 425 and (duplicate := DUPLICATE.search(told)):
        return DuplicateReportError(duplicate[1])
    if code in (408, 425, 429) or code >= 500:
        return TransientError(f"HTTP {code}: {told}", _seconds(error.headers))
    if profile_id is None:
        return LandingError(
            f"Amazon Ads answers HTTP {code} ({told}); check {SETTING}CLIENT_ID and that the app "
            "may use the Ads API."
        )
    return AccountError(f"Amazon Ads answers HTTP {code}: {told[:300]}")


def _detail(content: Any) -> str:
    """What an error says: reports tell it as `detail`, all else as `details`."""
    if isinstance(content, Mapping):
        return str(content.get("detail") or content.get("details") or dict(content))
    return content.decode("utf-8", "replace")[:200] if isinstance(content, bytes) else str(content)


def _seconds(headers: Any) -> float | None:
    try:
        return float((headers or {}).get("Retry-After", ""))
    except ValueError:
        return None
