"""From a SQLite file to PostgreSQL: all is there, opens with the same key, and numbers go on."""

import pytest
from sqlalchemy import text

from bot import handoff
from bot.storage import Cases, Database, DatabaseOutbox, DatabaseStore, Operators
from bot.storage.errors import InUseError, NotEmptyError, WrongSecretKeyError
from bot.storage.moving import move
from tests.storage.conftest import NOW, SECRET, World, on_sqlite
from tests.support import postgres
from tests.support.outbox import claim, went_out

pytestmark = pytest.mark.skipif(not postgres.available(), reason=postgres.MISSING)


async def begun(url: str, key: str = SECRET) -> None:
    async with Database.opened(url, key):
        pass


@on_sqlite
async def test_all_rows_are_moved_as_they_are_sealed(world: World, new_postgres) -> None:
    url = new_postgres()
    case = await world.case()
    await world.say("hola", replies=["uno", "dos"])
    (row,) = await claim(world.outbox, NOW)
    await went_out(world.outbox, row, "tg-7")
    await world.operators.add("ana", "operator", NOW)
    await begun(url)
    with pytest.raises(InUseError):
        move(world.path, url)
    await world.database.close()

    moved = move(world.path, url)

    assert (moved["conversations"], moved["cases"], moved["outbox"], moved["operators"]) == (1, 1, 1, 1)
    async with Database.opened(url, SECRET) as database:
        whole = await Cases(database, handoff).whole(case.id)
        assert whole.case.words == "me pega"
        box = DatabaseOutbox(database)
        (next_,) = await claim(box, NOW)
        assert (next_.reply.text, next_.id) == ("dos", row.id + 1)
        await went_out(box, next_)
        await box.leave()
        other = World(
            world.path, url, database, DatabaseStore(database, handoff), box, Cases(database, handoff),
            Operators(database, handoff), count=100,
        )  # fmt: skip
        await other.say("otra vez", replies=["tres"])
        async with database.read() as connection:
            assert await connection.scalar(text("SELECT id FROM outbox")) == row.id + 2, "no number is given twice"
    with pytest.raises(NotEmptyError):
        move(world.path, url)


@on_sqlite
async def test_another_key_moves_nothing(world: World, new_postgres) -> None:
    url = new_postgres()
    await begun(url, "another secret of more than thirty-two characters")
    await world.database.close()
    with pytest.raises(WrongSecretKeyError):
        move(world.path, url)
