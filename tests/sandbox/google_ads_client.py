"""Asking a replica of the Google Ads API as the google-ads client does."""

from typing import Any

from google.ads.googleads.errors import GoogleAdsException

from dlt_pipelines.google_ads.client import Credentials, service_of
from sandbox.google_ads import GoogleAdsSandbox
from sandbox.google_ads.sandbox import ACCESS_TOKEN, DEVELOPER_TOKEN

HERE, THERE = "1203344556", "7788990011"
MANAGER, CLOSED = "5550001111", "5550002222"


def search(
    sandbox: GoogleAdsSandbox,
    query: str,
    customer_id: str = HERE,
    *,
    token: str = ACCESS_TOKEN,
    developer_token: str = DEVELOPER_TOKEN,
    login: str = MANAGER,
) -> list[Any]:
    """The rows of a query."""
    credentials = Credentials(developer_token, login, access_token=token)
    service = service_of(credentials, sandbox.endpoint)
    stream = service.search_stream(customer_id=customer_id, query=query, retry=None)
    return [row for response in stream for row in response.results]


def error_of(error: GoogleAdsException) -> tuple[str, str]:
    """The kind and the code of a failure, as its error code holds them."""
    code = error.failure.errors[0].error_code
    kind = code._pb.WhichOneof("error_code")
    return kind, getattr(code, kind).name
