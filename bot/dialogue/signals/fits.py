"""How far sections fit what is known of the person: place, nationality, the situations and kin that they speak of."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from bot.conversation import Situation
from bot.dialogue.signals.sections import Numbers, Sections, told_text
from bot.dialogue.words.features import Floats
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.topics import People, Where

MEXICO, UNITED_STATES = "MX", "US"
OF_US = frozenset({UNITED_STATES, "PR"})
NEAR = OF_US | {MEXICO}


def _holds(where: Where, country: str) -> bool:
    """Whether somebody, or a matter, in a country is where a section is for."""
    return {
        Where.MEXICO: country == MEXICO,
        Where.US: country in OF_US,
        Where.ELSEWHERE: country not in NEAR,
        Where.ABROAD: country != MEXICO,
    }[where]


def fits(
    rows: Numbers, situation: Situation, told: Sequence[str], sections: Sections, knowledge: Knowledge
) -> dict[str, Floats]:
    """By name, for each row: what fits, and what breaks; `told`: the person's own words, this message first."""
    return {
        **_places(rows, situation, sections),
        **_people(rows, situation, sections),
        **_situations(rows, tuple(told), sections, knowledge),
        **_kin(rows, told[0], sections, knowledge),
        **_regions(rows, situation, sections, knowledge),
    }


def _places(rows: Numbers, situation: Situation, sections: Sections) -> dict[str, Floats]:
    home, matter = (known and known.value for known in (situation.country, situation.matter_country))
    told = [place for place in (home, matter) if place]
    where = [sections.where[row] for row in rows]
    fit = np.array([one is not None and any(_holds(one, place) for place in told) for one in where], np.float32)
    breaks = np.array([one is not None and not any(_holds(one, p) for p in told) for one in where], np.float32)
    breaks *= bool(told)
    own = sections.own_where[rows]
    topics = sections.topic_of[rows]
    better = np.array([bool((fit * own)[topics == topic].any()) for topic in topics])
    return {
        "place fits": fit,
        "place breaks": breaks,
        "place of the section fits": fit * own,
        "place of the section breaks": breaks * own,
        "place breaks beside one that fits": breaks * better,
        "place left open": np.array([one is not None for one in where], np.float32) * (not told),
    }


def _people(rows: Numbers, situation: Situation, sections: Sections) -> dict[str, Floats]:
    nation = situation.nationality.value if situation.nationality else None
    other = situation.for_whom is not None and situation.for_whom.value != "self"
    groups = {
        None: frozenset[People](),
        MEXICO: frozenset({People.MEXICANS}),
        UNITED_STATES: frozenset({People.AMERICANS, People.FOREIGNERS}),
    }.get(nation, frozenset({People.FOREIGNERS}))
    declared = [sections.people[row] for row in rows]
    fit = np.array([bool(one & groups) for one in declared], np.float32)
    breaks = np.array([bool(one) and not one & groups for one in declared], np.float32) * bool(groups)
    return {
        "people fit": fit,
        "people break": breaks * (not other),
        "people break, for another": breaks * other,
        "foreigners unasked": np.array([one == {People.FOREIGNERS} for one in declared], np.float32) * (not groups),
    }


@lru_cache(maxsize=256)
def _spoken(situation: str, said: tuple[str, ...], knowledge: Knowledge) -> bool:
    frames = frames_of(knowledge.situations[situation])
    return any(frames.first(spell_out(text, knowledge.spelling)) for text in said)


def _situations(rows: Numbers, told: tuple[str, ...], sections: Sections, knowledge: Knowledge) -> dict[str, Floats]:
    only = [sections.sections[row].only for row in rows]
    spoken = np.array([any(_spoken(name, told, knowledge) for name in names) for names in only], np.float32)
    now = np.array([any(_spoken(name, told[:1], knowledge) for name in names) for names in only], np.float32)
    bound = np.array([bool(names) for names in only], np.float32)
    topics = [sections.topics[sections.topic_of[row]] for row in rows]
    untold = np.array([bool(t.only_if) and not _tells(t.only_if, told, knowledge) for t in topics], np.float32)
    return {"only, told": spoken, "only, told now": now, "only, untold": bound - spoken, "topic untold": untold}


@lru_cache(maxsize=256)
def _tells(frames: tuple[str, ...], said: tuple[str, ...], knowledge: Knowledge) -> bool:
    return any(frames_of(frames).first(spell_out(text, knowledge.spelling)) for text in said)


@lru_cache(maxsize=4)
def _named(knowledge: Knowledge, sections: Sections) -> Mapping[str, Floats]:
    """By each circumstance or kind of kin, which sections speak to it."""
    texts = [fold(told_text(one)) for one in sections.sections]
    frames = knowledge.follow_ups
    groups = [("kin", one.named) for one in frames.kin] + [("told", one.named) for one in frames.circumstances]
    return {
        f"{kind} {number}": np.array([frames_of(named).first(text) is not None for text in texts], np.float32)
        for number, (kind, named) in enumerate(groups)
    }


def _kin(rows: Numbers, text: str, sections: Sections, knowledge: Knowledge) -> dict[str, Floats]:
    """Sections that speak to the kin, or the circumstances, of which the message speaks."""
    frames, spelled = knowledge.follow_ups, spell_out(text, knowledge.spelling)
    groups = [("kin", one.said) for one in frames.kin] + [("told", one.said) for one in frames.circumstances]
    named = _named(knowledge, sections)
    found = {
        "kin spoken of": np.zeros(len(rows), np.float32),
        "circumstance spoken of": np.zeros(len(rows), np.float32),
    }
    for number, (kind, said) in enumerate(groups):
        if frames_of(said).first(spelled):
            name = "kin spoken of" if kind == "kin" else "circumstance spoken of"
            found[name] = np.maximum(found[name], named[f"{kind} {number}"][rows])
    return found


def _regions(rows: Numbers, situation: Situation, sections: Sections, knowledge: Knowledge) -> dict[str, Floats]:
    town = fold(situation.town.value) if situation.town else ""
    own = [sections.topics[sections.topic_of[row]].region for row in rows]
    names = {one: {fold(name) for name in _said(one, knowledge)} for one in own if one}
    named = np.array([bool(one) and town in names[one] for one in own], np.float32)
    return {"region named": named, "region unnamed": np.array([bool(one) for one in own], np.float32) - named}


def _said(region: str, knowledge: Knowledge) -> tuple[str, ...]:
    found = knowledge.regions[region]
    return (*found.said, found.name.es, found.name.en)
