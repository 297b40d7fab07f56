"""A running replica of Pinboard's API, for tests and the demo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox.ads import AdWorld
from sandbox.custom_api import boards
from sandbox.custom_api.boards import Row
from sandbox.replica import Answer, Replica, Request

ZONE = ZoneInfo("Europe/Berlin")
ACCESS_TOKEN = "pinboard-sandbox"
LONGEST_DAYS = 31
EXAMPLE = Path(__file__).parents[2] / "dlt_pipelines" / "custom_api" / "example.yml"


class PinboardSandbox(Replica):
    """Serves what Pinboard shows of a shop, `page_size` records at a time."""

    def __init__(self, world: AdWorld, port: int = 0, *, page_size: int = 200) -> None:
        super().__init__(port=port, now=world.shop.now)
        self.access_token = ACCESS_TOKEN
        self._spec = world.shop.spec
        self._page_size = page_size

    @property
    def variables(self) -> dict[str, str]:
        return {
            "PINBOARD_URL": self.url,
            "PINBOARD_TOKEN": self.access_token,
            "SOURCES__CUSTOM_API__CONFIG": str(EXAMPLE),
        }

    @property
    def today(self) -> date:
        return self.now.replace(tzinfo=UTC).astimezone(ZONE).date()

    def answer(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self.access_token}":
            return Answer({"problem": "unknown token"}, 401)
        if request.path == "/v2/boards":
            return self._page("boards", boards.boards(self._spec, self.today), request.query)
        if request.path == "/v2/statistics":
            return self._statistics(request.query)
        return Answer({"problem": "not found"}, 404)

    def _statistics(self, query: Mapping[str, str]) -> Answer:
        try:
            first, last = (datetime.strptime(query.get(name, ""), "%Y%m%d").date()
                           for name in ("from", "until"))  # fmt: skip
        except ValueError:
            return Answer({"problem": "from and until must be like 20260131"}, 422)
        if (last - first).days >= LONGEST_DAYS:
            return Answer({"problem": f"at most {LONGEST_DAYS} days"}, 422)
        rows = list(boards.statistics(self._spec, first, last, self.today))
        return self._page("rows", rows, query)

    def _page(self, name: str, rows: list[Row], query: Mapping[str, str]) -> Answer:
        start = int(query.get("after", "0"))
        end = start + self._page_size
        following = str(end) if end < len(rows) else None
        return Answer({name: rows[start:end], "page": {"next": following}})
