"""What people see of their own conversation."""

import pytest
from sqlalchemy import update

from bot.conversation import Choice, Conversation, LeftConversation
from bot.storage import OwnView, transcript
from bot.storage.own_view import LINES
from bot.storage.tables import conversations
from bot.storage.types import bound
from tests.storage.conftest import NOW, reply


@pytest.fixture
def view(world):
    return OwnView(world.database)


async def texts(view, who: str, after: int = 0) -> list[str]:
    seen = await view.of("telegram", who, after)
    return [line.text for line in seen.lines]


async def test_one_persons_lines_behind_a_line_in_their_order(world, view) -> None:
    await world.say("one", replies=["uno"], who="a")
    await world.say("other", replies=["otro"], who="b")
    await world.say("two", replies=["dos"], who="a")
    assert await texts(view, "a") == ["one", "uno", "two", "dos"]
    assert await texts(view, "a", after=2) == ["two", "dos"]
    assert await texts(view, "a", after=4) == []
    assert (await view.of("telegram", "a", 4)).last == 4


async def test_of_somebody_unknown_or_on_another_channel_there_is_nothing(world, view) -> None:
    await world.say(who="a")
    assert await view.of("telegram", "b") is None
    assert await view.of("web", "a") is None


async def test_the_open_choices_and_the_language(world, view) -> None:
    conversation_id = await world.say(who="a")
    choice = Choice(label="Ver temas", payload="c|menu")
    state = Conversation(offered=(choice,), lang="en").stored()
    async with world.database.write() as connection:
        await connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation_id)
            .values(bound(conversations, {"state": state}, id=conversation_id))
        )
    seen = await view.of("telegram", "a")
    assert (seen.choices, seen.lang) == ((choice,), "en")


async def test_what_was_dropped_when_the_person_left_does_not_pop_up_later(world, view) -> None:
    await world.say("one", replies=["waits"], who="a")
    await world.say("/salir", replies=["bye"], events=[LeftConversation()], who="a")
    assert await texts(view, "a") == ["one", "/salir", "bye"]


async def test_only_the_newest_lines(world, view) -> None:
    replies = [str(number) for number in range(LINES)]
    person = await world.say("first", who="a")
    async with world.database.write() as connection:
        lines = [transcript.outbound(person, reply(text), "bot", NOW) for text in replies]
        await transcript.write(connection, lines, 1)
    assert await texts(view, "a") == replies
