"""Checklists that a code opens on another phone or as a page: ids of steps and papers, nobody's name or address."""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation, Progress
from bot.conversation.state import Checklist
from bot.storage.crypto import Cipher
from bot.storage.engine import Database, insert_if_new
from bot.storage.limit_tables import checklist_tries, checklists
from bot.storage.types import bound

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""Without vowels a code is no word, so that no word is taken for a code."""
LENGTH = 6
LASTS = timedelta(days=30)
TRIES = 5
"""Wrong codes behind which an address opens nothing, also not the right one."""
FORGOTTEN = timedelta(days=1)
"""After the last wrong code."""
_NAMED = r"\s*(?:(?:mi |el |my |the )?(?:c[oó]digo|clave|code)\W*(?:es|is)?\W*)?"
_CODE = re.compile(rf"{_NAMED}([{LETTERS}]{{3}})[\s.-]?([{LETTERS}]{{3}})\W*", re.IGNORECASE)
SHARED = ("step", "answers", "done", "later", "has", "lacks")
"""What of a person's progress others see."""

_OF_CODE = checklists.c.code_key == bindparam("code")
_OPEN = select(checklists.c.progress).where(_OF_CODE, checklists.c.until > bindparam("now"))
_OF_SOURCE = checklist_tries.c.source == bindparam("of_source")
_TRIED = select(checklist_tries.c.count).where(_OF_SOURCE).with_for_update()


def new_code() -> str:
    """Six letters."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def code_in(text: str) -> str | None:
    """The code that is all of a message, however it is cased and spaced."""
    found = _CODE.fullmatch(text)
    return "".join(found.groups()).upper() if found else None


class Checklists:
    """For the page."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def opened(self, code: str, network: str, now: datetime) -> Progress | None:
        """What a code opens for a network; None for a wrong one, and behind too many. StoreBusyError."""
        async with self._database.write() as connection:
            cipher = self._database.cipher
            return await opened(connection, cipher, code, cipher.keyed("network", network), now)


async def opened(
    connection: AsyncConnection, cipher: Cipher, code: str, source: bytes, now: datetime
) -> Progress | None:
    """What a code opens; None for a wrong or lapsed one, which is counted, and where five were wrong."""
    await connection.execute(delete(checklist_tries).where(checklist_tries.c.last_at < now - FORGOTTEN))
    row = {"source": source, "count": 0, "last_at": now}
    await connection.execute(insert_if_new(connection.dialect.name, checklist_tries), row)
    tried = await connection.scalar(_TRIED, {"of_source": source})
    if tried is None or tried >= TRIES:
        return None
    progress = await _kept(connection, cipher, code, now)
    if progress is None:
        wrong = update(checklist_tries).where(_OF_SOURCE).values(count=tried + 1, last_at=now)
        await connection.execute(wrong, {"of_source": source})
    return progress


async def loaded(
    connection: AsyncConnection, cipher: Cipher, conversation: Conversation, text: str, source: bytes, now: datetime
) -> Conversation:
    """The conversation with what others did under its codes, a code that it may give, and what its message opens."""
    steps = []
    for one in conversation.steps:
        shared = await _kept(connection, cipher, one.code, now) if one.code else None
        fresh = {name: getattr(shared, name) for name in SHARED} if shared else {"code": ""}
        steps.append(one.having(**fresh))
    found, given = None, code_in(text)
    if given is not None:
        found = await opened(connection, cipher, given, source, now)
    checklist = Checklist(code=new_code(), opened=found, refused=given is not None and found is None)
    return conversation.having(steps=tuple(steps), checklist=checklist)


async def keep(
    connection: AsyncConnection, cipher: Cipher, before: Conversation, after: Conversation, now: datetime
) -> None:
    """What changed of the errands that have a code; the days of a code count from when it was given."""
    for one in after.steps:
        if one.code and one not in before.steps:
            shared = Progress(procedure=one.procedure, code=one.code, at=now).having(
                **{name: getattr(one, name) for name in SHARED}
            )
            key = cipher.keyed("checklist", one.code)
            row = {"code_key": key, "progress": shared.model_dump_json(), "until": now + LASTS}
            made = await connection.execute(insert_if_new(connection.dialect.name, checklists), bound(checklists, row))
            if not made.rowcount:
                values = bound(checklists, {"code": key, "progress": row["progress"]}, code_key=key)
                await connection.execute(update(checklists).where(_OF_CODE), values)


async def forget(connection: AsyncConnection, cipher: Cipher, codes: Iterable[str]) -> None:
    """Erase what these codes open."""
    keys = [cipher.keyed("checklist", code) for code in codes if code]
    if keys:
        await connection.execute(delete(checklists).where(checklists.c.code_key.in_(keys)))


async def _kept(connection: AsyncConnection, cipher: Cipher, code: str, now: datetime) -> Progress | None:
    found = await connection.scalar(_OPEN, {"code": cipher.keyed("checklist", code), "now": now})
    return None if found is None else Progress.model_validate_json(found)
