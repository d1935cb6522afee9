"""A message that only says who its writer is, or where."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation import Conversation
from bot.dialogue.message.message import Message
from bot.dialogue.person.audience import WHERE
from bot.dialogue.person.signals import LONGEST_PLACE, citizen_alone, place_alone
from bot.dialogue.person.told import told_by
from bot.dialogue.person.towns import countries_by_town
from bot.dialogue.ranking.known import place_of
from bot.dialogue.words.sounds import heard_frames, sound_text
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge
from knowledge.schema.introductions import Introduced

NAME = 3
"""Words of a name behind "me llamo"."""
LONGEST = 24
"""Words of a message that may only introduce; longer ones tell a story."""


@dataclass(frozen=True, slots=True)
class _Index:
    tells: FrameSet[bool]
    needs: FrameSet[bool]
    words: FrameSet[bool]
    named: FrameSet[bool]
    places: frozenset[str]
    groups: tuple[tuple[Introduced, FrameSet[bool]], ...]


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> _Index:
    held = knowledge.introductions

    def heard(words: Iterable[str]) -> FrameSet[bool]:
        return heard_frames((True, word) for word in words)

    signals = knowledge.signals
    declared = (name for names in (*signals.places.values(), *signals.cities.values()) for name in names)
    return _Index(
        places=frozenset((*countries_by_town(knowledge), *(sound_text(fold(name)) for name in declared))),
        tells=heard(held.tells),
        needs=heard(held.needs),
        words=heard((*held.words, *held.tells)),
        named=heard(held.named),
        groups=tuple((group, heard(group.words)) for group in held.groups),
    )


def introduces(m: Message) -> bool:
    """Whether a message only says who its writer is, or where; the bare name of a place may ask for anything there."""
    text, knowledge, said = m.text, m.knowledge, m.person
    if place_of(text, knowledge):
        return False
    if said.country is not None and place_alone(text, knowledge):
        return True
    if said.citizen is not None and citizen_alone(text, knowledge):
        return True
    index, heard = _index(knowledge), " ".join(m.ear)
    if said.asks or len(heard.split()) > LONGEST or index.tells.first(heard) is None:
        return False
    if index.needs.first(heard) is not None:
        return False
    rest = _without_places(_without_names(heard, index), index.places)
    return all(word.isdigit() or index.words.first(word) for word in rest)


def group_of(m: Message, person: Conversation) -> int:
    """The place of the first group that somebody is of; the last is anybody's."""
    heard = " ".join(m.ear)
    people = told_by(person, m.text, m.knowledge).people
    here = WHERE.get(person.country or "")
    return next(
        number
        for number, (group, words) in enumerate(_index(m.knowledge).groups)
        if (not group.words or words.first(heard) is not None)
        and (group.people is None or (people is not None and group.people in people))
        and (group.where is None or group.where is here)
    )


def _without_names(heard: str, index: _Index) -> str:
    """The text without the words of a name, which may be any."""
    found = index.named.first(heard)
    if found is None:
        return heard
    padded = f" {heard} "
    behind = padded[found.end :].split()
    return " ".join((padded[: found.end], *behind[NAME:]))


def _without_places(heard: str, places: frozenset[str]) -> list[str]:
    """The words that are in no name of a place."""
    words, left = heard.split(), list[str]()
    while words:
        spans = range(min(LONGEST_PLACE, len(words)), 0, -1)
        length = next((count for count in spans if " ".join(words[:count]) in places), 0)
        left += [] if length else words[:1]
        words = words[length or 1 :]
    return left
