"""What TikTok answers when it does not do what it is asked."""

from __future__ import annotations

BAD_TOKEN = 40105
BUSY = 40100
TOO_LARGE = 40067
NO_PERMISSION = 40001
BAD_PARAMETER = 40002
NOT_FOUND = 40006


class ApiError(Exception):
    """An answer with a code that is not 0."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def bad(message: str) -> ApiError:
    return ApiError(BAD_PARAMETER, message)
