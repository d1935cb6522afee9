"""Everything that protocols, transitions and triage name exists: kinds, lines, readings, contacts, lessons."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.schema.protocols import ABROAD, TOWN_TOLD, Answers, Clause, Protocol, Says, Spoken, Target, Who

RULE = "protocol_targets"

WHO_TOLD = tuple(f"who_{one}" for one in Who)
"""In the place of readings: who is in danger."""
UNKNOWN = "unknown"
"""In lessons: of the category and none of its kinds."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Stray ids, and a question without what follows a yes, a no and neither."""
    for spot, message in _wrong(knowledge):
        yield spot.problem(knowledge, RULE, message)


def _wrong(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for protocol in knowledge.protocols.values():
        yield from _of_protocol(protocol, knowledge)
    yield from _of_transitions(knowledge)
    yield from _of_triage(knowledge)
    yield from _of_lessons(knowledge)
    yield from _of_endings(knowledge)


def _of_protocol(protocol: Protocol, knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    spot = Spot("protocols", protocol.id)
    if protocol.of not in knowledge.categories:
        yield spot.at("of"), f"no category is called {protocol.of!r}"
    if protocol.counts_as not in (None, *knowledge.protocols):
        yield spot.at("counts_as"), f"no kind is called {protocol.counts_as!r}"
    for name in ("ask", "ask_other"):
        if (ask := getattr(protocol, name)) is not None:
            yield from ((spot.at(name, "then"), message) for message in _answers(ask.then, protocol, knowledge))
    named = [*protocol.needs, *protocol.end.over, *protocol.end.handed]
    texts = [protocol.first, protocol.other, protocol.second, protocol.brief]
    for care in (*protocol.care, *protocol.care_other):
        named += [*care.only, *care.soon]
        texts.append(care.says)
    told = list(chain.from_iterable(map(_told, texts)))
    known = {*knowledge.readings, *_questions(knowledge), TOWN_TOLD, *WHO_TOLD}
    yield from ((spot, f"no reading is called {name!r}") for name in _strays(named, known))
    known |= {*knowledge.protocols, *knowledge.triage.scenes}
    yield from ((spot, f"no reading, kind or scene is called {name!r}") for name in _strays(told, known))
    for name in protocol.about.values():
        if knowledge.section(name) is None:
            yield spot.at("about"), f"no section is called {name!r}"
    if protocol.end.says not in knowledge.lines.said:
        yield spot.at("end", "says"), f"no line is called {protocol.end.says!r}"


def _questions(knowledge: Knowledge) -> set[str]:
    """What is asked and told in a danger, by the names that a care line answers."""
    asked = [name for one in knowledge.questions.values() for name in one.asked]
    return {*asked, *(name for one in knowledge.tells.values() for name in one.told)} - {UNKNOWN}


def _told(says: Iterable[Clause]) -> list[str]:
    return [name for clause in says for name in (*clause.told, *clause.every, *clause.untold)]


def _answers(then: Answers, protocol: Protocol, knowledge: Knowledge) -> Iterator[str]:
    for target in (then.yes, then.no, then.unclear):
        yield from _leads(target, protocol, knowledge)


def _leads(target: Target, protocol: Protocol | None, knowledge: Knowledge) -> Iterator[str]:
    """What is wrong with a target; without a protocol it may only be a line, a kind, its first words or the end."""
    if target.says is Spoken.LINE and target.name not in knowledge.lines.said:
        yield f"no line is called {target.name!r}"
    if target.says is Spoken.KIND and target.name not in knowledge.protocols:
        yield f"no kind is called {target.name!r}"
    if target.says in (Spoken.LINE, Spoken.KIND, Spoken.OVER, Spoken.FIRST):
        return
    said: Says | tuple[object, ...] = getattr(protocol, target.says.value) if protocol is not None else ()
    if len(said) <= (target.number or 0):
        yield f"there is no {target.says.value} {target.number if target.number is not None else ''}".rstrip()


def _of_transitions(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    dangers = {*knowledge.protocols, *knowledge.categories, *knowledge.triage.scenes}
    for one in knowledge.transitions:
        spot = Spot("transitions", one.id)
        yield from ((spot.at("of"), f"no kind or category is called {name!r}") for name in _strays(one.of, dangers))
        readings = _strays((*one.on, *one.after), knowledge.readings)
        yield from ((spot, f"no reading is called {name!r}") for name in readings)
        yield from ((spot.at("to"), message) for message in _leads(one.to, None, knowledge))
        if one.becomes is not None and one.becomes not in knowledge.protocols:
            yield spot.at("becomes"), f"no kind is called {one.becomes!r}"


def _of_triage(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    triage, spot = knowledge.triage, Spot("triage", "triage")
    ranked = [name for tier in triage.precedence for name in tier]
    lines, contacts = triage.minor.values(), [one for by in triage.numbers.values() for one in by.values()]
    places, rows = {*knowledge.protocols, *knowledge.readings}, triage.takes_back
    checked: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("precedence", ranked, knowledge.protocols),
        ("slower", triage.slower, knowledge.protocols),
        ("bodily", triage.bodily, knowledge.protocols),
        ("scenes", [one for names in triage.scenes.values() for one in names], places),
        ("vital", triage.vital, knowledge.protocols),
        ("vital", [one for signs in triage.vital.values() for sign in signs for one in sign], knowledge.readings),
        ("left", [one for name, left in triage.left.items() for one in (name, *left)], places),
        ("turned", triage.turned, knowledge.readings),
        ("reads", triage.reads, knowledge.readings),
        ("keeps_open", triage.keeps_open, knowledge.readings),
        ("acted", triage.acted, knowledge.readings),
        ("past", triage.past, knowledge.readings),
        ("affirms", triage.affirms, knowledge.readings),
        ("silences", triage.silences, knowledge.protocols),
        ("settled", triage.settled, knowledge.readings),
        ("neutral", triage.neutral, knowledge.categories),
        ("denied", triage.denied, knowledge.categories),
        ("asked_over", triage.asked_over, knowledge.categories),
        ("handed", triage.handed, knowledge.categories),
        ("handed", [name for names in triage.handed.values() for name in names], knowledge.readings),
        ("minor", lines, knowledge.lines.said),
        ("common", (*triage.cared, *triage.common), {f"line.{one}" for one in knowledge.lines.said}),
        ("common", chain(*triage.cared.values(), *triage.common.values()), {*places, *_questions(knowledge)}),
        ("takes_back", [one for row in rows for one in row.told], {*places, *triage.scenes, ABROAD}),
        ("takes_back", [one for row in rows for one in row.acts], triage.acts),
        ("takes_back", [row.says for row in rows], knowledge.lines.said),
        ("numbers", contacts, knowledge.contacts),
        ("names", triage.names, knowledge.contacts),
    )
    for field, names, known in checked:
        yield from ((spot.at(field), f"nothing is called {name!r}") for name in _strays(names, known))
    yield from ((spot.at("precedence"), f"{name!r} has two ranks") for name in {*ranked} if ranked.count(name) > 1)


def _of_lessons(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for category, lessons in knowledge.kind_lessons.items():
        kinds = {one.id for one in knowledge.protocols.values() if one.of == category and not one.general}
        spot = Spot("kind_lessons", category, ("told",))
        for name in _strays(lessons.told, {*kinds, UNKNOWN}):
            yield spot.at(name), f"{category} has no kind {name!r}"


def _of_endings(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for name in _strays(knowledge.endings, {*knowledge.readings, UNKNOWN}):
        yield Spot("endings", name), f"no reading is called {name!r}"
    talks = {one.id for one in knowledge.smalltalk if not one.heeds} | {one.id for one in knowledge.commands}
    for name in _strays(knowledge.talk_lessons, {UNKNOWN, *talks, *knowledge.acts}):
        yield Spot("talk_lessons", name), f"no small talk that may be learned, command or act is called {name!r}"


def _strays(names: Iterable[str], known: Iterable[str]) -> list[str]:
    return sorted({*names} - {*known})
