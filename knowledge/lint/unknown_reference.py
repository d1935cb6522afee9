"""Every id that content names must exist, and what stands in braces must be something that we can fill in."""

from collections.abc import Iterator
from datetime import date

from knowledge.institutions import is_address
from knowledge.lint.references import cited, contacts_named, placeholders
from knowledge.lint.spots import Spot, our_texts
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.render import EMERGENCY, EMERGENCY_CONTACT, PLACEHOLDER, TODAY
from knowledge.schema.facts import Fact

RULE = "unknown_reference"

ENGINE_WORDS = {
    "from-countries": {"countries"},
    "from-elsewhere": {"countries"},
    "gap": {"gap", "contacts"},
    "reach": {"contacts"},
    "noted": set(),
    "all-i-have": {"contacts", "told"},
    "nearest": {"told"},
    "thread-unsure": {"contacts"},
    "step-for-anybody": {"contacts"},
    "thread-unsure-again": {"contacts"},
    "thread-worries-far": {"emergency"},
    "aged": {"date", "contacts"},
    "aged-seen": {"date", "contacts"},
    "withdrawn": {"contacts"},
    "translation-older": {"date"},
    "source": {"named"},
    "source-undated": set[str](),
    "source-copy": {"name"},
    "source-page": {"host"},
    "emergency-elsewhere": set[str](),
    "event-confirmed": {"dates"},
    "event-no-days": {"dates"},
    "event-announced": {"dates"},
    "event-planned": {"dates"},
    "event-listed": {"dates"},
    "event-inferred": {"dates"},
    "event-recommended": {"dates"},
    "event-usual": {"dates"},
    "event-unknown": set[str](),
    "deadline-of": {"title"},
    "deadline-by": {"dates"},
    "deadline-likely": {"dates"},
    "month-note": {"title", "month"},
    "steps-have": set[str](),
    "steps-take": {"step"},
    "steps-free": set[str](),
    "steps-own": set[str](),
    "steps-own-osc": set[str](),
    "steps-must": {"names", "contacts"},
    "steps-each": set[str](),
    "steps-days": {"days"},
    "steps-cost": {"sums"},
    "steps-cost-free": set[str](),
    "steps-cost-later": {"names"},
    **{f"steps-{name}": {"told"} for name in ("date", "door", "deadline", "price", "work")},
    "steps-effort": {"steps", "papers"},
    "steps-done": {"names"},
    "steps-put-off": {"names"},
    "steps-answered": {"names"},
    "steps-there": {"names"},
    "steps-undone": {"names"},
    "steps-missing": {"names"},
    "steps-left": {"count"},
    "steps-none-left": set[str](),
    "steps-cost-unknown": {"names", "contacts"},
    "steps-cost-nothing": {"names"},
    "steps-cost-varies": {"names"},
    "steps-cost-papers": set[str](),
    "steps-cost-apart": {"names"},
    "steps-no-deadline": set[str](),
    "steps-untold": {"contacts"},
    "steps-quoted": {"told"},
    "steps-case": {"needs"},
    "steps-need": {"ask", "options"},
}
"""Shared sentences that code asks for, and what it fills into them."""
EFFECTS = frozenset({"erase", "speak-es", "speak-en"})
"""What the engine can do when an option is chosen; a test holds it against bot.dialogue."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Covers, sources, next and ask, placeholders, shared texts, effects, suppressors."""
    for spot, message in _unknown(knowledge):
        yield spot.problem(knowledge, RULE, message)


