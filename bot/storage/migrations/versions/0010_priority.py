"""The outbox has priorities, and says what is being sent."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UTCTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The replies are encrypted: what waits at the upgrade counts as ordinary.
    op.add_column("outbox", sa.Column("priority", sa.SmallInteger, nullable=False, server_default="2"))
    op.add_column("outbox", sa.Column("sending_since", UTCTime))
    waiting = sa.text("sending_since IS NULL")
    columns = ["channel", "priority", "id"]
    op.create_index("ix_outbox_waiting", "outbox", columns, sqlite_where=waiting, postgresql_where=waiting)
