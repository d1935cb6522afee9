"""What people do against a flood: look at what stands behind a case, close it in one step, block where it came from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.conversation.case import Case, CaseOutcome
from bot.desk.reading import without_words
from bot.desk.records import Records
from bot.desk.rights import Actor, require
from bot.storage.floods import Block


async def behind(records: Records, who: Actor, case_id: UUID) -> Sequence[Case]:
    """The cases of the same network that stand behind this one, without anybody's words."""
    require(who, "read")
    return [without_words(case) for case in await records.floods.behind(case_id)]


async def close_burst(
    records: Records, who: Actor, case_id: UUID, outcome: CaseOutcome, note: str | None, now: datetime
) -> int:
    """A case and all behind it; how many. As `claim` and `resolve`, before any is closed."""
    require(who, "work")
    return await records.floods.close(case_id, who.name, outcome, note, now)


async def block(records: Records, who: Actor, case_id: UUID, reason: str, now: datetime) -> Block:
    """The network or account of a case opens none for a day. NoSuchCaseError, NoSourceError."""
    require(who, "work")
    return await records.floods.block(case_id, who.name, reason, now)


async def unblock(records: Records, who: Actor, block_id: int, reason: str, now: datetime) -> None:
    """It opens cases again. NoSuchBlockError."""
    require(who, "work")
    await records.floods.unblock(block_id, who.name, reason, now)


async def blocks(records: Records, who: Actor, now: datetime) -> Sequence[Block]:
    """Those that stand, newest first."""
    require(who, "read")
    return await records.floods.blocks(now)
