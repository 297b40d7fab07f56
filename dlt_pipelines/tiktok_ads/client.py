"""The wire to TikTok's Business API v1.3, with patience.

TikTok answers HTTP 200 to nearly everything and says in `code` what went wrong: some codes are
worth another try, some concern one advertiser, and a bad token concerns the whole source.
"""

import json
import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from dlt_pipelines.ads.errors import AccountError, TransientError
from dlt_pipelines.ads.patience import Patience, Sleep
from dlt_pipelines.errors import LandingError

BASE_URL = "https://business-api.tiktok.com"
API = "/open_api/v1.3"
SETTING = "SOURCES__TIKTOK_ADS__"
TIMEOUT_SECONDS = 90.0
LARGEST_PAGE = 1000
DRIFT_TRIES = 5

OK = 0
NO_PERMISSION = 40001
TOO_LARGE = 40067
BUSY = frozenset({40100, 40101, 40133, 50000, 50002, 51010, 61000})
BAD_TOKEN = frozenset({40102, 40103, 40104, 40105, 40110})

Record = dict[str, Any]
Parameters = Mapping[str, Any]

log = logging.getLogger(__name__)


class NoPermissionError(AccountError):
    """The token may not read this of this advertiser."""


class TooLargeError(AccountError):
    """More was asked than one report holds: fewer days must be asked for."""


@dataclass
class Client:
    """Asks the API until it answers, fails for good, or has had enough."""

    access_token: str = field(repr=False)
    base_url: str = BASE_URL
    sleep: Sleep = time.sleep
    page_size: int = LARGEST_PAGE
    session: requests.Session = field(default_factory=requests.Session, repr=False)

    def get(self, path: str, parameters: Parameters) -> Record:
        """The `data` of an answer whose code is 0."""
        return Patience("TikTok", self.sleep).call(lambda: self._once(path, parameters))

    def pages(
        self, path: str, parameters: Parameters, page_size: int = LARGEST_PAGE
    ) -> list[Record]:
        """All records of a list, read again from its first page when it changed meanwhile.

        While pages are read, rows come and go: `total_number` drifts, and what moved to a page
        that was read before would be lost.
        """
        for _ in range(DRIFT_TRIES):
            found = self._drain(path, parameters, min(page_size, self.page_size))
            if found is not None:
                return found
            log.info("TikTok %s changed while it was read: once more.", path)
        raise AccountError(f"{path} changed in each of {DRIFT_TRIES} tries to read its pages")

    def _drain(self, path: str, parameters: Parameters, page_size: int) -> list[Record] | None:
        """The records of all pages; None when the pages do not belong together."""
        records: list[Record] = []
        totals: set[int] = set()
        for page in self._page_by_page(path, parameters, page_size):
            records += page.get("list") or []
            totals.add(int(page["page_info"]["total_number"]))
            if len(totals) > 1:
                return None
        return records if totals == {len(records)} else None

    def _page_by_page(self, path: str, parameters: Parameters, page_size: int) -> Iterator[Record]:
        number = last = 1
        while number <= last:
            page = self.get(path, {**parameters, "page": number, "page_size": page_size})
            yield page
            last = int(page["page_info"]["total_page"])
            number += 1

    def _once(self, path: str, parameters: Parameters) -> Record:
        query = {name: _text(value) for name, value in parameters.items() if value is not None}
        try:
            response = self.session.get(
                f"{self.base_url}{API}{path}",
                params=query,
                headers={"Access-Token": self.access_token},
                timeout=TIMEOUT_SECONDS,
            )
            content = response.json() if response.status_code == 200 else {}
        except (requests.RequestException, ValueError) as error:
            raise TransientError(f"connection failed ({type(error).__name__})") from error
        if response.status_code != 200:
            raise _http_problem(response)
        if content.get("code") != OK:
            raise _problem(int(content.get("code", -1)), str(content.get("message")), path)
        return content.get("data") or {}


def _text(value: Any) -> str:
    """Lists and objects stand in the query as JSON."""
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def _http_problem(response: requests.Response) -> Exception:
    status = response.status_code
    if status == 429 or status == 408 or status >= 500:
        wait = response.headers.get("Retry-After", "")
        return TransientError(f"HTTP {status}", float(wait) if wait.isdigit() else None)
    if status in (401, 403):
        return _refused(f"HTTP {status}")
    return LandingError(f"TikTok answers HTTP {status}: check {SETTING}BASE_URL.")


def _problem(code: int, message: str, path: str) -> Exception:
    """What a code that is not 0 means: another try, one advertiser, or something to repair."""
    text = f"{message.strip().rstrip('.')} (code {code})"
    if code in BUSY:
        return TransientError(text)
    if code in BAD_TOKEN:
        return _refused(text)
    if code == NO_PERMISSION:
        return NoPermissionError(text)
    if code == TOO_LARGE:
        return TooLargeError(text)
    return AccountError(f"{path} is refused: {text}")


def _refused(text: str) -> LandingError:
    return LandingError(
        f"TikTok refused the access token: {text}. Set {SETTING}ACCESS_TOKEN to a valid one."
    )
