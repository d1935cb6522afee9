"""Log lines as JSON: when, what, and which request, conversation and job they belong to."""

import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_about: ContextVar[Mapping[str, str] | None] = ContextVar("about", default=None)


@contextmanager
def about(**ids: str) -> Iterator[None]:
    """Within, every line says which `request`, `conversation` (a keyed hash, never an address) or `job` it is about."""
    before = _about.set({**(_about.get() or {}), **ids})
    try:
        yield
    finally:
        _about.reset(before)


class JsonLines(logging.Formatter):
    """One object a line. Of an exception its type and where it was raised: its words may be a person's."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage(),
        }  # fmt: skip
        raised = record.exc_info[1] if record.exc_info else None
        if raised is not None:
            frames = traceback.extract_tb(raised.__traceback__)[-5:]
            at = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
            line |= {"raised": type(raised).__name__, "at": at}
        return json.dumps(line | {**(_about.get() or {})}, ensure_ascii=False)


def as_json() -> None:
    """From now on, all that is logged in this process."""
    logging.captureWarnings(True)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonLines())
