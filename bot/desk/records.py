"""The storage that the use cases are given; whoever serves people has it."""

from typing import Any, Protocol

from bot.storage import Audit, Cases, Database, Floods


class Records(Protocol):
    """Cases, the log, floods, the database, and what sends replies (`wake()`)."""

    @property
    def cases(self) -> Cases:
        """Cases and their transcripts."""
        ...

    @property
    def audit(self) -> Audit:
        """Who did what."""
        ...

    @property
    def floods(self) -> Floods:
        """What stands behind a case, and what is blocked."""
        ...

    @property
    def database(self) -> Database:
        """For a search."""
        ...

    @property
    def delivery(self) -> Any:
        """Told that a reply waits."""
        ...
