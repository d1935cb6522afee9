"""Every id that content names must exist, and what stands in braces must be something that we can fill in."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.references import cited, contacts_named, placeholders
from knowledge.lint.spots import Spot, our_texts
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.render import EMERGENCY, EMERGENCY_CONTACT, PLACEHOLDER, TODAY
from knowledge.schema.care import ANY, Care
from knowledge.schema.facts import Fact

RULE = "unknown_reference"

ENGINE_WORDS = {
    "from-countries": {"countries"},
    "from-elsewhere": {"countries"},
    "gap": {"gap", "contacts"},
    "reach": {"contacts"},
    "thread-unsure": {"contacts"},
    "thread-lacks": {"contacts"},
    "thread-else": set[str](),
    "thread-amount": set[str](),
    "thread-nearest": {"contacts"},
    "aspect-apart": {"section"},
    "aspect-apart-above": {"section"},
    "thread-not-found": set[str](),
    "thread-unreached": set[str](),
    "thread-unreached-ask": {"contacts"},
    "thread-unreached-again": set[str](),
    "thread-simpler": set[str](),
    "thread-noted": set[str](),
    "thread-has": set[str](),
    "step-for-anybody": {"contacts"},
    "thread-left": set(),
    "thread-left-unsaid": {"contacts"},
    "thread-whom": {"contacts"},
    "thread-objected": {"contacts"},
    "thread-put-right": {"contacts"},
    "thread-own-words": {"contacts", "words"},
    "thread-above": set[str](),
    "thread-lacks-first": set[str](),
    "thread-where-they-are": set[str](),
    "thread-of-thing": {"thing", "gap"},
    "thread-unsaid": {"thing", "contacts"},
    "step-without": {"paper"},
    "thread-decides": {"about"},
    "thread-undecided": {"about", "contacts"},
    "thread-unmoved": {"contacts"},
    "thread-age": {"years"},
    "thread-length": {"years"},
    "thread-person": {"person"},
    "thread-person-unsaid": {"person", "contacts"},
    "thread-person-apart": {"person", "contacts"},
    "thread-above-only": {"contacts"},
    "thread-which": {"contacts"},
    "thread-other": {"contacts", "topic"},
    "thread-far": {"contacts"},
    "second-need": set[str](),
    "second-unsaid": {"words", "contacts"},
    "thread-unsure-again": {"contacts"},
    "thread-objected-again": {"contacts"},
    "thread-doubted": {"sources", "contacts"},
    "objected": set[str](),
    "thread-told": set[str](),
    "thread-worries": set[str](),
    "thread-worries-again": set[str](),
    "thread-worries-far": {"emergency"},
    "thread-told-again": set[str](),
    "thread-placed": {"place"},
    "if-not-meant": set[str](),
    "aged": {"date", "contacts"},
    "aged-seen": {"date", "contacts"},
    "withdrawn": {"contacts"},
    "translation-older": {"date"},
    "source": {"names"},
    "source-of": {"date"},
    "source-seen": {"date"},
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
}
"""Shared sentences that code asks for, and what it fills into them."""
EFFECTS = frozenset({"country-us", "country-mx", "country-other", "erase", "speak-es", "speak-en"})
"""What the engine can do when an option is chosen; a test holds it against bot.dialogue."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Covers, sources, next and ask, placeholders, shared texts, contacts and flows of help, effects, suppressors."""
    for spot, message in _unknown(knowledge):
        yield spot.problem(knowledge, RULE, message)


