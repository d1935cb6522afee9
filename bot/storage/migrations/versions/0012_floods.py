"""The queue weighs cases by evidence; what a network opens beyond its budget is one item; networks can be blocked."""

import sqlalchemy as sa
from alembic import op

from bot.storage.types import Serial, UTCTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BEFORE, _AFTER = ["level", "in_time", "opened_at", "id"], ["level", "in_time", "counts_from", "id"]


def upgrade() -> None:
    op.add_column("cases", sa.Column("counts_from", UTCTime))
    op.add_column("cases", sa.Column("source", sa.LargeBinary(32)))
    op.add_column("cases", sa.Column("grouped_under", sa.Uuid))
    op.execute("UPDATE cases SET counts_from = opened_at")
    for columns in ([], ["status"], ["claimed_by"], ["category"]):
        op.drop_index("_".join(["ix_cases", *columns, *_BEFORE]), "cases")
        op.create_index("_".join(["ix_cases", *columns, *_AFTER]), "cases", [*columns, *_AFTER])
    _partial("ix_cases_waiting", "status <> 'resolved'", "status <> 'resolved'")
    _partial("ix_cases_to_follow", "follow_up IS 1", "follow_up IS true")
    for column in ("source", "grouped_under"):
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_cases_{column}", "cases", [column], sqlite_where=known, postgresql_where=known)
    _openings()
    _blocks()


def _partial(name: str, on_sqlite: str, on_postgresql: str) -> None:
    op.drop_index(name, "cases")
    op.create_index(name, "cases", _AFTER, sqlite_where=sa.text(on_sqlite), postgresql_where=sa.text(on_postgresql))


def _openings() -> None:
    op.create_table(
        "case_openings",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("source", sa.LargeBinary(32), nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_openings"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_openings_source_at", "case_openings", ["source", "at"])
    op.create_index("ix_case_openings_at", "case_openings", ["at"])


def _blocks() -> None:
    op.create_table(
        "blocks",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("source", sa.LargeBinary(32), nullable=False),
        sa.Column("reason", sa.LargeBinary, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("at", UTCTime, nullable=False),
        sa.Column("until", UTCTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_blocks"),
        sa.UniqueConstraint("source", name="uq_blocks_source"),
        sqlite_autoincrement=True,
    )
