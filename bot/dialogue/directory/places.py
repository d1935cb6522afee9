"""Which places a message names, and what else it says, in the words of the directory of consulates.

Every word is placed: as part of a town, state or country, as a word of such questions, or as unknown. A town is looked
for first as it is written, longest name first, then by likeness among the words that mean nothing else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.directory.named import Named, here
from bot.dialogue.directory.place_words import BARELY, BEFORE_A_PLACE, BETWEEN, CLOSES_A_TYPO, is_ones_own
from bot.dialogue.directory.words import (
    FORGIVEN,
    LONG_NAME,
    MEXICO,
    PLACES,
    RANK,
    Index,
    Meaning,
    index_of,
    is_plain,
    is_rather,
)
from bot.dialogue.person.gazetteer import SHORT, gazetteer_of, key
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.directory import WHOLE, Ask, Region

LONGEST = 40
"""Words of a message that may ask for a consulate."""
LONGEST_NAME = 5
LOS_ANGELES = re.compile(r"\bL\.?A\b\.?")
"""In capitals; "la" is an article."""
REMEMBERED = 64
"""Texts whose readings are kept."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message as the directory reads it."""

    words: int
    consulate: bool = False
    embassy: bool = False
    """Called so."""
    ours: bool = False
    others: bool = False
    another: bool = False
    """The consulate is called another country's: `de Honduras`, `americano`."""
    foreigner: bool = False
    """Who asks is of another country: `soy salvadoreño`."""
    bare: bool = False
    """Nothing but the word for a consulate, Mexico's or anybody's."""
    asks: frozenset[Ask] = frozenset()
    named: tuple[Named, ...] = ()
    unknown: tuple[str, ...] = ()
    lost: bool = False
    """The unknown words stand where a place would."""
    only: bool = False
    """Nothing but the names of places."""

    @property
    def only_told(self) -> bool:
        """Places are named, all words are known, and nothing is asked."""
        return bool(self.named) and not (self.unknown or self.lost or self.asks or self.consulate)


@dataclass
class _Line:
    """A message while its words are placed."""

    words: list[str]
    capitals: frozenset[str]
    placed: list[bool] = field(default_factory=list)
    kinds: dict[str, list[str]] = field(default_factory=dict)
    named: list[tuple[int, Named]] = field(default_factory=list)
    at: dict[str, set[int]] = field(default_factory=dict)
    """Kind -> where its words stand."""


@lru_cache(maxsize=REMEMBERED)
def read(text: str, knowledge: Knowledge, *, likeness: bool = False) -> Asked | None:
    """The message in the directory's words; None where it is empty or too long to be such a question.

    Kept, as several steps ask. Misspelt places are looked for where a consulate is named, or `likeness` is asked for.
    """
    in_capitals = text.isupper()
    text = text if in_capitals else LOS_ANGELES.sub("los angeles", text)
    words = fold(text).split()
    if not words or len(words) > LONGEST:
        return None
    capitals = () if in_capitals else (word.strip(".,;:!?").lower() for word in text.split() if word.isupper())
    line = _Line(words, frozenset(capitals), [False] * len(words))
    _place(line, knowledge)
    _consulate_by_likeness(line, knowledge)
    if likeness or "consulate" in line.kinds or "embassy" in line.kinds:
        _place_by_likeness(line, knowledge)
    unknown = [at for at, done in enumerate(line.placed) if not done]
    return Asked(
        words=len(words),
        consulate=bool({"consulate", "embassy"} & line.kinds.keys()),
        embassy="embassy" in line.kinds,
        ours="ours" in line.kinds,
        others="others" in line.kinds,
        another=_is_anothers(line),
        foreigner=not line.kinds.get("ours") and any(is_ones_own(line.words, at) for at in _abroad(line)),
        bare=_is_bare(line),
        asks=frozenset(map(Ask, line.kinds.get("ask", ()))),
        named=here([named for _, named in sorted(line.named, key=lambda pair: pair[0])], words, knowledge),
        unknown=tuple(words[at] for at in unknown),
        lost=_is_lost(line, unknown),
        only=len(line.at.get("place", ())) == len(words),
    )


def _place(line: _Line, knowledge: Knowledge) -> None:
    """What is known as it is written, the longest phrase first."""
    index, at = index_of(knowledge), 0
    while at < len(line.words):
        if region := _letters_behind(line, at, index):
            _name(line, at, 1, Named(region=region))
            at += 1
            continue
        length, meanings = _longest(line.words, at, index, knowledge)
        if length and not _means_else(line, at, length, meanings, knowledge):
            _take(line, at, length, meanings, knowledge)
        at += length or 1


