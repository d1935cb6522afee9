"""All tables. Texts and addresses are encrypted; no name, photo or phone book is kept."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
    true,
)
from sqlalchemy.schema import SchemaItem

from bot.storage.types import Encrypted, Ranked, Serial, UTCTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def numbered(name: str, *columns: SchemaItem) -> Table:
    """A table whose rows count up, each number given once, also after the last row is gone."""
    return Table(name, metadata, Column("id", Serial, primary_key=True), *columns, sqlite_autoincrement=True)


def _conversation_id(*, primary_key: bool = False) -> Column[object]:
    # Erasing a conversation takes all of it along.
    key = ForeignKey("conversations.id", ondelete="CASCADE")
    return Column("conversation_id", Uuid, key, nullable=False, primary_key=primary_key)


meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("address_key", LargeBinary(32), nullable=False),
    Column("address", Encrypted("conversations.address", ("id",)), nullable=False),
    Column("state", Encrypted("conversations.state", ("id",)), nullable=False),
    Column("lang", String(8)),
    Column("last_sent_at", UTCTime),
    Column("reachable", Boolean, nullable=False),
    Column("left", Boolean, nullable=False),
    Column("erase_when_closed", Boolean, nullable=False),
    Column("last_message_id", Integer, nullable=False),
    Column("masked_id", Integer, nullable=False, server_default="0"),
    Column("created_at", UTCTime, nullable=False),
    Column("updated_at", UTCTime, nullable=False),
    UniqueConstraint("channel", "address_key"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("delivery_id", String(200), primary_key=True),
    Column("received_at", UTCTime, nullable=False, index=True),
)

# Counted within the conversation, under its lock: the ids of a turn are known without asking for them.
messages = Table(
    "messages",
    metadata,
    _conversation_id(primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("direction", String(8), nullable=False),
    Column("author", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Encrypted("messages.text", ("conversation_id", "id")), nullable=False),
    Column("spans", Encrypted("messages.spans", ("conversation_id", "id"))),
    Column("sent_at", UTCTime),
    Column("at", UTCTime, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("delivery", String(16)),
    Column("provider_id", String(200), index=True),
    Column("why", Encrypted("messages.why")),
)

_HELD = text("delivery = 'held'")
Index("ix_messages_held", messages.c.conversation_id, messages.c.id, sqlite_where=_HELD, postgresql_where=_HELD)

# conversation_id is no foreign key: the receipt of an erasure goes out after the conversation is gone.
# Ids are never given twice: a reply under way must not meet another one's row after an erasure.
outbox = numbered(
    "outbox",
    Column("message_id", Integer),
    Column("conversation_id", Uuid, nullable=False),
    Column("channel", String(40), nullable=False),
    Column("address", Encrypted("outbox.address", ("conversation_id",)), nullable=False),
    Column("reply", Encrypted("outbox.reply", ("conversation_id",)), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", UTCTime, nullable=False),
    Column("due_at", UTCTime, nullable=False),
    Column("last_error", Encrypted("outbox.last_error")),
    Column("priority", SmallInteger, nullable=False, server_default="2"),
    Column("sending_since", UTCTime),
    Column("sender", Integer),
    Index(None, "conversation_id", "id"),
)

_WAITING = text("sending_since IS NULL")
Index(
    "ix_outbox_waiting", outbox.c.channel, outbox.c.priority, outbox.c.id,
    sqlite_where=_WAITING, postgresql_where=_WAITING,
)  # fmt: skip

# What all processes together sent on a channel lately, and until when none of them should.
channel_rates = Table(
    "channel_rates",
    metadata,
    Column("channel", String(40), primary_key=True),
    Column("spent", Float, nullable=False),
    Column("at", UTCTime, nullable=False),
    Column("paused_until", UTCTime),
)

timers = numbered(
    "timers",
    Column("kind", String(40), nullable=False),
    _conversation_id(),
    Column("payload", JSON, nullable=False),
    Column("due_at", UTCTime, nullable=False, index=True),
    Index(None, "conversation_id"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Uuid, primary_key=True),
    _conversation_id(),
    Column("category", String(48)),
    Column("level", Ranked, nullable=False),
    Column("status", String(16), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("rule", String(200), nullable=False),
    Column("words", Encrypted("cases.words", ("id",)), nullable=False),
    Column("country", String(2)),
    Column("claimed_by", String(80)),
    Column("opened_at", UTCTime, nullable=False),
    Column("claimed_at", UTCTime),
    Column("answered_at", UTCTime),
    Column("resolved_at", UTCTime),
    Column("outcome", String(16)),
    Column("note", Encrypted("cases.note", ("id",))),
    Column("place", Encrypted("cases.place", ("id",))),
    Column("left", Boolean, nullable=False),
    Column("in_time", Boolean, nullable=False, server_default=true()),
    Column("awaited_since", UTCTime),
    Column("heard_at", UTCTime),
    Column("follow_up", Boolean, nullable=False, server_default=false()),
    Column("labels", Encrypted("cases.labels", ("id",))),
    Column("call_back_at", UTCTime),
    Column("counts_from", UTCTime),
    Column("source", LargeBinary(32)),
    Column("grouped_under", Uuid),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("updated_at", UTCTime, index=True),
    Index(None, "conversation_id"),
    Index(None, "level", "in_time", "counts_from", "id"),
    Index(None, "status", "level", "in_time", "counts_from", "id"),
    Index(None, "claimed_by", "level", "in_time", "counts_from", "id"),
    Index(None, "category", "level", "in_time", "counts_from", "id"),
    Index(None, "opened_at"),
)

_UNRESOLVED = text("status <> 'resolved'")
_URGENCY = (cases.c.level, cases.c.in_time, cases.c.counts_from, cases.c.id)
Index("ix_cases_waiting", *_URGENCY, sqlite_where=_UNRESOLVED, postgresql_where=_UNRESOLVED)
Index("ix_cases_to_follow", *_URGENCY, sqlite_where=text("follow_up IS 1"), postgresql_where=text("follow_up IS true"))
for _column in (cases.c.source, cases.c.grouped_under):
    _KNOWN = text(f"{_column.name} IS NOT NULL")
    Index(f"ix_cases_{_column.name}", _column, sqlite_where=_KNOWN, postgresql_where=_KNOWN)
Index(
    "uq_cases_unresolved",
    cases.c.conversation_id,
    unique=True,
    sqlite_where=_UNRESOLVED,
    postgresql_where=_UNRESOLVED,
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("text", Encrypted("unanswered.text"), nullable=False),
    Column("lang", String(8), nullable=False),
    Column("at", UTCTime, nullable=False),
)

withdrawals = numbered(
    "withdrawals",
    Column("item", String(64), nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", UTCTime, nullable=False),
)

notices = numbered(
    "notices",
    Column("topics", Text, nullable=False),
    Column("es", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("begins", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", UTCTime, nullable=False),
)

ratings = numbered(
    "ratings",
    Column("topic", String(48), nullable=False),
    Column("section", String(48), nullable=False),
    Column("helped", Boolean, nullable=False),
    Column("lang", String(8), nullable=False),
    Column("at", UTCTime, nullable=False),
)

erasures = Table(
    "erasures",
    metadata,
    Column("receipt", String(40), primary_key=True),
    Column("at", UTCTime, nullable=False),
)

operators = Table(
    "operators",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("password_hash", String(200)),
    Column("disabled_at", UTCTime),
    Column("created_at", UTCTime, nullable=False),
    Column("totp_secret", Encrypted("operators.totp_secret", ("id",))),
    Column("totp_used", Integer),
    Column("token_expires_at", UTCTime),
)
