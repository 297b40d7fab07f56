"""The wire to the Google Ads API: the google-ads client, with patience.

Quota and outages are tried again; what one customer refuses is that account's error; what a person
must repair comes as one line that names the setting.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.ads.googleads.client import GoogleAdsClient
from google.ads.googleads.errors import GoogleAdsException
from google.ads.googleads.interceptors import ExceptionInterceptor, MetadataInterceptor
from google.ads.googleads.v26.errors.types.errors import GoogleAdsFailure
from google.ads.googleads.v26.services.services.google_ads_service import GoogleAdsServiceClient
from google.ads.googleads.v26.services.services.google_ads_service.transports import (
    GoogleAdsServiceGrpcTransport,
)
from google.api_core.exceptions import GoogleAPICallError
from google.auth.exceptions import GoogleAuthError

from dlt_pipelines.ads.errors import AccountError, TransientError
from dlt_pipelines.ads.patience import Patience
from dlt_pipelines.errors import LandingError

VERSION = "v26"
SETTING = "SOURCES__GOOGLE_ADS__"
FAILURE_KEY = f"google.ads.googleads.{VERSION}.errors.googleadsfailure-bin"
TIMEOUT_SECONDS = 600.0
LONGEST_QUOTA_WAIT_SECONDS = 900.0
PLAIN_TEXT = "http://"
CHANNEL_OPTIONS = [("grpc.max_receive_message_length", 64 * 1024 * 1024)]
PASSING = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.INTERNAL,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.ABORTED,
        grpc.StatusCode.UNKNOWN,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
    }
)
OF_ACCOUNT = frozenset(
    {
        "CUSTOMER_NOT_ENABLED",
        "USER_PERMISSION_DENIED",
        "ACTION_NOT_PERMITTED_FOR_SUSPENDED_ACCOUNT",
        "CUSTOMER_NOT_FOUND",
    }
)


@dataclass(frozen=True)
class Credentials:
    """Who asks: an OAuth client with a refresh token, or a token as it is (for a replica)."""

    developer_token: str = field(repr=False)
    login_customer_id: str
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)


class Client:
    """Asks the customers below one login customer."""

    def __init__(
        self, credentials: Credentials, endpoint: str | None, sleep: Callable[[float], None]
    ) -> None:
        self.login_customer_id = credentials.login_customer_id
        self._patience = Patience("Google Ads", sleep)
        self._service = service_of(credentials, endpoint)

    def search(self, customer_id: str, query: str) -> list[Any]:
        """All rows of a query, as protobuf messages."""
        return self._patience.call(lambda: self._once(customer_id, query))

    def _once(self, customer_id: str, query: str) -> list[Any]:
        try:
            stream = self._service.search_stream(
                customer_id=customer_id, query=query, retry=None, timeout=TIMEOUT_SECONDS
            )
            return [row for response in stream for row in response.results]
        except GoogleAdsException as error:
            raise _problem(error.error.code(), error.failure.errors) from error
        except GoogleAPICallError as error:
            call = next(iter(error.errors), None)
            raise _call_problem(call) from error
        except grpc.RpcError as error:
            raise _call_problem(error) from error
        except GoogleAuthError as error:
            raise _refused(str(error)) from error


def service_of(credentials: Credentials, endpoint: str | None) -> GoogleAdsServiceClient:
    """The service that answers queries, at Google or at a replica."""
    if endpoint and endpoint.startswith(PLAIN_TEXT):
        return _plain_service(credentials, endpoint.removeprefix(PLAIN_TEXT).rstrip("/"))
    named = {
        "client_id": credentials.client_id,
        "client_secret": credentials.client_secret,
        "refresh_token": credentials.refresh_token,
    }
    missing = [f"{SETTING}{name.upper()}" for name, value in named.items() if not value]
    if missing:
        raise LandingError(f"{', '.join(missing)} must be set to read Google Ads.")
    config = {
        **named,
        "developer_token": credentials.developer_token,
        "login_customer_id": credentials.login_customer_id,
        "use_proto_plus": False,
        **({"endpoint": endpoint} if endpoint else {}),
    }
    try:
        return GoogleAdsClient.load_from_dict(config, VERSION).get_service("GoogleAdsService")
    except GoogleAuthError as error:
        raise _refused(str(error)) from error


def _plain_service(credentials: Credentials, address: str) -> GoogleAdsServiceClient:
    """The same service over a channel of our own: the client's would insist on TLS."""
    channel = grpc.intercept_channel(
        grpc.insecure_channel(address, CHANNEL_OPTIONS),
        MetadataInterceptor(credentials.developer_token, credentials.login_customer_id),
        _Bearer(credentials.access_token or ""),
        ExceptionInterceptor(VERSION, use_proto_plus=False),
    )
    return GoogleAdsServiceClient(transport=GoogleAdsServiceGrpcTransport(channel=channel))


class _Bearer(MetadataInterceptor):
    """Puts a token as it is into each request."""

    def __init__(self, access_token: str) -> None:
        super().__init__()
        self.developer_token_meta = ("authorization", f"Bearer {access_token}")


def _call_problem(call: Any) -> Exception:
    """What a call that failed without a message of the API's own, or was throttled, means."""
    if not isinstance(call, grpc.Call):
        return TransientError(f"connection failed ({call!r})")
    failure = GoogleAdsFailure.pb()()
    for key, value in call.trailing_metadata() or ():
        if key == FAILURE_KEY:
            failure.ParseFromString(value)
    return _problem(call.code(), failure.errors)


def _problem(status: grpc.StatusCode, errors: Iterable[Any]) -> Exception:
    """What an error means: another try, an account that refuses, or something to repair."""
    error = next(iter(errors), None)
    kind, code = _code(error)
    message = f"{code}: {error.message}" if error else status.name
    if kind == "quota_error":
        return _quota_problem(error, message)
    if code in OF_ACCOUNT:
        return AccountError(message)
    if status == grpc.StatusCode.UNAUTHENTICATED or kind == "authentication_error":
        return _refused(message)
    if status in PASSING:
        return TransientError(message)
    return LandingError(f"Google Ads refuses what it is asked: {message}")


def _code(error: Any) -> tuple[str, str]:
    """The kind of an error and its name: query_error, UNRECOGNIZED_FIELD."""
    if error is None:
        return "", ""
    message = getattr(error, "_pb", error).error_code
    kind = message.WhichOneof("error_code")
    if kind is None:
        return "", ""
    numbers = message.DESCRIPTOR.fields_by_name[kind].enum_type.values_by_number
    return kind, numbers[getattr(message, kind)].name


def _quota_problem(error: Any, message: str) -> Exception:
    delay = getattr(error, "_pb", error).details.quota_error_details.retry_delay.ToSeconds()
    if delay > LONGEST_QUOTA_WAIT_SECONDS:
        return LandingError(
            f"The quota of the Google Ads developer token is used up for {delay / 3600:.1f} hours."
        )
    return TransientError(message, float(delay) or None)


def _refused(message: str) -> LandingError:
    return LandingError(
        f"Google Ads refused the credentials ({message}): set {SETTING}REFRESH_TOKEN, "
        f"{SETTING}CLIENT_ID, {SETTING}CLIENT_SECRET and {SETTING}DEVELOPER_TOKEN to valid values."
    )