def _longest(words: list[str], at: int, index: Index, knowledge: Knowledge) -> tuple[int, list[Meaning]]:
    length, meanings = 0, list[Meaning]()
    for phrase, meaning in index.phrases.get(words[at], ()):
        if len(phrase) < length:
            break
        if tuple(words[at : at + len(phrase)]) == phrase:
            length = len(phrase)
            meanings.append(meaning)
    named = gazetteer_of(knowledge).named
    written_out = [SHORT.get(word, word) for word in words[at : at + LONGEST_NAME]]
    for count in range(len(written_out), max(length, 1) - 1, -1):
        name = " ".join(written_out[:count])
        if name in named:
            return count, [*(meanings if count == length else ()), ("town", name)]
    return length, meanings


def _means_else(line: _Line, at: int, length: int, meanings: Sequence[Meaning], knowledge: Knowledge) -> bool:
    """`mobile consulate`, `cuanto questa`: the name of a town that stands there as a plain word, or as one misspelt."""
    word, index = line.words[at], index_of(knowledge)
    rather = len(line.words) > 1 and all(kind == "town" for kind, _ in meanings) and is_rather(word, knowledge)
    if length > 1 or not (rather or word in knowledge.directory.not_towns):
        return False
    after = line.words[at + 1] if at + 1 < len(line.words) else ""
    behind = after in index.letters or any(meaning[0] == "region" for _, meaning in index.phrases.get(after, ()))
    return not behind and (not at or line.words[at - 1] not in BEFORE_A_PLACE)


def _letters_behind(line: _Line, at: int, index: Index) -> Region | None:
    """`ga` right behind a town of Georgia; a word that means something else only in capitals or at the end."""
    if not line.named or line.named[-1][0] != at - 1 or not line.named[-1][1].towns:
        return None
    word = line.words[at]
    plain = word in index.phrases and word not in line.capitals and at < len(line.words) - 1
    regions = {town.region for town in line.named[-1][1].towns}
    return next((r for r in index.letters.get(word, ()) if r.id in regions and not plain), None)


def _take(line: _Line, at: int, length: int, meanings: Sequence[Meaning], knowledge: Knowledge) -> None:
    """The first meaning in rank; a name of both a region and a seat, or a country and a town, keeps both."""
    kind, _ = min(meanings, key=lambda meaning: RANK.index(meaning[0]))
    if kind == "ours" and at and line.words[at - 1] in BEFORE_A_PLACE:
        kind = "there"  # "la embajada americana en México"
    line.at.setdefault(kind, set()).update(range(at, at + length))
    if kind == "there":
        line.placed[at : at + length] = [True] * length
        return
    if kind not in (*PLACES, "country", "town"):
        line.kinds.setdefault(kind, []).extend(w for k, w in meanings if k == kind)
        line.placed[at : at + length] = [True] * length
        return
    named = Named()
    for each in [meaning for meaning in meanings if meaning[0] in PLACES] or meanings:
        named = _with(named, each, knowledge)
    city = " ".join(line.words[at : at + length]) in index_of(knowledge).cities
    if named.country not in (None, MEXICO) and not city and named.region is None:
        line.at.setdefault("abroad", set()).update(range(at, at + length))
    _name(line, at, length, replace(named, city=city))


def _with(named: Named, meaning: Meaning, knowledge: Knowledge) -> Named:
    kind, what = meaning
    gazetteer = gazetteer_of(knowledge)
    if kind == "region":
        return replace(named, region=knowledge.regions[what])
    if kind == "country":
        return replace(named, country=what)
    if kind == "town":
        return replace(named, towns=gazetteer.named[what])
    seat = gazetteer.towns[knowledge.consulates[what].geonames]
    of_name = gazetteer.named.get(key(knowledge.consulates[what].city), ())
    return replace(named, towns=tuple(dict.fromkeys((*named.towns, seat, *of_name))))


def _name(line: _Line, at: int, length: int, named: Named) -> None:
    before = line.words[at - 1] if at else ""
    line.named.append((at + length - 1, replace(named, before=before, at=at)))
    line.at.setdefault("place", set()).update(range(at, at + length))
    line.placed[at : at + length] = [True] * length


