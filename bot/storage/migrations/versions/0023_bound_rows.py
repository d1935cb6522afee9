"""Encrypted texts are bound to their rows; nothing that an older version wrote is read any more."""

from uuid import UUID

import sqlalchemy as sa
from alembic import context, op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TEXTS: dict[str, tuple[dict[str, type], dict[str, list[str]]]] = {
    "conversations": ({"id": sa.Uuid}, {"address": ["id"], "state": ["id"]}),
    "messages": (
        {"conversation_id": sa.Uuid, "id": sa.Integer},
        {"text": ["conversation_id", "id"], "why": []},
    ),
    "outbox": (
        {"id": sa.Integer, "conversation_id": sa.Uuid},
        {"address": ["conversation_id"], "reply": ["conversation_id"], "last_error": []},
    ),
    "cases": ({"id": sa.Uuid}, {name: ["id"] for name in ("words", "note", "place", "labels")}),
    "unanswered": ({"id": sa.Integer}, {"text": []}),
    "operators": ({"id": sa.Uuid}, {"totp_secret": ["id"]}),
    "notes": ({"id": sa.Integer, "case_id": sa.Uuid}, {"text": ["case_id"]}),
    "requests": ({"key": sa.LargeBinary}, {"answer": ["key"]}),
    "blocks": ({"id": sa.Integer, "source": sa.LargeBinary}, {"reason": ["source"]}),
}
"""For each table what names a row, and what is encrypted: by which of these names it is bound."""


def upgrade() -> None:
    for table, (keys, texts) in TEXTS.items():
        _bind(table, keys, texts)


def _bind(name: str, keys: dict[str, type], texts: dict[str, list[str]]) -> None:
    connection, cipher = op.get_bind(), context.config.attributes.get("cipher")
    table = sa.table(
        name, *(sa.column(key, kind) for key, kind in keys.items()), *(sa.column(one, sa.LargeBinary) for one in texts)
    )
    here = [table.c[key] == sa.bindparam(f"of_{key}") for key in keys]
    read = sa.select(*(table.c[one] for one in texts)).where(*here)
    write = sa.update(table).where(*here).values({one: sa.bindparam(f"new_{one}") for one in texts})
    for found in connection.execute(sa.select(*(table.c[key] for key in keys))).mappings().all():
        if cipher is None:
            raise RuntimeError("the secret key is needed to upgrade")
        row = {f"of_{key}": value for key, value in found.items()}
        blobs = connection.execute(read, row).mappings().one()
        for one, blob in blobs.items():
            place = ".".join([f"{name}.{one}", *(_told(found[key]) for key in texts[one])])
            text = None if blob is None else cipher.decrypt_older(bytes(blob), f"{name}.{one}")
            row[f"new_{one}"] = None if text is None else cipher.encrypt(text, place)
        connection.execute(write, row)


def _told(value: UUID | bytes | int) -> str:
    return str(value) if isinstance(value, int) else value.hex() if isinstance(value, bytes) else value.hex
