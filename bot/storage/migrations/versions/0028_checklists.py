"""Checklists that a code opens, and the wrong codes of each address."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Encrypted, UTCTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklists",
        sa.Column("code_key", sa.LargeBinary(32), nullable=False),
        sa.Column("progress", Encrypted("checklists.progress", ("code_key",)), nullable=False),
        sa.Column("until", UTCTime, nullable=False),
        sa.PrimaryKeyConstraint("code_key", name="pk_checklists"),
    )
    op.create_index("ix_checklists_until", "checklists", ["until"])
    op.create_table(
        "checklist_tries",
        sa.Column("source", sa.LargeBinary(32), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", UTCTime, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_checklist_tries"),
    )
    op.create_index("ix_checklist_tries_last_at", "checklist_tries", ["last_at"])
