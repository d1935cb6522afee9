"""What the classifiers of an open danger are taught: kinds, who is in danger, what ends it and what is asked in it."""

from dataclasses import dataclass

from bot.dialogue.danger.classifiers import UNSAID, Group
from knowledge.model import Knowledge

OWN, BOTH = "own", "both"
WHO = frozenset({OWN, "other"})
"""What is learned of who is in it: whether the writer is; readings tell whether somebody else is, too."""
TAUGHT, OLDER = 1.0, 0.3
"""Weights of lessons, and of those of older hands and of reports of danger, which end none."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, its name, and how much it counts."""

    text: str
    name: str
    weight: float = TAUGHT


def lessons_of(knowledge: Knowledge) -> tuple[tuple[Group, tuple[Lesson, ...]], ...]:
    """What each classifier is taught: texts with their kind, who is in danger, what ends it or is asked."""
    return tuple((group, _of(group, knowledge)) for group in Group)


def _of(group: Group, knowledge: Knowledge) -> tuple[Lesson, ...]:
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
    if group in (Group.ENDS, Group.ASKS):
        by_name = [knowledge.endings] if group is Group.ENDS else [one.asked for one in knowledge.questions.values()]
        named = (Lesson(text, name) for one in by_name for name, texts in one.items() for text in texts)
        return (*named, *(Lesson(text, UNSAID, OLDER) for text, _, _ in told))
    said = [Lesson(text, one.id) for one in knowledge.protocols.values() for text in one.said]
    return (*(Lesson(text, kind) for text, kind, _ in told), *said)
