"""WhatsApp's 24 hours, with the real client before a stand-in of Twilio: held back, knocked for, followed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.channels.twilio import Twilio
from bot.conversation import InboundMessage, Kind
from bot.conversation.case import Case
from bot.conversation.ports import Receipt
from bot.storage import Cases
from bot.storage.tables import cases, conversations
from bot.wiring import Service
from bot.wiring.channels import channels_of
from bot.wiring.desk import life_of
from tests.support.twilio_api import Answer, TwilioApi
from tests.support.web_chat import open_web

PERSON = "whatsapp:+525512345678"
ADDRESS = f"{PERSON}>whatsapp:+15005550006"
TEMPLATES = "HXspanish,HXenglish"


@dataclass
class Desk:
    """A service that sends for real, to the stand-in."""

    service: Service
    api: TwilioApi
    count: int = 0

    async def say(self, text: str) -> None:
        self.count += 1
        now = datetime.now(UTC)
        await self.service.handle(InboundMessage("whatsapp", f"d{self.count}", ADDRESS, Kind.TEXT, now, text))

    async def claimed(self) -> Case:
        before = len(self.api.to(PERSON))
        await self.say("persona")
        await self.sent(before + 1 + (self.count == 1))
        case = await self.service.cases.claim_next("ana", datetime.now(UTC))
        assert case
        return case

    async def days_later(self, hours: float = 25) -> None:
        """The clock cannot be turned, so the past is."""
        past = datetime.now(UTC) - timedelta(hours=hours)
        async with self.service.database.write() as connection:
            await connection.execute(update(conversations).values(last_sent_at=past))
            await connection.execute(update(cases).values(heard_at=past))

    async def reply(self, case: Case, text: str) -> None:
        await self.service.cases.reply(case.id, "ana", text, datetime.now(UTC))
        self.service.delivery.wake()

    async def sent(self, number: int) -> list[dict[str, str]]:
        return [one.fields for one in await asyncio.to_thread(self.api.wait_for, PERSON, number)]

    async def lines(self, case: Case) -> list[tuple[str, str | None]]:
        lines = await self.service.cases.newest(case.conversation_id, 20)
        return [(line.text, line.delivery) for line in lines if line.direction == "out"]

    async def settled(self, case: Case, *deliveries: str) -> list[tuple[str, str | None]]:
        """The last lines, once they are so."""
        for _ in range(200):
            lines = (await self.lines(case))[-len(deliveries) :]
            if [delivery for _, delivery in lines] == list(deliveries):
                return lines
            await asyncio.sleep(0.02)
        raise AssertionError(lines)


@pytest.fixture
async def api() -> AsyncIterator[TwilioApi]:
    with TwilioApi() as stand_in:
        yield stand_in


async def opened(tmp_path, knowledge, api: TwilioApi, templates: str) -> AsyncIterator[Desk]:
    async with open_web(tmp_path, knowledge, twilio_window_template=templates) as service:
        twilio = Twilio(api.sid, api.token, api.url)
        service.channels.update(channels_of(None, twilio))
        service.cases = Cases(service.database, life_of(service.settings))
        service.delivery._sweep = 0.05
        running = asyncio.create_task(service.delivery.run())
        yield Desk(service, api)
        await service.delivery.stop()
        await running
        await twilio.close()


@pytest.fixture
async def desk(tmp_path, knowledge, api) -> AsyncIterator[Desk]:
    async for one in opened(tmp_path, knowledge, api, TEMPLATES):
        yield one


@pytest.fixture
async def plain_desk(tmp_path, knowledge, api) -> AsyncIterator[Desk]:
    async for one in opened(tmp_path, knowledge, api, ""):
        yield one


async def test_after_a_day_only_the_template_goes_out_and_the_reply_follows(desk):
    case = await desk.claimed()
    before = len(await desk.sent(2))
    await desk.days_later()
    await desk.reply(case, "Ya hablé con el consulado.")
    await desk.reply(case, "¿Sigue en Tucson?")
    knock = (await desk.sent(before + 1))[-1]
    assert (knock["ContentSid"], knock.get("Body")) == ("HXspanish", None)
    await desk.settled(case, "held", "held", "sent")
    await asyncio.sleep(0.15)
    assert len(await desk.sent(before)) == before + 1, "one template for both"
    await desk.say("aquí estoy")
    texts = [fields.get("Body") for fields in (await desk.sent(before + 3))[-2:]]
    assert texts == ["Ya hablé con el consulado.", "¿Sigue en Tucson?"], "in their order, nothing of the bot's between"
    assert (await desk.service.cases.whole(case.id)).closes_at > datetime.now(UTC) + timedelta(hours=23)
    await desk.reply(case, "Gracias.")
    assert (await desk.sent(before + 4))[-1]["Body"] == "Gracias."


async def test_the_template_is_in_the_persons_language(desk):
    await desk.say("/english")
    await desk.say("/language")
    await desk.say("English")
    case = await desk.claimed()
    await desk.days_later()
    await desk.reply(case, "hello")
    await desk.settled(case, "held", "sent")
    assert desk.api.to(PERSON)[-1].fields["ContentSid"] == "HXenglish"


async def test_without_a_template_it_waits_all_the_same(plain_desk):
    desk = plain_desk
    case = await desk.claimed()
    before = len(await desk.sent(2))
    await desk.days_later()
    await desk.reply(case, "tarde")
    await asyncio.sleep(0.15)
    assert len(desk.api.to(PERSON)) == before
    assert (await desk.lines(case))[-1] == ("tarde", "held")
    await desk.say("hola")
    assert (await desk.sent(before + 1))[-1]["Body"] == "tarde"


async def test_the_provider_knows_better(desk):
    """Its clock is another: refused at the send, or only by a receipt."""
    case = await desk.claimed()
    await desk.sent(2)
    desk.api.answer(Answer.of(63016))
    await desk.reply(case, "uno")
    await desk.settled(case, "held", "sent")
    await desk.say("sí")
    await desk.settled(case, "sent", "sent")
    sid = next(one.sid for one in desk.api.to(PERSON) if one.fields.get("Body") == "uno")
    await desk.service.record(Receipt(sid, "failed", "63016 outside the 24-hour window", outside_window=True))
    lines = await desk.settled(case, "held", "sent", "sent")
    assert lines[0] == ("uno", "held")
    assert desk.api.to(PERSON)[-1].fields["ContentSid"] == "HXspanish", "they wrote since, so they are asked again"


async def test_who_leaves_or_erases_gets_nothing_later(desk):
    case = await desk.claimed()
    await desk.days_later()
    await desk.reply(case, "¿está bien?")
    await desk.settled(case, "held", "sent")
    await desk.say("/salir")
    assert ("¿está bien?", "failed") in await desk.lines(case)
    await desk.say("hola otra vez")
    await asyncio.sleep(0.2)
    assert "¿está bien?" not in [one.fields.get("Body") for one in desk.api.to(PERSON)]


async def test_a_person_who_blocked_us_is_not_knocked_for(desk):
    case = await desk.claimed()
    await desk.days_later()
    desk.api.answer(Answer.of(63024))
    await desk.reply(case, "hola")
    await desk.settled(case, "failed", "failed")
    assert not (await desk.service.cases.whole(case.id)).reachable
