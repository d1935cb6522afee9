"""Every way to a person's words: for who may, and with one line in the log a reader, case and hour."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.conversation.case import Case
from bot.desk.records import Records
from bot.desk.rights import Actor, may, require
from bot.storage import Line, Searches, Whole
from bot.storage.queue import Wanted
from bot.storage.searching import FOUND, Found, Hit

LINES = 300
"""The newest so many of a transcript stand beside a case."""
AT_ONCE = 200
"""Cases of one page of an export."""


async def queue(
    records: Records, who: Actor, wanted: Wanted, cursor: str | None, limit: int, now: datetime, *, words: bool = True
) -> tuple[Sequence[Case], str | None]:
    """One page, most urgent first, and the next cursor; `words` only for who may export them. BadCursorError."""
    require(who, "read")
    cases, following = await records.cases.find(wanted, cursor, limit)
    if not (words and may(who, "export words")):
        return [without_words(case) for case in cases], following
    await _seen(records, who, cases, now)
    return cases, following


async def get(records: Records, who: Actor, case_id: UUID, now: datetime) -> Case:
    """A case alone. NoSuchCaseError."""
    require(who, "read")
    case = await records.cases.get(case_id)
    await _seen(records, who, [case], now)
    return case


async def read(
    records: Records, who: Actor, case_id: UUID, now: datetime, *, printed: bool = False
) -> tuple[Whole, Sequence[Line]]:
    """A case with all that stands beside it, and its newest lines. NoSuchCaseError."""
    require(who, "read")
    whole = await records.cases.whole(case_id)
    await records.audit.seen(who.name, [str(case_id)], now, "printed" if printed else "read")
    return whole, await records.cases.newest(whole.case.conversation_id, LINES)


async def related(records: Records, who: Actor, case: Case) -> tuple[Sequence[Case], Sequence[Case]]:
    """Cases that are linked to it, and those that may be about the same person, without anybody's words."""
    require(who, "read")
    linked, alike = await records.cases.related(case)
    return [without_words(one) for one in linked], [without_words(one) for one in alike]


async def read_page(
    records: Records, who: Actor, case_id: UUID, cursor: str | None, limit: int, now: datetime
) -> tuple[Case, Sequence[Line], str | None]:
    """A case and one page of its transcript, oldest first. NoSuchCaseError, BadCursorError."""
    require(who, "read")
    case = await records.cases.get(case_id)
    lines, following = await records.cases.messages(case.conversation_id, cursor, limit)
    await _seen(records, who, [case], now)
    return case, lines, following


async def transcript(
    records: Records, who: Actor, conversation_id: UUID, cursor: str | None, limit: int, now: datetime
) -> tuple[Sequence[Line], str | None]:
    """One page of what was said, oldest first. NoSuchConversationError, BadCursorError."""
    require(who, "read")
    lines, following = await records.cases.messages(conversation_id, cursor, limit)
    case_ids = await records.cases.of_conversation(conversation_id)
    await records.audit.seen(who.name, [str(one) for one in case_ids or (conversation_id,)], now)
    return lines, following


async def search(records: Records, who: Actor, words: str, now: datetime, categories: Collection[str] = ()) -> Found:
    """Words in open and resolved cases, and all cases of these kinds of danger.

    The log has that somebody searched and which cases they saw, not for what.
    """
    require(who, "read")
    found = await Searches(records.database).find(words)
    for category in categories:
        there = {hit.case.id for hit in found.hits}
        of_kind, _ = await records.cases.find(Wanted(category=category, each=True), None, FOUND)
        more = [Hit(case, "") for case in of_kind if case.id not in there]
        found = Found([*found.hits, *more], found.whole)
    if words.strip():
        await records.audit.record(who.name, "searched", "", now, f"{len(found.hits)} found")
        await _seen(records, who, [hit.case for hit in found.hits], now)
    return found


async def export(
    records: Records, who: Actor, wanted: Wanted, now: datetime, *, words: bool = False, kind: str = ""
) -> AsyncIterator[Sequence[Case]]:
    """All of them, page by page, so that nobody holds them all; with words each case is named in the log."""
    require(who, "export words" if words else "export")
    await records.audit.record(who.name, "exported", "", now, f"{kind}{' with words' if words else ''}")
    cursor: str | None = None
    while True:
        cases, cursor = await records.cases.find(wanted, cursor, AT_ONCE)
        if words:
            await records.audit.seen(who.name, [str(case.id) for case in cases], now, "exported")
        yield cases if words else [without_words(case) for case in cases]
        if cursor is None:
            return


def without_words(case: Case) -> Case:
    """What it is and how it stands, without what a person or an operator said."""
    return replace(case, words="", place=None, note=None)


async def _seen(records: Records, who: Actor, cases: Sequence[Case], now: datetime) -> None:
    await records.audit.seen(who.name, [str(case.id) for case in cases], now)
