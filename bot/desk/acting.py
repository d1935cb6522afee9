"""What people do with a case. `version` is what they last saw; None acts on what is.

Storage writes the change and its line in the log in one transaction, and refuses a stale version.
"""

from collections.abc import Awaitable
from datetime import datetime
from uuid import UUID

from bot.conversation import Level
from bot.conversation.case import Case, CaseOutcome
from bot.conversation.ports import StoreBusyError
from bot.desk.reading import without_words
from bot.desk.records import Records
from bot.desk.rights import Actor, may, require


async def claim(records: Records, who: Actor, case_id: UUID, now: datetime, version: int | None = None) -> Case:
    """Theirs from now on. NoSuchCaseError, StaleCaseError, ClosedError, HeldByAnotherError."""
    require(who, "work")
    return await _shown(records, who, now, records.cases.claim(case_id, who.name, now, version))


async def claim_next(records: Records, who: Actor, now: datetime) -> Case | None:
    """The most urgent one that nobody has; None where there is none."""
    require(who, "work")
    case = await records.cases.claim_next(who.name, now)
    return None if case is None else await _shown(records, who, now, _itself(case))


async def take_up(records: Records, who: Actor, case_id: UUID, now: datetime, version: int | None = None) -> Case:
    """A resolved one again, to ask how it went. As `claim`, and OtherCaseOpenError."""
    require(who, "work")
    return await _shown(records, who, now, records.cases.take_up(case_id, who.name, now, version))


async def release(
    records: Records, who: Actor, case_id: UUID, note: str | None, now: datetime, version: int | None = None
) -> Case:
    """Back to the queue. As `claim`, and NotClaimedError."""
    require(who, "work")
    return await _shown(records, who, now, records.cases.release(case_id, who.name, note, now, version))


async def transfer(
    records: Records, who: Actor, case_id: UUID, to: str, now: datetime, version: int | None = None
) -> Case:
    """Another's from now on; a coordinator hands on any case. As `release`, and NoSuchOperatorError."""
    require(who, "work")
    any_case = may(who, "hand on")
    change = records.cases.transfer(case_id, who.name, to, now, coordinates=any_case, version=version)
    return await _shown(records, who, now, change)


async def reply(
    records: Records, who: Actor, case_id: UUID, text: str, now: datetime, version: int | None = None
) -> Case:
    """To the person, on its way at once. As `release`, PersonLeftError, PersonUnreachableError."""
    require(who, "work")
    case = await _shown(records, who, now, records.cases.reply(case_id, who.name, text, now, version))
    records.delivery.wake()
    return case


async def resolve(
    records: Records, who: Actor, case_id: UUID, outcome: CaseOutcome, note: str | None, now: datetime, *,
    follow_up: bool = False, version: int | None = None,
) -> Case:  # fmt: skip
    """Closed until the person writes again; what was kept only for it is erased. As `release`."""
    require(who, "work")
    change = records.cases.resolve(case_id, who.name, outcome, note, now, follow_up=follow_up, version=version)
    return await _shown(records, who, now, change)


async def call_back(
    records: Records, who: Actor, case_id: UUID, at: datetime | None, now: datetime, version: int | None = None
) -> Case:
    """An hour that is safe for the person; None takes it back. As `release`, and BadHourError."""
    require(who, "work")
    return await _shown(records, who, now, records.cases.call_back(case_id, who.name, at, now, version))


async def label(
    records: Records, who: Actor, case_id: UUID, labels: tuple[str, ...], now: datetime, version: int | None = None
) -> Case:
    """What it is about, instead of what it says. NoSuchCaseError, StaleCaseError."""
    require(who, "work")
    return await _shown(records, who, now, records.cases.label(case_id, who.name, labels, now, version))


async def note(records: Records, who: Actor, case_id: UUID, text: str, now: datetime) -> None:
    """For colleagues; the person never sees it. NoSuchCaseError."""
    require(who, "work")
    await records.cases.note(case_id, who.name, text, now)


async def link(records: Records, who: Actor, case_id: UUID, other: UUID, now: datetime) -> None:
    """Both are about the same person. NoSuchCaseError."""
    require(who, "work")
    await records.cases.link(case_id, other, who.name, now)


async def open_case(
    records: Records, who: Actor, conversation_id: UUID, level: Level, category: str | None, now: datetime
) -> Case:
    """A case by who knows more than the rules, or the open one raised. NoSuchConversationError."""
    require(who, "work")
    return await _shown(records, who, now, records.cases.open(conversation_id, who.name, level, category, now))


async def erase(records: Records, who: Actor, conversation_id: UUID, now: datetime) -> str:
    """A person, because they asked us in another way than by the chat; the receipt. NoSuchConversationError.

    An open case of danger stays, bare, until it is closed.
    """
    require(who, "erase")
    return await records.cases.erase(conversation_id, who.name, now)


async def _shown(records: Records, who: Actor, now: datetime, change: Awaitable[Case]) -> Case:
    """The case as it is then: it holds a person's words, also where nothing changed. No words without their line."""
    case = await change
    try:
        await records.audit.seen(who.name, [str(case.id)], now)
    except StoreBusyError:  # the change stands: who hears of a failure would do it once more
        return without_words(case)
    return case


async def _itself(case: Case) -> Case:
    return case
