"""On the web nothing is "sent": a line is on its way until a page fetched it."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation.ports import StoreBusyError
from bot.storage import Looks, OwnView
from tests.storage.conftest import NOW

WEB = "web"


async def _says(world, channel: str) -> object:
    message = replace(world.message("hola"), channel=channel)
    conversation_id = await world.handle(message, replies=["buenas"])
    await world.waiting()
    return conversation_id


async def _stands(world, conversation_id) -> list[str | None]:
    page, _ = await world.cases.messages(conversation_id, None, 10)
    newest = await world.cases.newest(conversation_id, 10)
    assert [line.delivery for line in page] == [line.delivery for line in newest]
    return [line.delivery for line in newest]


async def test_on_its_way_until_the_page_fetched_it(world) -> None:
    person, looks = await _says(world, WEB), Looks(world.database)
    assert await _stands(world, person) == [None, "queued"]
    seen = await OwnView(world.database).of(WEB, "52155")
    looks.note(seen.conversation_id, seen.last, NOW)
    assert await _stands(world, person) == [None, "queued"], "noted, not written yet"
    await looks.write()
    assert await _stands(world, person) == [None, "delivered"]
    await world.handle(replace(world.message("sigue"), channel=WEB), replies=["dos"])
    await world.waiting()
    assert await _stands(world, person) == [None, "delivered", None, "queued"]


async def test_elsewhere_what_was_sent_is_sent(world) -> None:
    assert await _stands(world, await _says(world, "telegram")) == [None, "sent"]


async def test_when_the_page_was_last_looked_at(world) -> None:
    looks, case = Looks(world.database), await world.case()
    assert (await world.cases.whole(case.id)).looked_at is None
    message = replace(world.message("me pega", "other"), channel=WEB)
    from bot.conversation import CaseNeeded
    from knowledge.schema.base import Level

    person = await world.handle(message, events=[CaseNeeded("danger", Level.URGENT, "violence")])
    (of_web,) = await world.cases.of_conversation(person)
    whole = await world.cases.whole(of_web)
    assert (whole.fetched, whole.looked_at) == (True, None)
    for later in (NOW, NOW + timedelta(seconds=9)):
        looks.note(person, 1, later)
        await looks.write()
        assert (await world.cases.whole(of_web)).looked_at == later


async def test_a_page_of_somebody_who_was_erased_is_not_noted(world) -> None:
    person, looks = await _says(world, WEB), Looks(world.database)
    looks.note(person, 2, NOW)
    await world.cases.erase(person, "ana", NOW)
    await looks.write()
    await world.say(who="b")


async def test_what_could_not_be_written_is_written_the_next_time(world, monkeypatch) -> None:
    person, looks = await _says(world, WEB), Looks(world.database)
    looks.note(person, 2, NOW)

    def busy() -> None:
        raise StoreBusyError("full")

    with monkeypatch.context() as broken:
        broken.setattr(world.database, "mark", busy)
        await looks.write()
    await looks.write()
    assert await _stands(world, person) == [None, "delivered"]
