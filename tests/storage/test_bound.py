"""Every text opens in its own row alone, on every database; older ones are bound by the upgrade."""

import asyncio

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, select, text, type_coerce, update

from bot.storage import upgrade
from bot.storage.tables import metadata
from bot.storage.types import Encrypted
from tests.storage.conftest import NOW, SECRET


async def people(world) -> None:
    for who in ("a", "b"):
        case = await world.case(who)
        await world.cases.note(case.id, "ana", f"nota de {who}", NOW)
        await world.cases.label(case.id, "ana", (f"de {who}",), NOW)
        await world.say(f"dice {who}", replies=[f"a {who}"], who=who)


def columns() -> list:
    return [one for table in metadata.sorted_tables for one in table.columns if isinstance(one.type, Encrypted)]


async def everything(world) -> dict[str, list]:
    async with world.database.read() as connection:
        return {
            f"{one.table.name}.{one.name}": sorted(filter(None, await connection.scalars(select(one))))
            for one in columns()
        }


async def test_no_text_opens_in_the_row_of_somebody_else(world) -> None:
    await people(world)
    tried = 0
    for column in (one for one in columns() if one.type.row):
        keys, raw = list(column.table.primary_key), type_coerce(column, LargeBinary)
        named = [column.table.c[name] for name in column.type.row]
        async with world.database.read() as connection:
            rows = (await connection.execute(select(*keys, *named, raw).where(column.is_not(None)))).all()
        names = [row[len(keys) : -1] for row in rows]
        other = next((n for n, name in enumerate(names) if name != names[0]), None)
        if other is None:
            continue
        there = [one == value for one, value in zip(keys, rows[other], strict=False)]
        stolen = {column.name: type_coerce(rows[0][-1], LargeBinary)}
        async with world.database.write() as connection:
            await connection.execute(update(column.table).where(*there).values(stolen))
        async with world.database.read() as connection:
            with pytest.raises(InvalidTag):
                (await connection.scalars(select(column).where(*there))).all()
        tried += 1
    assert tried >= 8


async def test_the_upgrade_binds_what_older_versions_wrote(world) -> None:
    await people(world)
    before, cipher = await everything(world), world.database.cipher
    async with world.database.write() as connection:
        for column in columns():
            keys = list(column.table.primary_key)
            for *key, value in (await connection.execute(select(*keys, column))).all():
                older = value and cipher.encrypt(value, column.type.place)
                mine = [one == part for one, part in zip(keys, key, strict=True)]
                statement = update(column.table).where(*mine).values({column.name: type_coerce(older, LargeBinary)})
                await connection.execute(statement)
        for statement in ("DROP TABLE looks", "DROP TABLE canned", "DROP TABLE checklists",
                          "DROP TABLE checklist_tries", "ALTER TABLE conversations DROP COLUMN masked_id",
                          "DROP TABLE channel_rates", "ALTER TABLE outbox DROP COLUMN sender",
                          "ALTER TABLE messages DROP COLUMN spans",
                          "UPDATE alembic_version SET version_num = '0022'"):  # fmt: skip
            await connection.execute(text(statement))
    await world.database.close()
    with pytest.raises(RuntimeError, match="key"):
        await asyncio.to_thread(upgrade, world.url)
    await asyncio.to_thread(upgrade, world.url, SECRET)
    assert await everything(world) == before