def _consulate_by_likeness(line: _Line, knowledge: Knowledge) -> None:
    index = index_of(knowledge)
    for at, word in enumerate(line.words):
        if not line.placed[at] and len(word) >= LONG_NAME - 2 and _near(word, index.consulates):
            line.kinds.setdefault("consulate", []).append("consulate")
            line.at.setdefault("consulate", set()).add(at)
            line.placed[at] = True


def _place_by_likeness(line: _Line, knowledge: Knowledge) -> None:
    """Misspelt places among the words that mean nothing else."""
    index = index_of(knowledge)
    if line.placed.count(False) > LONGEST_NAME:
        return
    regions = {named.region.id for _, named in line.named if named.region and named.region.letters != WHOLE}
    names = _names_in(frozenset(regions), knowledge) if regions else {}
    at = 0
    while at < len(line.words):
        at += _like(line, at, names or index.names, knowledge) if not line.placed[at] else 1


def _near(word: str, known: Sequence[str]) -> bool:
    return process.extractOne(word, known, scorer=OSA.distance, score_cutoff=1) is not None


@lru_cache(maxsize=256)
def _names_in(regions: frozenset[str], knowledge: Knowledge) -> dict[str, tuple[Meaning, int]]:
    """All towns of a state, however small."""
    return {
        name: (("town", name), towns[0].population)
        for name, towns in gazetteer_of(knowledge).named.items()
        if len(name) >= FORGIVEN and any(town.region in regions for town in towns)
    }


def _like(line: _Line, at: int, names: dict[str, tuple[Meaning, int]], knowledge: Knowledge) -> int:
    """Place the words from here, the longest name first; how many words to go on."""
    end = next((n for n in range(at, len(line.words)) if line.placed[n]), len(line.words))
    first = at - 1 if at and line.words[at - 1] in CLOSES_A_TYPO else at
    for start in dict.fromkeys((first, at)):
        for stop in range(min(end, at + 3), at, -1):
            said = key(" ".join(line.words[start:stop]))
            limit = 2 if len(said) >= LONG_NAME else 1
            if len(said) < FORGIVEN:
                continue
            close = process.extract(said, names.keys(), scorer=OSA.distance, score_cutoff=limit, limit=8)
            if close and not (line.words[start - 1] not in BEFORE_A_PLACE and is_plain(said, knowledge)):
                best = min(close, key=lambda found: (found[1], -names[found[0]][1]))[0]
                _name(line, start, stop - start, replace(_with(Named(), names[best][0], knowledge), like=True))
                return stop - at
    return 1


def _abroad(line: _Line) -> set[int]:
    """Where another country is named, or what is of one."""
    towned = any(named.towns and named.country for _, named in line.named)
    stated = any(named.region and not named.towns for _, named in line.named)
    countries = set() if towned and stated else line.at.get("abroad", set())  # "lebanon, tennessee"
    return countries | line.at.get("others", set())


def _is_anothers(line: _Line) -> bool:
    """Right behind the word for a consulate, or right before it, another country is named, and Mexico is not."""
    called = line.at.get("consulate", set()) | line.at.get("embassy", set())
    behind = {next((n for n in range(at + 1, len(line.words)) if line.words[n] not in BETWEEN), at) for at in called}
    beside = behind | {at + step for at in called for step in (-1, 1)}
    # "us consulate" is one phrase
    phrased = any(line.words[at].startswith(("consul", "emba")) for at in line.at.get("others", ()))
    return not line.kinds.get("ours") and (phrased or not beside.isdisjoint(_abroad(line)))


def _is_bare(line: _Line) -> bool:
    """`consulado`, `el consulado de mexico`."""
    known = line.at.get("consulate", set()) | line.at.get("embassy", set()) | line.at.get("ours", set())
    rest = [word for at, word in enumerate(line.words) if at not in known]
    return bool(known - line.at.get("ours", set())) and "red" not in line.words and all(word in BARELY for word in rest)


def _is_lost(line: _Line, unknown: Sequence[int]) -> bool:
    """One run of at most three unknown words behind "en", "near" …"""
    if not unknown or len(unknown) > 3 or unknown[-1] - unknown[0] != len(unknown) - 1 or not unknown[0]:
        return False
    return line.words[unknown[0] - 1] in BEFORE_A_PLACE or line.words[unknown[0] - 2 : unknown[0]] == ["cerca", "de"]
