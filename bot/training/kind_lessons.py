"""What the classifiers of an open danger are taught: kinds, who is in danger, what ends it and what is asked in it."""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from random import Random
from zlib import crc32

from bot.dialogue.danger.classifiers import DENIED, DONE, UNSAID, WAITS, Group
from bot.dialogue.danger.features import JUDGED, OTHER
from bot.dialogue.words.phrasing import heard_in, spell_out
from bot.dialogue.words.questions import clauses_apart
from bot.training.errand_lessons import act_of, messages_of
from knowledge.marked import HERE, MARK, MATTER, parts_named, places_judged
from knowledge.model import Knowledge
from knowledge.schema.topics import Everyday

OWN, BOTH = "own", "both"
WHO = frozenset({OWN, "other"})
"""What is learned of who is in it: whether the writer is; readings tell whether somebody else is, too."""
TAUGHT, HALF, OLDER, REPORTED, FAINT = 1.0, 0.5, 0.3, 0.15, 0.05
"""Weights of lessons, of first messages among later ones, of those of older hands and of neighbours, of reports of
danger, which end none, and where these may turn one."""
WITHIN, STORY = 12, range(3, 26)
"""Words of a question that is taught also behind a story, and of such a story."""
BETWEEN = (". ", ", ", " ")
BEHIND = 0.8
"""Share of these questions that follow their story; the others stand before it."""
ORDINARY = 5
"""One of so many phrases, messages of threads and reports is a lesson of what is no small talk."""
FEW = 12
"""One of so many reports and phrases is a lesson of what denies no answer, and of what is nobody's age."""
SOME = 3
"""One of so many reports, ends and other messages in a danger is a lesson of what a part of one tells."""
SELDOM = 4.0
"""Weight of lessons of small talk, which are few beside all others."""
OF_PAPERS = frozenset({"has", "lacks", "demand"})
"""What is done in an errand to a paper."""
BESIDE = {Everyday.FAR: "far"} | dict.fromkeys((Everyday.NEAR, Everyday.UNKNOWN, Everyday.GARBAGE), UNSAID)
"""Everyday messages of another world, and those that sound like it, ask for something of ours or say nothing."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, its name, and how much it counts."""

    text: str
    name: str
    weight: float = TAUGHT


def lessons_of(knowledge: Knowledge, group: Group) -> tuple[Lesson, ...]:
    """What one classifier is taught: texts with their kind, who is in danger, what ends it or is asked."""
    return tuple(TAUGHT_BY[group](knowledge, group))


def _reports(knowledge: Knowledge) -> list[tuple[str, str, str]]:
    """Texts that tell a danger, each with its kind and who is in it."""
    return [
        (text, knowledge.protocols[kind].id if kind != UNSAID else category, who.value)
        for category, lessons in knowledge.kind_lessons.items()
        for kind, by_who in lessons.told.items()
        for who, texts in by_who.items()
        for text in texts
    ]


def _of_kinds(knowledge: Knowledge, _: Group) -> Iterator[Lesson]:
    yield from (Lesson(text, kind) for text, kind, _ in _reports(knowledge))
    yield from (Lesson(text, one.id) for one in knowledge.protocols.values() for text in one.said)


def _of_whose(knowledge: Knowledge, _: Group) -> Iterator[Lesson]:
    reports = _reports(knowledge)
    yield from (Lesson(text, OWN if who == BOTH else who) for text, _, who in reports if who in {*WHO, BOTH})
    for one in knowledge.moves.values():
        who = one.id.removeprefix("who-")
        yield from (Lesson(text, who, OLDER) for text in one.texts() if one.of == "who" and who in WHO)


def _of_matters(knowledge: Knowledge) -> Iterator[str]:
    """What people report of danger, and ask of sections."""
    sections = (one for topic in knowledge.phrases.values() for one in topic.sections.values())
    yield from chain((text for text, _, _ in _reports(knowledge)), *(one.texts() for one in sections))


def _of_acts(knowledge: Knowledge, _: Group) -> Iterator[Lesson]:
    yield from (Lesson(text, act) for act, texts in knowledge.act_lessons.items() for text in texts)
    yield from (Lesson(text, UNSAID) for text in dict.fromkeys(_within(knowledge)))


def _within(knowledge: Knowledge) -> Iterator[str]:
    """The later messages of threads."""
    return (message.text for field in knowledge.threads.values() for one in field.threads for message in one.then)


def _of_asks(knowledge: Knowledge, _: Group) -> Iterator[Lesson]:
    asked = _asked(knowledge)
    yield from chain(asked, _in_stories(asked))
    yield from (Lesson(text, UNSAID, OLDER) for text, _, _ in _reports(knowledge) if crc32(text.encode()) % 2)


