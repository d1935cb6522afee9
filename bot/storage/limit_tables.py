"""What is counted so that nobody floods the desk or guesses a password. Keyed hashes alone: no address, no name."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from bot.storage.tables import metadata, numbered
from bot.storage.types import Encrypted, UTCTime

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

# Cases that a network opened lately, also where they were erased since; which ones is not kept.
case_openings = numbered(
    "case_openings",
    Column("source", LargeBinary(32), nullable=False),
    Column("at", UTCTime, nullable=False),
    Index(None, "source", "at"),
    Index(None, "at"),
)

# Networks and accounts whose words open no case for a while; they are answered all the same.
blocks = numbered(
    "blocks",
    Column("source", LargeBinary(32), nullable=False, unique=True),
    Column("reason", Encrypted("blocks.reason", ("source",)), nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", UTCTime, nullable=False),
    Column("until", UTCTime, nullable=False),
)

# What is left of an errand, for whoever has its code.
checklists = Table(
    "checklists",
    metadata,
    Column("code_key", LargeBinary(32), primary_key=True),
    Column("progress", Encrypted("checklists.progress", ("code_key",)), nullable=False),
    Column("until", UTCTime, nullable=False),
    Index(None, "until"),
)

# Wrong codes of each network or account.
checklist_tries = Table(
    "checklist_tries",
    metadata,
    Column("source", LargeBinary(32), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", UTCTime, nullable=False),
    Index(None, "last_at"),
)
