"""A running replica of the API, for tests and the demo."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sandbox.ads import AdWorld
from sandbox.faults import Fault
from sandbox.replica import Answer, Replica, Request
from sandbox.tiktok_ads import entities, errors, reports
from sandbox.tiktok_ads.errors import ApiError, bad
from sandbox.tiktok_ads.platform import Platform, Row

API = "/open_api/v1.3"
ACCESS_TOKEN = "tiktok-sandbox"
APP_ID, APP_SECRET = "7000000000000000001", "app-secret"
LARGEST_PAGE = 1000
LARGEST_GMV_MAX_PAGE = LARGEST_AUDIENCE_PAGE = 100

List = Callable[[Platform, Mapping[str, str]], list[Row]]

LISTS: dict[str, tuple[List, int]] = {
    "/report/integrated/get/": (reports.integrated, LARGEST_PAGE),
    "/gmv_max/report/get/": (reports.gmv_max, LARGEST_PAGE),
    "/campaign/get/": (entities.campaigns, LARGEST_PAGE),
    "/adgroup/get/": (entities.ad_groups, LARGEST_PAGE),
    "/ad/get/": (entities.ads, LARGEST_PAGE),
    "/dmp/custom_audience/list/": (entities.audiences, LARGEST_AUDIENCE_PAGE),
    "/gmv_max/campaign/get/": (entities.gmv_max_campaigns, LARGEST_GMV_MAX_PAGE),
}


class TikTokAdsSandbox(Replica):
    """Serves an ad world. Faults of its own:

    `drift` (a row more is counted on that page than on the others), `too_large` (the report holds
    too much).
    """

    extra_faults = frozenset({"drift", "too_large"})

    def __init__(
        self,
        world: AdWorld,
        port: int = 0,
        *,
        now: datetime | None = None,
        access_token: str = ACCESS_TOKEN,
    ) -> None:
        super().__init__(port=port, now=now or world.shop.now)
        self.access_token = access_token
        self.app_id, self.app_secret = APP_ID, APP_SECRET
        self.refused: set[str] = set()
        self._world = world
        self._platform = Platform(world, self.now)

    @property
    def variables(self) -> dict[str, str]:
        prefix = "SOURCES__TIKTOK_ADS__"
        return {
            f"{prefix}BASE_URL": self.url,
            f"{prefix}ACCESS_TOKEN": self.access_token,
            f"{prefix}ADVERTISER_IDS": ",".join(self._platform.account_ids),
        }

    def move(self, now: datetime) -> None:
        super().move(now)
        self._platform = Platform(self._world, self.now)

    def refuse(self, *advertiser_ids: str) -> None:
        """From now on the token may not read these advertisers, and no others are refused."""
        self.refused = set(advertiser_ids)

    def too_many(self, _: Fault) -> Answer:
        return _failed(ApiError(errors.BUSY, "Too many requests. Please retry in some time."))

    def answer(self, request: Request) -> Answer:
        path = request.path.removeprefix(API)
        if path == request.path:
            return Answer({"message": "Not Found"}, 404)
        try:
            data = self._data(path, request)
        except ApiError as error:
            return _failed(error)
        return Answer({"code": 0, "message": "OK", "request_id": "sandbox", "data": data})

    def _data(self, path: str, request: Request) -> Row:
        query = request.query
        if request.headers.get("access-token") != self.access_token:
            message = "Access token is incorrect or has been revoked."
            raise ApiError(errors.BAD_TOKEN, message)
        if path == "/oauth2/advertiser/get/":
            return {"list": self._authorized(query)}
        if path == "/advertiser/info/":
            ids = json.loads(query.get("advertiser_ids") or "[]")
            return {"list": entities.advertisers(self._platform, self._allowed(ids))}
        self._allowed([query.get("advertiser_id", "")])
        if path == "/gmv_max/store/list/":
            return {"store_list": entities.shops(self._platform, query)}
        if path == "/campaign/gmv_max/info/":
            return entities.gmv_max_info(self._platform, query)
        if path not in LISTS:
            raise ApiError(errors.NOT_FOUND, f"{path} is unknown")
        if path.endswith("/report/integrated/get/") and self._strikes("too_large", request):
            raise ApiError(errors.TOO_LARGE, "The query is too large. Narrow its time range.")
        read, largest = LISTS[path]
        return self._page(read(self._platform, query), request, largest)

    def _authorized(self, query: Mapping[str, str]) -> list[Row]:
        if (query.get("app_id"), query.get("secret")) != (APP_ID, APP_SECRET):
            raise bad("secret: does not belong to the app")
        return [
            {"advertiser_id": id, "advertiser_name": self._platform.account(id)["account_name"]}
            for id in self._platform.account_ids
        ]

    def _allowed(self, ids: list[str]) -> list[str]:
        for id in ids:
            if id in self.refused or id not in self._platform.account_ids:
                raise ApiError(errors.NO_PERMISSION, f"No permission to operate advertiser {id}.")
        return ids

    def _page(self, rows: list[Row], request: Request, largest: int) -> Row:
        number, size = (_number(request.query, name, usual)
                        for name, usual in (("page", 1), ("page_size", 10)))  # fmt: skip
        if not 1 <= size <= largest:
            raise bad(f"page_size: must be from 1 to {largest}")
        total = len(rows) + (1 if self._strikes("drift", request) else 0)
        shown = rows[(number - 1) * size : number * size]
        pages = -(-total // size)
        information = {
            "page": number,
            "page_size": size,
            "total_number": total,
            "total_page": pages,
        }
        return {"list": shown, "page_info": information}

    def _strikes(self, kind: str, request: Request) -> bool:
        return self.waiting_faults.take(kind, request.text) is not None


def _number(query: Mapping[str, str], name: str, usual: int) -> int:
    text: Any = query.get(name, usual)
    try:
        return int(text)
    except ValueError as error:
        raise bad(f"{name}: must be a whole number") from error


def _failed(error: ApiError) -> Answer:
    return Answer(
        {"code": error.code, "message": error.message, "request_id": "sandbox", "data": {}}
    )
