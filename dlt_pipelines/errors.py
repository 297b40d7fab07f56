"""Errors that a person reads: one clear line that says what to set or repair."""


class LandingError(RuntimeError):
    """A source cannot land; the warehouse stays as it was."""
