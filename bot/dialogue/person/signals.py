"""What a message says about its writer: under 18, in fear of their own government, of and in a country."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.person.gazetteer import countries_by_town
from bot.dialogue.words.phrasing import heard_frames, heard_in, heard_of, heard_unless, names_apart, sound_text
from knowledge.frames import FrameSet, FramesUnless, fold, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.base import Country
from knowledge.schema.directory import WHOLE

LONGEST_PLACE = 4
"""Words in the longest name of a place."""
MEXICO, UNITED_STATES = "MX", "US"
ANOTHER = "ZZ"
"""ISO's code for an unknown country."""
HERE = frozenset({"US", "MX", "CA"})
"""Countries whose towns people name beside `en` alone."""
OF = frozenset({"de", "del"})
"""Words that lead to where somebody comes from, or to where something is."""
FROM = frozenset({"from"})
ARTICLES = frozenset({"el", "la", "los", "las", "the"})
"""Words between those and the place: `era de El Salvador`."""
REMEMBERED = 64
"""Texts whose readings are kept."""


@dataclass(frozen=True, slots=True)
class Found:
    """Signals of one message; `own`: of their own people."""

    minor: bool = False
    fears_government: bool = False
    citizen: str | None = None
    """ISO code, `ANOTHER` for any country besides Mexico and those that the content names."""
    visitor: bool = False
    own: bool = False
    asks: bool = False
    settles: bool = False


@dataclass(frozen=True, slots=True)
class _Places:
    """Names of places as they sound, and the words around them."""

    named: Mapping[str, str]
    """Name -> country, "" for one of several: what is declared, and the towns of the gazetteer."""
    declared: Mapping[str, str]
    """Those that name their country wherever they stand."""
    first: frozenset[str]
    """Their first words."""
    states: frozenset[str]
    """Those of our countries, by their names."""
    fillers: frozenset[str]
    answers: frozenset[str]
    away: frozenset[str]
    leads: frozenset[str]
    origin: frozenset[str]


@lru_cache(maxsize=8)
def _places(knowledge: Knowledge) -> _Places:
    """Made once for a Knowledge."""
    signals = knowledge.signals
    declared = _by_sound(signals.places) | _by_sound(signals.cities)
    regions = (one.name for one in knowledge.regions.values() if one.letters != WHOLE)
    return _Places(
        named={**countries_by_town(knowledge), **declared},
        declared=declared,
        first=frozenset(name.split()[0] for name in declared),
        states=frozenset(sound_text(fold(name)) for names in regions for name in (names.es, names.en)),
        fillers=frozenset(map(sound_text, signals.place_fillers)),
        answers=frozenset(map(sound_text, (*signals.place_fillers, *signals.place_answers))),
        away=frozenset(map(sound_text, signals.place_away)),
        leads=frozenset(map(sound_text, (*signals.place_away, *knowledge.directory.before_a_place))),
        origin=frozenset(map(sound_text, signals.place_origin)),
    )


def places_by_name(knowledge: Knowledge) -> Mapping[str, str]:
    """Every place that is known, as it sounds -> its country, "" for one of several."""
    return _places(knowledge).named


def _by_sound(places: Mapping[Country, Sequence[str]]) -> dict[str, str]:
    return {sound_text(fold(name)): country for country, names in places.items() for name in names}


def _frames(name: str, knowledge: Knowledge) -> FrameSet[bool]:
    """A list of the content's signals, by ear."""
    return heard_of(getattr(knowledge.signals, name))


@lru_cache(maxsize=64)
def _unless(name: str, unless: str, knowledge: Knowledge) -> FramesUnless[bool]:
    """A list of the content's signals, and the one that takes it back."""
    signals = knowledge.signals
    return heard_unless(unkeyed(getattr(signals, name)), unkeyed(getattr(signals, unless)))


