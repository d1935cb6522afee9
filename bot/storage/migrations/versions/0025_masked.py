"""Up to which line numbers that identify somebody were looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("masked_id", sa.Integer, nullable=False, server_default="0"))
