"""What a message says about its writer: under 18, in fear of their own government, of and in a country."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.dialogue.person.gazetteer import countries_by_town
from bot.dialogue.words.phrasing import (
    LONGEST_PLACE,
    REMEMBERED,
    by_first_word,
    heard_frames,
    heard_in,
    heard_of,
    heard_unless,
    names_apart,
    sound_text,
)
from bot.dialogue.words.questions import MARKS
from knowledge.frames import FrameSet, FramesUnless, fold, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.base import Country

MEXICO, UNITED_STATES = "MX", "US"
ANOTHER = "ZZ"
"""ISO's code for an unknown country."""
HERE = frozenset({"US", "MX", "CA"})
"""Countries that people leave, cross and live in."""
OF = frozenset({"de", "del"})
"""Words that lead to where somebody comes from, or to where something is."""
ARTICLES = frozenset({"el", "la", "los", "las", "the"})
"""Words between those and the place: `era de El Salvador`."""


@dataclass(frozen=True, slots=True)
class Found:
    """Signals of one message; `own`: of their own people."""

    minor: bool = False
    fears_government: bool | None = None
    """None: nothing is told of it; False: that they do not."""
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
    begin: Mapping[str, int]
    """The first word of a name -> the most words that it may have."""
    declared: Mapping[str, str]
    """Those that name their country wherever they stand."""
    answers: frozenset[str]
    away: frozenset[str]
    leads: frozenset[str]
    origin: frozenset[str]


@lru_cache(maxsize=8)
def _places(knowledge: Knowledge) -> _Places:
    """Made once for a Knowledge."""
    signals = knowledge.signals
    declared = _by_sound(signals.places) | _by_sound(signals.cities)
    named = {**countries_by_town(knowledge), **declared}
    return _Places(
        named=named,
        begin=by_first_word(named, LONGEST_PLACE),
        declared=declared,
        answers=frozenset(map(sound_text, (*signals.place_fillers, *signals.place_answers))),
        away=frozenset(map(sound_text, signals.place_away)),
        leads=frozenset(map(sound_text, (*signals.place_away, *knowledge.directory.before_a_place))),
        origin=frozenset(map(sound_text, signals.place_origin)),
    )


@lru_cache(maxsize=REMEMBERED)
def places_apart(heard: str, knowledge: Knowledge) -> Sequence[tuple[str, bool]]:
    """The names of places among words as they sound (True), and the other words."""
    return tuple(names_apart(heard.split(), _places(knowledge).named, _places(knowledge).begin))


@lru_cache(maxsize=REMEMBERED)
def places_heard(text: str, knowledge: Knowledge) -> Sequence[str]:
    """The sentences of a text by ear, without the words that only sound like a place: "they turn me away"."""
    none = knowledge.signals.not_places
    return heard_in(" ".join(word for word in text.split() if fold(word) not in none), knowledge.spelling)


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
    return heard_frames(getattr(knowledge.signals, name)())