@lru_cache(maxsize=8)
def _countries_by(name: str, knowledge: Knowledge) -> FrameSet[str]:
    """Frames of the content by the country that they say."""
    said: Mapping[Country, Sequence[str]] = getattr(knowledge.signals, name)
    return heard_frames((country, frame) for country, frames in said.items() for frame in frames)


def speaks_of(name: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a text says what a list of the content's signals is for: `kin`, `back`, `near_unless` …"""
    return any(_frames(name, knowledge).first(part) for part in heard_in(text, knowledge.spelling))


def _place_after(heard: str, end: int, index: _Places) -> str | None:
    """The country of the place behind a position in ` heard `, the longest name first; `la central de` may precede."""
    padded = f" {heard} "
    words, lead = padded[end:].split(), padded[:end].split()
    if lead and lead[-1] in ARTICLES and (country := _longest([lead[-1], *words], index.named)):
        return country  # "vivo en Los Ángeles": the article is of the name
    while words:
        for count in range(min(LONGEST_PLACE, len(words)), 0, -1):
            if (country := index.named.get(" ".join(words[:count]))) is not None:
                return country or None
        if words.pop(0) not in index.fillers:
            return None
    return None


def _longest(words: Sequence[str], places: Mapping[str, str]) -> str | None:
    """The country of the longest name of a place, of two words or more, at the beginning."""
    spans = (" ".join(words[:count]) for count in range(min(LONGEST_PLACE, len(words)), 1, -1))
    return next((places[span] for span in spans if places.get(span)), None)


def _named(heard: str, index: _Places, away: Set[str] | None = None) -> set[str]:
    """The countries of all declared places in a sentence, without those behind where somebody is from, or `away`."""
    words = heard.split()
    starts = [at for at, word in enumerate(words) if word in index.first]
    if away is not None:
        starts = [at for at in starts if not _is_away(words[:at], away, index)]
    return {index.declared[span] for span in spans_at(starts, words) if span in index.declared}


def spans_at(starts: Iterable[int], words: Sequence[str]) -> Iterator[str]:
    """What may be the name of a place from each of these words on, the shortest first."""
    return (" ".join(words[at : at + n]) for at in starts for n in range(1, LONGEST_PLACE + 1))


def _is_away(before: Sequence[str], away: Set[str], index: _Places) -> bool:
    """Whether the words before a place make it where somebody comes from, or end in one of these."""
    *others, last = [word for word in before if word not in ARTICLES] or [""]
    return others[-1] in index.origin if last in OF and others else last in away


@lru_cache(maxsize=REMEMBERED)
def country_framed(text: str, knowledge: Knowledge) -> str | None:
    """Where the writer is, as frames say it; two different countries are none."""
    index, heard = _places(knowledge), heard_in(text, knowledge.spelling)
    here = _unless("here", "here_unless", knowledge)
    said = {_place_after(part, lead.end, index) for part in heard for lead in here.untouched(part)} - {None}
    if not said and _unless("returned", "returned_unless", knowledge).standing(*heard):
        return MEXICO
    return said.pop() if len(said) == 1 else None


def places_led(name: str, lead: str, knowledge: Knowledge) -> bool:
    """Whether a name is one of a place in any sentence, or the word before it leads to one."""
    index = _places(knowledge)
    return name in index.declared or lead in index.leads


def _citizen(heard: Sequence[str], knowledge: Knowledge) -> str | None:
    said = {match.key for part in heard for match in _countries_by("citizens", knowledge).find(part)}
    if corrected := _corrected(heard, knowledge):
        return corrected
    first = next((country for country in knowledge.signals.citizens if country in said), None)
    return first or (ANOTHER if any(_frames("foreign", knowledge).first(part) for part in heard) else None)


def _corrected(heard: Sequence[str], knowledge: Knowledge) -> str | None:
    """The country of who is said to be of it and not of Mexico: "era hondureño, no mexicano"."""
    if not any(_frames("not_mexican", knowledge).first(part) for part in heard):
        return None
    named = {match.key for part in heard for match in _countries_by("nations", knowledge).find(part)}
    named |= {country for part in heard for country in _named(part, _places(knowledge))}
    named -= {MEXICO, UNITED_STATES}
    return named.pop() if len(named) == 1 else None


@lru_cache(maxsize=REMEMBERED)
def read_signals(text: str, knowledge: Knowledge) -> Found:
    """What the words say about the writer; two different countries are none. Kept, as a message is read by many."""
    heard = heard_in(text, knowledge.spelling)
    minor, fears = (
        _unless("minor", "minor_unless", knowledge),
        _unless("fears_government", "fears_unless", knowledge),
    )
    return Found(
        minor=any(minor.untouched(part) for part in heard),
        fears_government=any(fears.standing(part) for part in heard),
        citizen=_citizen(heard, knowledge),
        visitor=speaks_of("visitor", text, knowledge),
        own=speaks_of("own", text, knowledge),
        asks="?" in text or "¿" in text or speaks_of("asks", text, knowledge),
        settles=speaks_of("settles", text, knowledge),
    )


@lru_cache(maxsize=REMEMBERED)
def places_named(text: str, knowledge: Knowledge) -> frozenset[str]:
    """The countries of the places that a text names."""
    heard = heard_in(text, knowledge.spelling)
    return frozenset(country for part in heard for country in _named(part, _places(knowledge)))


@lru_cache(maxsize=REMEMBERED)
def places_stood(text: str, knowledge: Knowledge, *, going: bool = False) -> frozenset[str]:
    """The countries whose places a text names as where something is, or goes; not as where somebody comes from."""
    index, heard = _places(knowledge), heard_in(text, knowledge.spelling)
    return frozenset(country for part in heard for country in _named(part, index, FROM if going else index.away))


@lru_cache(maxsize=REMEMBERED)
def places_acted(text: str, knowledge: Knowledge) -> frozenset[str]:
    """The countries whose places a text names as where something is done: "en México", not "papeles de México"."""
    index, found = _places(knowledge), set[str]()
    for words in (part.split() for part in heard_in(text, knowledge.spelling)):
        starts = (at for at, word in enumerate(words) if word in index.first and _before(words, at) not in OF)
        found |= {index.declared[span] for span in spans_at(starts, words) if span in index.declared}
    return frozenset(found)


def _before(words: Sequence[str], at: int) -> str:
    """The word before a place, without its article."""
    return next((word for word in reversed(words[:at]) if word not in ARTICLES), "")


def of_mexicans(text: str, knowledge: Knowledge, citizen: str) -> bool:
    """Whether a text speaks of Mexicans; to a citizen of the United States a relative of theirs may be one."""
    mexicans, others = _frames("mexicans", knowledge), _frames("not_mexican", knowledge)
    if any(mexicans.first(part) and not others.first(part) for part in heard_in(text, knowledge.spelling)):
        return True
    return citizen == UNITED_STATES and speaks_of("kin", text, knowledge)


def citizen_alone(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says of which country its writer is, and not a word more."""
    parts = heard_in(text, knowledge.spelling)
    found = [(f" {part} ", match) for part in parts for match in _countries_by("citizens", knowledge).find(part)]
    return len(parts) == 1 and any(not (said[: match.start] + said[match.end :]).strip() for said, match in found)


def place_alone(text: str, knowledge: Knowledge) -> str | None:
    """The country of a place beside which nothing is said but that somebody is there."""
    index = _places(knowledge)
    heard = " ".join(heard_in(text, knowledge.spelling))
    alone = _frames("company", knowledge).first(heard)
    words = (f" {heard} "[: alone.start] if alone else heard).split()
    if not words or words[0] in index.away:
        return None
    apart = list(names_apart(words, index.named, LONGEST_PLACE))
    if any(not is_place and word not in index.answers for word, is_place in apart):
        return None
    named = {index.named[name] for name, is_place in apart if is_place} - {""}  # "kearns utah": the state says which
    return named.pop() if len(named) == 1 else None
