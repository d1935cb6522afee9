"""The candidate sections of a message and what speaks for each: one table, names to numbers."""

from collections.abc import Mapping
from math import log

import numpy as np

from bot.conversation import Situation
from bot.dialogue.ranking.section_words import covered, likeness, told_apart
from bot.dialogue.signals.fits import fits
from bot.dialogue.signals.readings import Readings
from bot.dialogue.signals.sections import Numbers
from bot.dialogue.words.aspects import asked_of
from bot.dialogue.words.beyond import beyond
from bot.dialogue.words.features import Floats
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.payload import read as read_payload
from knowledge.schema.topics import Aspect

CANDIDATES = 40
"""Sections that are weighed."""
NEARER = {"open": 3.0, "earlier": 1.0, "offered": 5.0, "aspect": 1.5}
"""What brings a section among the candidates, in log likelihood."""
LENGTHS = ((0, "bare"), (2, "few"), (4, "some"), (1000, "many"))
"""Words that tell something, at most, and how that is called."""
MOST_ALIKE, MOST_ODDS = 1.5, 6.0
"""Beyond these, likeness and odds count no more."""
NAMING = frozenset(Aspect) - {Aspect.WHAT, Aspect.HOW, Aspect.WHO, Aspect.BEWARE}
"""Aspects that only a section of their own answers."""
Table = Mapping[str, Floats]


def candidates(heard: Readings) -> Numbers:
    """The rows that are weighed: the likeliest of any reading; the open, earlier and offered topics nearer."""
    sections = heard.sections
    best = np.maximum.reduce(list(heard.of_section.values()))
    asked = set(heard.message.aspects)
    best = (
        best + NEARER["aspect"] * np.array([one.aspect in asked for one in sections.sections]) if asked else best.copy()
    )
    for name, topics in (("open", [heard.opened]), ("earlier", _earlier(heard)), ("offered", _offered(heard)[0])):
        best[np.isin(sections.topic_of, [one for one in topics if one is not None])] += NEARER[name]
    best[_offered(heard)[1]] += NEARER["offered"]
    return np.argpartition(-best, CANDIDATES)[:CANDIDATES]


def _earlier(heard: Readings) -> list[int]:
    """The topics that were open before."""
    places = heard.sections.place_of
    found = dict.fromkeys(int(heard.sections.topic_of[places[one]]) for one in heard.shown)
    return [one for one in found if one != heard.opened]


def _offered(heard: Readings) -> tuple[list[int], list[int]]:
    """The topics and the rows that were offered in the last turn."""
    topics, rows = [], []
    for choice in heard.state.offered:
        tap = read_payload(choice.payload)
        if tap is None or tap.kind not in ("t", "s") or tap.parts[0] not in heard.ranker.number_of:
            continue
        topics.append(heard.ranker.number_of[tap.parts[0]])
        rows += [heard.sections.place_of[one] for one in ["/".join(tap.parts[:2])] if one in heard.sections.place_of]
    return topics, rows


def flags_of(heard: Readings) -> dict[str, float]:
    """What kind of words a message has."""
    message, frames = heard.message, heard.knowledge.follow_ups
    length = next(name for most, name in LENGTHS if len(heard.said) <= most)
    says = {
        name: frames_of(getattr(frames, name)).first(message.letters) is not None
        for name in ("tie", "points", "turn", "complains", "left", "correct")
    }
    flags = {**says, "asks": message.asks, "aspect": bool(message.aspects), "denies": bool(heard.acts.complained_of)}
    return {name: float(one) for name, one in flags.items()} | {name: float(name == length) for _, name in LENGTHS}


def table(heard: Readings, rows: Numbers, situation: Situation) -> Table:
    """Every candidate row, and behind them that none of ours answers."""
    flags = flags_of(heard)
    told = [heard.message.text, *(want.text for want in reversed(heard.state.wants))]
    parts = {
        **_sounds(heard, rows),
        **_words(heard, rows),
        **_asked(heard, rows),
        **_thread(heard, rows, flags),
        **fits(rows, situation, told, heard.sections, heard.knowledge),
        "card": heard.sections.card[rows] * (heard.opened is not None),
        "first": (heard.sections.order[rows] == 0).astype(np.float32),
    }
    found = {name: np.append(values, np.float32(0)) for name, values in parts.items()}
    for name, value in _none(heard, flags).items():
        found[name] = np.zeros(len(rows) + 1, np.float32)
        found[name][-1] = value
    return found


def _sounds(heard: Readings, rows: Numbers) -> dict[str, Floats]:
    found: dict[str, Floats] = {}
    topics = heard.sections.topic_of[rows]
    zero = np.zeros(len(rows), np.float32)
    for name in ("alone", "last", "thread", "recalled"):
        if name not in heard.likely:
            found |= {f"{name}, section": zero, f"{name}, topic": zero, f"{name}, first": zero}
            continue
        by_topic = heard.of_topic[name]
        found[f"{name}, topic"] = by_topic[topics]
        found[f"{name}, section"] = heard.of_section[name][rows] - by_topic[topics]
        found[f"{name}, first"] = (topics == by_topic.argmax()).astype(np.float32)
    found["alone, surely"] = np.exp(heard.of_topic["alone"][topics])
    if "last" not in heard.likely:
        found["opening, topic"] = heard.of_topic["alone"][topics]
        found["opening, section"] = found["alone, section"]
    else:
        found["opening, topic"] = found["opening, section"] = zero
    return found


