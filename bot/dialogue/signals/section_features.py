"""The candidate sections of a message and what speaks for each: one table, names to numbers."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log

import numpy as np

from bot.conversation import Situation
from bot.dialogue.ranking.sections import ASPECTS, GROUPS, PLACES, Flags, Numbers, Sections, sections_of
from bot.dialogue.signals.acts import wording_of
from bot.dialogue.signals.readings import AGAINST, Readings
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import NAMING, asked_of
from knowledge.frames import framed
from knowledge.model import Knowledge
from knowledge.schema.topics import People, Where

MEXICO, UNITED_STATES, CANADA = "MX", "US", "CA"
OF_US = frozenset({UNITED_STATES, "PR"})
NEAR = OF_US | {MEXICO}
DENIED = "no-"
"""How the name of a situation begins of which it is said that it is none."""
CANDIDATES = 40
"""Sections that are weighed."""
NEARER = {"open": 3.0, "earlier": 1.0, "offered": 5.0, "aspect": 1.5}
"""What brings a section among the candidates, in log likelihood."""
Table = tuple[Mapping[str, Floats], Mapping[str, float]]
"""Of every candidate row, and of that none of ours answers; what is left out is 0."""


def candidates(heard: Readings) -> Numbers:
    """The rows that are weighed: the likeliest of any reading; the open, earlier and offered topics nearer."""
    sections = heard.sections
    best = np.maximum.reduce([one for name, one in heard.of_section.items() if name != AGAINST]).copy()
    for aspect in heard.message.aspects:
        best[sections.aspect == ASPECTS.index(aspect)] += NEARER["aspect"]
    nearer = NEARER["open"] * sections.among([heard.opened]) + NEARER["earlier"] * sections.among(heard.earlier)
    topics, rows = heard.offered
    best += (nearer + NEARER["offered"] * sections.among(topics))[sections.topic_of]
    best[rows] += NEARER["offered"]
    best[heard.shut] = -np.inf
    return np.argpartition(-best, CANDIDATES)[:CANDIDATES]


def table(heard: Readings, rows: Numbers, situation: Situation) -> Table:
    """What speaks for every candidate row, and for it that none of ours answers."""
    told, righted = [heard.message.text, *(want.text for want in reversed(heard.state.wants))], heard.acts.righted
    wording = {**wording_of(heard.message), "rejects": righted.rejects, "denies": bool(righted.not_so)}
    of_rows = {
        **_sounds(heard, rows),
        **_asked(heard, rows),
        **_thread(heard, rows, wording),
        **fits(rows, situation, told, heard.knowledge),
        "first": heard.sections.first[rows],
    }
    return of_rows, _none(heard)


def _sounds(heard: Readings, rows: Numbers) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    topics = heard.sections.topic_of[rows]
    for name, by_topic in heard.of_topic.items():
        found[f"{name}, topic"] = by_topic[topics]
        found[f"{name}, section"] = heard.of_section[name][rows] - by_topic[topics]
    found["alone, surely"] = np.exp(found["alone, topic"])
    if not heard.chain:
        found |= {f"opening, {name}": found[f"alone, {name}"] for name in ("topic", "section")}
    return found


def _asked(heard: Readings, rows: Numbers) -> dict[str, Floats]:
    asked = asked_of(heard.message.aspects)
    aspect = heard.sections.aspect[rows]
    of_none = aspect == ASPECTS.index(None)
    if not asked:
        return {"of no aspect, unasked": of_none}
    own, naming = (np.array([one in several for one in ASPECTS])[aspect] for several in (asked, NAMING))
    held = heard.sections.holds[rows][:, [ASPECTS.index(one) for one in asked]].any(axis=1)
    found = {"of the aspect": own, "holds the aspect": held & ~own}
    if not NAMING.isdisjoint(asked):
        found["of another aspect"] = naming & ~own
    return {name: np.asarray(one, np.float32) for name, one in found.items()}


def _thread(heard: Readings, rows: Numbers, flags: Mapping[str, float]) -> dict[str, Floats]:
    if heard.opened is None:
        return _offers(heard, rows)
    sections = heard.sections
    topics = sections.topic_of[rows]
    shown = [sections.place_of[one] for one in heard.shown]
    is_open, last = (topics == heard.opened).astype(np.float32), (rows == shown[-1]).astype(np.float32)
    opened, leading = sections.topics[heard.opened], _leading(heard.knowledge)
    return {
        "open": is_open,
        **{f"open, {name}": is_open for name, value in flags.items() if value},
        "earlier": sections.among(heard.earlier)[topics],
        "next": sections.among(map(heard.ranker.number_of.get, opened.next))[topics],
        "led from": sections.among(leading.get(opened.id, ()))[topics],
        **_offers(heard, rows),
        "shown": np.isin(rows, shown).astype(np.float32),
        "last": last,
        **{f"last, {name}": last for name, value in flags.items() if value},
    }


def _offers(heard: Readings, rows: Numbers) -> dict[str, Floats]:
    topics, offered = heard.offered
    of_topics = heard.sections.among(topics)[heard.sections.topic_of[rows]]
    return {"offered topic": of_topics, "offered": np.isin(rows, offered).astype(np.float32)} if topics else {}


@lru_cache(maxsize=4)
def _leading(knowledge: Knowledge) -> Mapping[str, list[int]]:
    """By topic, the numbers of those that lead to it."""
    found: dict[str, list[int]] = {}
    for number, topic in enumerate(sections_of(knowledge).topics):
        for name in topic.next:
            found.setdefault(name, []).append(number)
    return found


def _none(heard: Readings) -> dict[str, float]:
    found = {
        "none": 1.0,
        "none, talk": log(sum(heard.talk.values()) + 1e-3),
        "none, surest alone": float(heard.of_topic["alone"].max()),
        "none, surest": max(float(one.max()) for name, one in heard.of_topic.items() if name != AGAINST),
    }
    whole = found | {f"none, {kind}": value for kind, value in heard.talk.items()}
    return whole if heard.opened is None else whole | {f"{name}, open": value for name, value in found.items()}


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
    bound = ((where < len(PLACES) - 1) | named).astype(np.float32)
    fit = _there(frozenset(told), rows, sections)
    found = {"place fits": fit, "place breaks": bound - fit}
    if (matter := situation.matter_country) is not None:
        fit = _there(frozenset({matter.value}), rows, sections)
        found |= {"matter fits": fit, "matter breaks": bound - fit}
    return found


def _there(countries: frozenset[str], rows: Numbers, sections: Sections) -> Floats:
    """The rows that are for one of these countries."""
    named = sections.lands[rows]
    found: Flags = np.logical_or.reduce([_holds(country)[sections.where[rows]] for country in countries])
    found[named] = [not sections.sections[row].countries.isdisjoint(countries) for row in rows[named].tolist()]
    return found.astype(np.float32)


def _people(rows: Numbers, situation: Situation, sections: Sections) -> dict[str, Floats]:
    nation = situation.nationality.value if situation.nationality else None
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
    return {"people fit": fit, "people break, for another" if situation.for_another else "people break": bound - fit}


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
