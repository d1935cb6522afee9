"""The queue stays quick with 100,000 cases, whatever it is filtered by."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_URGENCY = ["level", "in_time", "opened_at", "id"]


def upgrade() -> None:
    unresolved = sa.text("status <> 'resolved'")
    op.create_index("ix_cases_waiting", "cases", _URGENCY, sqlite_where=unresolved, postgresql_where=unresolved)
    op.create_index(
        "ix_cases_to_follow", "cases", _URGENCY, sqlite_where=sa.text("follow_up IS 1"),
        postgresql_where=sa.text("follow_up IS true"),
    )  # fmt: skip
    for column in ("claimed_by", "category"):
        op.create_index(f"ix_cases_{column}_level_in_time_opened_at_id", "cases", [column, *_URGENCY])
    op.create_index("ix_cases_opened_at", "cases", ["opened_at"])
