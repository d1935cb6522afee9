"""In danger only numbers that we trust: high, or medium with another way beside it."""

from collections.abc import Iterator, Sequence
from datetime import date

from knowledge.lint.spots import Spot, words_in
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.render import PLACEHOLDER
from knowledge.schema.base import Confidence
from knowledge.schema.facts import Contact, ContactKind
from knowledge.schema.urgent import Category

RULE = "low_confidence_number"

_DIALLED = (ContactKind.PHONE, ContactKind.SMS, ContactKind.WHATSAPP, ContactKind.EMERGENCY)


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Every contact that a category's help, check question or flow shows."""
    for category in knowledge.categories.values():
        shown = list(_shown(category, knowledge))
        everything = [contact for _, contact in shown]
        for spot, contact in shown:
            for message, severity in _wrong(contact, everything):
                yield spot.problem(knowledge, RULE, f"{contact.id}: {message}", severity)


def _shown(category: Category, knowledge: Knowledge) -> Iterator[tuple[Spot, Contact]]:
    spot = Spot("categories", category.id)
    for number, item in enumerate(category.help.contacts):
        if item.contact in knowledge.contacts:
            yield spot.at("help", "contacts", number), knowledge.contacts[item.contact]
    texts = list(words_in(category, spot))
    if category.id in knowledge.care:
        texts += words_in(knowledge.care[category.id], Spot("care", category.id))
    for flow_id in category.flows():
        if flow_id in knowledge.flows:
            texts += words_in(knowledge.flows[flow_id], Spot("flows", flow_id))
    for place, words in texts:
        for name in dict.fromkeys(PLACEHOLDER.findall(f"{words.es} {words.en}")):
            if name in knowledge.contacts:
                yield place, knowledge.contacts[name]


def _wrong(contact: Contact, beside: Sequence[Contact]) -> Iterator[tuple[str, Severity]]:
    if contact.confidence is Confidence.LOW:
        yield "confidence low has no place in help", Severity.ERROR
    if contact.kind not in _DIALLED:
        return
    if not contact.lifeline:
        yield "a number in help must be a lifeline, so that it is looked at every 90 days", Severity.ERROR
    if contact.confidence is Confidence.MEDIUM:
        for country in contact.works_from:
            if not any(_second_way(other, contact, country) for other in beside):
                where = "anywhere" if country == "*" else country
                yield f"confidence medium needs another way beside it in {where}", Severity.ERROR


def _second_way(other: Contact, contact: Contact, country: str) -> bool:
    return (
        other.value != contact.value
        and other.kind is not ContactKind.EMERGENCY
        and other.confidence is not Confidence.LOW
        and (country in other.works_from or "*" in other.works_from or country == "*")
    )
