"""Wrong passwords are counted by name and network; no account is locked any more."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UTCTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_in_failures",
        sa.Column("name_key", sa.LargeBinary(32), nullable=False),
        sa.Column("source_key", sa.LargeBinary(32), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", UTCTime, nullable=False),
        sa.PrimaryKeyConstraint("name_key", "source_key", name="pk_log_in_failures"),
    )
    op.create_index("ix_log_in_failures_last_at", "log_in_failures", ["last_at"])
    for column in ("failures", "locked_until"):
        op.drop_column("operators", column)
