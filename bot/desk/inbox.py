"""The inbox: what nobody has, what I have, what others have; and what calls for me on any other page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.conversation.case import Case
from bot.conversation.ports import StoreBusyError
from bot.desk.reading import without_words
from bot.desk.records import Records
from bot.desk.rights import Actor, may, require
from bot.storage.glances import Glance
from bot.storage.queue import Wanted

GLANCED = "listed"
"""In the log: their last words stood in a list before somebody, who need not have opened the case."""
MINE = 50


@dataclass(frozen=True, slots=True)
class Group:
    """Cases under one heading, most urgent first."""

    name: str
    """untaken, mine, others; found: what a filter asked for."""
    cases: Sequence[Case]
    count: int
    following: str | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of it."""

    groups: Sequence[Group]
    glances: Mapping[UUID, Glance]
    """By case; empty for roles that may not."""
    placed: frozenset[UUID]
    """Cases of whose people it is known where they are."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the head of every page says."""

    waiting: int
    """Cases that nobody has, counted to a thousand."""
    newest: datetime | None
    """Since when the newest of them is open."""
    owed: Sequence[Case]
    """Mine, of people who wait for my next word, without their words: the most urgent, then who waits longest."""


async def inbox(records: Records, who: Actor, wanted: Wanted, cursor: str | None, limit: int, now: datetime) -> Inbox:
    """`wanted` with a status or a holder is one list; without, three groups. BadCursorError."""
    require(who, "read")
    groups = []
    for name, asked in _groups(wanted, who).items():
        first = name in ("untaken", "found")
        found, following = await records.cases.find(asked, cursor if first else None, limit if first else MINE)
        groups.append(Group(name, found, await records.cases.count(asked), following))
    shown = [case for group in groups for case in group.cases]
    known = await glances(records, who, shown, now)
    bare = [replace(group, cases=[without_words(case) for case in group.cases]) for group in groups]
    return Inbox(bare, known, frozenset(case.id for case in shown if case.place))


async def pulse(records: Records, who: Actor, now: datetime) -> Pulse:
    """Nobody's words: it is asked for every few seconds from every page."""
    require(who, "read")
    waiting, newest = await records.cases.waiting(), await records.cases.newest_open()
    if not may(who, "work"):
        return Pulse(waiting, newest, ())
    mine, _ = await records.cases.find(Wanted(status="claimed", holder=who.name), None, MINE)
    owed = [without_words(case) for case in mine if case.awaited_since]
    return Pulse(waiting, newest, sorted(owed, key=lambda case: (case.level.rank, case.awaited_since or now)))


def _groups(wanted: Wanted, who: Actor) -> Mapping[str, Wanted]:
    if wanted.status is not None or wanted.holder is not None or wanted.follow_up:
        return {"found": wanted}
    claimed = replace(wanted, status="claimed", unresolved=False)
    untaken = {"untaken": replace(wanted, status="open", unresolved=False)}
    if not may(who, "work"):
        return {**untaken, "others": claimed}
    mine, others = replace(claimed, holder=who.name), replace(claimed, not_holder=who.name)
    return {**untaken, "mine": mine, "others": others}


async def glances(records: Records, who: Actor, cases: Sequence[Case], now: datetime) -> Mapping[UUID, Glance]:
    """The last words of these cases' people, for who may; no words without their line in the log."""
    if not cases or not may(who, "glance"):
        return {}
    try:
        await records.audit.seen(who.name, [str(case.id) for case in cases], now, GLANCED)
    except StoreBusyError:
        return {}
    return await records.cases.glances(cases)
