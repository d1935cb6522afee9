"""API tokens with scopes."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Serial, UTCTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_tokens",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("operator_id", sa.Uuid, nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("scopes", sa.String(300), nullable=False),
        sa.Column("created_at", UTCTime, nullable=False),
        sa.Column("expires_at", UTCTime),
        sa.Column("revoked_at", UTCTime),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.ForeignKeyConstraint(
            ["operator_id"], ["operators.id"], name="fk_api_tokens_operator_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("token_hash", name="uq_api_tokens_token_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_api_tokens_operator_id", "api_tokens", ["operator_id"])
