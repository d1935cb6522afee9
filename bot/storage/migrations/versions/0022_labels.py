"""Labels are encrypted, as words are."""

import sqlalchemy as sa
from alembic import context, op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("sealed", sa.LargeBinary))
    cases = sa.table("cases", sa.column("id"), sa.column("labels"), sa.column("sealed", sa.LargeBinary))
    rows = op.get_bind().execute(sa.select(cases.c.id, cases.c.labels).where(cases.c.labels != "")).all()
    cipher = context.config.attributes.get("cipher")
    for row in rows:
        if cipher is None:
            raise RuntimeError("labels stand in plain: the secret key is needed to upgrade")
        sealed = cipher.encrypt(row.labels, "cases.labels")
        op.get_bind().execute(sa.update(cases).where(cases.c.id == row.id).values(sealed=sealed))
    op.drop_column("cases", "labels")
    op.execute("ALTER TABLE cases RENAME COLUMN sealed TO labels")
