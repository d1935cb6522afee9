"""The one place that builds what a process needs, and the only reader of the settings."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import make_url

from bot import handoff
from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_polling import growing
from bot.channels.twilio import Twilio
from bot.channels.web import WebChannel
from bot.conversation import Conversation, Desk, InboundMessage, Kind, Outcome, Reply, Turn
from bot.conversation.ports import Channel, DeliveryError, Receipt, StoreBusyError, Timer
from bot.delivery import Delivery
from bot.dialogue.language import language_of
from bot.settings import Settings
from bot.storage import (
    Cases,
    Database,
    DatabaseOutbox,
    DatabaseStore,
    Operators,
    OwnView,
    Receipts,
    load_or_make_secret,
    upgrade,
)
from bot.texts import say
from bot.turn import handle_message, handle_silence, safe_turn
from knowledge.checked import load_checked
from knowledge.model import Knowledge

log = logging.getLogger(__name__)

INBOX_KEPT = timedelta(days=7)
A_DAY = 24 * 60 * 60
HELP_TIMEOUT = 5.0
"""Seconds for a help text that goes out past a busy database."""
RECEIPT_PAUSES = (0.0, 0.1, 0.4, 1.0)
"""Seconds before each look for a receipt's message: a provider may be faster than our own mark."""


class StartError(Exception):
    """Why nothing was started, in words for the person who started it."""


def read_settings() -> Settings:
    """From the environment. StartError names every setting that is wrong, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"VENTANILLA_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise StartError("\n".join(lines).replace("VENTANILLA_: Value error, ", "")) from None


def secret_of(settings: Settings) -> str:
    """The configured key, or the private file beside the SQLite database, made on the first start."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StartError(
            "VENTANILLA_SECRET_KEY is needed: a text of 32 characters or more, the same for every process."
        )
    return load_or_make_secret(Path(url.database).with_suffix(".key"))


def knowledge_for(now: datetime) -> Knowledge:
    """The checked content. ContentError lists what is wrong."""
    return load_checked(now.date())


@dataclass
class Service:
    """What the web process stands before."""

    settings: Settings
    knowledge: Knowledge
    database: Database
    store: DatabaseStore
    cases: Cases
    operators: Operators
    channels: dict[str, Channel]
    telegram: TelegramChannel | None
    twilio: Twilio | None
    """None: there is no endpoint."""
    web: WebChannel
    own_view: OwnView
    delivery: Delivery = field(init=False)
    _helped: deque[str] = field(default_factory=lambda: deque(maxlen=1000))

    say = staticmethod(say)
    language_of = staticmethod(language_of)

    def __post_init__(self) -> None:
        self.delivery = Delivery(DatabaseOutbox(self.database), self.channels, fit=fit, on_timer=self._on_timer)

    @property
    def telegram_secret(self) -> str | None:
        """None: there is no endpoint."""
        secret = self.settings.telegram_secret
        return secret.get_secret_value() if secret else None

    @property
    def secure(self) -> bool:
        """Whether browsers reach us by https alone."""
        return (self.settings.public_url or "").startswith("https:")

    @property
    def desk(self) -> Desk:
        """Who stands behind the chat now."""
        return Desk(on_duty=self.settings.on_duty, operated_by=self.settings.operated_by)

    async def handle(self, message: InboundMessage) -> Turn | None:
        """One message, one transaction; returns after the commit. None: seen before. Raises StoreBusyError."""
        now = datetime.now(UTC)
        try:
            turn = await handle_message(message, self.store, self.knowledge, self.desk, now)
        except StoreBusyError:
            await self._help_anyway(message, now)
            raise
        self.delivery.wake()
        return turn

    def first_help(self, message: InboundMessage, now: datetime) -> Reply | None:
        """The first bubble of a help text, by this message alone; None where it speaks of no danger."""
        turn = safe_turn(Conversation(desk=self.desk), message, self.knowledge, now)
        return turn.replies[0] if turn.reading.outcome is Outcome.URGENT else None

    async def _help_anyway(self, message: InboundMessage, now: datetime) -> None:
        """In danger the first bubble waits for no database: sent once, past it; the message is delivered again."""
        help_text = self.first_help(message, now)
        if help_text is None or message.delivery_id in self._helped:
            return
        self._helped.append(message.delivery_id)
        channel = self.channels.get(message.channel)
        if channel is None:
            return
        with suppress(DeliveryError, TimeoutError):
            async with asyncio.timeout(HELP_TIMEOUT):
                for part in fit(help_text, channel.capabilities):
                    await channel.send(message.address, part)

    async def record(self, receipt: Receipt) -> None:
        """Keep what a provider says of a message of ours; of one that is gone, nothing. Raises StoreBusyError."""
        receipts = Receipts(self.database)
        for pause in RECEIPT_PAUSES:
            await asyncio.sleep(pause)
            if await receipts.record(receipt):
                return

    async def _on_timer(self, timer: Timer) -> None:
        await handle_silence(timer, self.store, self.knowledge, self.desk, datetime.now(UTC))

    async def ready(self) -> dict[str, str]:
        """By part: `ok`, or what is wrong in words that anybody may read."""
        database = "ok"
        try:
            await self.database.check_writable()
        except Exception as error:
            log.warning("not ready: %s", type(error).__name__)
            database = "cannot be written"
        delivery = "ok" if self.delivery.alive else "does not run"
        return {"content": "ok", "database": database, "delivery": delivery}


