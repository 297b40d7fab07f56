"""Access tokens: a lasting one, and short-lived ones of the client-credentials grant."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

LIFETIME_SECONDS = 86_399


@dataclass
class Tokens:
    """Who may come in."""

    clock: Callable[[], float]
    lasting: str
    client_id: str
    client_secret: str
    scopes: frozenset[str]
    lifetime: int = LIFETIME_SECONDS
    expiry: dict[str, float] = field(default_factory=dict)

    def accepts(self, token: str | None) -> bool:
        if not token:
            return False
        return token == self.lasting or self.expiry.get(token, 0) > self.clock()

    def grant(self, form: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and body of POST /admin/oauth/access_token."""
        if form.get("grant_type") != "client_credentials":
            return 400, {"error": "unsupported_grant_type"}
        given = (form.get("client_id"), form.get("client_secret"))
        if given != (self.client_id, self.client_secret):
            return 401, {"error": "invalid_client"}
        token = f"shpat_{secrets.token_hex(16)}"
        self.expiry[token] = self.clock() + self.lifetime
        return 200, {
            "access_token": token,
            "scope": ",".join(sorted(self.scopes)),
            "expires_in": self.lifetime,
        }

    def expire_all(self) -> None:
        """Ends every short-lived token."""
        self.expiry.clear()
