"""Finds words in cases. Texts are encrypted, so a search opens the newest ones, so many and no more."""

import asyncio
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.case import Case
from bot.storage.crypto import Cipher
from bot.storage.desk_tables import notes
from bot.storage.engine import Database
from bot.storage.rows import case_of
from bot.storage.tables import cases, messages
from bot.storage.types import Sealed, unopened

CASES, LINES = 1000, 4000
FOUND = 50
AROUND = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A case in which the words stand, and where."""

    case: Case
    excerpt: str


@dataclass(frozen=True, slots=True)
class Found:
    """`whole`: everything was looked at, not only the newest."""

    hits: Sequence[Hit]
    whole: bool


class Searches:
    """In open and resolved cases."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, words: str) -> Found:
        """All of the words in one line, whatever their case and accents."""
        wanted = plain(words).split()
        if not wanted:
            return Found((), True)
        async with self._database.read() as connection:
            lines, whole = await _texts(connection)
        # Thousands of texts to open and fold: beside the loop, on which everybody's messages run.
        excerpts = await asyncio.to_thread(_matching, lines, wanted, self._database.cipher)
        async with self._database.read() as connection:
            rows = (await connection.execute(select(cases).where(cases.c.id.in_(excerpts)))).mappings()
            found = {row["id"]: case_of(row) for row in rows}
        return Found([Hit(found[one], excerpt) for one, excerpt in excerpts.items() if one in found], whole)


def _matching(lines: Iterable[tuple[UUID, Sealed]], wanted: Sequence[str], cipher: Cipher) -> dict[UUID, str]:
    """An excerpt of each case in which all of the words stand in one line."""
    excerpts: dict[UUID, str] = {}
    for case_id, sealed in lines:
        if case_id in excerpts:
            continue
        folded = plain(text := sealed.opened(cipher))
        if all(word in folded for word in wanted):
            excerpts[case_id] = _excerpt(text, wanted[0])
            if len(excerpts) == FOUND:
                break
    return excerpts


async def _texts(connection: AsyncConnection) -> tuple[list[tuple[UUID, Sealed]], bool]:
    """What was said, noted and read in the newest cases, newest first, unopened; and whether that is all there is."""
    newest = select(cases).order_by(cases.c.opened_at.desc()).limit(CASES).subquery()
    said = (
        select(newest.c.id, unopened(messages.c.text))
        .join(messages, messages.c.conversation_id == newest.c.conversation_id)
        .order_by(messages.c.at.desc())
    )
    noted = select(notes.c.case_id, unopened(notes.c.text)).order_by(notes.c.id.desc())
    words = select(newest.c.id, unopened(newest.c.words))
    ended = select(newest.c.id, unopened(newest.c.note)).where(newest.c.note.is_not(None))
    found: list[tuple[UUID, Sealed]] = []
    whole = len((await connection.execute(select(cases.c.id).limit(CASES + 1))).all()) <= CASES
    for query in (said, noted, words, ended):
        rows = [(row[0], row[1]) for row in await connection.execute(query.limit(LINES))]
        whole = whole and len(rows) < LINES
        found += rows
    return found, whole


def plain(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _excerpt(text: str, word: str) -> str:
    at = max(0, plain(text).find(word) - AROUND)
    cut = " ".join(text[at : at + 3 * AROUND].split())
    return f"{'…' if at else ''}{cut}{'…' if len(text) > at + 3 * AROUND else ''}"