def _unknown(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    yield from _sources(knowledge)
    yield from _units(knowledge)
    yield from _placeholders(knowledge)
    yield from _shared_texts(knowledge)
    yield from _topics(knowledge)
    yield from _situations(knowledge)
    yield from _help(knowledge)
    yield from _care(knowledge)
    yield from _moves(knowledge)
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
                if not source.startswith(("https://", "http://")) and not _is_document(source, knowledge):
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
        if item is None and not by_engine:
            yield spot, f"nothing is called {{{name}}}"
        elif isinstance(item, Fact) and item.value is None:
            yield spot, f"the fact {{{name}}} has no value to put here"
    for spot, text in our_texts(knowledge):
        if any(brace in PLACEHOLDER.sub("", text) for brace in "{}"):
            yield spot, "a brace that belongs to no {id}"


def _shared_texts(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
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
            name, wanted = told.answer.split("/")
            if name not in knowledge.topics or knowledge.topics[name].section(wanted) is None:
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


def _help(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    suppressors = {suppressor.id for suppressor in knowledge.suppressors}
    fields = {row.category for row in knowledge.catalogue.values()}
    for number, name in enumerate(knowledge.signals.fields_of_danger):
        if name not in fields:
            yield Spot("signals", "signals", ("fields_of_danger", number)), f"no catalogue row is of {name!r}"
    for category in knowledge.categories.values():
        spot = Spot("categories", category.id)
        for flow in category.flows():
            if flow not in knowledge.flows:
                yield spot, f"no flow is called {flow!r}"
        for number, name in enumerate(category.topics):
            if name not in knowledge.topics:
                yield spot.at("topics", number), f"no topic is called {name!r}"
        for number, rule in enumerate(category.rules):
            for name in rule.ignores:
                if name not in suppressors:
                    yield spot.at("rules", number, "ignores"), f"no suppressor is called {name!r}"


def _moves(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """Moves that no file teaches, and dangers that a move cannot become."""
    for category in knowledge.categories.values():
        spot = Spot("categories", category.id)
        told = {move for worse in category.worse for move in worse.moves} | category.becomes.keys() | set(category.part)
        told |= set(category.other.own_moves) if category.other is not None else set()
        for move in sorted(told - knowledge.moves.keys()):
            yield spot, f"no move is called {move!r}"
        for name in (*category.becomes.values(), *(one.category for one in category.instead)):
            if name not in knowledge.categories:
                yield spot.at("becomes"), f"no category is called {name!r}"
    for flow in knowledge.flows.values():
        meant = {move for question in flow.questions for option in question.options for move in option.moves}
        for move in sorted(meant - knowledge.moves.keys()):
            yield Spot("flows", flow.id), f"no move is called {move!r}"
    for course in knowledge.course:
        for name in sorted({*course.of, course.opens or course.of[0]} - knowledge.categories.keys()):
            yield Spot("course", course.id), f"no category is called {name!r}"
    for care in knowledge.care.values():
        for number, line in enumerate(care.lines):
            for move in line.moves:
                if move not in knowledge.moves:
                    yield Spot("care", care.category).at("lines", number, "moves"), f"no move is called {move!r}"


def _may_be_said(care: Care, knowledge: Knowledge) -> set[str]:
    """The ids of all that may have been said in a danger."""
    category, shared = knowledge.categories.get(care.category), knowledge.care.get(ANY, care)
    lines = {line.id for line in (*care.lines, *shared.lines, *knowledge.course)}
    return lines | ({worse.id for worse in category.worse} if category else set())


def _care(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for care in knowledge.care.values():
        spot = Spot("care", care.category)
        # What is said in all dangers may be for one kind of several.
        kinds = knowledge.care.values() if care.category == ANY else (care,)
        phases = {phase.id for each in kinds for phase in each.phases}
        if care.category not in knowledge.categories and care.category != ANY:
            yield spot, f"no category is called {care.category!r}"
        said = _may_be_said(care, knowledge)
        for number, phase in enumerate(care.phases):
            for name in sorted(set(phase.topics) - knowledge.topics.keys()):
                yield spot.at("phases", number, "topics"), f"no topic is called {name!r}"
            for name in sorted(set(phase.ended_by) - said):
                yield spot.at("phases", number, "ended_by"), f"no line is called {name!r}"
        for number, line in enumerate(care.lines):
            topic, _, section = (line.section or "").partition("/")
            sections = {one.id for one in knowledge.topics[topic].sections} if topic in knowledge.topics else set()
            if line.section is not None and section not in sections:
                yield spot.at("lines", number, "section"), f"no section is called {line.section!r}"
            if line.numbers is not None and line.numbers not in knowledge.categories:
                yield spot.at("lines", number, "numbers"), f"no category is called {line.numbers!r}"
            for name in sorted(set(line.after) - said):
                yield spot.at("lines", number, "after"), f"no line is called {name!r}"
            for name in line.phases:
                if name not in phases:
                    yield spot.at("lines", number, "phases"), f"no phase is called {name!r}"


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
