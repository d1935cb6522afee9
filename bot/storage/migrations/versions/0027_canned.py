"""Replies that operators keep ready."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Encrypted, Serial, UTCTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "canned",
        sa.Column("id", Serial, nullable=False),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("title", Encrypted("canned.title"), nullable=False),
        sa.Column("text", Encrypted("canned.text"), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canned"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_canned_owner", "canned", ["owner"])
