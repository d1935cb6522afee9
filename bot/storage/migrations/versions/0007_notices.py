"""Dated notices in front of chosen topics."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Serial, UTCTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("es", sa.Text, nullable=False),
        sa.Column("en", sa.Text, nullable=False),
        sa.Column("begins", sa.Date, nullable=False),
        sa.Column("ends", sa.Date, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sqlite_autoincrement=True,
    )
