"""Another key, on every database: all texts, the way to find a person, and nothing left of the old one."""

import pytest
from sqlalchemy import select

from bot.storage import Database, keys
from bot.storage.crypto import Cipher
from bot.storage.errors import WrongSecretKeyError
from bot.storage.tables import cases, metadata
from bot.storage.types import Encrypted
from tests.storage.conftest import NOW, SECRET

NEW = "another secret of more than thirty-two characters"


async def test_all_texts_and_addresses(world):
    case = await world.case()
    await world.say("sigo aquí", replies=["llame"])
    await world.cases.note(case.id, "ana", "habla mixteco", NOW)
    await world.cases.label(case.id, "ana", ("niños",), NOW)
    written = await keys.rotate(world.database, Cipher(NEW))
    assert written >= 10
    with pytest.raises(WrongSecretKeyError):
        await Database.open(world.url, SECRET)
    async with Database.opened(world.url, NEW) as database:
        async with database.read() as connection:
            found = (await connection.execute(select(cases))).mappings().one()
            assert (found["words"], found["labels"]) == ("me pega", "niños")
            for table in metadata.sorted_tables:
                for column in table.columns:
                    if isinstance(column.type, Encrypted):
                        (await connection.scalars(select(column))).all()
        again = await database_says(world, database)
    assert again == case.conversation_id, "she is found by her address"


async def database_says(world, database: Database):
    from bot import handoff
    from bot.storage import DatabaseStore

    world.store = DatabaseStore(database, handoff)
    return await world.say("otra vez")
