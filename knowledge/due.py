"""What editors should look at again: values past their review day, most used first."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.freshness import is_due, is_withdrawn, review_by
from knowledge.model import Knowledge
from knowledge.render import PLACEHOLDER
from knowledge.schema.base import Words


@dataclass(frozen=True, slots=True)
class Due:
    """A fact or contact that is due on a day; `uses`: texts and sections that stand on it."""

    id: str
    uses: int
    review_by: date
    withdrawn: bool


def uses(knowledge: Knowledge) -> Counter[str]:
    """How often each fact and contact is said or cited."""
    counts: Counter[str] = Counter()
    for topic in knowledge.topics.values():
        for section in topic.sections:
            counts.update(section.sources)
            for words in (section.text, section.do or topic.do, *section.steps):
                counts.update(_named(words))
    for term in knowledge.glossary.values():
        counts.update((*term.sources, *_named(term.says)))
    for category in knowledge.categories.values():
        counts.update(_named(category.check))
    for protocol in knowledge.protocols.values():
        for says in (protocol.first, protocol.other, protocol.second, *(care.says for care in protocol.care)):
            counts.update(name for clause in says for name in _named(clause))
    counts.update(item.id for seat in knowledge.consulates.values() for item in (*seat.facts(), *seat.contacts()))
    return counts


def _named(words: Words | None) -> Iterator[str]:
    return (found.group(1) for found in PLACEHOLDER.finditer(words.es)) if words else iter(())


def due(knowledge: Knowledge, today: date) -> list[Due]:
    """Past review or past the last valid day, and used; most used first."""
    counts = uses(knowledge)
    items = [*knowledge.facts.values(), *knowledge.contacts.values()]
    found = [
        Due(item.id, counts[item.id], review_by(item), is_withdrawn(item, today))
        for item in items
        if counts[item.id] and (is_due(item, today) or is_withdrawn(item, today))
    ]
    return sorted(found, key=lambda one: (-one.uses, one.review_by, one.id))
