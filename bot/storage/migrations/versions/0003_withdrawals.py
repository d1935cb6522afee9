"""Editors can stop a fact, a contact or a topic on every process."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Serial, UTCTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("stopped", sa.Boolean, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sqlite_autoincrement=True,
    )
