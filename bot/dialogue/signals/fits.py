"""How far sections fit what is known of the person: place, nationality, the situations that they speak of."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from bot.conversation import Situation
from bot.dialogue.signals.sections import GROUPS, PLACES, Flags, Numbers, Sections, sections_of
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import framed
from knowledge.model import Knowledge
from knowledge.schema.topics import People, Where

MEXICO, UNITED_STATES, CANADA = "MX", "US", "CA"
OF_US = frozenset({UNITED_STATES, "PR"})
NEAR = OF_US | {MEXICO}
SELF = "self"
DENIED = "no-"
"""How the name of a situation begins of which it is said that it is none."""


def fits(rows: Numbers, situation: Situation, told: Sequence[str], knowledge: Knowledge) -> dict[str, Floats]:
    """By name, what fits and what breaks each row, 0 where left out; `told`: the person's words, this message first."""
    sections = sections_of(knowledge)
    return {
        **_places(rows, situation, sections),
        **_people(rows, situation, sections),
        **_situations(rows, tuple(told), sections, knowledge),
    }


@lru_cache(maxsize=256)
def _holds(country: str) -> Flags:
    """By PLACES, whether somebody, or a matter, in a country is where a section is for."""
    held = {
        Where.MEXICO: country == MEXICO,
        Where.US: country in OF_US,
        Where.CANADA: country == CANADA,
        Where.ELSEWHERE: country not in NEAR,
        Where.ABROAD: country != MEXICO,
    }
    return np.array([place is not None and held[place] for place in PLACES])


def abroad(rows: Numbers, situation: Situation, knowledge: Knowledge) -> Flags:
    """The rows of the United States or Canada for who told the other, where their topic tells of what was told."""
    told = frozenset(known.value for known in (situation.country, situation.matter_country) if known)
    return _abroad(told, knowledge)[rows]


@lru_cache(maxsize=64)
def _abroad(told: frozenset[str], knowledge: Knowledge) -> Flags:
    """Of all rows, by the countries that were told."""
    sections = sections_of(knowledge)
    here = np.array([_holds(country)[sections.where] for country in told or {MEXICO}]).any(axis=0)
    theirs = np.isin(sections.where, [PLACES.index(one) for one in (Where.US, Where.CANADA)]) & ~here
    found: Flags = theirs & np.isin(sections.topic_of, sections.topic_of[here]) & bool(told - {MEXICO})
    return found


def _places(rows: Numbers, situation: Situation, sections: Sections) -> dict[str, Floats]:
    where = sections.where[rows]
    told = {known.value for known in (situation.country, situation.matter_country) if known}
    named = sections.lands[rows]
    if not told:
        untold = {f"untold, {place}": (where == number).astype(np.float32) for number, place in enumerate(Where)}
        return {**untold, "place breaks": named.astype(np.float32)}
    here: Flags = np.logical_or.reduce([_holds(country)[where] for country in told])
    here[named] = [not sections.sections[row].countries.isdisjoint(told) for row in rows[named].tolist()]
    fit = here.astype(np.float32)
    bound = ((where < len(PLACES) - 1) | named).astype(np.float32)
    return {"place fits": fit, "place breaks": bound - fit}


def _people(rows: Numbers, situation: Situation, sections: Sections) -> dict[str, Floats]:
    nation = situation.nationality.value if situation.nationality else None
    other = situation.for_whom is not None and situation.for_whom.value != SELF
    groups: Sequence[People] = {
        None: (),
        MEXICO: (People.MEXICANS,),
        UNITED_STATES: (People.AMERICANS, People.FOREIGNERS),
    }.get(nation, (People.FOREIGNERS,))
    declared = sections.people[rows]
    if not groups:
        return {"foreigners unasked": declared[:, GROUPS.index(People.FOREIGNERS)].astype(np.float32)}
    bound = np.asarray(declared.any(axis=1), np.float32)
    fit = np.asarray(declared[:, [GROUPS.index(group) for group in groups]].any(axis=1), np.float32)
    return {"people fit": fit, "people break, for another" if other else "people break": bound - fit}


@lru_cache(maxsize=256)
def _spoken(text: str, knowledge: Knowledge) -> Mapping[str, bool]:
    """The situations of which a text speaks; false where it says that it is none: `no-green-card`."""
    found = framed(knowledge, "situations").find(spell_out(text, knowledge.spelling))
    spoken = dict.fromkeys((one.key for one in found), True)
    return spoken | {one.removeprefix(DENIED): False for one in spoken if one.startswith(DENIED)}


def _situations(rows: Numbers, told: tuple[str, ...], sections: Sections, knowledge: Knowledge) -> dict[str, Floats]:
    mine = sections.only[rows]
    if not mine.any():
        return {}
    last = dict[str, bool]()  # the last word counts
    for text in reversed(told):
        last |= _spoken(text, knowledge)

    def hits(said: Mapping[str, bool], *, holds: bool) -> Floats:
        of_mine = mine & [said.get(one) is holds for one in sections.situations]
        return np.asarray(of_mine.any(axis=1), np.float32)

    heard = hits(last, holds=True)
    return {
        "only, told": heard,
        "only, told now": hits(_spoken(told[0], knowledge), holds=True),
        "only, denied": hits(last, holds=False),
        "only, untold": np.asarray(mine.any(axis=1) - heard),
    }
