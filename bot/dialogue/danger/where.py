"""In which country a danger is, as it is told: by words that say so of it, else by the places named as where it is."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.dialogue.phrasing import heard_in
from bot.dialogue.signals import HERE, places_stood, read_signals
from bot.dialogue.sounds import heard_unless
from knowledge.frames import FramesUnless
from knowledge.model import Knowledge


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
        own = read_signals(text, knowledge).country if of_other else None
        before = next(iter(_said_in(text, category, own, knowledge)), before)
    return before


def says_where(text: str, category: str, knowledge: Knowledge) -> bool:
    """Whether the words of a danger's own frames say in which country it is."""
    return bool(_framed(text, category, knowledge))


def _said_in(text: str, category: str, own: str | None, knowledge: Knowledge) -> set[str]:
    """The one country that a message names as where something is, besides the writer's `own`; of several none."""
    named = _framed(text, category, knowledge) or (places_stood(text, knowledge) & HERE) - {own}
    return set(named) if len(named) == 1 else set()


def _framed(text: str, category: str, knowledge: Knowledge) -> set[str]:
    frames = _index(knowledge).get(category)
    if frames is None:
        return set()
    return {match.key for match in frames.standing(*heard_in(text, knowledge.spelling))}
