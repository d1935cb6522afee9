"""Who sends a reply, where several processes do, what they share of a channel, and Procrastinate's own tables."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

from bot.storage.types import UTCTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("sender", sa.Integer))
    op.create_table(
        "channel_rates",
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("spent", sa.Float, nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sa.Column("paused_until", UTCTime),
        sa.PrimaryKeyConstraint("channel", name="pk_channel_rates"),
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql" and not sa.inspect(connection).has_table("procrastinate_jobs"):
        # As of the pinned version. A later one brings its own migrations, which then become a migration here.
        connection.connection.cursor().execute(SchemaManager.get_schema())
