"""Login with Amazon: access tokens that last an hour, for a refresh token."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sandbox.replica import Answer

CLIENT_ID = "amzn1.application-oa2-client.sandbox"
CLIENT_SECRET = "amzn1.oa2-cs.v1.sandbox"
REFRESH_TOKEN = "Atzr|sandbox"
LIFETIME_SECONDS = 3600


@dataclass
class Tokens:
    """Who may come in."""

    clock: Callable[[], float]
    refresh_token: str = REFRESH_TOKEN
    expiry: dict[str, float] = field(default_factory=dict)

    def accepts(self, authorization: str | None) -> bool:
        kind, _, token = (authorization or "").partition(" ")
        return kind.lower() == "bearer" and self.expiry.get(token, 0) > self.clock()

    def grant(self, form: Mapping[str, str]) -> Answer:
        """The answer to POST /auth/o2/token."""
        if form.get("grant_type") != "refresh_token":
            return _refused(400, "unsupported_grant_type", "The grant type is not supported")
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return _refused(401, "invalid_client", "Client authentication failed")
        if form.get("refresh_token") != self.refresh_token:
            return _refused(400, "invalid_grant", "The refresh token is not valid, or was revoked")
        token = f"Atza|{secrets.token_hex(24)}"
        self.expiry[token] = self.clock() + LIFETIME_SECONDS
        return Answer(
            {
                "access_token": token,
                "refresh_token": self.refresh_token,
                "token_type": "bearer",
                "expires_in": LIFETIME_SECONDS,
            }
        )

    def expire_all(self) -> None:
        """Ends every access token."""
        self.expiry.clear()

    def revoke(self) -> None:
        """Ends the refresh token, and what was granted for it."""
        self.refresh_token = ""
        self.expire_all()


def _refused(status: int, error: str, description: str) -> Answer:
    return Answer({"error": error, "error_description": description}, status)
