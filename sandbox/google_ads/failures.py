"""What the API says when it refuses: a GoogleAdsFailure in the trailing metadata of the call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import grpc
from google.ads.googleads.v26.errors.types.errors import GoogleAdsFailure

FAILURE_KEY = "google.ads.googleads.v26.errors.googleadsfailure-bin"
REQUEST_ID = "sandbox-request"
DETAILS = {
    grpc.StatusCode.INVALID_ARGUMENT: "Request contains an invalid argument.",
    grpc.StatusCode.PERMISSION_DENIED: "The caller does not have permission",
    grpc.StatusCode.UNAUTHENTICATED: "Request had invalid authentication credentials.",
    grpc.StatusCode.RESOURCE_EXHAUSTED: "Resource has been exhausted (e.g. check quota).",
    grpc.StatusCode.UNAVAILABLE: "The service is currently unavailable.",
}
_Failure = GoogleAdsFailure.pb()


@dataclass(frozen=True)
class Refused(Exception):  # noqa: N818
    """A request that the API refuses. `kind` and `code` name the error: query_error, BAD_NUMBER."""

    status: grpc.StatusCode
    kind: str = ""
    code: str = ""
    message: str = ""
    retry_seconds: float | None = None

    @property
    def metadata(self) -> tuple[tuple[str, Any], ...]:
        """The call's trailing metadata."""
        request_id = ("request-id", REQUEST_ID)
        return (request_id, (FAILURE_KEY, self._failure())) if self.kind else (request_id,)

    def _failure(self) -> bytes:
        failure = _Failure(request_id=REQUEST_ID)
        error = failure.errors.add(message=self.message)
        field = error.error_code.DESCRIPTOR.fields_by_name[self.kind]
        setattr(error.error_code, self.kind, field.enum_type.values_by_name[self.code].number)
        if self.retry_seconds is not None:
            quota = error.details.quota_error_details
            quota.rate_name = "Requests per service per method"
            quota.retry_delay.FromNanoseconds(int(self.retry_seconds * 1e9))
        return bytes(failure.SerializeToString())


def query_error(code: str, message: str) -> Refused:
    return Refused(grpc.StatusCode.INVALID_ARGUMENT, "query_error", code, message)


def bad_token() -> Refused:
    return Refused(
        grpc.StatusCode.UNAUTHENTICATED,
        "authentication_error",
        "OAUTH_TOKEN_INVALID",
        "OAuth token in the header is not valid.",
    )


def not_enabled() -> Refused:
    return Refused(
        grpc.StatusCode.PERMISSION_DENIED,
        "authorization_error",
        "CUSTOMER_NOT_ENABLED",
        "The customer account can't be accessed: it is not enabled or has been deactivated.",
    )


def not_permitted() -> Refused:
    return Refused(
        grpc.StatusCode.PERMISSION_DENIED,
        "authorization_error",
        "USER_PERMISSION_DENIED",
        "User doesn't have permission to access customer. A client customer is reached with its "
        "manager's id in the 'login-customer-id' header.",
    )


def bad_developer_token() -> Refused:
    return Refused(
        grpc.StatusCode.UNAUTHENTICATED,
        "authentication_error",
        "DEVELOPER_TOKEN_INVALID",
        "The developer token is not valid.",
    )


def no_quota(seconds: float) -> Refused:
    return Refused(
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        "quota_error",
        "RESOURCE_EXHAUSTED",
        f"Too many requests. Retry in {seconds:g} seconds.",
        seconds,
    )


def unavailable() -> Refused:
    return Refused(grpc.StatusCode.UNAVAILABLE)
