"""What a message in a thread may be, each as a few numbers: a topic to go on with or to go to, or no question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bot.conversation import Conversation
from bot.dialogue.bearing import elsewhere
from bot.dialogue.bearing.answering import choose_next
from bot.dialogue.bearing.elsewhere import Sounds
from bot.dialogue.bearing.softmax import Options
from bot.dialogue.person.audience import closed, weights
from bot.dialogue.person.signals import read_signals
from bot.dialogue.ranking.context import Wording, leaning, said_before, wording_of
from bot.dialogue.ranking.denied import apart
from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.section_words import Said, covered, likeness, said_in
from bot.dialogue.ranking.sections import Chosen
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.features import Floats
from bot.dialogue.words.odds import log_odds
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import asks
from bot.dialogue.words.stems import stems_of
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Aspect, Everyday

LEAST = 1e-2
"""No likelihood of a kind of talk counts as less: below it is noise."""
WORDS = 2.0
"""What all words of a message count together, as told by how they are used in threads."""
LENGTHS = ((0, "bare"), (2, "few"), (4, "some"), (1000, "many"))
"""Words for a subject, at most, and how that is called."""
LIKELIEST = 3
"""Topics of a reading that are options."""
MOST_ALIKE = 1.5
"""Likeness beyond this counts no more."""
COUNTRIES = frozenset({"US", "MX"})
OBJECTIONS = frozenset({Everyday.OBJECTION, Everyday.DOUBT})
NOWHERE = (Bearing.TELLS, Bearing.OBJECTS, Bearing.NOT_OURS, Bearing.THANKS, Bearing.WORRIES)
"""What leads to no topic."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A message after others: how it sounds alone, with something of them, and joined to them; how it is worded.

    How it sounds: likelihoods of columns.
    """

    text: str
    opened: str
    alone: Floats
    leaning: Floats
    joined: Floats
    wording: Wording
    aspects: Sequence[Aspect]
    said: Sequence[Said]
    asks: bool
    earlier: Sequence[str]
    """The topics that were open before, the newest last."""
    denies: bool
    """It says what is not meant."""
    best: Chosen
    """The section of the open topic that answers it best by its own words."""
    words: Sequence[str]
    """As spelled out; the first, the last and a question mark are words of their own."""

    @property
    def length(self) -> str:
        """By its words for a subject."""
        return next(name for most, name in LENGTHS if len(self.wording.subject) <= most)

    @property
    def flags(self) -> dict[str, bool]:
        """What kind of words it has."""
        of_length = {name: name == self.length for name in ("bare", "few", "many")}
        wording = {"tied": self.wording.tied, "points": self.wording.points, "corrects": self.wording.corrects}
        return wording | {"aspect": bool(self.aspects), "asks": self.asks} | of_length


def read(text: str, conversation: Conversation, ranker: Ranker, knowledge: Knowledge) -> Reading:
    """A message in a conversation whose topic the ranker knows."""
    before = said_before(conversation, ranker, knowledge)
    rest, denied = apart(text, knowledge)
    meant = rest or text
    fit = weights(ranker, conversation, text, knowledge)
    opened, aspects = conversation.topic or "", aspects_in(text, knowledge)
    alone = ranker.likelihoods(ranker.point(meant)) * fit
    topic = knowledge.topics[opened]
    said = said_in(text, ranker, knowledge)
    without = closed(topic, conversation, text, knowledge)
    return Reading(
        text=text,
        opened=opened,
        alone=alone,
        leaning=ranker.likelihoods(leaning(meant, before, ranker)) * fit,
        joined=ranker.likelihoods(ranker.point(". ".join([*before, meant]))) * fit,
        wording=wording_of(text, ranker, knowledge),
        aspects=aspects,
        said=said,
        asks=asks(text, knowledge) or read_signals(text, knowledge).asks,
        earlier=[name for name in conversation.earlier if name != opened and name in ranker.topics],
        denies=bool(rest and denied),
        best=choose_next(topic, text, aspects, conversation.section, knowledge, without),
        words=_words(text, said, knowledge),
    )


def _words(text: str, said: Sequence[Said], knowledge: Knowledge) -> Sequence[str]:
    words = spell_out(text, knowledge.spelling).split()
    stems = [f"{stems_of(word)[0]}-" for word in words]
    concepts = [key for one in said for key in sorted(one.keys) if key.startswith("k:")]
    ends = [f"{words[0]} …", f"… {words[-1]}"] if words else []
    return list(dict.fromkeys([*words, *stems, *concepts, *ends, *(["?"] if "?" in text else [])]))


def options_of(reading: Reading, ranker: Ranker, knowledge: Knowledge) -> Options:
    """By topic, or by the name of what leads to none: the open topic, the likeliest and the named ones, the others."""
    readings = {"alone": reading.alone, "leaning": reading.leaning, "joined": reading.joined}
    sounds = {name: ranker.by_topic(likely) for name, likely in readings.items()}
    likeliest = [ranker.topics[n] for by in sounds.values() for n in (-by).argsort()[:LIKELIEST].tolist()]
    named = sorted(reading.wording.named & set(ranker.topics))
    others = (name for name in dict.fromkeys((*likeliest, *named, *reading.earlier)) if name != reading.opened)
    heard = covered(reading.said, knowledge.topics[reading.opened], knowledge)
    numbers = {reading.opened: _of_open(reading, sounds["alone"], ranker, knowledge)}
    numbers |= {name: _of_other(name, reading, heard, sounds, ranker, knowledge) for name in others}
    first = {name: int(likely.argmax()) for name, likely in sounds.items()}
    by_topic = {name: _of_topic(name, reading, sounds, first, ranker, knowledge) | one for name, one in numbers.items()}
    surest = log_odds(float(sounds["alone"].max(initial=0.0)), LEAST)
    felt = sum(float(sounds["alone"][ranker.number_of[name]]) for name in knowledge.follow_ups.feelings)
    nowhere = {one.value: dict(_of_none(one, reading, surest, felt, ranker)) for one in NOWHERE}
    return {name: one | _of_words(name, reading, ranker) for name, one in (by_topic | nowhere).items()}


def _of_words(name: str, reading: Reading, ranker: Ranker) -> dict[str, float]:
    """How messages are worded that go on, ask for another topic, tell, object."""
    kind = "open" if name == reading.opened else "other" if name in ranker.topics else name
    each = WORDS / max(1, len(reading.words)) ** 0.5
    return {f"{kind}: {word}": each for word in reading.words}


def _of_topic(
    name: str, reading: Reading, sounds: Sounds, first: Mapping[str, int], ranker: Ranker, knowledge: Knowledge
) -> dict[str, float]:
    """How likely it is in each reading, and how much of what was said it speaks of; `first`: the likeliest of each."""
    topic, length, at = knowledge.topics[name], reading.length, ranker.number_of[name]
    kind = "open" if name == reading.opened else "other"
    alone, leans, joined = (float(sounds[one][at]) for one in ("alone", "leaning", "joined"))
    alike = max(likeness(reading.said, topic, knowledge).values(), default=0.0)
    return {
        f"alone, {length}": log_odds(alone),
        f"{kind}, alone, {length}": log_odds(alone),
        f"joined, {length}": log_odds(joined),
        f"surely alone, {length}": alone,
        "leaning": log_odds(leans),
        "both": alone * joined,
        "named": float(name in reading.wording.named),
        "alike": min(alike, MOST_ALIKE),
        "covered": covered(reading.said, topic, knowledge),
        **{f"{kind}, first {one}": float(at == number) for one, number in first.items()},
    }


def _of_open(reading: Reading, alone: Floats, ranker: Ranker, knowledge: Knowledge) -> dict[str, float]:
    """How well a section of the open topic answers, and what it does not speak of."""
    best, topic = reading.best, knowledge.topics[reading.opened]
    before = int((alone > alone[ranker.number_of[reading.opened]]).sum())
    return {
        "open": 1.0,
        "open, fits": float(best.fits),
        "open, gap": float(best.gap),
        "open, alike": min(best.alike, MOST_ALIKE),
        "open, learned": best.learned,
        "open, answered": best.likely,
        "open, unanswered": best.none,
        "open, unheard": float(not reading.said),
        "open, rejected": float(reading.wording.corrects and reading.length in ("some", "many")),
        "open, behind": log(1 + before),
        **elsewhere.of_open(reading.said, topic, reading.asks, knowledge),
        **{f"open, {flag}": float(holds) for flag, holds in reading.flags.items()},
    }


def _of_other(
    name: str, reading: Reading, heard: float, sounds: Sounds, ranker: Ranker, knowledge: Knowledge
) -> dict[str, float]:
    """`heard`: how much of the words the open topic speaks of."""
    at, opened = ranker.number_of[name], knowledge.topics[reading.opened]
    alone, joined = float(sounds["alone"][at]), float(sounds["joined"][at])
    lead = elsewhere.lead(at, sounds["alone"])
    sides = {side_of(reading.opened, knowledge), side_of(name, knowledge)}
    return {
        "other, own words": alone * (1 - heard),
        "other, asks": alone * reading.asks,
        "other, tied": alone * reading.wording.tied,
        "other, points": alone * reading.wording.points,
        "other, aspect": alone * bool(reading.aspects),
        "other, corrects": alone * reading.wording.corrects,
        "other, instead": float(reading.wording.corrects),
        "other, border": float(sides == COUNTRIES),
        "other, leads": lead,
        "other, leads and asks": lead * reading.asks,
        "other, more joined": log_odds(joined) - log_odds(alone),
        **(_of_earlier(alone, joined, heard, name, reading, knowledge) if name in reading.earlier else {}),
        "other, near": elsewhere.nearness(reading.opened, name, ranker),
        **elsewhere.of_other(reading.said, opened, knowledge.topics[name], reading.asks, knowledge),
    }


def _of_earlier(
    alone: float, joined: float, heard: float, name: str, reading: Reading, knowledge: Knowledge
) -> dict[str, float]:
    """What speaks for coming back to a topic after a side question."""
    more = covered(reading.said, knowledge.topics[name], knowledge) - heard
    return {
        "earlier": 1.0,
        "earlier, last": float(name == reading.earlier[-1]),
        "earlier, alone": log_odds(alone),
        "earlier, joined": log_odds(joined),
        "earlier, covers more": more,
        "earlier, more and asks": more * reading.asks,
        f"earlier, {reading.length}": 1.0,
    }


def _of_none(one: Bearing, reading: Reading, surest: float, felt: float, ranker: Ranker) -> Iterator[tuple[str, float]]:
    """For the message alone `surest`: of any topic; `felt`: of those that speak of how one feels."""
    talk = {kind: float(reading.alone[number]) for kind, number in ranker.talk.items()}
    objects = sum(value for kind, value in talk.items() if kind in OBJECTIONS)
    sounds = {Bearing.OBJECTS: objects, Bearing.NOT_OURS: sum(talk.values()) - objects, Bearing.WORRIES: felt}
    yield one.value, 1.0
    yield f"{one.value}, surest", surest
    if one in sounds:
        yield f"{one.value}, sounds so", log_odds(sounds[one], LEAST)
        yield f"{one.value}, surely, {reading.length}", sounds[one]
    yield from ((f"{one.value}, {flag}", float(holds)) for flag, holds in reading.flags.items())


def side_of(topic_id: str, knowledge: Knowledge) -> str | None:
    """The one country from which those are reached who know of a topic; None where that is both or any."""
    reached = (knowledge.contacts[name].works_from for name in knowledge.topics[topic_id].ask)
    sides = COUNTRIES & {country for countries in reached for country in countries}
    return next(iter(sides)) if len(sides) == 1 else None
