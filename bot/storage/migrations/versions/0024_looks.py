"""When the page of somebody who writes by the web was last fetched."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UTCTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("conversation_id", sa.Uuid, nullable=False),
        sa.Column("last_id", sa.Integer, nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_looks"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_looks_conversation_id", ondelete="CASCADE"
        ),
    )