def _of_tells(knowledge: Knowledge, _: Group) -> Iterator[Lesson]:
    """What a part of a message tells or asks in the middle of a danger: a reading, or the kind of another danger."""
    for one in knowledge.tells.values():
        yield from (Lesson(text, name) for name, texts in one.told.items() for text in texts)
        yield from chain.from_iterable(map(_of_parts, one.parts))
    kinds = {name: one for name, one in knowledge.protocols.items() if not one.general}
    yield from (Lesson(text, name) for name, one in kinds.items() for text in one.said)
    yield from (one for one in _asked(knowledge) if one.name != UNSAID)
    yield from (
        Lesson(text, kind if kind in kinds else UNSAID, HALF) for text, kind, _ in _reports(knowledge) if _some(text)
    )
    others = chain(
        (one.text for one in _asked(knowledge) if one.name == UNSAID),
        (text for texts in knowledge.endings.values() for text in texts),
    )
    yield from (Lesson(text, UNSAID, OLDER) for text in others if _some(text))


def _of_parts(marked: str) -> Iterator[Lesson]:
    """Each part of a message, and each two neighbours together, which tell what both do."""
    parts = [*parts_named(marked)]
    yield from (Lesson(text, name) for text, names in parts for name in names or (UNSAID,))
    for (first, here), (second, there) in pairwise(parts):
        yield from (Lesson(f"{first} {second}", name, OLDER) for name in sorted({*here, *there}))


def _some(text: str) -> bool:
    return crc32(text.encode()) % SOME == 0


def _of_endings(knowledge: Knowledge, group: Group) -> Iterator[Lesson]:
    """What ends a danger or turns it; "ya se fue" of who is beside the phone is no lesson of what ends nothing."""
    weight = REPORTED if group is Group.ENDS else FAINT
    yield from (Lesson(text, UNSAID, weight) for text, _, _ in _reports(knowledge))
    turned, reads = {*knowledge.triage.turned, *knowledge.triage.reads}, knowledge.triage.reads
    for name, texts in knowledge.endings.items():
        told = name if (name in turned) is (group is Group.TURNS) else UNSAID
        if name not in (knowledge.triage.settled if group is Group.TURNS else reads):
            yield from (Lesson(text, told) for text in texts)


def _of_talk(knowledge: Knowledge, _: Group) -> Iterator[Lesson]:
    """What people say to whoever answers, or of another world; of ordinary and grave words some, which are neither."""
    for talk, texts in knowledge.talk_lessons.items():
        yield from (Lesson(text, talk, SELDOM) for text in texts)
    for kind, name in BESIDE.items():
        yield from (Lesson(text, name) for text in knowledge.everyday.get(kind, ()))
    others = chain(_of_matters(knowledge), _within(knowledge))
    yield from (Lesson(text, UNSAID) for text in others if crc32(text.encode()) % ORDINARY == 0)


def _asked(knowledge: Knowledge) -> list[Lesson]:
    asked = (pair for one in knowledge.questions.values() for pair in one.asked.items())
    return [Lesson(text, name) for name, texts in asked for text in texts]


def _in_stories(named: list[Lesson]) -> Iterator[Lesson]:
    """Every second short question again, with a story beside it: most who ask in a danger tell something first."""
    told = (one.text for one in named if one.name == UNSAID and "?" not in one.text)
    stories = sorted((crc32(text.encode()), text) for text in told if len(text.split()) in STORY)
    for one in named if stories else ():
        # By its own chance, which needs no secret: one lesson more leaves the others and their stories as they were.
        chance = Random(one.text)  # noqa: S311
        if one.name == UNSAID or len(one.text.split()) > WITHIN or chance.random() < 0.5:
            continue
        _, story = stories[bisect(stories, (crc32(one.text.encode()), "")) % len(stories)]
        behind, mark = chance.random() < BEHIND, chance.choice(BETWEEN)
        yield replace(one, text=f"{story}{mark}{one.text}" if behind else f"{one.text} {story}")


def _of_places(knowledge: Knowledge, _: Group) -> Iterator[Lesson]:
    """What each place is to the writer, which is judged by itself."""
    for text, role in chain.from_iterable(places_judged(one, JUDGED, OTHER) for one in knowledge.whereabouts):
        yield Lesson(" , ".join(heard_in(text, knowledge.spelling)), role if role in (HERE, MATTER) else UNSAID)


def _of_countries(knowledge: Knowledge, _: Group) -> Iterator[Lesson]:
    """Where people are who name no place; whoever names another may be anywhere."""
    for country, texts in knowledge.country_lessons.items():
        yield from (Lesson(text, country) for text in texts)
    named = (one for one in knowledge.whereabouts if not any(mark.lastgroup == HERE for mark in MARK.finditer(one)))
    yield from (Lesson(MARK.sub(lambda mark: mark.group()[1:-1], one), UNSAID, FAINT) for one in named)


