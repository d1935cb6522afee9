"""A provider's receipt finds the message that it speaks of."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_messages_provider_id", "messages", ["provider_id"])
