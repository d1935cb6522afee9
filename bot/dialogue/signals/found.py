"""What the readers of a message in its conversation find: acts, at most one danger, the sections that may answer."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from bot.conversation import Choice, Conversation, Danger, TopicScore
from bot.dialogue import thresholds as least
from knowledge.model import Knowledge
from knowledge.schema.glossary import Term
from knowledge.schema.topics import Aspect, Everyday


class Righted(NamedTuple):
    """What a message puts right; empty where it puts nothing right."""

    meant: str = ""
    """The words for what is meant, in their sentences."""
    denied: str = ""
    """Those for what is not."""
    rejects: bool = False
    """It says of our answer that this was not what was asked, or was known."""
    against: str = ""
    """Clauses that by what was learned deny something of the answer before."""
    rest: str = ""
    """The others, where there are such."""

    @property
    def not_so(self) -> str:
        """All that it says not to be meant, not wanted or not so."""
        return " ".join(filter(None, (self.denied, self.against)))


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts that hold, explicit ones first, and by how much each is likelier than none by what was learned."""

    all: tuple[str, ...] = ()
    likely: Mapping[str, float] = field(default_factory=dict)
    picked: Choice | None = None
    """The offered choice that was taken, by its number or in its own words."""
    righted: Righted = field(default_factory=Righted)
    said: tuple[str, ...] = ()
    """Those of `all` that stand in explicit words."""
    of_talk: str = ""
    """The command, act or small talk that it is by what was learned, if it is of the talk itself and of no matter."""

    @property
    def of_part(self) -> "Acts":
        """The acts with which a part is read: what is rejected is so there, too."""
        return Acts(righted=self.righted._replace(meant="", against="", rest=""))


@dataclass(frozen=True, slots=True)
class Finding:
    """At most one of danger (help is given), check (one question is asked) and faint (one, where nothing answers)."""

    danger: Danger | None = None
    check: Danger | None = None
    faint: Danger | None = None

    @property
    def likely(self) -> Danger | None:
        """The danger that is told or asked about."""
        return self.danger or self.check


Verdict = Literal["answer", "offer", "admit"]

BEST = 3
"""Topics that `predict` prints, and sections that are offered."""


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
    """The kind of talk that the message is, where that is likelier than any topic; surely: nothing is even offered."""
    surely_talk: bool = False
    others: tuple[Candidate, ...] = ()
    """What answers the other questions of the same message."""
    left: tuple[Candidate, ...] = ()
    """What may answer the first of them that nothing surely answers."""
    term: Term | None = None
    """The word of our glossary whose sentence answers."""
    reached: bool = False
    """It is an institution of which is asked how it is reached."""
    states: Set[str] = frozenset()
    """The states that were told, one of a country; nothing of others is among the candidates."""
    unsaid: str = ""
    """That of them of which nothing is said, where a section of others would lead."""
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

    @property
    def answer(self) -> Candidate | None:
        """The section that surely answers."""
        return self.candidates[0] if self.verdict == "answer" else None

    @property
    def is_sure(self) -> bool:
        """Whether one of several questions is surely answered."""
        return bool(self.candidates) and self.none < least.NONE[0] and self.topics[0].score >= least.SECOND

    @cached_property
    def verdict(self) -> Verdict:
        """Answer with the first, offer the likeliest, or admit that we do not know."""
        if self.either:
            return "offer"
        if self.everyday is not None and self.surely_talk and not self.opened:
            return "admit"
        if not self.candidates or self.none >= least.NONE[self.opened]:
            return "admit"
        if self.opened:
            sure = self.candidates[0].score >= least.ANSWER_OPEN
        else:
            first, *others = self.topics
            sure = self.everyday is None and first.score >= least.ANSWER_ALONE
            sure = sure and first.score - max((o.score for o in others), default=0) >= least.LEAD_ALONE
        if sure:
            return "answer"
        return "offer" if sum(one.score for one in self.candidates[:BEST]) >= least.OFFER else "admit"


def shown_in(state: Conversation, knowledge: Knowledge) -> tuple[str, ...]:
    """The sections that were shown, the newest last; behind them that of an open danger's matter, if of a new topic."""
    shown = tuple(one for one in state.said_before.shown if knowledge.section(one) is not None)
    danger, country = state.danger, state.situation.matter_country or state.situation.country
    if danger is None or not state.in_danger:
        return shown
    about = knowledge.protocols[danger.kind or danger.category].about
    matter = about.get(country.value) if country else next(iter(about.values()), None)
    known = {one.partition("/")[0] for one in shown}
    return shown if matter is None or matter.partition("/")[0] in known else (*shown, matter)
