"""A running replica of the Amazon Ads API, for tests and the demo."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sandbox.ads import AdWorld
from sandbox.amazon_ads import figures, listing
from sandbox.amazon_ads.checking import RefusedError, wanted
from sandbox.amazon_ads.entities import FETCHED, POSTED, PRODUCTS, Entities, profile
from sandbox.amazon_ads.jobs import STORAGE, Jobs, Rows
from sandbox.amazon_ads.tokens import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, Tokens
from sandbox.faults import Fault
from sandbox.replica import Answer, Replica, Request

REPORTS = "/reporting/reports"
REPORT_MEDIA_TYPE = "application/vnd.createasyncreportrequest.v3+json"
SETTING = "SOURCES__AMAZON_ADS__"


class AmazonAdsSandbox(Replica):
    """Serves the Amazon profiles of an ad world.

    A report is done when it was looked at `polls` times; `page_size` is the most that a page holds;
    the profiles of `refused` are shown, and may not be used.
    """

    extra_faults = frozenset({
        "report_failed",  # a report, named by its reportTypeId, ends as FAILED
        "token_expired",  # all access tokens end before this request
        "url_expired",  # the signed address of a file has run out
    })  # fmt: skip

    def __init__(
        self,
        world: AdWorld,
        port: int = 0,
        *,
        now: datetime | None = None,
        polls: int = 2,
        page_size: int = 100,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(port=port, now=now or world.shop.now)
        self.world = world
        self.page_size = page_size
        self.refused: set[str] = set()
        self.entities = Entities(world)
        self.tokens = Tokens(clock)
        self.jobs = Jobs(clock, self.waiting_faults, polls)

    @property
    def variables(self) -> dict[str, str]:
        return {
            f"{SETTING}CLIENT_ID": CLIENT_ID,
            f"{SETTING}CLIENT_SECRET": CLIENT_SECRET,
            f"{SETTING}REFRESH_TOKEN": REFRESH_TOKEN,
            f"{SETTING}ENDPOINT": self.url,
            f"{SETTING}TOKEN_URL": f"{self.url}/auth/o2/token",
        }

    def answer(self, request: Request) -> Answer:
        if request.path == "/auth/o2/token" and request.method == "POST":
            return self.tokens.grant(request.form())
        if request.path.startswith(STORAGE):
            return self.jobs.file(request)
        if self.waiting_faults.take("token_expired", request.text):
            self.tokens.expire_all()
        try:
            return self._authorized(request)
        except RefusedError as error:
            return _error(error.status, str(error))
        except ValueError:
            return _error(400, "Invalid or malformed request body")

    def too_many(self, fault: Fault) -> Answer:
        wait = {"Retry-After": f"{fault.retry_after}"}
        return Answer({"code": "429", "details": "Too Many Requests"}, 429, wait)

    def broken(self, fault: Fault) -> Answer:
        return _error(fault.status, "Internal Error")

    def _authorized(self, request: Request) -> Answer:
        if request.headers.get("amazon-advertising-api-clientid") != CLIENT_ID:
            raise RefusedError(
                "The Amazon-Advertising-API-ClientId header is missing or wrong", 401
            )
        if not self.tokens.accepts(request.headers.get("authorization")):
            raise RefusedError("HTTP 401 Unauthorized", 401)
        if request.path == "/v2/profiles":
            accounts = self.entities.accounts(self.now).values()
            return Answer([profile(account) for account in accounts])
        return self._of_profile(request, self._profile(request.headers))

    def _profile(self, headers: Mapping[str, str]) -> str:
        """The profile that a request is about."""
        scope = headers.get("amazon-advertising-api-scope")
        if not scope:
            raise RefusedError("Scope header is missing", 401)
        account = self.entities.accounts(self.now).get(scope)
        if account is None:
            raise RefusedError(f"No matching advertiser found for scope: {scope}", 401)
        if account["status"] == "refused" or scope in self.refused:
            raise RefusedError(f"Not authorized to access scope {scope}", 401)
        return scope

    def _of_profile(self, request: Request, profile_id: str) -> Answer:
        asked = (request.method, request.path)
        if asked == ("POST", REPORTS):
            return self._create(request, profile_id)
        if request.method == "GET" and request.path.startswith(f"{REPORTS}/"):
            report_id = request.path.removeprefix(f"{REPORTS}/")
            return self.jobs.status(profile_id, report_id, self.now, self.url)
        if request.method == "POST" and request.path in POSTED:
            product, kind, listed = POSTED[request.path]
            records = self._records(product, kind, profile_id)
            return listing.page(listed, request, records, self.page_size)
        if request.method == "GET" and request.path in FETCHED:
            product, kind, listed = FETCHED[request.path]
            records = self._records(product, kind, profile_id)
            return listing.display_page(listed, request, records, self.page_size)
        raise RefusedError("Resource not found", 404)

    def _records(self, product: str, kind: str, profile_id: str) -> list[dict[str, Any]]:
        found = getattr(self.entities, kind)(profile_id, self.now)
        return [record for record in found if record["kind"] == PRODUCTS[product]]

    def _create(self, request: Request, profile_id: str) -> Answer:
        if request.headers.get("content-type") not in (REPORT_MEDIA_TYPE, "application/json"):
            raise RefusedError(f"Content-Type must be {REPORT_MEDIA_TYPE}", 415)
        body = request.json()
        asked = wanted(body, self.entities.today(profile_id, self.now))
        now: datetime = self.now

        def make() -> Rows:
            return figures.rows(self.world, self.entities, profile_id, asked, now)

        return self.jobs.create(profile_id, body, now, make)


def _error(status: int, detail: str) -> Answer:
    return Answer({"code": str(status), "detail": detail, "details": detail}, status)
