"""A service with all its tasks: built, running, and stopped in reverse order."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from ctypes import CDLL
from datetime import UTC, datetime

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_polling import growing
from bot.channels.web import WebChannel
from bot.conversation import Conversation, InboundMessage, Kind
from bot.conversation.ports import DeliveryError, StoreBusyError
from bot.dialogue.signals.errand_acts import weighing_of as clause_weighing_of
from bot.jobs import CONTENT, Work
from bot.settings import Settings
from bot.storage import Cases, Database, DatabaseStore, Operators, OwnView, Shifts
from bot.turn import safe_turn
from bot.wiring.channels import channels_of, telegram_of, twilio_of
from bot.wiring.desk import life_of, read_rota
from bot.wiring.editing import Edited, read_edited
from bot.wiring.service import Service
from bot.wiring.starting import knowledge_for, read_settings, secret_of
from bot.wiring.working import keep_house, opened_jobs, stopped
from bot.wiring.zones import zones
from knowledge.frames import FrameSet
from knowledge.model import Knowledge

log = logging.getLogger(__name__)

A_DAY = 24 * 60 * 60
HALF_A_MINUTE = 30
LOOKS_WRITTEN = 2
"""Seconds between two writes of what pages fetched."""
MOMENT = 0.002
WARMING = (
    "hola, una pregunta sobre mi pasaporte",
    "qué es la acnhud",
    "kiero renobar la matrikula en huston, cuanto sale",
    "y para mi niño de 5 años que nació acá?",
    "no, me refiero a la ventanilla de salud",
    "soy de Honduras y estoy en Tapachula, me tienen encerrado y no nos dejan salir",
)
"""One conversation that goes through most tables: each is built when it is first asked for."""


@asynccontextmanager
async def open_service(settings: Settings | None = None, *, sends: bool = True) -> AsyncIterator[Service]:
    """Everything built and running; stopped in reverse order, sends under way first.

    `sends`: all in this process. Else workers send, and the rest is done as jobs. StartError.
    """
    settings = settings or read_settings()
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.opened(settings.database_url, secret_of(settings)))
        service = await _built(settings, database, stack, sends=sends)
        await asyncio.to_thread(warm, service.knowledge)
        tasks = [database.watch(), _watch_pages(service), _watch_editors(service), _watch_rota(service)]
        alerting = service.alerting
        if sends:
            stack.push_async_callback(stopped, asyncio.create_task(service.delivery.run()))
            stack.push_async_callback(service.delivery.stop)
            tasks += [alerting.run(), _keep_house(service)]
        else:
            jobs = await stack.enter_async_context(opened_jobs(settings, database))
            stack.push_async_callback(alerting.stop)
            work = Work(timers=service.delivery.run_timers, alerts=alerting.look)
            tasks += [jobs.work([CONTENT], work)]
        stack.push_async_callback(service.looks.write)
        tasks += [_compile_frames()]
        if service.telegram is not None:
            tasks += [_receive(service, service.telegram)]
        for work_ in tasks:
            stack.push_async_callback(stopped, asyncio.create_task(work_))
        yield service


async def _built(settings: Settings, database: Database, stack: AsyncExitStack, *, sends: bool) -> Service:
    life = life_of(settings)
    telegram, twilio = telegram_of(settings), twilio_of(settings)
    web = WebChannel()
    for provider in (telegram, twilio):
        if provider is not None:
            stack.push_async_callback(provider.close)
    service = Service(
        settings=settings,
        knowledge=knowledge_for(datetime.now(UTC)),
        database=database,
        store=DatabaseStore(database, life),
        cases=Cases(database, life),
        operators=Operators(database, life),
        channels={web.name: web, **channels_of(telegram, twilio)},
        telegram=telegram,
        twilio=twilio if settings.public_url else None,
        web=web,
        own_view=OwnView(database),
        rota=await read_rota(Shifts(database)),
        sends=sends,
    )
    stack.callback(service.close_files)
    return service


def warm(knowledge: Knowledge) -> None:
    """Build the indexes before the first person writes, not while they wait."""
    now, state = datetime.now(UTC), Conversation()
    for number, text in enumerate(WARMING):
        message = InboundMessage("warm", str(number), "nobody", Kind.TEXT, now, text=text)
        state = safe_turn(state, message, knowledge, now).conversation
    zones(knowledge.root)
    clause_weighing_of(knowledge)  # none of these messages is of an errand
    # What is held for good is not walked again by the collector: a quarter of a second in the middle of an answer.
    # What an editor's change replaced is let go first: frozen, its models would never be.
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError):  # another C library than glibc
        CDLL(None).malloc_trim(0)  # the room of what was read on the way


async def _receive(service: Service, telegram: TelegramChannel) -> None:
    """A secret: webhook, announced where the public address is known. A token alone: long polling. Never both."""
    secret = service.telegram_secret
    if secret is None:
        await telegram.poll(service.handle, asyncio.Event())
        return
    failures = 0
    while True:
        try:
            if service.settings.public_url is not None:
                await telegram.set_webhook(service.settings.public_url, secret)
            await telegram.open()
            return
        except DeliveryError as error:
            failures += 1
            log.warning("Telegram did not answer (%s); what it posts is handled all the same", error)
        await asyncio.sleep(growing(failures))


async def _keep_house(service: Service) -> None:
    """Once a day."""
    while True:
        try:
            await keep_house(service.settings, service.database)
        except StoreBusyError:
            log.warning("housekeeping: the database is busy, tomorrow again")
        await asyncio.sleep(A_DAY)


async def _watch_editors(service: Service) -> None:
    """What an editor stopped, or put in front of a topic, counts within a minute, on every process."""
    content, known = service.knowledge, Edited()
    while True:
        try:
            edited = await read_edited(service.database)
            if edited != known:
                # Indexes are built apart, before anybody's message meets the changed content.
                changed = edited.applied(content)
                await asyncio.to_thread(warm, changed)
                service.knowledge, known = changed, edited
        except Exception as error:  # it must go on looking, whatever the database said this time
            log.error("what editors decided was not read: %s", type(error).__name__)
        await asyncio.sleep(HALF_A_MINUTE)


async def _compile_frames() -> None:
    """Those that no message has tried yet: a second of work, in pauses between which nobody waits."""
    for _ in FrameSet.compiled():
        await asyncio.sleep(MOMENT)
    gc.freeze()


async def _watch_rota(service: Service) -> None:
    """A changed shift counts within a minute, on every process."""
    while True:
        await asyncio.sleep(HALF_A_MINUTE)
        try:
            service.rota = await read_rota(Shifts(service.database))
        except Exception as error:  # it must go on looking, whatever the database said this time
            log.error("the rota was not read: %s", type(error).__name__)


async def _watch_pages(service: Service) -> None:
    """What pages fetched stands in the transcript a moment later."""
    while True:
        await asyncio.sleep(LOOKS_WRITTEN)
        try:
            await service.looks.write()
        except Exception as error:  # it must go on, whatever the database said this time
            log.error("what pages fetched was not written: %s", type(error).__name__)
