"""The parts of a reply in the JSON of the outbox and as sealed spans in the transcript; older rows have none."""

import json

from sqlalchemy import LargeBinary, select, type_coerce, update

from bot.conversation import Part, Reply, ReplyKind, Role
from bot.storage import OwnView
from bot.storage.outbox import MOST_WAITING
from bot.storage.tables import messages, outbox
from bot.storage.transcript import Line
from bot.storage.types import bound
from tests.storage.conftest import NOW
from tests.storage.test_outbox import answers, say
from tests.support.outbox import claim

CARD = Reply.of(
    ReplyKind.ANSWER, (Part(Role.TITLE, "Matrícula 🪪"), "Cuesta 41 USD.", Part(Role.SOURCE, "Fuente: SRE"))
)
HELP = Reply(ReplyKind.HELP, CARD.text, spans=CARD.spans)


async def lines(world, who: str) -> list[Line]:
    seen = await OwnView(world.database).of("telegram", who)
    assert seen
    return [line for line in seen.lines if line.direction == "out"]


async def test_what_is_claimed_and_what_the_page_reads_have_the_parts(world) -> None:
    await say(world, "a", CARD)
    (row,) = await claim(world.outbox, NOW)
    assert row.reply == CARD
    (line,) = await lines(world, "a")
    assert (line.text, line.parts) == (CARD.text, CARD.parts)


async def test_nothing_is_kept_of_what_a_danger_would_show(world) -> None:
    await say(world, "a", HELP, *answers("plain"))
    async with world.database.read() as connection:
        kept = (await connection.scalars(select(type_coerce(messages.c.spans, LargeBinary)))).all()
    assert set(kept) == {None}
    assert [line.parts for line in await lines(world, "a")] == [(), ()]


async def test_the_spans_are_sealed(world) -> None:
    await say(world, "a", CARD)
    async with world.database.read() as connection:
        raw = await connection.scalar(select(type_coerce(messages.c.spans, LargeBinary)).where(messages.c.id == 2))
    assert b"title" not in bytes(raw)


async def test_rows_of_an_older_version_are_sent_and_shown_as_plain_text(world) -> None:
    await say(world, "a", CARD)
    older = {"kind": "answer", "text": CARD.text, "choices": [{"label": "Sí", "payload": "y"}], "template": ""}
    async with world.database.write() as connection:
        person = await connection.scalar(select(outbox.c.conversation_id))
        values = bound(outbox, {"reply": json.dumps({**older, "document": None})}, conversation_id=person)
        await connection.execute(update(outbox).values(values))
        await connection.execute(update(messages).values(spans=None))
    (row,) = await claim(world.outbox, NOW)
    assert (row.reply.text, row.reply.parts, row.reply.choices[0].label) == (CARD.text, (), "Sí")
    (line,) = await lines(world, "a")
    assert (line.text, line.parts) == (CARD.text, ())


async def test_a_line_that_stands_for_many_has_the_parts_of_none(world) -> None:
    for _ in range(MOST_WAITING + 1):
        await say(world, "a", CARD)
    said = await lines(world, "a")
    assert {line.text for line in said if not line.parts} == {line.text for line in said if line.text != CARD.text}
    assert len({line.text for line in said}) == 2