def speaks_of(name: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a text says what a list of the content's signals is for: `kin`, `back`, `settles` …"""
    return speaks_of_in(name, heard_in(text, knowledge.spelling), knowledge)


def speaks_of_in(name: str, heard: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether one of these sentences does."""
    return any(_frames(name, knowledge).first(part) for part in heard)


def places_named(
    text: str, knowledge: Knowledge, unless: Callable[[Sequence[str]], bool] = lambda _: False
) -> frozenset[str]:
    """The countries of the declared places in a text, `unless` what stands before one, articles apart, rules it out."""
    index, found = _places(knowledge), set[str]()
    for part in places_heard(text, knowledge):
        words, at = part.split(), 0
        for name, is_place in places_apart(part, knowledge):
            at += len(name.split())
            declared = is_place and not index.declared.keys().isdisjoint((name, *name.split()))  # "baja california"
            if declared and not unless([one for one in words[: at - len(name.split())] if one not in ARTICLES]):
                found.add(index.named[name])
    return frozenset(found - {""})


def is_returned(text: str, knowledge: Knowledge) -> bool:
    """Whether the writer says that they are back in Mexico, with or without a place."""
    return bool(_unless("returned", "returned_unless", knowledge).standing(*heard_in(text, knowledge.spelling)))


def says_here(before: Sequence[str], knowledge: Knowledge) -> bool | None:
    """Whether the words before a place say that who writes is there, "vivo en", or only suppose it; None: neither."""
    frames, text = _unless("place_here", "place_here_unless", knowledge), " ".join(before)
    return bool(frames.standing(text)) if frames.says.first(text) else None


Part = tuple[str, str | None]  # a word; or a name and its country, "" where several have it


def parts_of(heard: str, knowledge: Knowledge) -> list[Part]:
    """The words of a sentence, names of places apart; a town and its state are one."""
    index, parts = _places(knowledge), list[Part]()
    for word, is_place in places_apart(heard, knowledge):
        lead = next((one for one, _ in reversed(parts) if one not in ARTICLES), "")
        beside = (parts and parts[-1][1] is not None) or word in index.declared or lead in index.leads
        if not is_place or not beside:
            parts.append((word, None))
        elif parts and (town := parts[-1])[1] is not None:
            parts[-1] = (f"{town[0]} {word}", index.named[word] or town[1])
        else:
            parts.append((word, index.named[word]))
    return parts


@lru_cache(maxsize=REMEMBERED)
def places_denied(text: str, knowledge: Knowledge) -> Mapping[str, str]:
    """The places at which a text says that nobody is, as they sound, with their countries: "no vivo en México"."""
    not_here, found = _frames("place_not_here", knowledge), dict[str, str]()
    for heard in chain.from_iterable(places_heard(part, knowledge) for part in MARKS.split(text)):
        parts = parts_of(heard, knowledge)
        for at, (name, country) in enumerate(parts):
            if country and not_here.first(" ".join(word for word, _ in parts[:at])):
                found[name] = country
    return found


def _citizen(text: str, knowledge: Knowledge) -> str | None:
    heard = heard_in(text, knowledge.spelling)
    said = {match.key for part in heard for match in _countries_by("citizens_said", knowledge).find(part)}
    if corrected := _corrected(text, knowledge):
        return corrected
    frames = knowledge.signals.citizens_said() if said else ()
    first = next((country for country, _ in frames if country in said), None)
    return first or (ANOTHER if speaks_of("foreign", text, knowledge) else None)


def _corrected(text: str, knowledge: Knowledge) -> str | None:
    """The country of who is said to be of it and not of Mexico: "era hondureño, no mexicano"."""
    if not speaks_of("not_mexican", text, knowledge):
        return None
    heard, places = heard_in(text, knowledge.spelling), places_named(text, knowledge)
    named = {match.key for part in heard for match in _countries_by("nations_said", knowledge).find(part)}
    named = (named | places) - {MEXICO, UNITED_STATES}
    return named.pop() if len(named) == 1 else None


def _fears(heard: Sequence[str], knowledge: Knowledge) -> bool | None:
    """Whether somebody fears their own government, or denies it; None where neither is told."""
    fears = _unless("fears_government", "fears_unless", knowledge)
    denied = [_unless("fears_government", name, knowledge) for name in ("fears_denied", "fears_unasked")]
    if any(all(one in its.untouched(part) for its in denied) for part in heard for one in fears.standing(part)):
        return True
    return False if speaks_of_in("fears_denied", heard, knowledge) else None


@lru_cache(maxsize=REMEMBERED)
def read_signals(text: str, knowledge: Knowledge) -> Found:
    """What the words say about the writer. Kept, as a message is read by many."""
    heard = heard_in(text, knowledge.spelling)
    minor = _unless("minor", "minor_unless", knowledge)
    return Found(
        minor=any(minor.untouched(part) for part in heard),
        fears_government=_fears(heard, knowledge),
        citizen=_citizen(text, knowledge),
        visitor=speaks_of("visitor", text, knowledge),
        own=speaks_of("own", text, knowledge),
        asks="?" in text or "¿" in text or speaks_of("asks", text, knowledge),
        settles=speaks_of("settles", text, knowledge),
    )


@lru_cache(maxsize=REMEMBERED)
def places_stood(text: str, knowledge: Knowledge) -> frozenset[str]:
    """The countries whose places a text names as where something is, or goes; not as where somebody comes from."""
    index = _places(knowledge)

    def is_away(before: Sequence[str]) -> bool:
        *others, last = before or [""]
        return others[-1] in index.origin if last in OF and others else last in index.away

    return places_named(text, knowledge, is_away)


@lru_cache(maxsize=REMEMBERED)
def places_acted(text: str, knowledge: Knowledge) -> frozenset[str]:
    """The countries whose places a text names as where something is done: "en México", not "papeles de México"."""
    return places_named(text, knowledge, lambda before: not OF.isdisjoint(before[-1:]))


def places_within(text: str, knowledge: Knowledge) -> frozenset[str]:
    """The countries whose places a text names as where somebody is: "en Sonora", not "por" it or "de" it."""
    return places_named(text, knowledge, lambda before: not {*knowledge.signals.place_within}.intersection(before[-1:]))


def of_mexicans(text: str, knowledge: Knowledge, citizen: str) -> bool:
    """Whether a text speaks of Mexicans; to a citizen of the United States a relative of theirs may be one."""
    mexicans, others = _frames("mexicans", knowledge), _frames("not_mexican", knowledge)
    if any(mexicans.first(part) and not others.first(part) for part in heard_in(text, knowledge.spelling)):
        return True
    return citizen == UNITED_STATES and speaks_of("kin", text, knowledge)


def citizen_alone(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says of which country its writer is, and not a word more."""
    parts = heard_in(text, knowledge.spelling)
    found = [(f" {part} ", match) for part in parts for match in _countries_by("citizens_said", knowledge).find(part)]
    return len(parts) == 1 and any(not (said[: match.start] + said[match.end :]).strip() for said, match in found)


def place_alone(text: str, knowledge: Knowledge) -> str | None:
    """The country of a place beside which nothing is said but that somebody is there."""
    index = _places(knowledge)
    heard = " ".join(heard_in(text, knowledge.spelling))
    alone = _frames("company", knowledge).first(heard)
    words = (f" {heard} "[: alone.start] if alone else heard).split()
    if not words or words[0] in index.away:
        return None
    apart = places_apart(" ".join(words), knowledge)
    if any(not is_place and word not in index.answers for word, is_place in apart):
        return None
    named = {index.named[name] for name, is_place in apart if is_place} - {""}  # "kearns utah": the state says which
    return named.pop() if len(named) == 1 else None
