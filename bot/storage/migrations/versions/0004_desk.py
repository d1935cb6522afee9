"""The operators' desk: the rest of a case's life, notes, links, audit, sessions, shifts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage import desk_tables as tables
from bot.storage.types import Serial, UTCTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_CASES: tuple[sa.Column[Any], ...] = (
    sa.Column("in_time", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("awaited_since", UTCTime),
    sa.Column("heard_at", UTCTime),
    sa.Column("follow_up", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("labels", sa.String(400)),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
)
_OPERATORS: tuple[sa.Column[Any], ...] = (
    sa.Column("totp_secret", sa.LargeBinary),
    sa.Column("totp_used", sa.Integer),
    sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    sa.Column("locked_until", UTCTime),
)


def upgrade() -> None:
    for column in _CASES:
        op.add_column("cases", column)
    op.drop_index("ix_cases_level_opened_at_id", "cases")
    op.create_index("ix_cases_conversation_id", "cases", ["conversation_id"])
    queue = ["level", "in_time", "opened_at", "id"]
    op.create_index("ix_cases_level_in_time_opened_at_id", "cases", queue)
    op.create_index("ix_cases_status_level_in_time_opened_at_id", "cases", ["status", *queue])
    for column in _OPERATORS:
        op.add_column("operators", column)
    _notes()
    _links()
    _audit()
    _sessions()
    _shifts()


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("text", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_notes_case_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notes_case_id", "notes", ["case_id"])


def _links() -> None:
    names = ("case_id", "other_id")
    op.create_table(
        "case_links",
        *(sa.Column(name, sa.Uuid, nullable=False) for name in names),
        sa.PrimaryKeyConstraint(*names, name="pk_case_links"),
        *(
            sa.ForeignKeyConstraint([name], ["cases.id"], name=f"fk_case_links_{name}", ondelete="CASCADE")
            for name in names
        ),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("at", UTCTime, nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("action", sa.String(24), nullable=False),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("detail", sa.String(120), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_item", "audit", ["item"])
    op.create_index("ix_audit_at", "audit", ["at"])
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (tables.APPEND_ONLY if on_sqlite else tables.APPEND_ONLY_POSTGRESQL).values():
        op.execute(statement)


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("operator_id", sa.Uuid, nullable=False),
        sa.Column("started_at", UTCTime, nullable=False),
        sa.Column("used_at", UTCTime, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        sa.ForeignKeyConstraint(["operator_id"], ["operators.id"], name="fk_sessions_operator_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sessions_operator_id", "sessions", ["operator_id"])


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("operator", sa.String(80), nullable=False),
        sa.Column("weekday", sa.SmallInteger, nullable=False),
        sa.Column("begins", sa.SmallInteger, nullable=False),
        sa.Column("ends", sa.SmallInteger, nullable=False),
        sa.Column("langs", sa.String(20), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "holidays",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
    )
