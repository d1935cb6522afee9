"""The tables of the operators' desk: notes, links, the audit log, sessions, shifts."""

from sqlalchemy import (
    DDL,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    event,
)

from bot.storage.tables import metadata, numbered
from bot.storage.types import Encrypted, UTCTime


def _case_id(name: str, *, primary_key: bool = False) -> Column[object]:
    return Column(name, Uuid, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False, primary_key=primary_key)


# What operators write for one another; the person never sees it.
notes = numbered(
    "notes",
    _case_id("case_id"),
    Column("at", UTCTime, nullable=False),
    Column("by", String(80), nullable=False),
    Column("text", Encrypted("notes.text", ("case_id",)), nullable=False),
    Index(None, "case_id"),
)

# Cases about the same person; each pair stands here both ways.
case_links = Table(
    "case_links", metadata, _case_id("case_id", primary_key=True), _case_id("other_id", primary_key=True)
)

# Who did what. Ids and names of operators alone, never a person's words, so that it may outlive an erasure.
audit = numbered(
    "audit",
    Column("at", UTCTime, nullable=False),
    Column("who", String(80), nullable=False),
    Column("action", String(24), nullable=False),
    Column("item", String(80), nullable=False),
    Column("detail", String(120), nullable=False),
    Index(None, "item"),
    Index(None, "at"),
)

AUDIT_FLOOR = 365
"""Days for which no line can be deleted, whatever retention is set."""
APPEND_ONLY = {
    "audit_update": "CREATE TRIGGER audit_update BEFORE UPDATE ON audit "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    "audit_delete": "CREATE TRIGGER audit_delete BEFORE DELETE ON audit "
    f"WHEN OLD.at > datetime('now', '-{AUDIT_FLOOR} days') "
    "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
}
"""For SQLite; on PostgreSQL rules do the same."""
APPEND_ONLY_POSTGRESQL = {
    "audit_update": "CREATE RULE audit_update AS ON UPDATE TO audit DO INSTEAD NOTHING",
    "audit_delete": "CREATE RULE audit_delete AS ON DELETE TO audit "
    f"WHERE OLD.at > now() - interval '{AUDIT_FLOOR} days' DO INSTEAD NOTHING",
}
for _dialect, _statements in (("sqlite", APPEND_ONLY), ("postgresql", APPEND_ONLY_POSTGRESQL)):
    for _statement in _statements.values():
        event.listen(audit, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]

# Who is logged in to the console; only the hash of what the cookie holds.
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("operator_id", Uuid, ForeignKey("operators.id", ondelete="CASCADE"), nullable=False),
    Column("started_at", UTCTime, nullable=False),
    Column("used_at", UTCTime, nullable=False),
    Index(None, "operator_id"),
)

# Calls for those on duty that have not arrived, one for each place that they go to; without a person's words.
alerts = numbered(
    "alerts",
    _case_id("case_id"),
    Column("target", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("rung", Integer, nullable=False),
    Column("made_at", UTCTime, nullable=False),
    Column("due_at", UTCTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sending_since", UTCTime),
    UniqueConstraint("case_id", "target", "kind"),
    Index(None, "target", "due_at"),
)

# When the page of a person who writes by the web was last fetched, and up to which line.
looks = Table(
    "looks",
    metadata,
    Column("conversation_id", Uuid, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("last_id", Integer, nullable=False),
    Column("at", UTCTime, nullable=False),
)

# For programs; an operator's own token stands with the operator and has all that the role allows.
api_tokens = numbered(
    "api_tokens",
    Column("operator_id", Uuid, ForeignKey("operators.id", ondelete="CASCADE"), nullable=False),
    Column("label", String(80), nullable=False),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("scopes", String(300), nullable=False),
    Column("created_at", UTCTime, nullable=False),
    Column("expires_at", UTCTime),
    Column("revoked_at", UTCTime),
    Index(None, "operator_id"),
)

# Requests that named an Idempotency-Key, and what became of them: no answer that speaks of a person.
requests = Table(
    "requests",
    metadata,
    Column("key", LargeBinary(32), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("at", UTCTime, nullable=False, index=True),
    Column("status", SmallInteger),
    Column("case_id", Uuid),
    Column("answer", Encrypted("requests.answer", ("key",))),
)

# Who reads cases when, in the desk's own time zone: every week, until the minute before `until`.
shifts = numbered(
    "shifts",
    Column("operator", String(80), nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("begins", SmallInteger, nullable=False),
    Column("ends", SmallInteger, nullable=False),
    Column("langs", String(20), nullable=False),
)

holidays = Table(
    "holidays",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", String(80), nullable=False),
)

# Replies that operators keep ready; `owner` is empty for those that all share.
canned = numbered(
    "canned",
    Column("owner", String(80), nullable=False),
    Column("lang", String(8), nullable=False),
    Column("title", Encrypted("canned.title"), nullable=False),
    Column("text", Encrypted("canned.text"), nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", UTCTime, nullable=False),
    Index(None, "owner"),
)
