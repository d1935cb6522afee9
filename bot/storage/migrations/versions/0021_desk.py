"""Tokens of operators expire, cases say when they changed, repeated requests are known, the old log may be let go."""

import sqlalchemy as sa
from alembic import op

from bot.storage import desk_tables as tables
from bot.storage.types import Encrypted, UTCTime

revision = "0021"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Those that are out already have no end until they are rotated: a deployment must not lock its operators out.
    op.add_column("operators", sa.Column("token_expires_at", UTCTime))
    op.add_column("cases", sa.Column("updated_at", UTCTime))
    op.execute("UPDATE cases SET updated_at = opened_at")
    op.create_index("ix_cases_updated_at", "cases", ["updated_at"])
    _requests()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute("DROP TRIGGER audit_delete" if on_sqlite else "DROP RULE audit_delete ON audit")
    op.execute(tables.APPEND_ONLY["audit_delete"] if on_sqlite else tables.APPEND_ONLY_POSTGRESQL["audit_delete"])


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(32), nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sa.Column("status", sa.SmallInteger),
        sa.Column("case_id", sa.Uuid),
        sa.Column("answer", Encrypted),
        sa.PrimaryKeyConstraint("key", name="pk_requests"),
    )
    op.create_index("ix_requests_at", "requests", ["at"])
