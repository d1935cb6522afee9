"""Facts, contacts, topics and notices that an editor stopped: no longer said, though still in the files."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from knowledge.model import Knowledge
from knowledge.schema.facts import Contact, Fact
from knowledge.schema.topics import Topic

LONG_AGO = date(1, 1, 1)
Item = TypeVar("Item", Fact, Contact, Topic)


def can_be_withdrawn(item_id: str, knowledge: Knowledge) -> bool:
    """Whether the id is a fact's, a contact's, a topic's or a notice's."""
    kinds = (knowledge.facts, knowledge.contacts, knowledge.topics, {notice.id for notice in knowledge.notices})
    return any(item_id in known for known in kinds)


def without(knowledge: Knowledge, ids: Iterable[str]) -> Knowledge:
    """The same knowledge with these stopped; unknown ids (of older content) are left out."""
    stopped = frozenset(ids)
    if not stopped:
        return knowledge
    return knowledge.saying(
        facts=_changed(knowledge.facts, stopped, valid_until=LONG_AGO),
        contacts=_changed(knowledge.contacts, stopped, valid_until=LONG_AGO),
        topics=_changed(knowledge.topics, stopped, withdrawn=True),
        notices=tuple(notice for notice in knowledge.notices if notice.id not in stopped),
    )


def _changed(items: Mapping[str, Item], stopped: frozenset[str], **change: object) -> Mapping[str, Item]:
    return MappingProxyType({key: i.model_copy(update=change) if key in stopped else i for key, i in items.items()})
