"""Which stretch of a reply is title, answer, next step, source. What was said before is one plain text."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Encrypted

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("spans", Encrypted("messages.spans", ("conversation_id", "id"))))
