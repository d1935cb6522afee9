"""«¿Le sirvió?»: kept without who said it."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Serial, UTCTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ratings",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("topic", sa.String(48), nullable=False),
        sa.Column("section", sa.String(48), nullable=False),
        sa.Column("helped", sa.Boolean, nullable=False),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sqlite_autoincrement=True,
    )
