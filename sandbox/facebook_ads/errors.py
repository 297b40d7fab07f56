"""What the Graph API says when it refuses."""

from __future__ import annotations

from typing import Any

from sandbox.replica import Answer

TRACE = "AbCdEfGhIjKlMnOpQrStUv"


class GraphError(Exception):
    """A refusal: Meta's code, and the subcode that tells more where there is one."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        subcode: int | None = None,
        status: int = 400,
        is_transient: bool = False,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.subcode = subcode
        self.status = status
        self.is_transient = is_transient

    @property
    def content(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "message": str(self),
            "type": "OAuthException",
            "code": self.code,
            "fbtrace_id": TRACE,
        }
        if self.subcode is not None:
            told["error_subcode"] = self.subcode
        if self.is_transient:
            told["is_transient"] = True
        return {"error": told}

    def answer(self, headers: dict[str, str]) -> Answer:
        return Answer(self.content, self.status, headers)


def invalid(message: str) -> GraphError:
    """A parameter that cannot be what it is."""
    return GraphError(100, f"(#100) {message}")


def expired() -> GraphError:
    return GraphError(
        190, "Error validating access token: Session has expired.", subcode=463, status=400
    )


def bad_token() -> GraphError:
    return GraphError(190, "Invalid OAuth access token - Cannot parse access token", status=401)


def no_permission() -> GraphError:
    return GraphError(
        200,
        "(#200) Ad account owner has NOT granted ads_management or ads_read permission",
        status=403,
    )


def unknown_object(object_id: str) -> GraphError:
    return GraphError(
        100,
        f"Unsupported get request. Object with ID '{object_id}' does not exist, cannot be loaded "
        "due to missing permissions, or does not support this operation",
        subcode=33,
    )


def unknown_path(path: str) -> GraphError:
    return GraphError(2500, f"Unknown path components: {path}")


def too_many_calls_to_account() -> GraphError:
    return GraphError(
        80004, "(#80004) There have been too many calls to this ad-account.", subcode=2446079
    )


def too_many_calls_of_user() -> GraphError:
    return GraphError(17, "(#17) User request limit reached", subcode=2446079)


def too_much_data() -> GraphError:
    return GraphError(
        100,
        "(#100) There is too much data to process: ask for fewer days or fewer fields",
        subcode=1487534,
    )


def too_old() -> GraphError:
    return GraphError(
        3018,
        "(#3018) The start date of the time range cannot be beyond 37 months from the current date",
    )


def busy(status: int) -> GraphError:
    return GraphError(
        2, "An unexpected error has occurred. Retry later.", status=status, is_transient=True
    )
