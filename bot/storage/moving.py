"""All rows of an embedded database into an empty one on PostgreSQL, as they are sealed: both have the same key."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Column, Connection, LargeBinary, MetaData, SmallInteger, Table, create_engine, func, select, text

from bot.storage import desk_tables, limit_tables
from bot.storage.backup import refuse_in_use
from bot.storage.engine import KEY_CHECK, full_url
from bot.storage.errors import NotEmptyError, WrongSecretKeyError
from bot.storage.tables import conversations, meta, metadata, operators
from bot.storage.types import Encrypted, Ranked

AT_ONCE = 500
"""Rows of one statement."""
HELD = (desk_tables, limit_tables)
"""Modules whose tables stand in the metadata too."""


def move(source: Path, target: str) -> Mapping[str, int]:
    """How many rows of which table; all or none. Both are at the newest version, the server is stopped. InUseError,
    NotEmptyError, WrongSecretKeyError.
    """
    refuse_in_use(source)
    here, there = create_engine(f"sqlite:///{source}"), create_engine(full_url(target))
    try:
        with here.connect() as old, there.begin() as new:
            _check(old, new)
            return {table.name: _copy(old, new, table) for table in metadata.sorted_tables if table is not meta}
    finally:
        here.dispose()
        there.dispose()


def _check(old: Connection, new: Connection) -> None:
    for table in (conversations, operators):
        if new.scalar(select(func.count()).select_from(table)):
            raise NotEmptyError(f"The database is in use already: it has {table.name}. Nothing was moved.")
    known = select(meta.c.value).where(meta.c.name == KEY_CHECK)
    if old.scalar(known) != new.scalar(known):
        raise WrongSecretKeyError("SECRET_KEY is not the one of the file: give the text of its .key file.")


def _copy(old: Connection, new: Connection, table: Table) -> int:
    raw = _raw(table)
    count = 0
    for rows in old.execute(select(raw).order_by(*raw.primary_key)).mappings().partitions(AT_ONCE):
        new.execute(raw.insert(), [dict(row) for row in rows])
        count += len(rows)
    if isinstance(table.autoincrement_column, Column):
        _count_on(old, new, table)
    return count


def _raw(table: Table) -> Table:
    """The same columns; what is sealed is bytes, and a level its rank."""
    columns = []
    for one in table.columns:
        kind = LargeBinary() if isinstance(one.type, Encrypted) else one.type
        kind = SmallInteger() if isinstance(kind, Ranked) else kind
        columns.append(Column(one.name, kind, primary_key=one.primary_key))
    return Table(table.name, MetaData(), *columns)


def _count_on(old: Connection, new: Connection, table: Table) -> None:
    """A number that was given is not given again, also where its row is gone."""
    last = new.scalar(select(func.max(table.c.id))) or 0
    given = old.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}) or 0
    if most := max(last, given):
        new.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), most)))
