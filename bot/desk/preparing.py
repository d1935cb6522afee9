"""Replies that are kept ready: everybody their own, the shared ones by coordinators."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversation import Lang
from bot.desk.records import Records
from bot.desk.rights import Actor, require
from bot.storage import Canned
from bot.storage.canned import Ready


async def ready(records: Records, who: Actor, lang: Lang | None = None) -> Sequence[Ready]:
    """One's own and the shared ones."""
    require(who, "answers")
    return await Canned(records.database).of(who.name, lang)


async def keep_ready(
    records: Records, who: Actor, lang: Lang, title: str, text: str, now: datetime, *, shared: bool = False
) -> None:
    """One more. TooManyRepliesError."""
    require(who, "shared answers" if shared else "answers")
    await Canned(records.database).add("" if shared else who.name, lang, title, text, who.name, now)


async def drop_ready(records: Records, who: Actor, number: int, now: datetime, *, shared: bool = False) -> None:
    """One less. NoSuchReplyError."""
    require(who, "shared answers" if shared else "answers")
    await Canned(records.database).remove(number, "" if shared else who.name, who.name, now)
