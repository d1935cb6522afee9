"""What the content declares of signals, ready for messages: frames by ear, names of places and their countries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.person.gazetteer import countries_by_town
from bot.dialogue.words.phrasing import heard_frames, heard_unless, sound_text
from knowledge.frames import FrameSet, FramesUnless, fold, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.base import Country
from knowledge.schema.directory import WHOLE


@dataclass(frozen=True, slots=True)
class Index:
    """The frames and names of the content, by ear."""

    minor: FramesUnless[bool]
    fears: FramesUnless[bool]
    foreign: FrameSet[bool]
    citizens: FrameSet[str]
    nations: FrameSet[str]
    returned: FramesUnless[bool]
    not_mexican: FrameSet[bool]
    visitor: FrameSet[bool]
    here: FramesUnless[bool]
    there: FramesUnless[bool]
    near: FramesUnless[bool]
    elsewhere: FrameSet[bool]
    """What speaks of another time or person than the writer's."""
    company: FrameSet[bool]
    kin: FrameSet[bool]
    mexicans: FrameSet[bool]
    own: FrameSet[bool]
    asks: FrameSet[bool]
    settles: FrameSet[bool]
    places: Mapping[str, str]
    """Name as it sounds -> country, "" for one of several: what is declared, and the towns of the gazetteer."""
    declared: Mapping[str, str]
    """Those that name their country wherever they stand."""
    first: frozenset[str]
    """Their first words."""
    cities: Mapping[str, str]
    """Declared ones that need no more than `near`; a town of ours needs to stand right behind it."""
    states: frozenset[str]
    """Those of our countries, by their names."""
    fillers: frozenset[str]
    answers: frozenset[str]
    citizenships: tuple[str, ...]
    back: FrameSet[bool]
    away: frozenset[str]
    origin: frozenset[str]


@lru_cache(maxsize=8)
def index_of(knowledge: Knowledge) -> Index:
    """Made once for a Knowledge."""
    signals = knowledge.signals
    towns, cities = countries_by_town(knowledge), _names(signals.cities)
    declared = _names(signals.places) | cities
    return Index(
        minor=heard_unless(unkeyed(signals.minor), unkeyed(signals.minor_unless)),
        fears=heard_unless(unkeyed(signals.fears_government), unkeyed(signals.fears_unless)),
        foreign=heard_frames(unkeyed(signals.foreign)),
        citizens=heard_frames((country, frame) for country, frames in signals.citizens.items() for frame in frames),
        nations=heard_frames((country, frame) for country, frames in signals.nations.items() for frame in frames),
        returned=heard_unless(unkeyed(signals.returned), unkeyed(signals.returned_unless)),
        not_mexican=heard_frames(unkeyed(signals.not_mexican)),
        visitor=heard_frames(unkeyed(signals.visitor)),
        here=heard_unless(unkeyed(signals.here), unkeyed(signals.here_unless)),
        there=heard_unless(unkeyed(signals.there), unkeyed(signals.near_unless)),
        near=heard_unless(unkeyed(signals.near), unkeyed(signals.near_unless)),
        elsewhere=heard_frames(unkeyed(signals.near_unless)),
        company=heard_frames(unkeyed(signals.company)),
        places={**towns, **declared},
        declared=declared,
        first=frozenset(name.split()[0] for name in declared),
        cities=cities,
        states=_states(knowledge),
        fillers=frozenset(map(sound_text, signals.place_fillers)),
        citizenships=tuple(signals.citizens),
        answers=frozenset(map(sound_text, (*signals.place_fillers, *signals.place_answers))),
        away=frozenset(map(sound_text, signals.place_away)),
        origin=frozenset(map(sound_text, signals.place_origin)),
        mexicans=heard_frames(unkeyed(signals.mexicans)),
        kin=heard_frames(unkeyed(signals.kin)),
        own=heard_frames(unkeyed(signals.own)),
        back=heard_frames(unkeyed(signals.back)),
        asks=heard_frames(unkeyed(signals.asks)),
        settles=heard_frames(unkeyed(signals.settles)),
    )


def _states(knowledge: Knowledge) -> frozenset[str]:
    regions = (one.name for one in knowledge.regions.values() if one.letters != WHOLE)
    return frozenset(sound_text(fold(name)) for names in regions for name in (names.es, names.en))


def _names(places: Mapping[Country, Sequence[str]]) -> dict[str, str]:
    return {sound_text(fold(name)): country for country, names in places.items() for name in names}
