"""What the web process stands before: one message in, replies on their way out."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot import handoff
from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel
from bot.channels.twilio import Twilio
from bot.channels.web import WebChannel
from bot.conversation import Conversation, Desk, InboundMessage, Kind, Lang, Level, Outcome, Reply, ReplyKind, Turn
from bot.conversation.case import Case
from bot.conversation.messages import person_in
from bot.conversation.ports import Channel, DeliveryError, NotStoredError, Receipt, Timer
from bot.delivery import Delivery
from bot.dialogue.language import language_of
from bot.handoff.shifts import Rota
from bot.settings import Settings
from bot.storage import (
    KNOCK,
    REMINDER,
    Alerts,
    Audit,
    Cases,
    Database,
    DatabaseOutbox,
    DatabaseStore,
    Floods,
    Helped,
    Looks,
    Operators,
    OwnView,
    Receipts,
    SentJournal,
)
from bot.telemetry import figures, logs
from bot.telemetry.raised import where
from bot.texts import say
from bot.turn import handle_message, handle_reminders, safe_turn
from bot.wiring import alerts
from bot.wiring.alerting import Alerting
from bot.wiring.clocks import Clocks, clocks_of, countries_at, zones_of
from bot.wiring.desk import desk_at, ladders_of, reminder_templates, times_of
from bot.wiring.emergency import emergency_texts
from bot.wiring.files import helped_of, journal_of
from bot.wiring.in_line import Line
from bot.wiring.ladder import Ladder
from knowledge.model import Knowledge

log = logging.getLogger(__name__)

HELP_TIMEOUT = 5.0
"""Seconds for a help text that goes out past a busy database."""
RECEIPT_PAUSES = (0.0, 0.1, 0.4, 1.0)
"""Seconds before each look for a receipt's message: a provider may be faster than our own mark."""


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
    rota: Rota = field(default_factory=Rota)
    """Read again every half minute."""
    sends: bool = True
    """Whether this process sends; else workers do, and what needs no message is done as jobs."""
    delivery: Delivery = field(init=False)
    looks: Looks = field(init=False)
    """When pages were fetched."""
    helped: Helped = field(init=False)
    """What was said past the database, until that is stored."""
    journal: SentJournal | None = field(init=False)
    """What was sent, of an embedded database."""
    _line: Line = field(default_factory=Line, init=False)

    say = staticmethod(say)
    language_of = staticmethod(language_of)

    def __post_init__(self) -> None:
        url = self.settings.database_url
        self.looks = Looks(self.database)
        self.helped = helped_of(self.database, url)
        self.journal = journal_of(self.database, url)
        outbox = DatabaseOutbox(self.database, self.journal)
        self.delivery = Delivery(outbox, self.channels, fit=fit, on_timer=self._on_timer, known_as=self.known_as)

    def close_files(self) -> None:
        """At the end, after the delivery stopped."""
        self.helped.close()
        if self.journal is not None:
            self.journal.close()

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
    def trusted_proxies(self) -> Sequence[str]:
        """Networks whose word on who asks is believed."""
        return [part for part in self.settings.trusted_proxies.split(",") if part]

    @property
    def desk(self) -> Desk:
        """Who stands behind the chat now."""
        return self.desk_at(datetime.now(UTC))

    def desk_at(self, at: datetime) -> Desk:
        """Who stood, or stands, behind the chat at a time, as the present rota says."""
        return desk_at(self.settings, self.rota, at)

    @property
    def ladders(self) -> Mapping[Level, handoff.Ladder]:
        """After how long a case of each level calls, and calls again."""
        return ladders_of(self.settings)

    @property
    def metrics_token(self) -> str | None:
        """None: this machine alone may ask."""
        token = self.settings.metrics_token
        return token.get_secret_value() if token else None

    @property
    def floods(self) -> Floods:
        """The desk's means against a flood."""
        return Floods(self.database, self.cases)

    @property
    def audit(self) -> Audit:
        """Who did what."""
        return Audit(self.database)

    @property
    def base_url(self) -> str:
        """Where browsers find us."""
        return self.settings.public_url or f"http://{self.settings.host}:{self.settings.port}"

    @property
    def ladder(self) -> Ladder:
        """What case timers do."""
        return Ladder(self.cases, Alerts(self.database), [*self._targets])

    @property
    def alerting(self) -> Alerting:
        """What tells those on duty."""
        times, zone = times_of(self.settings), self.settings.timezone
        return Alerting(
            Alerts(self.database), self._targets, times, lambda: self.knowledge, lambda: self.rota, zone, self.base_url
        )

    @property
    def _targets(self) -> dict[str, alerts.Target]:
        """Where alerts go, by name."""
        settings, found = self.settings, dict[str, alerts.Target]()
        if self.telegram and settings.alert_telegram_chat:
            found["group"] = alerts.Group(self.telegram, settings.alert_telegram_chat)
        if settings.alert_url:
            secret = settings.alert_secret
            key = secret.get_secret_value().encode() if secret else self.database.cipher.keyed("alerts", "webhook")
            found["hook"] = alerts.Webhook(settings.alert_url, key)
        return found

    async def handle(self, message: InboundMessage) -> Turn | None:
        """One message, one transaction; returns after the commit. None: seen before. Raises NotStoredError."""
        now = datetime.now(UTC)
        known_as = self.known_as(message.channel, message.address)
        with figures.TURN.labels(message.channel).time(), logs.about(conversation=known_as):
            try:
                async with self._line.of((message.channel, message.address)):
                    message = replace(message, helped=self.helped.of(message))
                    turn = await handle_message(message, self.store, self.knowledge, self.desk, now)
            except Exception as error:
                # Neither its words nor its values: they may quote what a person wrote.
                log.error("a message on %s was not stored: %s", message.channel, where(error))
                figures.NOT_STORED.labels(message.channel).inc()
                if not self.helped.of(message):
                    await self._help_anyway(message, now)
                if isinstance(error, NotStoredError):
                    raise
                raise NotStoredError(type(error).__name__) from error
        self.helped.forget(message)
        self.delivery.wake()
        return turn

    def known_as(self, channel: str, address: str) -> str:
        """A conversation as the log names it: nobody finds the address, only this key makes the same name again."""
        return known_as(self.database, channel, address)

    def clocks(self, case: Case, person: Conversation, said: Sequence[str]) -> Clocks:
        """What time it may be where a person is."""
        return clocks_of(case.country or person.country, case.place, said, datetime.now(UTC), self.knowledge)

    def countries(self, case: Case, person: Conversation) -> Sequence[str]:
        """Where a person is: as they told it, else by the place that they shared; near a border it may be either."""
        told = case.country or person.country
        return [told] if told else countries_at(case.place, self.knowledge) if case.place else []

    def emergency_texts(self, case: Case, person: Conversation) -> Sequence[tuple[str, bool]]:
        """What the bot says in this kind of danger, and whether it said it: for an operator to send."""
        return emergency_texts(case, person, self.knowledge, datetime.now(UTC).date())

    def _zones(self, person: Conversation) -> Sequence[ZoneInfo]:
        return zones_of(person, datetime.now(UTC), self.knowledge)

    @property
    def can_knock(self) -> bool:
        """Whether somebody who wrote too long ago can be asked to write."""
        return bool(self.settings.twilio_window_template.strip())

    def first_help(self, message: InboundMessage, now: datetime) -> Reply | None:
        """The first bubble of a help text or a check, by this message alone; None where it speaks of no danger."""
        turn = safe_turn(Conversation(desk=self.desk), message, self.knowledge, now)
        return turn.replies[0] if turn.reading.outcome in (Outcome.URGENT, Outcome.CHECK) else None

    def suggest(self, text: str, lang: Lang) -> list[tuple[str, str]]:
        """What the bot would answer, as title and words, for an operator to send."""
        asked = Conversation(greeted=True, lang=lang, lang_chosen=True)
        now = datetime.now(UTC)
        turn = safe_turn(asked, InboundMessage("console", "", "", Kind.TEXT, now, text), self.knowledge, now)
        known = self.knowledge.topics
        titles = [known[topic].title.say(lang) for topic in turn.reading.answered if topic in known]
        said = [reply.text for reply in turn.replies if reply.kind is ReplyKind.ANSWER]
        if turn.reading.outcome is Outcome.URGENT:
            said = [turn.replies[0].text, *said]  # what to do; not who reads the chat, which is somebody else now
        return [(titles[min(number, len(titles) - 1)] if titles else text, words) for number, words in enumerate(said)]

    async def _help_anyway(self, message: InboundMessage, now: datetime) -> None:
        """In danger the first bubble waits for no database: sent past it, once; the message is delivered again."""
        help_text, channel = self.first_help(message, now), self.channels.get(message.channel)
        if help_text is None or channel is None:
            return
        self.helped.begin(message, help_text.text)
        try:
            async with asyncio.timeout(HELP_TIMEOUT):
                for part in fit(help_text, channel.capabilities):
                    await channel.send(message.address, part)
            self.helped.done(message)
            figures.HELPED.labels(message.channel).inc()
        except (DeliveryError, TimeoutError):
            self.helped.forget(message)

    async def record(self, receipt: Receipt) -> None:
        """Keep what a provider says of a message of ours; of one that is gone, nothing. Raises StoreBusyError."""
        receipts = Receipts(self.database)
        for pause in RECEIPT_PAUSES:
            await asyncio.sleep(pause)
            if await receipts.record(receipt):
                return

    async def _on_timer(self, timer: Timer) -> None:
        now = datetime.now(UTC)
        if timer.kind == handoff.ANSWER:
            if await self.ladder.lapse(timer, self.knowledge, now):
                self.delivery.wake()
        elif timer.kind == handoff.WINDOW:
            await self.ladder.window(timer, now)
        elif timer.kind == handoff.CALL_BACK:
            await self.ladder.call_back(timer, now)
        elif timer.kind == REMINDER:
            templates = reminder_templates(self.settings)
            if await handle_reminders(timer, self.store, self.knowledge, self.desk, now, self._zones, templates):
                self.delivery.wake()
        elif timer.kind == KNOCK and await self.cases.knock(timer.conversation_id, now):
            self.delivery.wake()

    async def ready(self) -> dict[str, str]:
        """By part: `ok`, or what is wrong in words that anybody may read. Nothing is tried for it: tasks of ours do."""
        database = "ok" if self.database.writable else "cannot be written"
        delivery = "ok" if self.delivery.alive or not self.sends else "does not run"
        return {"content": "ok", "database": database, "delivery": delivery}


def known_as(database: Database, channel: str, address: str) -> str:
    """As `Service.known_as`."""
    return database.cipher.keyed("log", f"{channel}\0{person_in(address)}").hex()[:12]