def _unknown(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    yield from _sources(knowledge)
    yield from _units(knowledge)
    yield from _placeholders(knowledge)
    yield from _shared_texts(knowledge)
    yield from _topics(knowledge)
    yield from _situations(knowledge)
    yield from _rules(knowledge)
    yield from _flows(knowledge)
    for spot, contact in contacts_named(knowledge):
        if contact not in knowledge.contacts:
            yield spot, f"no contact is called {contact!r}"


def _sources(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for spot, source in cited(knowledge):
        if knowledge.dated(source) is None and not _is_document(source, knowledge):
            yield spot, f"no fact, contact or document is called {source!r}"
    for kind, register in (("facts", knowledge.facts), ("contacts", knowledge.contacts)):
        for item in register.values():
            for number, source in enumerate(item.sources):
                if not is_address(source) and not _is_document(source, knowledge):
                    yield Spot(kind, item.id, ("sources", number)), f"{source!r} is no address and no document"


def _units(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for fact in knowledge.facts.values():
        if fact.times is not None and (fact.times not in knowledge.facts or fact.value is None):
            yield Spot("facts", fact.id, ("times",)), f"no fact is called {fact.times!r}, or nothing is counted in it"


def _situations(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for topic in knowledge.topics.values():
        for number, section in enumerate(topic.sections):
            for name in sorted({*section.only} - {*knowledge.situations}):
                yield Spot("topics", topic.id, ("sections", number, "only")), f"no situation is called {name!r}"


def _is_document(source: str, knowledge: Knowledge) -> bool:
    document, hash_mark, section = source.partition("#")
    return document in knowledge.documents and bool(hash_mark and section)


def _placeholders(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for spot, name in placeholders(knowledge):
        item = knowledge.dated(EMERGENCY_CONTACT if name == EMERGENCY else name)
        by_engine = name == TODAY or (spot.kind == "texts" and name in ENGINE_WORDS.get(spot.id, ()))
        by_engine |= spot.kind in ("protocols", "lines") and name in knowledge.triage.numbers
        if item is None and not by_engine:
            yield spot, f"nothing is called {{{name}}}"
        elif isinstance(item, Fact) and item.value is None:
            yield spot, f"the fact {{{name}}} has no value to put here"
    for spot, text in our_texts(knowledge):
        if any(brace in PLACEHOLDER.sub("", text) for brace in "{}"):
            yield spot, "a brace that belongs to no {id}"


def _shared_texts(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for name in sorted(knowledge.texts.keys() - ENGINE_WORDS.keys()):
        yield Spot("texts", name), "nothing says this text"
    for name, filled in ENGINE_WORDS.items():
        spot = Spot("texts", name)
        if name not in knowledge.texts:
            yield spot, "this shared text is missing"
            continue
        for lang, text in (("es", knowledge.texts[name].es), ("en", knowledge.texts[name].en)):
            for word in sorted(filled - set(PLACEHOLDER.findall(text))):
                yield spot.at(lang), f"{{{word}}} is missing"


def _topics(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for topic in knowledge.topics.values():
        for place, section in enumerate(topic.sections):
            for name in section.covers:
                if name not in knowledge.catalogue:
                    yield Spot("topics", topic.id, ("sections", place, "covers")), f"the catalogue has no {name!r}"
        for number, told in enumerate(topic.told):
            if knowledge.section(told.answer) is None:
                yield Spot("topics", topic.id, ("told", number)), f"no section is called {told.answer!r}"
        for key, names in (("next", topic.next), ("instead", topic.instead)):
            for number, name in enumerate(names):
                if name not in knowledge.topics:
                    yield Spot("topics", topic.id, (key, number)), f"no topic is called {name!r}"
    offerings = (
        ("menu", knowledge.menu),
        ("smalltalk", knowledge.smalltalk),
        ("beyond", knowledge.beyond),
        ("introductions", knowledge.introductions.groups),
    )
    for kind, offering in offerings:
        for item in offering:
            for number, name in enumerate(item.topics):
                if name not in knowledge.topics:
                    yield Spot(kind, item.id, ("topics", number)), f"no topic is called {name!r}"


def _rules(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    suppressors = {suppressor.id for suppressor in knowledge.suppressors}
    for category in knowledge.categories.values():
        for number, rule in enumerate(category.rules):
            for name in rule.ignores:
                if name not in suppressors:
                    spot = Spot("categories", category.id, ("rules", number, "ignores"))
                    yield spot, f"no suppressor is called {name!r}"


def _flows(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for flow in knowledge.flows.values():
        answers = {question.id: {option.id for option in question.options} for question in flow.questions}
        for q, question in enumerate(flow.questions):
            spot = Spot("flows", flow.id, ("questions", q))
            for name, answer in question.needs.items():
                if answer not in answers.get(name, ()):
                    yield spot.at("needs"), f"no question {name!r} can be answered {answer!r}"
            for o, option in enumerate(question.options):
                if option.effect is not None and option.effect not in EFFECTS:
                    yield spot.at("options", o, "effect"), f"no effect is called {option.effect!r}"
