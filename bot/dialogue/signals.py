"""What a message says about its writer: under 18, in fear of their own government, in a country."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.phrasing import sentences
from bot.dialogue.sounds import heard_frames, sound_text
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge

LONGEST_PLACE = 4
"""Words in the longest name of a place."""


@dataclass(frozen=True, slots=True)
class Found:
    """Signals of one message; `country` only where the writer says where they are now."""

    minor: bool = False
    fears_government: bool = False
    country: str | None = None


@dataclass(frozen=True, slots=True)
class _Index:
    minor: FrameSet[bool]
    fears: FrameSet[bool]
    here: FrameSet[bool]
    places: Mapping[str, str]
    """Name as it sounds -> country."""


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> _Index:
    signals = knowledge.signals
    return _Index(
        minor=heard_frames((True, frame) for frame in signals.minor),
        fears=heard_frames((True, frame) for frame in signals.fears_government),
        here=heard_frames((True, frame) for frame in signals.here),
        places={sound_text(fold(name)): country for country, names in signals.places.items() for name in names},
    )


def _place_after(heard: str, end: int, places: Mapping[str, str]) -> str | None:
    """The country of the place that directly follows a position in ` heard `; the longest name wins."""
    words = f" {heard} "[end:].split()[:LONGEST_PLACE]
    for count in range(len(words), 0, -1):
        if country := places.get(" ".join(words[:count])):
            return country
    return None


def read_signals(text: str, knowledge: Knowledge) -> Found:
    """What the words say about the writer; two different countries are none."""
    index = _index(knowledge)
    heard = [part.heard for part in sentences(text, knowledge.spelling)]
    countries = {
        country
        for part in heard
        for match in index.here.find(part)
        if (country := _place_after(part, match.end, index.places))
    }
    return Found(
        minor=any(index.minor.first(part) for part in heard),
        fears_government=any(index.fears.first(part) for part in heard),
        country=countries.pop() if len(countries) == 1 else None,
    )
