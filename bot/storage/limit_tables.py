"""What is counted so that nobody floods the desk or guesses a password. Keyed hashes alone: no address, no name."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table

from bot.storage.tables import metadata
from bot.storage.types import UTCTime

# Wrong passwords in a row, for each name that was tried and each network or known device that tried it.
log_in_failures = Table(
    "log_in_failures",
    metadata,
    Column("name_key", LargeBinary(32), primary_key=True),
    Column("source_key", LargeBinary(32), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", UTCTime, nullable=False),
    Index(None, "last_at"),
)
