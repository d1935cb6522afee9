"""What is erased is nowhere, not even as bytes in the file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.conversation import CaseNeeded, Conversation, DeletionConfirmed, LookAgain, NotUnderstood, PlaceGiven
from bot.conversation.state import Checklist
from bot.storage.tables import cases, conversations, erasures, messages, metadata, outbox, timers
from knowledge.schema.base import Level
from tests.storage.conftest import on_sqlite
from tests.support.outbox import unsent

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ERASE = DeletionConfirmed("R-7KQ2")
WHO = "5215512345678"
ASKED = CaseNeeded("person", Level.PRIORITY, words="quiero una persona")


async def stored_blobs(world, table, *names: str) -> set[bytes]:
    """Values as they stand in the file, still encrypted."""
    async with world.database.read() as connection:
        sql = " UNION ".join(f'SELECT "{name}" FROM {table.name}' for name in names)
        return {row[0] for row in await connection.exec_driver_sql(sql) if row[0]}


async def tables_with_rows(world) -> set[str]:
    async with world.database.read() as connection:
        return {
            table.name for table in metadata.sorted_tables if (await connection.execute(select(table).limit(1))).first()
        }


def raw(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


@on_sqlite
async def test_no_byte_of_text_or_address_stays(world) -> None:
    for other in range(30):
        await world.say("lo mío se queda", replies=["de nada"], who=f"other-{other}")
    for number in range(30):
        await world.say(
            f"me llamo Rigoberta {number} " * 20, replies=["mucho gusto, Rigoberta"], who=WHO,
            events=[ASKED, LookAgain(NOW + timedelta(minutes=5)), NotUnderstood("algo", "es")],
        )  # fmt: skip
    blobs = await stored_blobs(world, messages, "text") | await stored_blobs(world, cases, "words")
    blobs |= await stored_blobs(world, conversations, "address", "address_key", "state")
    theirs = world.database.cipher.address_key("telegram", WHO)
    assert theirs in blobs
    assert all(blob in raw(world.path) for blob in blobs)
    everybody = {blob for blob in blobs if blob in await kept_of_others(world)}
    await world.say("sí", who=WHO, events=[ERASE], replies=["Borrado: R-7KQ2"])
    await world.waiting()
    await world.database.scrub()
    left = raw(world.path)
    assert [blob for blob in blobs - everybody if blob in left] == []
    assert all(blob in left for blob in everybody)
    assert b"Rigoberta" not in left
    assert WHO.encode() not in left


async def kept_of_others(world) -> set[bytes]:
    own = world.database.cipher.address_key("telegram", WHO)
    async with world.database.read() as connection:
        sql = (
            "SELECT m.text FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.address_key <> ?"
            " UNION SELECT address FROM conversations WHERE address_key <> ?"
            " UNION SELECT address_key FROM conversations WHERE address_key <> ?"
            " UNION SELECT state FROM conversations WHERE address_key <> ?"
        )
        return {row[0] for row in await connection.exec_driver_sql(sql, (own, own, own, own))}


async def test_everything_goes_but_the_receipt_and_the_reply_of_this_turn(world) -> None:
    case = await world.case(who=WHO)
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.resolve(case.id, "ana", "helped", "ya está", NOW - timedelta(days=4))
    await world.say(who=WHO, replies=["algo", "más"], events=[ASKED, LookAgain(NOW + timedelta(minutes=5))])
    await world.say("sí", who=WHO, events=[ERASE], replies=["Borrado: R-7KQ2"])
    assert await tables_with_rows(world) == {"meta", "audit", "deliveries", "outbox", "erasures"}
    async with world.database.read() as connection:
        receipt = (await connection.execute(select(erasures))).one()
    assert tuple(receipt) == ("R-7KQ2", NOW)
    assert await world.waiting() == ["Borrado: R-7KQ2"]
    assert await tables_with_rows(world) - {"channel_rates"} == {"meta", "audit", "deliveries", "erasures"}


async def test_who_was_erased_begins_anew(world) -> None:
    before = await world.say(who=WHO)
    await world.say(who=WHO, events=[ERASE])
    assert await world.say(who=WHO) != before


async def test_others_are_not_touched(world) -> None:
    other = await world.say("hola", who="other", replies=["hola"])
    await world.say(who=WHO, events=[ERASE])
    assert len((await world.cases.messages(other, None, 10))[0]) == 2
    assert await world.waiting() == ["hola"]


async def erase_in_danger(world):
    case = await world.case(who=WHO)
    await world.say(
        who=WHO, events=[PlaceGiven(31.7, -106.4), LookAgain(NOW + timedelta(minutes=5))], replies=["pendiente"]
    )
    await world.say("sí", who=WHO, events=[ERASE], replies=["R-7KQ2"], at=NOW + timedelta(minutes=1))
    return case


async def test_an_open_case_of_danger_keeps_what_it_takes_to_help(world) -> None:
    before = await erase_in_danger(world)
    case = await world.cases.get(before.id)
    assert (case.category, case.level, case.opened_at, case.status) == ("violence", Level.URGENT, NOW, "open")
    assert (case.place.latitude, case.words, case.rule, case.country, case.note) == (31.7, "", "", None, None)
    assert (await world.cases.messages(case.conversation_id, None, 10))[0] == []
    assert await tables_with_rows(world) == {
        "meta",
        "audit",
        "deliveries",
        "outbox",
        "erasures",
        "conversations",
        "cases",
        "timers",
    }
    async with world.store.turn() as one:
        conversation_id, state, late = await one.load(world.message(who=WHO), NOW)
    assert (conversation_id, state.having(case=None, checklist=Checklist()), late) == (
        case.conversation_id,
        Conversation(),
        False,
    )
    await world.waiting()
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.reply(case.id, "ana", "¿está a salvo?", NOW)
    (row,) = await unsent(world.database)
    assert (row.address, row.reply.text) == (WHO, "¿está a salvo?")


async def test_what_operators_wrote_stays_until_the_end_where_nobody_was_asked_whether_to(world) -> None:
    case = await world.case(who=WHO)
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.reply(case.id, "ana", "¿está a salvo?", NOW)
    await world.cases.note(case.id, "ana", "volver a llamar a las 8", NOW)
    await world.say("/borrar", who=WHO, events=[DeletionConfirmed("R-7KQ2", unasked=True)], replies=["Listo"])
    left = await world.cases.get(case.id)
    assert left.words == ""
    lines = (await world.cases.messages(case.conversation_id, None, 10))[0]
    assert [(line.author, line.text) for line in lines] == [("operator", "¿está a salvo?")]
    assert "notes" in await tables_with_rows(world)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW)
    await world.waiting()
    assert not {"notes", "messages", "cases", "conversations"} & await tables_with_rows(world)


async def test_when_the_case_is_closed_the_rest_goes_too(world) -> None:
    case = await erase_in_danger(world)
    address = await stored_blobs(world, conversations, "address", "address_key")
    await world.cases.claim(case.id, "ana", NOW)
    await world.say("gracias", who=WHO)
    await world.cases.reply(case.id, "ana", "cuídese", NOW)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW)
    assert await tables_with_rows(world) == {"meta", "audit", "deliveries", "outbox", "erasures"}
    assert await world.waiting() == ["R-7KQ2", "cuídese"]
    await world.database.scrub()
    assert [blob for blob in address if blob in raw(world.path)] == []


async def test_a_resolved_case_does_not_erase_who_did_not_ask(world) -> None:
    case = await world.case(who=WHO)
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW)
    assert len((await world.cases.messages(case.conversation_id, None, 10))[0]) == 1


async def test_a_case_opened_without_danger_is_erased_at_once(world) -> None:
    await world.say(who=WHO, events=[ASKED])
    await world.say(who=WHO, events=[ERASE])
    async with world.database.read() as connection:
        for table in (cases, conversations, messages, timers, outbox):
            assert (await connection.execute(select(table))).all() == []
