"""Which sections may answer a message in its conversation, how likely each does: to answer, to offer or to admit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from bot.conversation import Conversation, Situation, TopicScore
from bot.dialogue.message import Message, read
from bot.dialogue.ranking.ambiguous import meanings
from bot.dialogue.ranking.glossary import confused, defined, spoken_of
from bot.dialogue.ranking.known import place_of
from bot.dialogue.ranking.ours import doubted, likeliest_talk
from bot.dialogue.signals.acts import Acts
from bot.dialogue.signals.readings import Readings
from bot.dialogue.signals.section_features import NAMING, candidates, table
from bot.dialogue.signals.sections import ASPECTS
from bot.dialogue.signals.weighing import weigh, weights_of
from bot.dialogue.thresholds import ANSWER_ALONE, ANSWER_OPEN, LEAD_ALONE, NONE_ALONE, NONE_OPEN, OFFER, SECOND
from bot.dialogue.words.aspects import asked_of
from knowledge.schema.glossary import Term
from knowledge.schema.topics import Aspect, Everyday

Verdict = Literal["answer", "offer", "admit"]
BEST = 3
"""Topics that `predict` prints, and sections that are offered."""
TWO = 2
WEIGHED = 12
"""Candidates that are kept."""
NOTHING = Acts()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A section, and how likely it answers."""

    topic: str
    section: str
    score: float

    @property
    def id(self) -> str:
        """`topic/section`."""
        return f"{self.topic}/{self.section}"


@dataclass(frozen=True, eq=False)
class Ranking:
    """The candidates, best first; `none`: how likely none of ours answers."""

    candidates: tuple[Candidate, ...]
    none: float
    opened: bool = False
    """Something was shown before, so that the message may go on from it."""
    gap: Aspect | None = None
    """The aspect that is asked for, and that the first does not answer."""
    everyday: Everyday | None = None
    """The kind of talk that the message is, where that is likelier than any topic."""
    second: Candidate | None = None
    """What answers the other question of the same message."""
    term: Term | None = None
    """The word of our glossary whose sentence answers."""
    either: tuple[str, ...] = ()
    """The topics that the content says these words may mean."""

    @cached_property
    def topics(self) -> tuple[TopicScore, ...]:
        """The best three topics, each with its best section and the likelihood of all its sections."""
        found: dict[str, TopicScore] = {}
        for one in self.candidates:
            held = found.get(one.topic)
            score = one.score + (held.score if held else 0.0)
            found[one.topic] = TopicScore(one.topic, held.section if held else one.section, score)
        first, *others = found.values() if found else [None]
        ranked = [one for one in (first, *sorted(others, key=lambda one: -one.score)) if one]
        return tuple(TopicScore(one.topic, one.section, round(one.score, 3)) for one in ranked[:BEST])

    @cached_property
    def verdict(self) -> Verdict:
        """Answer with the first, offer the likeliest, or admit that we do not know."""
        if self.either:
            return "offer"
        if self.everyday is not None and not self.opened:
            return "admit"
        if not self.candidates or self.none >= (NONE_OPEN if self.opened else NONE_ALONE):
            return "admit"
        if self.opened:
            sure = self.candidates[0].score >= ANSWER_OPEN
        else:
            first, *others = self.topics
            sure = first.score >= ANSWER_ALONE and first.score - max((o.score for o in others), default=0) >= LEAD_ALONE
        if sure:
            return "answer"
        return "offer" if sum(one.score for one in self.candidates[:BEST]) >= OFFER else "admit"


def rank_sections(message: Message, state: Conversation, situation: Situation, acts: Acts) -> Ranking:
    """The ranking of a message; its second question is read by itself."""
    found = _declared(weighed(message, state, situation, acts, weights_of(message.knowledge)), message)
    second = _second(found, message, state, situation)
    return found if second is None else replace(found, second=second)


def weighed(
    message: Message, state: Conversation, situation: Situation, acts: Acts, weights: Mapping[str, float]
) -> Ranking:
    """The ranking of a message under these weights, before what the content itself says of its words."""
    if message.empty:
        return Ranking((), 1.0)
    heard = Readings(message, state, acts)
    rows = candidates(heard)
    likely = weigh(table(heard, rows, situation), weights)
    order = np.argsort(-likely[:-1], kind="stable")
    best = tuple(_candidate(heard, int(rows[at]), float(likely[at])) for at in order[:WEIGHED].tolist())
    return Ranking(best, float(likely[-1]), heard.opened is not None, _gap(best[0], heard), _everyday(heard))


def _declared(found: Ranking, message: Message) -> Ranking:
    """What the content itself says of a wording: a word to explain, what it may mean, or where it leads."""
    text, knowledge = message.text, message.knowledge
    either = meanings(text, knowledge) or confused(text, knowledge)
    if either and not found.opened:
        named = tuple(Candidate(one, knowledge.topics[one].sections[0].id, 1 / len(either)) for one in either)
        return replace(found, candidates=named, either=tuple(either), none=0.0, everyday=None)
    if (term := defined(text, knowledge)) and term.leads:
        section = spoken_of(term.term, knowledge).id
        first = Candidate(term.term.topic, section, 1.0)
        return replace(found, candidates=_before(first, found), term=term.term, none=0.0, everyday=None)
    if not found.opened and (place := place_of(text, knowledge)):
        return replace(found, candidates=_before(Candidate(*place, 1.0), found), none=0.0, everyday=None)
    return found


def _before(first: Candidate, found: Ranking) -> tuple[Candidate, ...]:
    """A sure candidate, and the others far behind it."""
    rest = (replace(one, score=one.score / 10) for one in found.candidates if one.id != first.id)
    return (first, *rest)


def _candidate(heard: Readings, row: int, likely: float) -> Candidate:
    topic, _, section = heard.sections.id(row).partition("/")
    return Candidate(topic, section, likely)


def _gap(best: Candidate, heard: Readings) -> Aspect | None:
    asked = [aspect for aspect in asked_of(heard.message.aspects) if aspect in NAMING]
    row = heard.sections.place_of[best.id]
    held = heard.sections.holds[row][[ASPECTS.index(aspect) for aspect in asked]].any()
    return asked[0] if asked and not held and heard.sections.sections[row].aspect not in asked else None


def _everyday(heard: Readings) -> Everyday | None:
    """The likeliest kind of talk, where talk is likelier than any topic, or the likeliest topic only sounds alike."""
    by_topic = heard.of_topic["alone"]
    best = heard.sections.topics[int(by_topic.argmax())].id
    talks = sum(heard.talk.values()) > float(np.exp(by_topic.max()))
    if not talks and not doubted(heard.text, best, heard.likely["alone"], heard.ranker, heard.knowledge):
        return None
    return likeliest_talk(heard.likely["alone"], heard.ranker)


def _second(first: Ranking, message: Message, state: Conversation, situation: Situation) -> Candidate | None:
    """What surely answers one of two questions of a message, where that is not the section that answers the whole."""
    parts: Sequence[str] = message.questions
    if len(parts) < TWO or not first.candidates:
        return None
    for part in parts[:TWO]:
        alone = read(replace(message.inbound, text=part), message.knowledge)
        one = weighed(alone, state, situation, NOTHING, weights_of(message.knowledge))
        best = one.candidates[0] if one.candidates else None
        if best and best.score >= SECOND and best.id != first.candidates[0].id and one.none < NONE_ALONE:
            return best
    return None
