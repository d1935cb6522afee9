"""A SQLite file as `upgrade` leaves it, copied: a hundred tests want one, and each would take a tenth of a second."""

from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from bot.storage import upgrade


@cache
def _held() -> TemporaryDirectory[str]:
    """Removed when the process ends."""
    directory = TemporaryDirectory(prefix="ventanilla-")
    upgrade(f"sqlite:///{directory.name}/bot.db")
    return directory


def new_sqlite(path: Path) -> str:
    """The URL of a new database in this file."""
    return f"sqlite:///{copy(Path(_held().name) / 'bot.db', path)}"
