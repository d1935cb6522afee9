"""What is said in an open danger: a line for what is told, else the next of those that help; never the same twice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation import ToldDanger
from bot.dialogue.hearing import Hearing
from bot.dialogue.phrasing import heard_in
from bot.dialogue.sounds import heard_items
from knowledge.frames import FramesUnless
from knowledge.model import Knowledge
from knowledge.schema.urgent import ANY, Care, Category, Line

RECENT = 3
"""Lines said last that are not said again, whatever is told."""


@dataclass(frozen=True, slots=True)
class _Index:
    """Frames by the id of what they tell of, in the order of the content."""

    lines: FramesUnless[str]
    phases: FramesUnless[str]


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> Mapping[str, _Index]:
    """By category."""
    return {name: _Index(heard_items(care.lines), heard_items(care.phases)) for name, care in knowledge.care.items()}


def _told(frames: FramesUnless[str], text: str, knowledge: Knowledge) -> list[str]:
    """The ids of what a message tells of."""
    return list(dict.fromkeys(match.key for match in frames.standing(*heard_in(text, knowledge.spelling))))


def phase_told(texts: Iterable[str], category: str, knowledge: Knowledge, before: str | None = None) -> str | None:
    """How far a danger is: of all that was told, `before` too, what stands first in the content."""
    care = knowledge.care.get(category)
    if care is None:
        return None
    told = {found for text in texts for found in _told(_index(knowledge)[category].phases, text, knowledge)}
    return next((phase.id for phase in care.phases if phase.id in told | {before}), None)


def told_of(hearing: Hearing, category: Category) -> ToldDanger:
    """What is remembered of an open danger."""
    return next(told for told in reversed(hearing.conversation.told) if told.category == category.id)


def with_told(hearing: Hearing, told: ToldDanger) -> Hearing:
    """The message heard where this is remembered of its danger."""
    every = tuple(told if one.category == told.category else one for one in hearing.conversation.told)
    return hearing.with_state(hearing.conversation.having(told=every))


def line_told(hearing: Hearing, category: Category) -> Line | None:
    """The line for what the message tells or asks: the danger's own, else one of all dangers."""
    told, knowledge = told_of(hearing, category), hearing.knowledge
    for care in _cares(category, knowledge):
        lines = {line.id: line for line in care.lines}
        for found in _told(_index(knowledge)[care.category].lines, hearing.text, knowledge):
            shown = f"{hearing.conversation.topic}/{hearing.conversation.section}"
            again = found in told.said[-RECENT:] or lines[found].section == shown
            if not again and not lines[found].over and _fits(lines[found], category, hearing):
                return lines[found]
    return None


def line_next(hearing: Hearing, category: Category, *, asked: bool) -> Line | None:
    """The line whose turn it is: of those without frames the one not said for the longest time."""
    said = told_of(hearing, category).said
    when = {line: number for number, line in enumerate(said)}
    waiting = [
        line
        for care in _cares(category, hearing.knowledge)
        for line in care.lines
        if not line.any and line.asked is asked and _fits(line, category, hearing)
    ]
    # What is said of how far it is comes instead of what is said of any such danger, not after it.
    fitting = [line for line in waiting if line.phases] or waiting
    return min(fitting, key=lambda line: when.get(line.id, -1), default=None)


def noted(hearing: Hearing, category: Category, line: Line) -> Hearing:
    """The message heard where this line was said."""
    told = told_of(hearing, category)
    said = (*(one for one in told.said if one != line.id), line.id)
    return with_told(hearing, told.model_copy(update={"said": said}))


def _cares(category: Category, knowledge: Knowledge) -> Iterator[Care]:
    yield from (knowledge.care[name] for name in (category.id, ANY) if name in knowledge.care)


def _fits(line: Line, category: Category, hearing: Hearing) -> bool:
    told = told_of(hearing, category)
    return (
        line.numbers != category.id
        and line.who in (None, "other" if told.other else "own")
        and (not line.phases or told.phase in line.phases)
        and (not line.countries or hearing.conversation.country in line.countries)
    )
