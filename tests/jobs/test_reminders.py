"""Reminders by a clock that the test turns, on both databases: zones, daylight saving, a stopped server, opting out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel
from bot.conversation import InboundMessage, Kind, Reply
from bot.conversation.ports import Channel, RetryableError, StoreBusyError
from bot.delivery import Delivery
from bot.jobs import CONTENT, Jobs, Work
from bot.storage import Database
from bot.storage.backup import settle
from bot.storage.engine import full_url
from bot.storage.retention import Keeps, Retention
from bot.storage.tables import conversations
from bot.turn import handle_message
from bot.wiring.zones import zones
from knowledge.model import Knowledge
from tests.support import postgres
from tests.support.days import BEGUN, DESK, World
from tests.support.outbox import unsent
from tests.support.sqlite import new_sqlite

KEY = "a secret of more than thirty-two characters"
NEUTRAL = "Tiene un aviso pendiente. Escriba “ver”."
BYE = "Hasta luego."
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(params=["sqlite", "postgresql"] if postgres.available() else ["sqlite"])
async def world(request: pytest.FixtureRequest, tmp_path: Path, knowledge: Knowledge) -> AsyncIterator[World]:
    url = new_sqlite(tmp_path / "bot.db") if request.param == "sqlite" else request.getfixturevalue("new_postgres")()
    database = await Database.open(url, KEY, wait=1)
    zones(knowledge.root)  # as a start does: seconds, which no transaction must wait for
    world = World(database, knowledge)
    yield world
    await world.outbox.leave()
    await database.close()


on_sqlite = pytest.mark.parametrize("world", ["sqlite"], indirect=True)


async def reminded_of_cluni(world: World, town: str = "Ciudad de México") -> None:
    said = await world.say("avíseme cuando cierre el informe de la CLUNI")
    assert "30, 7 y 1 días antes" in said[0]
    await world.say(town)


async def test_thirty_seven_and_one_days_before_and_nothing_of_the_matter(world: World) -> None:
    await reminded_of_cluni(world)
    await world.until(BEGUN + 120 * DAY)
    assert world.reminders() == ["2027-01-01 09:00", "2027-01-24 09:00", "2027-01-30 09:00"]
    words = {row.reply.text for _, row in world.sent if row.reply.text.startswith("Tiene")}
    assert all(text.startswith(NEUTRAL) for text in words)
    assert not any("CLUNI" in text or "informe" in text.lower() for text in words)


async def test_what_waits_is_opened_by_a_word_or_a_tap(world: World) -> None:
    await reminded_of_cluni(world)
    await world.until(datetime(2027, 1, 2, tzinfo=UTC))
    assert "31 de enero de 2027" in (await world.say("ver"))[0]
    assert "No tiene avisos" not in (await world.say("mis avisos"))[0], "two more are to come"
    await world.until(datetime(2027, 1, 25, tzinfo=UTC))
    assert "CLUNI" in (await world.say("r|v"))[0]
    await world.until(datetime(2027, 3, 25, tzinfo=UTC))
    assert len(world.reminders()) == 3
    await world.say("ver")
    assert "No tiene avisos" in (await world.say("mis avisos"))[0]
    assert await world.next_look() is None, "nothing is left to look at"


@on_sqlite
@pytest.mark.parametrize(
    ("town", "zone"),
    [("Tijuana", "America/Tijuana"), ("Houston", "America/Chicago"), ("New York", "America/New_York"),
     ("Cancún", "America/Cancun"), ("Phoenix", "America/Phoenix")],
)  # fmt: skip
async def test_by_the_clock_of_their_town_over_daylight_saving(world: World, town: str, zone: str) -> None:
    await world.say("avíseme del plazo de ECOSOC")
    assert (await world.say(town))[0].startswith(("Gracias", "Thank you"))
    await world.until(datetime(2027, 7, 1, tzinfo=UTC))
    assert world.reminders(zone) == ["2027-05-02 09:00", "2027-05-25 09:00", "2027-05-31 09:00"]


@on_sqlite
async def test_whose_town_nobody_knows_is_woken_by_no_clock_from_west_to_east(world: World) -> None:
    said = await world.say("avíseme del plazo de ECOSOC")
    assert any("En qué ciudad" in text for text in said)
    said = await world.say("avíseme del informe de la CLUNI")
    assert not any("En qué ciudad" in text for text in said), "asked once"
    await world.until(datetime(2027, 7, 1, tzinfo=UTC))
    for zone in ("America/Los_Angeles", "America/New_York"):
        assert len(world.reminders(zone)) == 6
        assert all("08:00" <= at[-5:] < "21:00" for at in world.reminders(zone))


@on_sqlite
async def test_the_deadline_of_an_open_errand_is_counted_from(world: World) -> None:
    for text in ("registrarnos con ECOSOC paso a paso", "sí", "listo"):
        await world.say(text)
    said = await world.say("avíseme un mes antes de que cierre el plazo")
    assert "Llenar y mandar la solicitud" in said[0], said
    await world.say("Oaxaca")
    await world.until(datetime(2027, 7, 1, tzinfo=UTC))
    assert world.reminders() == ["2027-05-02 09:00"]


async def test_a_server_that_stood_still_says_once_what_still_helps(world: World) -> None:
    await reminded_of_cluni(world)
    world.now = datetime(2027, 1, 27, 15, tzinfo=UTC)  # 30 and 7 days before went by
    await world.look()
    await world.look()
    assert world.reminders() == ["2027-01-27 09:00"]
    await world.until(datetime(2027, 3, 1, tzinfo=UTC))
    assert world.reminders() == ["2027-01-27 09:00", "2027-01-30 09:00"]


async def test_a_server_that_comes_back_too_late_says_nothing(world: World) -> None:
    await reminded_of_cluni(world)
    await world.until(datetime(2027, 1, 2, tzinfo=UTC))
    await world.say("ver")
    world.now = datetime(2027, 2, 3, 18, tzinfo=UTC)
    await world.look()
    await world.until(datetime(2027, 3, 1, tzinfo=UTC))
    assert world.reminders() == ["2027-01-01 09:00"]
    assert await world.next_look() is None


@on_sqlite
async def test_a_server_that_comes_back_at_night_waits_for_the_morning(world: World) -> None:
    await reminded_of_cluni(world)
    world.now = datetime(2027, 1, 28, 4, tzinfo=UTC)  # ten in the evening there
    await world.look()
    assert world.reminders() == []
    await world.until(datetime(2027, 1, 29, tzinfo=UTC))
    assert world.reminders() == ["2027-01-28 08:00"]


@pytest.mark.parametrize("word", ["baja", "STOP", "salir", "no me escriban más"])
async def test_nothing_after_the_words_that_end_it(world: World, word: str) -> None:
    await reminded_of_cluni(world)
    await world.say(word)
    await world.until(BEGUN + 120 * DAY)
    assert world.reminders() == []


async def test_baja_holds_for_good_and_alta_undoes_it(world: World) -> None:
    await reminded_of_cluni(world)
    await world.say("baja")
    await world.say("hola")
    assert "ALTA" in (await world.say("avíseme del plazo de ECOSOC"))[0]
    await world.until(datetime(2027, 1, 10, tzinfo=UTC))
    assert world.reminders() == []
    assert "1" in (await world.say("alta"))[0]
    await world.until(datetime(2027, 3, 1, tzinfo=UTC))
    assert world.reminders() == ["2027-01-09 18:01", "2027-01-24 09:00", "2027-01-30 09:00"]


@on_sqlite
async def test_who_left_and_comes_back_is_reminded_of_nothing_old(world: World) -> None:
    await reminded_of_cluni(world)
    await world.say("salir")
    await world.say("hola")
    assert "No tiene avisos" in (await world.say("mis avisos"))[0]


async def test_erased_with_all_else(world: World) -> None:
    await reminded_of_cluni(world)
    await world.say("/borrar")
    await world.say("sí, borrar todo")
    assert await world.next_look() is None
    await world.until(BEGUN + 120 * DAY)
    assert world.reminders() == []


@pytest.mark.parametrize(
    "told", ["mi marido me está pegando ahorita", "me tienen secuestrado y piden dinero", "me quiero matar"]
)
async def test_none_while_somebody_is_in_danger(world: World, told: str) -> None:
    await reminded_of_cluni(world)
    await world.until(datetime(2027, 1, 1, 14, tzinfo=UTC))
    await world.say(told)
    await world.until(datetime(2027, 1, 4, tzinfo=UTC))
    assert world.reminders() == []


async def test_it_waits_until_the_danger_is_over(world: World) -> None:
    await reminded_of_cluni(world)
    await world.until(datetime(2027, 1, 1, 13, tzinfo=UTC))
    await world.say("estoy perdido en el desierto de Arizona sin agua")
    await world.until(datetime(2027, 1, 1, 16, tzinfo=UTC))
    assert world.reminders() == []
    async with world.database.write() as connection:
        row = (await connection.execute(select(conversations))).mappings().one()
    from bot.storage.rows import restored

    danger = restored(row["state"]).danger
    assert danger is not None
    await world.say("ya me encontraron, ya estoy a salvo en casa")
    await world.until(datetime(2027, 1, 2, 18, tzinfo=UTC))
    assert len(world.reminders()) == 1


@on_sqlite
async def test_a_check_that_nobody_answered_holds_it_for_a_day(world: World) -> None:
    told = "me deportaron, estoy en tijuana y no traigo ningun papel, como saco mis papeles"
    assert "¿La deportación es en estos días" in (await world.say(told))[0]
    await world.say("quiero sacar mi curp paso a paso")
    assert "el 25 de noviembre" in (await world.say("avíseme el 25 de noviembre"))[0]
    await world.until(BEGUN + 6 * DAY)
    assert world.reminders("America/Tijuana") == ["2026-11-25 09:00"]


async def test_one_message_when_a_date_changes(world: World) -> None:
    await world.say("avíseme del foro CSW71")
    await world.say("Ciudad de México")
    await world.until(BEGUN + 5 * DAY)
    event = world.knowledge.events["csw71"]
    moved = event.model_copy(update={"start": "2027-04-05", "end": "2027-04-16"})
    world.knowledge = world.knowledge.saying(events={**world.knowledge.events, "csw71": moved})
    await world.until(BEGUN + 15 * DAY)
    assert len(world.reminders()) == 1, "one message"
    assert all("08:00" <= at[-5:] < "21:00" for at in world.reminders())
    said = (await world.say("ver"))[0]
    assert "abril de 2027" in said
    assert "cambió la fecha" in said
    await world.until(datetime(2027, 4, 6, tzinfo=UTC))
    assert world.reminders()[1:] == ["2027-03-06 09:00", "2027-03-29 09:00", "2027-04-04 09:00"]


async def test_a_day_of_their_own_for_asylum(world: World) -> None:
    await world.say("quiero pedir refugio en México, soy de Honduras")
    assert "¿Qué día le avisamos?" in (await world.say("avíseme antes de que venza el plazo"))[0]
    assert "de mañana en adelante" in (await world.say("el 20 de noviembre de 2026"))[0]
    said = await world.say("el 2 de diciembre")
    assert "el 2 de diciembre de 2026" in said[0]
    await world.say("Tapachula")
    await world.until(BEGUN + 90 * DAY)
    assert world.reminders() == ["2026-12-02 09:00"]


@on_sqlite
async def test_so_many_days_before_a_day_of_their_own(world: World) -> None:
    await world.say("pasaporte de mi hijo paso a paso")
    said = await world.say("avíseme un día antes de la cita que es el 15 de diciembre")
    assert "el 14 de diciembre de 2026" in said[0]
    await world.say("Ciudad de México")
    assert "Sus avisos" in (await world.say("ver"))[0], "none waits yet"
    await world.until(BEGUN + 60 * DAY)
    assert world.reminders() == ["2026-12-14 09:00"]


async def test_at_most_two_of_a_step(world: World) -> None:
    await world.say("qué es el estatus consultivo ante la ONU")
    await world.say("paso a paso")
    await world.say("sí")
    await world.say("siguiente")
    await world.say("siguiente")
    assert "7 y 1 días antes" in (await world.say("avíseme de este paso"))[0]
    await world.say("Ciudad de México")
    await world.until(datetime(2027, 8, 1, tzinfo=UTC))
    assert world.reminders() == ["2027-05-25 09:00", "2027-05-31 09:00"]


@on_sqlite
async def test_on_whatsapp_the_template_goes_out_after_its_24_hours(world: World) -> None:
    world.channel = "whatsapp"
    await reminded_of_cluni(world)
    await world.until(datetime(2027, 1, 3, tzinfo=UTC))
    told = [row.reply for _, row in world.sent if row.reply.text.startswith("Tiene")]
    assert [reply.template for reply in told] == ["HXes"]
    await world.say("avíseme del plazo de ECOSOC")
    await world.until(datetime(2027, 1, 3, 12, tzinfo=UTC))


@on_sqlite
async def test_on_whatsapp_shortly_before_the_end_of_its_24_hours_the_template_goes_out(world: World) -> None:
    """A provider that is busy for some minutes must not lose it: the same words are refused later."""
    world.channel = "whatsapp"
    await reminded_of_cluni(world)
    await world.until(datetime(2026, 12, 31, 15, 30, tzinfo=UTC))
    await world.say("hola")
    await world.until(datetime(2027, 1, 1, 15, 10, tzinfo=UTC))
    told = [row.reply.template for _, row in world.sent if row.reply.text.startswith("Tiene")]
    assert told == ["HXes"]


async def test_at_once_and_by_everybody_none_is_sent_after_baja(world: World) -> None:
    people = [str(number) for number in range(12)]
    for who in people:
        await world.say("avíseme cuando cierre el informe de la CLUNI", who)
        await world.say("Ciudad de México", who)
    world.now = datetime(2027, 1, 1, 15, 0, 30, tzinfo=UTC)
    ended: dict[str, int] = {}
    said: set[str] = set()

    async def stops(who: str) -> None:
        message = InboundMessage(world.channel, f"stop{who}", who, Kind.TEXT, world.now, "baja")
        await asyncio.sleep(int(who) % 4 * 0.003)
        while who not in said:  # refused with 503 it is delivered again
            with suppress(StoreBusyError):
                await handle_message(message, world.store, world.knowledge, DESK, world.now)
                said.add(who)
        ended[who] = len(world.sent)

    async def sends() -> None:
        for _ in range(20):
            await world.send()
            await asyncio.sleep(0.001)

    due = await world.timers.due()
    assert len(due) == len(people)
    await asyncio.gather(world.timers.run(due), sends(), *map(stops, people))
    await world.until(BEGUN + 120 * DAY)
    late = [
        row.address
        for number, (_, row) in enumerate(world.sent)
        if row.reply.text.startswith("Tiene") and number >= ended[row.address.partition(">")[0]]
    ]
    assert late == []


class Wire(Channel):
    """A network in which a send takes its time, and at times fails; what left and what arrived, in that order."""

    name = "telegram"
    capabilities = TelegramChannel.capabilities

    def __init__(self, *, steady: bool = False) -> None:
        self.chance, self.numbers, self.steady = Random(7), count(), steady
        self.open = asyncio.Event()
        self.open.set()
        self.left: list[tuple[str, str]] = []
        self.ended: list[tuple[str, str]] = []

    async def send(self, address: str, reply: Reply) -> str:
        one = (address, reply.text)
        self.left.append(one)
        await self.open.wait()
        await asyncio.sleep(self.chance.choice((0, 0.002, 0.02, 0.1)))
        self.ended.append(one)
        if self.chance.random() < 0.3 and not self.steady:
            raise RetryableError("the provider is busy")
        return str(next(self.numbers))


async def test_by_the_real_loop_nothing_leaves_once_goodbye_was_said(world: World) -> None:
    """A reminder may be on the wire while BAJA is stored: then goodbye waits for it, and it is not tried again."""
    people = [str(number) for number in range(24)]
    for who in people:
        await world.say("avíseme cuando cierre el informe de la CLUNI", who)
        await world.say("Ciudad de México", who)
    world.now = datetime(2027, 1, 1, 15, 0, 30, tzinfo=UTC)
    wire = Wire()
    loop = Delivery(
        world.outbox, {"telegram": wire}, fit=fit, on_timer=world.on_timer, clock=lambda: world.now, sweep=0.01,
        random=lambda: 0.0,
    )  # fmt: skip
    task = asyncio.create_task(loop.run())

    async def stops(who: str) -> None:
        stored, number = False, int(who)
        message = InboundMessage(world.channel, f"stop{who}", who, Kind.TEXT, world.now, "baja")
        if number % 2:  # while theirs is on the wire
            async with asyncio.timeout(30):
                while who not in dict(wire.left):  # noqa: ASYNC110
                    await asyncio.sleep(0.001)
        while not stored:
            with suppress(StoreBusyError):
                await handle_message(message, world.store, world.knowledge, DESK, world.now)
                stored = True
        loop.wake()

    async with asyncio.timeout(60):
        await asyncio.gather(*map(stops, people))
        while await unsent(world.database):
            world.now += timedelta(seconds=1)
            loop.wake()
            await asyncio.sleep(0.01)
    world.now += timedelta(days=20)
    loop.wake()
    await asyncio.sleep(0.3)
    await loop.stop()
    await task
    for who in people:
        left, ended = ([text for address, text in list_ if address == who] for list_ in (wire.left, wire.ended))
        assert set(ended[left.index(BYE) :]) == {BYE}, f"{who}: {left} {ended}"
    assert any(text != BYE for _, text in wire.left), "the race was one"


async def test_goodbye_waits_for_a_reminder_that_is_on_the_wire(world: World) -> None:
    await reminded_of_cluni(world)
    world.now = datetime(2027, 1, 1, 15, 0, 30, tzinfo=UTC)
    wire = Wire(steady=True)
    wire.open.clear()
    loop = Delivery(
        world.outbox, {"telegram": wire}, fit=fit, on_timer=world.on_timer, clock=lambda: world.now, sweep=0.01
    )
    task = asyncio.create_task(loop.run())
    async with asyncio.timeout(20):
        while not wire.left:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        stop = InboundMessage(world.channel, "stop", "1", Kind.TEXT, world.now, "baja")
        await handle_message(stop, world.store, world.knowledge, DESK, world.now)
        loop.wake()
        await asyncio.sleep(0.3)
        assert [text.split("\n")[0] for _, text in wire.left] == [NEUTRAL]
        wire.open.set()
        while len(wire.ended) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
    await loop.stop()
    await task
    assert [text.split("\n")[0] for _, text in wire.ended] == [NEUTRAL, BYE]
    assert await unsent(world.database) == []


@on_sqlite
async def test_words_are_let_go_and_the_reminder_stays(world: World) -> None:
    await reminded_of_cluni(world)
    await world.say("avíseme del plazo de ECOSOC")
    keeps = Keeps(30 * DAY, 180 * DAY, 90 * DAY, 730 * DAY, 7 * DAY)
    await world.until(BEGUN + 35 * DAY)
    await Retention(world.database).let_go(keeps, world.now)
    async with world.database.read() as connection:
        row = (await connection.execute(select(conversations))).mappings().one()
    assert "CLUNI" not in row["state"]
    assert '"heard":' not in row["state"]
    await world.until(datetime(2027, 7, 20, tzinfo=UTC))
    assert len(world.reminders()) == 6
    await Retention(world.database).let_go(keeps, world.now)
    async with world.database.read() as connection:
        assert (await connection.execute(select(conversations))).first() is None, "all of it went with the last"


@on_sqlite
async def test_an_older_copy_reminds_nobody(world: World) -> None:
    await reminded_of_cluni(world)
    await settle(world.database, None, world.now)
    await world.until(datetime(2027, 1, 2, tzinfo=UTC))
    assert world.reminders() == [], "they may have written BAJA since"
    await world.say("hola")
    await world.until(datetime(2027, 1, 25, tzinfo=UTC))
    assert len(world.reminders()) == 2, "who writes again is reminded again"


@pytest.mark.skipif(not postgres.available(), reason=postgres.MISSING)
@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
async def test_the_engine_of_jobs_looks_at_them(world: World) -> None:
    await reminded_of_cluni(world)
    world.now = datetime(2027, 1, 1, 15, 1, tzinfo=UTC)
    jobs = Jobs(full_url(str(world.database.writer.url.render_as_string(hide_password=False))))
    await jobs.open()
    task = asyncio.create_task(jobs.work([CONTENT], Work(timers=world.look)))
    try:
        async with asyncio.timeout(20):
            while not world.reminders():  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await jobs.close()
    assert world.reminders() == ["2027-01-01 09:01"]
