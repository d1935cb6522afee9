"""Alerts as rows: made when a rung of a ladder is reached, sent and tried again on their own, forgotten when told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Lang
from bot.conversation.case import Case
from bot.storage import bursts
from bot.storage.desk_tables import alerts
from bot.storage.engine import Database, insert_or_update
from bot.storage.rows import UNRESOLVED, Due, case_of
from bot.storage.tables import cases, conversations, timers

CALLS = "alert"
"""The kind of a timer whose alerts are made here, and by nobody else."""
AT_ONCE = 500
"""Rungs, and alerts of one target, that are looked at together."""
CLAIM_LASTS = timedelta(seconds=30)
"""What a process claimed and never said anything of is sent again: it was killed."""
Kind = Literal["waiting", "window", "call_back"]
"""Somebody waits; WhatsApp will soon take no free words; the hour of a call-back has come."""
Following = Callable[[Case, int, datetime], Due | None]
"""The rung behind this one, of a ladder that was begun then."""

_ALONE_OPEN = and_(cases.c.status == "open", bursts.ALONE)
_RUNGS = (
    select(timers.c.id.label("timer"), timers.c.payload, cases)
    .outerjoin(cases, and_(cases.c.conversation_id == timers.c.conversation_id, _ALONE_OPEN))
    .where(timers.c.kind == CALLS, timers.c.due_at <= bindparam("now"))
    .order_by(cases.c.level, timers.c.due_at)
    .limit(AT_ONCE)
    .with_for_update(of=timers, skip_locked=True)
)
_DUE = select(timers.c.id).where(timers.c.kind == CALLS, timers.c.due_at <= bindparam("now")).limit(1)
_NEXT = update(timers).where(timers.c.id == bindparam("timer")).values(
    due_at=bindparam("at"), payload=bindparam("after", type_=timers.c.payload.type)
)  # fmt: skip
_NEEDED = or_(and_(alerts.c.kind == "waiting", _ALONE_OPEN), and_(alerts.c.kind != "waiting", UNRESOLVED))
_FREE = or_(alerts.c.sending_since.is_(None), alerts.c.sending_since < bindparam("lost"))
_WAITING = (
    select(
        alerts.c.id.label("alert"), alerts.c.kind, alerts.c.rung, alerts.c.attempts, alerts.c.made_at,
        conversations.c.channel, conversations.c.lang, _NEEDED.label("needed"), cases,
    )
    .join(cases, cases.c.id == alerts.c.case_id)
    .join(conversations, conversations.c.id == cases.c.conversation_id)
    .where(alerts.c.target == bindparam("to"), alerts.c.due_at <= bindparam("now"), _FREE)
    .order_by((alerts.c.attempts + alerts.c.rung) > 0, cases.c.level, cases.c.counts_from, alerts.c.id)
    .limit(AT_ONCE)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiting:
    """One alert that is due, with its case."""

    id: int
    kind: Kind
    rung: int
    attempts: int
    made_at: datetime
    case: Case
    channel: str
    lang: Lang | None
    more: int
    """Cases of the same network behind it."""

    @property
    def fresh(self) -> bool:
        """The first call for a case, tried for the first time: before all that is said again."""
        return self.attempts == 0 and self.rung == 0


class Alerts:
    """What is to be told, by the names of the places that it goes to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ring(self, targets: Sequence[str], following: Following, soonest: datetime, now: datetime) -> None:
        """All rungs that are reached become alerts, and the next ones are set, not before `soonest`."""
        async with self._database.read() as connection:
            if await connection.scalar(_DUE, {"now": now}) is None:
                return
        async with self._database.write() as connection:
            rows = (await connection.execute(_RUNGS, {"now": now})).mappings().all()
            over, after, called = [], [], []
            for row in rows:
                payload, case = row["payload"], case_of(row) if row["id"] else None
                begun = datetime.fromisoformat(str(payload["begun"]))
                due = following(case, int(payload["rung"]) + 1, begun) if case else None
                if case:
                    called.append((case.id, int(payload["rung"])))
                if due is None:
                    over.append(row["timer"])
                else:
                    after.append({"timer": row["timer"], "at": max(due.due_at, soonest), "after": dict(due.payload)})
            await self._make(connection, targets, "waiting", called, now)
            if after:
                await connection.execute(_NEXT, after)
            if over:
                await connection.execute(delete(timers).where(timers.c.id.in_(over)))

    async def post(self, targets: Sequence[str], case_id: UUID, kind: Kind, now: datetime) -> None:
        """One alert that stands on no ladder."""
        async with self._database.write() as connection:
            await self._make(connection, targets, kind, [(case_id, 0)], now)

    async def take(self, target: str, now: datetime) -> Sequence[Waiting]:
        """All that is due for this place, new calls first; they are this process's until `done` or `retry`."""
        lost = {"to": target, "now": now, "lost": now - CLAIM_LASTS}
        async with self._database.read() as connection:
            rows = (await connection.execute(_WAITING, lost)).mappings().all()
            more = await bursts.counted(connection, [row["id"] for row in rows if row["needed"]])
        if not rows:
            return []
        async with self._database.write() as connection:
            idle = [row["alert"] for row in rows if not row["needed"]]
            await connection.execute(delete(alerts).where(alerts.c.id.in_(_unlocked(alerts.c.id.in_(idle)))))
            wanted = _unlocked(alerts.c.id.in_([row["alert"] for row in rows if row["needed"]]), _FREE)
            claim = update(alerts).where(alerts.c.id.in_(wanted)).values(sending_since=now).returning(alerts.c.id)
            mine = set((await connection.execute(claim, {"lost": lost["lost"]})).scalars())
        return [_waiting(row, more) for row in rows if row["alert"] in mine]

    async def done(self, told: Sequence[Waiting]) -> None:
        """They arrived; what was made anew meanwhile stays."""
        async with self._database.write() as connection:
            for one in told:
                same = (alerts.c.id == one.id) & (alerts.c.rung == one.rung)
                await connection.execute(delete(alerts).where(same))
            await connection.execute(_free([one.id for one in told]))

    async def retry(self, failed: Sequence[Waiting], pauses: Sequence[timedelta | None], now: datetime) -> None:
        """They did not arrive: again after the pause; None: given up."""
        async with self._database.write() as connection:
            for one, pause in zip(failed, pauses, strict=True):
                row = (alerts.c.id == one.id) & (alerts.c.rung == one.rung)
                if pause is None:
                    await connection.execute(delete(alerts).where(row))
                else:
                    later = {"due_at": now + pause, "attempts": one.attempts + 1}
                    await connection.execute(update(alerts).where(row).values(**later))
            await connection.execute(_free([one.id for one in failed]))

    async def waiting(self) -> int:
        """How many have not arrived."""
        async with self._database.read() as connection:
            return await connection.scalar(select(func.count()).select_from(alerts)) or 0

    async def _make(
        self, connection: AsyncConnection, targets: Sequence[str], kind: Kind, called: Sequence[tuple[UUID, int]],
        now: datetime,
    ) -> None:  # fmt: skip
        """One row for each place; one that has not arrived yet says the newer rung."""
        rows = [
            {"case_id": case_id, "target": target, "kind": kind, "rung": rung, "made_at": now, "due_at": now,
             "attempts": 0}
            for case_id, rung in called for target in targets
        ]  # fmt: skip
        if rows:
            key, anew = ("case_id", "target", "kind"), ("rung", "made_at", "due_at", "attempts")
            await connection.execute(insert_or_update(connection.dialect.name, alerts, key, anew), rows)


def _unlocked(*which: Any) -> Any:
    """Those that no other process is just taking."""
    return select(alerts.c.id).where(*which).order_by(alerts.c.id).with_for_update(skip_locked=True)


def _free(ids: Sequence[int]) -> Any:
    return update(alerts).where(alerts.c.id.in_(ids)).values(sending_since=None)


def _waiting(row: Mapping[Any, Any], more: Mapping[UUID, int]) -> Waiting:
    return Waiting(
        row["alert"], cast(Kind, row["kind"]), row["rung"], row["attempts"], row["made_at"], case_of(row),
        row["channel"], row["lang"], more.get(row["id"], 0),
    )  # fmt: skip
