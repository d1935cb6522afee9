"""Codes of checklists: what they open, on which phone, for how long, how often they may be guessed."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation import Conversation, DeletionConfirmed, Progress
from bot.storage import Checklists, code_in
from bot.storage.checklists import LETTERS, TRIES, new_code
from bot.storage.limit_tables import checklists
from bot.storage.retention import Retention
from tests.storage.conftest import NOW, turn
from tests.storage.test_retention import KEEPS

DAY = timedelta(days=1)
CODE = "BCDFGH"
ERRAND = Progress(procedure="ecosoc", answers={"years": "yes"}, done=("recording",), code=CODE, at=NOW)


async def taken(world, change=None, who="first", text="hola", at=NOW, events=()):
    """One turn that leaves the state as `change` makes it; the conversation as it was loaded."""
    async with world.store.turn() as one:
        conversation_id, loaded, _ = await one.load(world.message(text, who=who, at=at), at)
        after = change(loaded) if change else loaded
        await one.save(conversation_id, world.message(text, who=who, at=at), turn(after, events=events), at)
    return loaded


def begun(conversation: Conversation) -> Conversation:
    return conversation.having(steps=(ERRAND,))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("BCDFGH", "BCDFGH"), ("bcd-fgh", "BCDFGH"), (" código: bcd fgh.", "BCDFGH"), ("mi clave es BCDFGH", "BCDFGH"),
        ("ayuda", None), ("gracia", None), ("BCDFG", None), ("BCDFGHJ", None), ("el código postal", None), ("", None),
    ],
)  # fmt: skip
def test_a_code_is_no_word(text, code):
    assert code_in(text) == code


def test_codes_are_six_letters_without_vowels():
    codes = {new_code() for _ in range(200)}
    assert len(codes) > 190  # two alike come once in some thousand runs
    assert all(re.fullmatch(rf"[{LETTERS}]{{6}}", code) for code in codes)


async def test_another_phone_opens_it_and_each_sees_what_the_other_does(world):
    await taken(world, begun)
    found = (await taken(world, who="second", text="bcd fgh")).checklist
    assert found.opened is not None
    assert (found.opened.procedure, found.opened.done, found.refused) == ("ecosoc", ("recording",), False)
    further = ERRAND.having(done=("recording", "papers"))
    await taken(world, lambda state: state.having(steps=(further,)), who="second")
    assert (await taken(world)).steps[0].done == ("recording", "papers")


async def test_nothing_of_anybody_stands_in_it(world):
    await taken(world, lambda state: state.having(steps=(ERRAND.having(turn=9, veiled=True),)), who="5215512345678")
    async with world.database.read() as connection:
        [kept] = (await connection.execute(select(checklists.c.progress))).scalars().all()
    assert "5215512345678" not in kept
    assert Progress.model_validate_json(kept).turn == 0


async def test_five_wrong_ones_close_the_address_also_for_the_right_one(world):
    await taken(world, begun)
    for _ in range(TRIES):
        assert (await taken(world, who="guess", text="XXXXXX")).checklist.refused
    shut = (await taken(world, who="guess", text=CODE)).checklist
    assert shut.refused
    assert shut.opened is None
    assert (await taken(world, who="second", text=CODE)).checklist.opened is not None
    assert (await taken(world, who="guess", text=CODE, at=NOW + 2 * DAY)).checklist.opened is not None


async def test_the_page_counts_by_network(world):
    page = Checklists(world.database)
    await taken(world, begun)
    assert await page.opened(CODE, "10.0.0.1/32", NOW) is not None
    for _ in range(TRIES):
        assert await page.opened("", "10.0.0.1/32", NOW) is None
    assert await page.opened(CODE, "10.0.0.1/32", NOW) is None
    assert await page.opened(CODE, "10.0.0.2/32", NOW) is not None


async def test_it_lapses_and_is_let_go(world):
    await taken(world, begun)
    late = NOW + 31 * DAY
    assert (await taken(world, who="second", text=CODE, at=late)).checklist.refused
    assert (await taken(world, at=late)).steps[0].code == ""
    await Retention(world.database).let_go(KEEPS, late)
    async with world.database.read() as connection:
        assert (await connection.execute(select(checklists.c.until))).all() == []


async def test_erasing_takes_it_along(world):
    await taken(world, begun)
    await taken(world, lambda _: Conversation(), events=[DeletionConfirmed("ABCD")])
    assert (await taken(world, who="second", text=CODE)).checklist.refused


async def test_what_nobody_asked_a_code_for_is_kept_nowhere_else(world):
    await taken(world, lambda state: state.having(steps=(ERRAND.having(code=""),)))
    async with world.database.read() as connection:
        assert (await connection.execute(select(checklists.c.until))).all() == []
