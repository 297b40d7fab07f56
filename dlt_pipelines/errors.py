"""The one error that stops a source: its text says what is wrong, where, and what to do."""


class LandingError(RuntimeError):
    """One line for a person. `table_name` is the raw table it is about, where there is one."""

    def __init__(self, message: str, table_name: str | None = None) -> None:
        super().__init__(message)
        self.table_name = table_name
