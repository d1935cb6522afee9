"""A day after the last message numbers that identify somebody are masked, where no case was opened."""

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.conversation import CaseNeeded, Conversation
from bot.storage.identified import Identified, masked_in
from bot.storage.identifiers import found_in, without_identifiers
from bot.storage.tables import conversations, messages
from knowledge.schema.base import Level
from tests.storage.conftest import NOW

DAY = timedelta(days=1)
LINES = Path(__file__).with_name("identifiers.txt")
SAID = "soy Ana, mi cel es 55 1234 5678 y mi curp PEGJ900512HDFRRN09"
TABLE = [
    ("mi curp PEGJ900512HDFRRN09 gracias", "mi curp [CURP] gracias"),
    ("p e g j 900512 h df rrn 09", "[CURP]"),
    ("escriba a juan.perez@mail.com.", "escriba a [correo]."),
    ("juan guion bajo perez arroba gmail punto com", "[correo]"),
    ("la tarjeta 4152 3136 4820 1171 de mi hijo", "la tarjeta [tarjeta] de mi hijo"),
    ("mi A number es A 208 331 745", "mi A number es [número A]"),
    ("pasaporte g17730952", "pasaporte [pasaporte]"),
    ("C583204 es mi pasaporte", "[pasaporte] es mi pasaporte"),
    ("llame al +502 5538 1927", "llame al [teléfono]"),
    ("+52 (664) 390 1125 es de mi hermana", "[teléfono] es de mi hermana"),
    ("seis 56 tres 18 40 27", "[número]"),
    ("mi cel es4431278056llamame", "mi cel es[número]llamame"),
    ("el 911 no contesta", "el 911 no contesta"),
    ("nací el 12/05/1990", "nací el 12/05/1990"),
    ("2026-11-23 10:45:00", "2026-11-23 10:45:00"),
    ("la cita es 23/11/2026 10:45", "la cita es 23/11/2026 10:45"),
    ("otro número 2281 92 83 74", "otro número [teléfono]"),
    ("el plan 2007-2012", "el plan 2007-2012"),
    ("entre 2013 y 2014", "entre 2013 y 2014"),
    ("estamos en 31.7619, -106.4850", "estamos en 31.7619, -106.4850"),
    ("pagué 12000000 pesos", "pagué 12000000 pesos"),
    ("llame al 1-800-898-7180", "llame al 1-800-898-7180"),
    ("mi folio es 20240315-00084", "mi folio es 20240315-00084"),
    ("I-589, G-28 y el 212(a)(9)(B)", "I-589, G-28 y el 212(a)(9)(B)"),
]


@pytest.mark.parametrize(("text", "kept"), TABLE)
def test_what_identifies_somebody_and_what_does_not(text, kept) -> None:
    assert without_identifiers(text) == kept


def test_lines_by_somebody_who_had_not_seen_the_masks() -> None:
    """Numbers that identify somebody stand in [[ ]]; half of the lines were never read beside a result."""
    marked = LINES.read_text(encoding="utf-8").splitlines()
    wanted, kept, ordinary, changed = 0, [], 0, []
    for line in marked:
        said = re.sub(r"\[\[|\]\]", "", line)
        masked = without_identifiers(said)
        numbers = re.findall(r"\[\[(.*?)\]\]", line)
        wanted += len(numbers)
        kept += [number for number in numbers if number[-5:] in masked]
        ordinary += not numbers
        changed += [said] if not numbers and masked != said else []
    assert len(marked) >= 300
    assert len(kept) <= 0.02 * wanted
    assert len(changed) <= 0.005 * ordinary


@pytest.mark.parametrize("unit", ["a", "1a", "1 ", "a@", "_", "A1-", " ", "a.", "abcd123456", "uno ", "a punto "])
def test_no_text_takes_long(unit) -> None:
    began = time.perf_counter()
    found_in(unit * (20_000 // len(unit)))
    assert time.perf_counter() - began < 2


async def said(world, who: str) -> str:
    key = world.database.cipher.address_key("telegram", who)
    mine = select(conversations.c.id).where(conversations.c.address_key == key).scalar_subquery()
    query = select(messages.c.text).where(messages.c.conversation_id == mine, messages.c.direction == "in")
    async with world.database.read() as connection:
        return " / ".join(await connection.scalars(query.order_by(messages.c.id)))


async def test_a_day_after_the_last_message(world) -> None:
    identified = Identified(world.database)
    await world.say(SAID, who="a")
    for later, count in ((DAY - timedelta(minutes=1), 0), (DAY + timedelta(minutes=1), 1)):
        assert await identified.due(NOW + later) == count
        assert await identified.mask(NOW + later) == count
    assert await said(world, "a") == "soy Ana, mi cel es [teléfono] y mi curp [CURP]"
    assert await identified.mask(NOW + 2 * DAY) == 0, "it was looked through"
    await world.say("o al 55 8765 4321", who="a", at=NOW + 2 * DAY)
    await identified.mask(NOW + 4 * DAY)
    assert (await said(world, "a")).endswith("o al [teléfono]")


async def test_a_case_keeps_everything_until_it_and_its_days_are_over(world) -> None:
    danger = CaseNeeded("danger", Level.URGENT, "violence")
    await world.say(SAID, who="a", events=[danger])
    await world.say(SAID, who="b")
    identified = Identified(world.database)
    assert await identified.mask(NOW + 3 * DAY) == 1
    assert (await said(world, "a"), "[CURP]" in await said(world, "b")) == (SAID, True)
    case = await world.cases.claim_next("ana", NOW)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW)
    assert await identified.mask(NOW + 9 * DAY) == 0, "closed, and its days are not over"


async def test_our_own_words_and_the_state(world) -> None:
    await world.say(SAID, who="a", replies=["llame al 55 3686 5100"])
    async with world.database.read() as connection:
        before = await connection.scalar(select(conversations.c.state))
    await Identified(world.database).mask(NOW + 2 * DAY)
    async with world.database.read() as connection:
        out = await connection.scalar(select(messages.c.text).where(messages.c.direction == "out"))
        after = await connection.scalar(select(conversations.c.state))
    assert out == "llame al 55 3686 5100"
    assert Conversation.restored(after) == Conversation.restored(before)
    state = {"heard": [{"text": SAID, "at": "2026-05-01T12:00:00.123456Z"}], "answers": {"who": "5512345678"}}
    masked = masked_in(state)
    assert (masked["answers"]["who"], masked["heard"][0]["at"]) == ("[teléfono]", "2026-05-01T12:00:00.123456Z")
    assert "[CURP]" in masked["heard"][0]["text"]


async def test_many_in_small_steps(world, monkeypatch) -> None:
    monkeypatch.setattr("bot.storage.identified.AT_ONCE", 2)
    for number in range(5):
        await world.say(SAID, who=f"p{number}")
    assert await Identified(world.database).mask(NOW + 2 * DAY) == 5