def _of_people(knowledge: Knowledge, group: Group) -> Iterator[Lesson]:
    """Whom a matter is about, or what is told of them; "la visa es de 10 años" is nobody's age."""
    yield from (Lesson(one.text, getattr(one, group) or UNSAID) for one in knowledge.of_a_person)
    for text in (one for one in _of_matters(knowledge) if group is Group.AGE_GROUP and crc32(one.encode()) % FEW == 0):
        yield Lesson(text, UNSAID, REPORTED)


def _of_denials(knowledge: Knowledge, _: Group) -> Iterator[Lesson]:
    """Which clauses deny something of the answer before, of the hands who marked them."""
    hands = ([one for talk in hand.talks for one in talk.turns] for hand in knowledge.talks.values())
    for said in chain.from_iterable(hand for hand in hands if any(one.denies for one in hand)):
        denied = [Counter(spell_out(one, knowledge.spelling).split()) for one in said.denies]
        for clause in clauses_apart(said.say, knowledge):
            words = Counter(clause.split())
            of_it = any(2 * (words & one).total() >= max(words.total(), one.total()) for one in denied)
            yield Lesson(clause, DENIED if of_it else UNSAID)
    for text in (one for one in _of_matters(knowledge) if crc32(one.encode()) % FEW == 0):
        yield from (Lesson(clause, UNSAID, FAINT) for clause in clauses_apart(text, knowledge))


def _of_errands(knowledge: Knowledge, group: Group) -> Iterator[Lesson]:
    """How the questions of procedures are answered; that their steps are done, or not yet."""
    for one in knowledge.options.values():
        for question, by_option in one.answers.items():
            for option, texts in by_option.items():
                if group is Group.OPTIONS:
                    yield from (Lesson(text, f"{one.procedure}/{question}/{option}") for text in texts)
                elif option == UNSAID:
                    yield from (Lesson(text, UNSAID) for text in texts)
    if group is Group.OPTIONS:
        yield from _of_answers(knowledge)
    for told in knowledge.step_lessons.values() if group is Group.STEPS else ():
        for step, by_what in told.told.items():
            for what, texts in by_what.items():
                name = f"{told.procedure}/{step if what == DONE else WAITS}"
                yield from (Lesson(text, name) for text in texts)


def _of_answers(knowledge: Knowledge) -> Iterator[Lesson]:
    """The clauses of errands that answer a question; those that do something else answer none."""
    for message in messages_of(knowledge):
        for (text, _), marks in zip(message.clauses, message.marks, strict=True):
            answers = [mark.removeprefix(ANSWERS).replace("=", "/") for mark in marks if mark.startswith(ANSWERS)]
            yield from (Lesson(text, f"{message.here.procedure}/{one}", OLDER) for one in answers)
            if not answers:
                yield Lesson(text, UNSAID, FAINT)


def _of_clauses(knowledge: Knowledge, group: Group) -> Iterator[Lesson]:
    """What each clause does in the middle of an errand; which papers it names."""
    for message in messages_of(knowledge):
        for (text, _), marks in zip(message.clauses, message.marks, strict=True):
            if group is Group.DOES:
                yield from (Lesson(text, name) for name in dict.fromkeys(map(act_of, marks)))
    if group is Group.PAPERS:
        yield from _of_papers(knowledge)


def _of_papers(knowledge: Knowledge) -> Iterator[Lesson]:
    """The papers of procedures by their names, and as people call them."""
    for one in knowledge.procedures.values():
        names = ((paper.id, text) for paper in one.papers for text in (paper.name.es, paper.name.en))
        yield from (Lesson(text, f"{one.id}/{paper}") for paper, text in names)
    for told in knowledge.errand_lessons.values():
        papers = {one.id for one in knowledge.procedures[told.procedure].papers}
        for part, marks in chain.from_iterable(parts_named(text) for texts in told.said.values() for text in texts):
            named = [mark.split("/")[1] for mark in marks if mark.split("/")[0] in OF_PAPERS and "/" in mark]
            own = [name for name in named if name in papers]
            yield from (Lesson(part, f"{told.procedure}/{name}") for name in own)
            if not own:
                yield Lesson(part, UNSAID, OLDER)


ANSWERS = "answer/"
TAUGHT_BY: Mapping[Group, Callable[[Knowledge, Group], Iterator[Lesson]]] = {
    Group.KINDS: _of_kinds,
    Group.WHOSE: _of_whose,
    Group.ENDS: _of_endings,
    Group.TURNS: _of_endings,
    Group.ASKS: _of_asks,
    Group.TELLS: _of_tells,
    Group.ACTS: _of_acts,
    Group.OPTIONS: _of_errands,
    Group.STEPS: _of_errands,
    Group.TALK: _of_talk,
    Group.HERE: _of_places,
    Group.COUNTRY: _of_countries,
    Group.DENIES: _of_denials,
    **dict.fromkeys((Group.FOR_WHOM, Group.AGE_GROUP, Group.STATUS), _of_people),
    Group.DOES: _of_clauses,
    Group.PAPERS: _of_clauses,
}
"""What teaches each classifier."""
