"""Alerts are rows of their own, one for each place that they go to."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Serial, UTCTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("target", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("rung", sa.Integer, nullable=False),
        sa.Column("made_at", UTCTime, nullable=False),
        sa.Column("due_at", UTCTime, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("sending_since", UTCTime),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_alerts_case_id", ondelete="CASCADE"),
        sa.UniqueConstraint("case_id", "target", "kind", name="uq_alerts_case_id_target_kind"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alerts_target_due_at", "alerts", ["target", "due_at"])
