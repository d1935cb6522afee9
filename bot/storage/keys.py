"""Another secret key: everything that is encrypted is written anew, in one transaction."""

from sqlalchemy import LargeBinary, Table, bindparam, delete, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.crypto import Cipher
from bot.storage.desk_tables import audit  # noqa: F401 - its module holds tables of ours
from bot.storage.engine import KEY_CHECK, Database
from bot.storage.limit_tables import blocks, case_openings, log_in_failures
from bot.storage.tables import cases, conversations, meta, metadata
from bot.storage.types import Encrypted, place_of


async def rotate(database: Database, new: Cipher) -> int:
    """How many texts were written anew. Afterwards only the new key opens the database; nothing else may use it."""
    count = 0
    async with database.write() as connection:
        await _sources(connection)
        for table in metadata.sorted_tables:
            count += await _again(connection, table, new)
        await _addresses(connection, new)
        check = update(meta).where(meta.c.name == KEY_CHECK).values(value=new.check)
        await connection.execute(check)
    await database.scrub()
    return count


async def _sources(connection: AsyncConnection) -> None:
    """Where cases and tries to log in came from is known by the old key alone; blocks and counts last a day anyway."""
    for table in (blocks, case_openings, log_in_failures):
        await connection.execute(delete(table))
    await connection.execute(update(cases).where(cases.c.source.is_not(None)).values(source=None))


async def _again(connection: AsyncConnection, table: Table, new: Cipher) -> int:
    kinds = {column: column.type for column in table.columns if isinstance(column.type, Encrypted)}
    sealed = [*kinds]
    if not sealed:
        return 0
    mine = [column == bindparam(f"key_{column.name}") for column in table.primary_key]
    fields = {column.name: type_coerce(bindparam(f"new_{column.name}"), LargeBinary) for column in sealed}
    beside = [table.c[name] for name in sorted({name for kind in kinds.values() for name in kind.row})]
    statement, count = update(table).where(*mine).values(fields), 0
    for key in (await connection.execute(select(*table.primary_key))).all():
        here = {f"key_{column.name}": value for column, value in zip(table.primary_key, key, strict=True)}
        row = dict((await connection.execute(select(*sealed, *beside).where(*mine), here)).mappings().one())
        texts = {column: row[column.name] for column in sealed}
        written = {
            f"new_{column.name}": None if text is None else new.encrypt(text, place_of(column, row))
            for column, text in texts.items()
        }
        await connection.execute(statement, here | written)
        count += sum(value is not None for value in written.values())
    return count


async def _addresses(connection: AsyncConnection, new: Cipher) -> None:
    """People are found by a keyed hash of their address: with another key by another one."""
    columns = (conversations.c.id, conversations.c.channel, type_coerce(conversations.c.address, LargeBinary))
    statement = update(conversations).where(conversations.c.id == bindparam("conversation"))
    for row in (await connection.execute(select(*columns))).all():
        address = new.decrypt(bytes(row[2]), place_of(conversations.c.address, {"id": row.id}))
        key = new.address_key(row.channel, address)
        await connection.execute(statement, {"conversation": row.id, "address_key": key})
