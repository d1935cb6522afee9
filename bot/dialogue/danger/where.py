"""In which country a danger is, as it is told: by words that say so of it, else by the places named as where it is."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.dialogue.danger.judging import CHECK, likelihood_of
from bot.dialogue.danger.told_of import besides_own_place
from bot.dialogue.person.signals import HERE, places_stood, read_signals
from bot.dialogue.words.phrasing import heard_in
from bot.dialogue.words.sounds import heard_unless
from knowledge.frames import FramesUnless
from knowledge.model import Knowledge

_DENIES = re.compile(r"\b(?:no|not|isnt|isn't)\b(?!\s*[,.;!])", re.IGNORECASE)
"""What denies the place behind it; "no, está en Puebla" denies none."""
_CLAUSES = re.compile(r"[,.;:!?\n]| (?:y|and|pero|but) ", re.IGNORECASE)


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> Mapping[str, FramesUnless[str]]:
    """By category, under the country."""
    return {
        name: heard_unless(
            ((one.country, frame) for one in care.stood for frame in one.any),
            ((one.country, frame) for one in care.stood for frame in one.unless),
        )
        for name, care in knowledge.care.items()
    }


def where_told(
    texts: Iterable[str], category: str, knowledge: Knowledge, before: str | None = None, *, of_other: bool
) -> str | None:
    """The country where a danger is, by the last message that names one; else what was known `before`.

    Where the writer is does not tell where somebody else is in danger.
    """
    for text in texts:
        text = besides_own_place(text, knowledge) if of_other else text
        own = read_signals(text, knowledge).country if of_other else None
        before = next(iter(_said_in(text, category, own, knowledge)), before)
    return before


def says_where(text: str, category: str, knowledge: Knowledge) -> bool:
    """Whether the words of a danger's own frames say in which country it is."""
    return bool(_framed(text, category, knowledge))


def is_sure(text: str, where: str | None, category: str, knowledge: Knowledge) -> bool:
    """Whether the words or the clause that tell of danger name this country, or the place is put right."""
    named = _framed(text, category, knowledge)
    if named or puts_right(text, knowledge):
        return (named or stood_in(text, knowledge)) == {where}
    clauses = (one for one in _CLAUSES.split(text) if places_stood(one, knowledge) & HERE == {where})
    return any(likelihood_of(one, knowledge) >= CHECK for one in clauses)


def puts_right(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says that it is not in this country but in that one."""
    return len(places_stood(text, knowledge) & HERE) > 1 and len(stood_in(text, knowledge)) == 1


def _said_in(text: str, category: str, own: str | None, knowledge: Knowledge) -> set[str]:
    """The one country that a message names as where something is, besides the writer's `own`; of several none."""
    named = _framed(text, category, knowledge) or set(stood_in(text, knowledge)) - {own}
    return named if len(named) == 1 else set()


@lru_cache(maxsize=64)
def stood_in(text: str, knowledge: Knowledge) -> frozenset[str]:
    """Those of our countries where something is; of several, without those denied: "no es en Texas, es en Puebla"."""
    named = places_stood(text, knowledge) & HERE
    if len(named) < 2:
        return frozenset(named)
    # "No we are in Texas not Puebla": the first one answers what was said before.
    return _undenied(text, knowledge) or _undenied(_DENIES.sub("", text, count=1), knowledge) or frozenset(named)


def _undenied(text: str, knowledge: Knowledge) -> frozenset[str]:
    first, *denied = _DENIES.split(text)
    parts = (first, *(_behind_place(one, knowledge) for one in denied))
    return frozenset().union(*(places_stood(one, knowledge) & HERE for one in parts))


def _behind_place(text: str, knowledge: Knowledge) -> str:
    """What follows the first place of a text."""
    words = text.split()
    ends = (at for at in range(1, len(words) + 1) if places_stood(" ".join(words[:at]), knowledge) & HERE)
    return " ".join(words[next(ends, len(words)) :])


def _framed(text: str, category: str, knowledge: Knowledge) -> set[str]:
    frames = _index(knowledge).get(category)
    if frames is None:
        return set()
    return {match.key for match in frames.standing(*heard_in(text, knowledge.spelling))}
