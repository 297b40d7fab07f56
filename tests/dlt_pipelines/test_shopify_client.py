"""How the client waits, asks for less, and says what a person must repair."""

import io
import json
import logging
import urllib.error
from email.message import Message
from typing import Any

import pytest

from dlt_pipelines.errors import LandingError
from dlt_pipelines.shopify.client import ATTEMPTS, Address, Client, Credentials, Pace
from tests.dlt_pipelines.shopify_shops import no_sleep, serving, small_shop

STATIC = Credentials(access_token="shpat_secret")


def answer(data: Any = None, **more: Any) -> bytes:
    return json.dumps({"data": data or {"ok": 1}, **more}).encode()


def refusal(code: str, **cost: Any) -> bytes:
    errors = [{"message": code.lower(), "extensions": {"code": code}}]
    return answer(None, errors=errors, extensions={"cost": cost} if cost else None)


def http_error(status: int, **headers: str) -> urllib.error.HTTPError:
    message = Message()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    return urllib.error.HTTPError("http://shop", status, "no", message, io.BytesIO())


class Scripted:
    """A client whose wire gives these answers in turn; what was asked and slept is kept."""

    def __init__(self, *answers: Any, version: str = "2026-07") -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.slept: list[float] = []
        self.version = version
        self.client = Client(Address.of("shop.myshopify.com"), STATIC, sleep=self.slept.append)
        self.client._wire = self  # type: ignore[assignment]

    def post(self, body: bytes) -> tuple[bytes, dict[str, str]]:
        self.asked.append(json.loads(body)["variables"])
        given = self.answers.pop(0)
        if isinstance(given, Exception):
            raise given
        return given, {"X-Shopify-API-Version": self.version}

    def execute(self) -> Any:
        return json.loads(bytes(self.client.execute("query { ok }")))

    def execute_paced(self, pace: Pace) -> Any:
        return self.client.execute_paced("query { ok }", lambda size: {"first": size}, pace)

    @property
    def sizes(self) -> list[int]:
        return [variables["first"] for variables in self.asked]


def test_too_many_requests_waits_as_long_as_it_is_told():
    scripted = Scripted(http_error(429, Retry_After="7"), answer())
    assert scripted.execute() == {"ok": 1}
    assert scripted.slept == [7.0]


def test_a_throttled_query_waits_until_its_points_are_restored():
    status = {"maximumAvailable": 2000, "currentlyAvailable": 150, "restoreRate": 100}
    throttled = refusal("THROTTLED", requestedQueryCost=450, throttleStatus=status)
    scripted = Scripted(throttled, answer())
    scripted.execute()
    assert scripted.slept == [3.0]


def test_a_failing_server_is_asked_again_after_growing_waits():
    scripted = Scripted(*[http_error(503)] * 4, answer())
    scripted.execute()
    expected = [1.0, 2.0, 4.0, 8.0]
    for slept, seconds in zip(scripted.slept, expected, strict=True):
        assert seconds * 0.5 <= slept <= seconds * 1.5


def test_a_server_that_never_answers_ends_in_one_line():
    scripted = Scripted(*[http_error(502)] * ATTEMPTS)
    with pytest.raises(LandingError, match=r"shop.myshopify.com gave no answer .* HTTP 502"):
        scripted.execute()
    assert len(scripted.asked) == ATTEMPTS


def test_an_answer_that_is_cut_off_is_asked_for_again():
    scripted = Scripted(answer()[:-3], ConnectionResetError(), answer())
    assert scripted.execute() == {"ok": 1}


def test_a_costly_page_is_halved_and_never_grows_so_large_again():
    scripted = Scripted(refusal("MAX_COST_EXCEEDED"), *[answer()] * 3)
    pace = Pace(100)
    for _ in range(3):
        scripted.execute_paced(pace)
    assert scripted.sizes == [100, 50, 50, 50]


