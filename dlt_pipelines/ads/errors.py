"""What may go wrong with an ad account, by how far it reaches."""

from dlt_pipelines.errors import LandingError


class TransientError(Exception):
    """Worth another try, after `wait` seconds where the answer says so."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


class AccountError(LandingError):
    """One account cannot be read: the others land. The text need not name the account."""