def _words(heard: Readings, rows: Numbers) -> dict[str, Floats]:
    topics = heard.sections.topic_of[rows]
    alike, odds, spoken = (np.zeros(len(rows), np.float32) for _ in range(3))
    most = np.zeros(len(rows), np.float32)
    for number in dict.fromkeys(topics.tolist()):
        topic, at = heard.sections.topics[number], topics == number
        by_section = np.array(list(likeness(heard.said, topic, heard.knowledge).values()), np.float32)
        order = heard.sections.order[rows[at]]
        alike[at] = by_section[order]
        most[at] = (by_section[order] == by_section.max()) * (by_section.max() > 0)
        odds[at] = np.array(told_apart(heard.said, topic, heard.knowledge), np.float32)[order]
        spoken[at] = covered(heard.said, topic, heard.knowledge)
    return {
        "alike": np.minimum(alike, MOST_ALIKE),
        "most alike": most,
        "odds": np.clip(odds, -MOST_ODDS, MOST_ODDS),
        "covered": spoken,
        "covered less than another": spoken - spoken.max(initial=0),
    }


def _asked(heard: Readings, rows: Numbers) -> dict[str, Floats]:
    asked = asked_of(heard.message.aspects)
    sections = [heard.sections.sections[row] for row in rows]
    own = np.array([one.aspect in asked for one in sections], np.float32)
    first = np.array([bool(asked) and one.aspect == asked[0] for one in sections], np.float32)
    holds = np.array([bool(heard.sections.aspects[row] & set(asked)) for row in rows], np.float32) * (1 - own)
    naming = any(one in NAMING for one in asked)
    other = np.array([naming and one.aspect in NAMING and one.aspect not in asked for one in sections], np.float32)
    bare = float(not heard.said)
    return {
        "of the aspect": own,
        "of the first aspect": first,
        "of the aspect, bare": own * bare,
        "holds the aspect": holds,
        "of another aspect": other,
        "of no aspect, unasked": np.array([one.aspect is None for one in sections], np.float32) * (not asked),
        "what, unasked": np.array([one.aspect is Aspect.WHAT for one in sections], np.float32) * (not asked),
    }


def _thread(heard: Readings, rows: Numbers, flags: Mapping[str, float]) -> dict[str, Floats]:
    sections, places = heard.sections, heard.sections.place_of
    topics = sections.topic_of[rows]
    zero = np.zeros(len(rows), np.float32)
    is_open = (topics == heard.opened).astype(np.float32) if heard.opened is not None else zero
    offered, offered_rows = _offered(heard)
    shown = [places[one] for one in heard.shown]
    last = (rows == shown[-1]).astype(np.float32) if shown else zero
    alone = heard.of_topic["alone"]
    behind = alone[heard.opened] - alone.max() if heard.opened is not None else 0.0
    leads_to = {sections.topics[heard.opened].id} if heard.opened is not None else set()
    following = sections.topics[heard.opened].next if heard.opened is not None else ()
    found = {
        "open": is_open,
        "open, behind": is_open * behind,
        **{f"open, {name}": is_open * value for name, value in flags.items()},
        **{f"open, behind, {name}": is_open * behind * flags[name] for _, name in LENGTHS},
        "earlier": np.isin(topics, _earlier(heard)).astype(np.float32),
        "earlier, asks": np.isin(topics, _earlier(heard)).astype(np.float32) * flags["asks"],
        "next": np.array([sections.topics[one].id in following for one in topics], np.float32),
        "led from": np.array([bool(leads_to & set(sections.topics[one].next)) for one in topics], np.float32),
        "offered topic": np.isin(topics, offered).astype(np.float32),
        "offered": np.isin(rows, offered_rows).astype(np.float32),
        "shown": np.isin(rows, shown).astype(np.float32),
        "last": last,
        **{
            f"last, {name}": last * flags[name]
            for name in ("asks", "aspect", "bare", "complains", "left", "correct", "denies")
        },
        "follows": (rows == shown[-1] + 1).astype(np.float32) * is_open if shown else zero,
    }
    return found


def _none(heard: Readings, flags: Mapping[str, float]) -> dict[str, float]:
    alone = heard.of_topic["alone"]
    best = heard.sections.topics[int(alone.argmax())]
    talk = sum(heard.talk.values())
    opened = float(heard.opened is not None)
    unknown = 1 - covered(heard.said, best, heard.knowledge)
    surest = max(float(one.max()) for one in heard.of_topic.values())
    about = float(beyond(heard.message.text, heard.knowledge) is not None)
    found = {
        "none": 1.0,
        "none, talk": log(talk + 1e-3),
        "none, surest alone": float(alone.max()),
        "none, surest": surest,
        "none, unknown words": unknown,
        "none, beyond": about,
        "none, length": log(1 + len(heard.said)),
    }
    kinds = {f"none, {kind}": value for kind, value in heard.talk.items()}
    return {
        **found,
        **kinds,
        **{f"{name}, open": value * opened for name, value in found.items()},
        **{f"none, open, {name}": value * opened for name, value in flags.items()},
    }
