"""Files of the server's own: beside an embedded database, else in var/ of the working directory."""

from pathlib import Path

from sqlalchemy import make_url

from bot.storage import Database, Helped, SentJournal


def beside(database_url: str) -> Path:
    """Where they stand, without their suffix."""
    url = make_url(database_url)
    embedded = url.get_backend_name() == "sqlite" and url.database
    return Path(url.database if embedded and url.database else "var/ventanilla")


def journal_of(database: Database, database_url: str) -> SentJournal | None:
    """None where a database is shared: what is sent is marked at once, on a connection of its own."""
    return None if database.shared else SentJournal(beside(database_url).with_suffix(".sent"))


def helped_of(database: Database, database_url: str) -> Helped:
    """Read from its file, which is made now, while the disk has room."""
    return Helped(database.cipher, beside(database_url).with_suffix(".helped"))
