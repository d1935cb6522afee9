"""A server whose clock the test turns: people write, time passes, and what falls due is sent."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot import handoff
from bot.conversation import Desk, InboundMessage, Kind
from bot.conversation.messages import person_in
from bot.conversation.ports import OutboxRow, Timer
from bot.delivery.timing import Timers
from bot.storage import REMINDER, Database, DatabaseOutbox, DatabaseStore
from bot.storage.tables import timers
from bot.turn import handle_message, handle_reminders
from bot.wiring.clocks import zones_of
from knowledge.model import Knowledge

BEGUN = datetime(2026, 11, 23, 18, tzinfo=UTC)
"""A Monday noon in Mexico City."""
WINDOW = timedelta(hours=24)
DESK = Desk(reminds_on=frozenset({"telegram", "whatsapp"}), public_url="https://example.org")


@dataclass
class World:
    """A server with its database; people write, and time passes."""

    database: Database
    knowledge: Knowledge
    now: datetime = BEGUN
    sent: list[tuple[datetime, OutboxRow]] = field(default_factory=list)
    channel: str = "telegram"
    templates: dict[Any, str] = field(default_factory=lambda: {"es": "HXes", "en": "HXen"})
    desk: Desk = DESK
    count: int = 0
    heard: dict[str, datetime] = field(default_factory=dict)
    """When each wrote last."""

    def __post_init__(self) -> None:
        self.store = DatabaseStore(self.database, handoff)
        self.outbox = DatabaseOutbox(self.database)
        self.timers = Timers(self.outbox, self.on_timer, lambda: self.now)

    async def on_timer(self, timer: Timer) -> None:
        if timer.kind == REMINDER:
            await handle_reminders(
                timer, self.store, self.knowledge, self.desk, self.now,
                lambda person: zones_of(person, self.now, self.knowledge), self.templates,
            )  # fmt: skip

    async def say(self, text: str, who: str = "1") -> list[str]:
        """One message; the texts that answer it, sent at once."""
        self.count += 1
        self.now += timedelta(minutes=1)
        kind = Kind.TAP if text.startswith("r|") else Kind.TEXT
        words = {"payload": text} if kind is Kind.TAP else {"text": text}
        message = InboundMessage(self.channel, f"d{self.count}", who, kind, self.now, **words)
        self.heard[who] = self.now
        turn = await handle_message(message, self.store, self.knowledge, self.desk, self.now)
        assert turn
        await self.look()
        return [reply.text for reply in turn.replies]

    async def look(self) -> None:
        """What the loop, or a job, does."""
        await self.timers.run(await self.timers.due())
        await self.send()

    async def send(self) -> None:
        while rows := await self.outbox.claim(self.now, {self.channel: 3}):
            for row in rows:
                open_ = self.now - self.heard[person_in(row.address)] < WINDOW or self.channel != "whatsapp"
                assert open_ or row.reply.template, "WhatsApp takes no free words after 24 hours"
                self.sent.append((self.now, row))
                self.outbox.said(row, "p", whole=True)
                self.outbox.let_go(row)
            await self.outbox.mark()

    async def until(self, end: datetime) -> None:
        """Time passes, and each timer fires when it is due."""
        while (at := await self.next_look()) is not None and at <= end:
            self.now = max(self.now, at)
            await self.look()
        self.now = end
        await self.look()

    async def next_look(self) -> datetime | None:
        async with self.database.read() as connection:
            return await connection.scalar(select(func.min(timers.c.due_at)).where(timers.c.kind == REMINDER))

    def reminders(self, zone: str = "America/Mexico_City") -> list[str]:
        """When one was sent, by that clock."""
        told = [(at, row) for at, row in self.sent if row.reply.text.startswith(("Tiene un aviso", "A reminder"))]
        return [f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for at, _ in told]