def test_a_slow_page_is_halved_and_grows_again():
    scripted = Scripted(TimeoutError(), *[answer()] * 4)
    pace = Pace(100)
    for _ in range(4):
        scripted.execute_paced(pace)
    assert scripted.sizes == [100, 50, 75, 100, 100]


def test_a_page_of_one_that_costs_too_much_ends_in_one_line():
    scripted = Scripted(refusal("MAX_COST_EXCEEDED"), answer())
    with pytest.raises(LandingError, match="even a page of one object"):
        scripted.execute_paced(Pace(1))


def test_a_query_that_is_refused_is_not_asked_again():
    scripted = Scripted(refusal("ACCESS_DENIED"))
    with pytest.raises(LandingError, match="Shopify refused a query: access_denied"):
        scripted.execute()


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_token_names_the_shop_and_the_setting_but_not_the_token(status):
    scripted = Scripted(http_error(status))
    with pytest.raises(LandingError) as refused:
        scripted.execute()
    message = str(refused.value)
    assert "shop.myshopify.com" in message
    assert "SOURCES__SHOPIFY__ACCESS_TOKEN" in message
    assert "secret" not in message + repr(STATIC)


def test_a_shop_that_is_not_there_names_its_setting():
    scripted = Scripted(http_error(404))
    with pytest.raises(LandingError, match="HTTP 404: check SOURCES__SHOPIFY__SHOP_URL"):
        scripted.execute()


def test_another_api_version_is_told_once(caplog):
    caplog.set_level(logging.WARNING)
    scripted = Scripted(answer(), answer(), version="2026-10")
    scripted.execute()
    scripted.execute()
    assert caplog.text.count("API version 2026-10, not 2026-07") == 1


@pytest.mark.parametrize("shop_url", ["", "ftp://shop", "https://"])
def test_an_address_that_is_none_names_its_setting(shop_url):
    with pytest.raises(LandingError, match="SOURCES__SHOPIFY__SHOP_URL is "):
        Address.of(shop_url)


@pytest.mark.parametrize(
    ("shop_url", "endpoint"),
    [
        ("north.myshopify.com", "https://north.myshopify.com/admin/api/2026-07/graphql.json"),
        ("https://north.myshopify.com/", "https://north.myshopify.com/admin/api/2026-07/graphql.json"),
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765/admin/api/2026-07/graphql.json"),
    ],
)  # fmt: skip
def test_the_pinned_api_version_is_asked_at_the_shops_address(shop_url, endpoint):
    wire = Address.of(shop_url).wire("shpat_secret")
    assert wire.endpoint == endpoint
    assert wire.headers["X-Shopify-Access-Token"] == "shpat_secret"


def granted(sandbox, client_secret=None):
    credentials = Credentials(None, sandbox.client_id, client_secret or sandbox.client_secret)
    return Client(Address.of(sandbox.url), credentials, sleep=no_sleep)


def test_a_short_lived_token_that_ran_out_is_replaced():
    with serving(small_shop(orders=0)) as sandbox:
        client = granted(sandbox)
        client.execute("query { shop { name } }")
        sandbox.tokens.expire_all()
        answered = client.execute("query { shop { name } }")
        assert b"Sandbox Outfitters" in bytes(answered)
        assert len(sandbox.tokens.expiry) == 1


def test_a_refused_client_secret_names_both_settings():
    with serving(small_shop(orders=0)) as sandbox:
        client = granted(sandbox, "shpss_wrong")
        with pytest.raises(LandingError, match=r"CLIENT_ID and SOURCES__SHOPIFY__CLIENT_SECRET"):
            client.execute("query { shop { name } }")


def test_without_any_token_the_settings_are_named():
    client = Client(Address.of("http://127.0.0.1:9"), Credentials(), sleep=no_sleep)
    with pytest.raises(LandingError, match=r"set SOURCES__SHOPIFY__ACCESS_TOKEN, or SOURCES"):
        client.execute("query { shop { name } }")
