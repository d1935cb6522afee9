"""Replies that wait until the person writes, and the hour of a call-back."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UTCTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("call_back_at", UTCTime))
    held = sa.text("delivery = 'held'")
    op.create_index("ix_messages_held", "messages", ["conversation_id", "id"], sqlite_where=held, postgresql_where=held)
