"""What the classifiers of an open danger are taught: kinds, who is in danger, what ends it and what is asked in it."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from random import Random
from zlib import crc32

from bot.dialogue.danger.classifiers import DONE, UNSAID, WAITS, Group
from knowledge.model import Knowledge
from knowledge.schema.topics import Everyday

OWN, BOTH = "own", "both"
WHO = frozenset({OWN, "other"})
"""What is learned of who is in it: whether the writer is; readings tell whether somebody else is, too."""
TAUGHT, OLDER, REPORTED, FAINT = 1.0, 0.3, 0.15, 0.05
"""Weights of lessons, of those of older hands, of reports of danger, which end none, and where these may turn one."""
WITHIN, STORY = 12, range(3, 26)
"""Words of a question that is taught also behind a story, and of such a story."""
BETWEEN = (". ", ", ", " ")
BEHIND = 0.8
"""Share of these questions that follow their story; the others stand before it."""
ORDINARY = 5
"""One of so many phrases, messages of threads and reports is a lesson of what is no small talk."""
SELDOM = 4.0
"""Weight of lessons of small talk, which are few beside all others."""
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
    told = [
        (text, knowledge.protocols[kind].id if kind != UNSAID else category, who.value)
        for category, lessons in knowledge.kind_lessons.items()
        for kind, by_who in lessons.told.items()
        for who, texts in by_who.items()
        for text in texts
    ]
    if group is Group.WHOSE:
        taught = (
            (text, one.id.removeprefix("who-"))
            for one in knowledge.moves.values()
            if one.of == "who"
            for text in one.texts()
        )
        return (
            *(Lesson(text, OWN if who == BOTH else who) for text, _, who in told if who in {*WHO, BOTH}),
            *(Lesson(text, who, OLDER) for text, who in taught if who in WHO),
        )
    if group is Group.ACTS:
        named = (Lesson(text, act) for act, texts in knowledge.act_lessons.items() for text in texts)
        within = (message.text for field in knowledge.threads.values() for one in field.threads for message in one.then)
        return (*named, *(Lesson(text, UNSAID) for text in dict.fromkeys(within)))
    if group is Group.TALK:
        return tuple(_of_talk(knowledge, [text for text, _, _ in told]))
    if group in (Group.OPTIONS, Group.STEPS):
        return tuple(_of_errands(group, knowledge))
    if group in (Group.ENDS, Group.TURNS):
        ends = _of_endings(group, knowledge)
        return (*ends, *(Lesson(text, UNSAID, REPORTED if group is Group.ENDS else FAINT) for text, _, _ in told))
    if group is Group.ASKS:
        asked = _asked(knowledge)
        reports = (Lesson(text, UNSAID, OLDER) for text, _, _ in told if crc32(text.encode()) % 2)
        return (*asked, *_in_stories(asked), *reports)
    said = [Lesson(text, one.id) for one in knowledge.protocols.values() for text in one.said]
    return (*(Lesson(text, kind) for text, kind, _ in told), *said)


def _of_endings(group: Group, knowledge: Knowledge) -> Iterator[Lesson]:
    """What ends a danger or turns it; "ya se fue" of who is beside the phone is no lesson of what ends nothing."""
    turned, reads = {*knowledge.triage.turned, *knowledge.triage.reads}, knowledge.triage.reads
    for name, texts in knowledge.endings.items():
        told = name if (name in turned) is (group is Group.TURNS) else UNSAID
        if group is Group.TURNS or name not in reads:
            yield from (Lesson(text, told) for text in texts)


def _of_talk(knowledge: Knowledge, reports: list[str]) -> Iterator[Lesson]:
    """What people say to whoever answers, or of another world; of ordinary and grave words some, which are neither."""
    for talk, texts in knowledge.talk_lessons.items():
        yield from (Lesson(text, talk, SELDOM) for text in texts)
    for kind, name in BESIDE.items():
        yield from (Lesson(text, name) for text in knowledge.everyday.get(kind, ()))
    sections = (one for topic in knowledge.phrases.values() for one in topic.sections.values())
    within = (message.text for field in knowledge.threads.values() for one in field.threads for message in one.then)
    others = chain(reports, within, *(one.texts() for one in sections))
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


def _of_errands(group: Group, knowledge: Knowledge) -> Iterator[Lesson]:
    """How the questions of procedures are answered; that their steps are done, or not yet."""
    for one in knowledge.options.values():
        for question, by_option in one.answers.items():
            for option, texts in by_option.items():
                if group is Group.OPTIONS:
                    yield from (Lesson(text, f"{one.procedure}/{question}/{option}") for text in texts)
                elif option == UNSAID:
                    yield from (Lesson(text, UNSAID) for text in texts)
    for told in knowledge.step_lessons.values() if group is Group.STEPS else ():
        for step, by_what in told.told.items():
            for what, texts in by_what.items():
                name = f"{told.procedure}/{step if what == DONE else WAITS}"
                yield from (Lesson(text, name) for text in texts)