@asynccontextmanager
async def open_service(settings: Settings | None = None) -> AsyncIterator[Service]:
    """Everything built and running; stopped in reverse order, sends under way first."""
    settings = settings or read_settings()
    async with AsyncExitStack() as stack:
        database = await Database.open(settings.database_url, secret_of(settings))
        stack.push_async_callback(database.close)
        telegram, twilio = _telegram(settings), _twilio(settings)
        web = WebChannel()
        for provider in (telegram, twilio):
            if provider is not None:
                stack.push_async_callback(provider.close)
        service = Service(
            settings=settings,
            knowledge=knowledge_for(datetime.now(UTC)),
            database=database,
            store=DatabaseStore(database, handoff),
            cases=Cases(database, handoff),
            operators=Operators(database, handoff),
            channels={web.name: web, **_channels(telegram, twilio)},
            telegram=telegram,
            twilio=twilio if settings.public_url else None,
            web=web,
            own_view=OwnView(database),
        )
        await asyncio.to_thread(_warm, service.knowledge)
        delivering = asyncio.create_task(service.delivery.run())
        stack.push_async_callback(_stopped, delivering)
        stack.push_async_callback(service.delivery.stop)
        stack.push_async_callback(_stopped, asyncio.create_task(_keep_house(service)))
        if telegram is not None:
            stack.push_async_callback(_stopped, asyncio.create_task(_receive(service, telegram)))
        yield service


def _warm(knowledge: Knowledge) -> None:
    """Build the indexes before the first person writes, not while they wait."""
    now = datetime.now(UTC)
    message = InboundMessage("warm", "1", "nobody", Kind.TEXT, now, text="hola, una pregunta sobre mi pasaporte")
    safe_turn(Conversation(), message, knowledge, now)


def _telegram(settings: Settings) -> TelegramChannel | None:
    token = settings.telegram_token
    return TelegramChannel(token.get_secret_value(), settings.telegram_api_url) if token else None


def _twilio(settings: Settings) -> Twilio | None:
    secret = settings.twilio_auth_token
    token = secret.get_secret_value().strip() if secret else ""
    if not token:  # an empty one would let anybody sign
        return None
    if not settings.twilio_account_sid:
        log.warning("VENTANILLA_TWILIO_ACCOUNT_SID is not set: nothing can be sent through Twilio")
    return Twilio(
        settings.twilio_account_sid,
        token,
        settings.twilio_api_url,
        public_url=settings.public_url,
        sender=settings.twilio_from,
        templates=[sid.strip() for sid in settings.twilio_choices_template.split(",") if sid.strip()],
    )


def _channels(telegram: TelegramChannel | None, twilio: Twilio | None) -> dict[str, Channel]:
    """All that can be sent to, by name."""
    built: tuple[Channel, ...] = (*filter(None, [telegram]), *(twilio.channels if twilio else ()))
    return {channel.name: channel for channel in built}


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
    """Once a day: forget deliveries that no provider repeats any more."""
    while True:
        try:
            await service.store.forget_deliveries(datetime.now(UTC) - INBOX_KEPT)
        except StoreBusyError:
            log.warning("housekeeping: the database is busy, tomorrow again")
        await asyncio.sleep(A_DAY)


async def _stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _check(settings: Settings) -> None:
    database = await Database.open(settings.database_url, secret_of(settings))
    await database.close()


def prepare_database(settings: Settings) -> None:
    """Tables up to date, key right. StorageError, StartError."""
    secret_of(settings)
    upgrade(settings.database_url)
    asyncio.run(_check(settings))


def prepare(settings: Settings) -> None:
    """Before the server: content checked, database ready. ContentError, StorageError, StartError."""
    knowledge_for(datetime.now(UTC))
    prepare_database(settings)
