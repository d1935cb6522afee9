"""What editors decided since the content was written: what is stopped, and the notices in front of topics."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from bot.storage import Database, Notices, Withdrawals
from bot.storage.notices import Published
from knowledge.model import Knowledge
from knowledge.notices import with_notices
from knowledge.schema.base import Notice, Words
from knowledge.withdrawing import without


@dataclass(frozen=True, slots=True)
class Edited:
    """Compared by value: what has changed since the last look."""

    stopped: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()

    def applied(self, content: Knowledge) -> Knowledge:
        """The content with these."""
        return without(with_notices(content, self.notices), self.stopped)


async def read_edited(database: Database) -> Edited:
    """As the database has it now, without notices that are over."""
    stopped, yesterday = await Withdrawals(database).stopped(), datetime.now(UTC).date() - timedelta(days=1)
    published = [notice_of(one) for one in await Notices(database).all() if one.ends >= yesterday]
    return Edited(stopped, tuple(notice for notice in published if notice.id not in stopped))


def notice_of(one: Published) -> Notice:
    """As the content has it."""
    return replace(draft_of(one.topics, one.es, one.en, one.begins, one.ends), id=one.id)


def draft_of(topics: frozenset[str], es: str, en: str, begins: date, ends: date) -> Notice:
    """One that is not published yet."""
    return Notice("", topics, Words(es=es, en=en), begins, ends)
