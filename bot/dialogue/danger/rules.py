"""Danger by rules, the readable half: what they find in a text, and the kind of its words and of those before it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from bot.dialogue.person.signals import read_signals
from bot.dialogue.words.phrasing import Sentence, heard_frames, heard_unless, sentences
from knowledge.frames import FrameSet, FramesUnless, Match
from knowledge.model import Knowledge
from knowledge.schema.base import Level
from knowledge.schema.urgent import Category, LevelShift, Rule, Suppressor

BEFORE = 3
"""How many messages before one are read with it."""
FEW_WORDS, SOME_WORDS = 6, 15
FRAMES = frozenset({"stop:story", "stop:organisation"})
"""What, said before, speaks of this message too: a film, a thesis, our work."""
PAST = frozenset({"stop:past", "stop:months-ago"})
"""What, said before, speaks of this message too where it is not long: something of years ago."""
JOKE = frozenset({"stop:laughter", "stop:figure"})
"""What, said before, may speak of this message."""
FRAMED = "framed"
"""A mark of what goes on with a story, or with what is past."""
REMEMBERED = 64
"""Texts whose readings are kept."""
RuleKey = tuple[str, str]
"""Category id and rule id."""


@dataclass(frozen=True, slots=True)
class _Index:
    """The frames of one Knowledge, compiled."""

    rules: FramesUnless[RuleKey]
    suppressors: FramesUnless[Suppressor]
    shifts: FrameSet[LevelShift]
    now: FrameSet[bool]
    by_key: dict[RuleKey, tuple[Category, Rule]]


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that fired."""

    category: Category
    rule: Rule
    words: str
    unsure: bool

    @property
    def level(self) -> Level:
        """The rule's, else the category's usual."""
        return self.rule.level or self.category.level


@dataclass(frozen=True, slots=True)
class _Clauses:
    """Where clauses begin in a sentence, and which of them speak of now."""

    starts: tuple[int, ...]
    now: tuple[bool, ...]

    def at(self, position: int) -> int:
        """The clause that a position stands in."""
        return bisect_right(self.starts, position)

    def is_now(self, position: int) -> bool:
        """Whether the clause there begins with a word for now."""
        clause = self.at(position)
        return clause > 0 and self.now[clause - 1]


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> _Index:
    rules = [(category, rule) for category in knowledge.categories.values() for rule in category.rules]
    signals = knowledge.signals
    return _Index(
        rules=heard_unless(
            (((c.id, r.id), frame) for c, r in rules for frame in r.any),
            (((c.id, r.id), frame) for c, r in rules for frame in r.unless),
        ),
        suppressors=heard_unless(
            ((s, frame) for s in knowledge.suppressors for frame in s.frames),
            ((s, frame) for s in knowledge.suppressors for frame in s.unless),
        ),
        shifts=heard_frames((s, frame) for s in knowledge.shifts for frame in s.frames),
        now=heard_frames([(True, f) for f in signals.now] + [(False, f) for f in signals.turns]),
        by_key={(c.id, r.id): (c, r) for c, r in rules},
    )


@lru_cache(maxsize=REMEMBERED)
def stops_in(sentence: Sentence, knowledge: Knowledge) -> list[Match[Suppressor]]:
    """The suppressors that act in a sentence."""
    return _index(knowledge).suppressors.untouched(sentence.heard)


def _clauses(sentence: Sentence, index: _Index) -> _Clauses:
    begins = sorted((found.start, found.key) for found in index.now.find(sentence.heard))
    return _Clauses(tuple(start for start, _ in begins), tuple(now for _, now in begins))


def _stopping(
    rule: Rule,
    match: Match[RuleKey],
    clauses: _Clauses,
    here: Sequence[Match[Suppressor]],
    anywhere: Sequence[Suppressor],
) -> list[Suppressor]:
    """What makes these words harmless: in their clause, and in the whole message unless the clause says now."""
    clause = clauses.at(match.start)
    stops = [s.key for s in here if not s.key.whole and clauses.at(s.start) == clause]
    if not clauses.is_now(match.start):
        stops += anywhere
    return [s for s in stops if s.id not in rule.ignores]


@dataclass(frozen=True, slots=True)
class RuleReading:
    """What the rules say of a message: what fired, what stops rules anywhere in it, which levels its words ask for."""

    found: tuple[Found, ...]
    stops: frozenset[str]
    raised: tuple[Level, ...]

    @property
    def sure(self) -> bool:
        """Whether a sure rule fired and nothing stopped it."""
        return any(not one.unsure for one in self.found)

    @property
    def signs(self) -> frozenset[str]:
        """What the mixture weighs beside the score: `rule`, or `check` and `stop:` with each suppressor.

        What stops other clauses says nothing of the one in which a sure rule fired.
        """
        if self.sure:
            return frozenset({"rule"})
        return frozenset([*(["check"] if self.found else []), *(f"stop:{stop}" for stop in self.stops)])


@lru_cache(maxsize=REMEMBERED)
def read_rules(text: str, knowledge: Knowledge) -> RuleReading:
    """All that the rules find, in the order of the sentences; kept, as a message and its parts are read by many."""
    index = _index(knowledge)
    parts = sentences(text, knowledge.spelling)
    suppressed = [stops_in(part, knowledge) for part in parts]
    return RuleReading(
        found=tuple(_fired(parts, suppressed, index)),
        stops=frozenset(stop.key.id for stops in suppressed for stop in stops),
        raised=tuple(s.key.to for part in parts for s in index.shifts.find(part.heard)),
    )


def says_now(text: str, knowledge: Knowledge) -> bool:
    """Whether a clause of the message says that it happens now."""
    index = _index(knowledge)
    return any(now.key for part in sentences(text, knowledge.spelling) for now in index.now.find(part.heard))


def _fired(
    parts: Sequence[Sentence], suppressed: Sequence[Sequence[Match[Suppressor]]], index: _Index
) -> Iterator[Found]:
    """Every rule that fires."""
    anywhere = [s.key for stops in suppressed for s in stops if s.key.whole]
    for part, here in zip(parts, suppressed, strict=True):
        matched = index.rules.standing(part.heard)
        if not matched:
            continue
        clauses = _clauses(part, index)
        for match in matched:
            category, rule = index.by_key[match.key]
            stops = _stopping(rule, match, clauses, here, anywhere)
            if all(s.doubt for s in stops):
                words = part.words_at(match.start, match.end)
                yield Found(category, rule, words, unsure=rule.unsure or bool(stops))


def together(texts: Sequence[str]) -> str:
    """Messages of a person as one text."""
    return ". ".join(texts)


def marks_of(text: str, before: Sequence[str], knowledge: Knowledge) -> frozenset[str]:
    """What kind of words a message has, and those before it."""
    said, words, signs = read_signals(text, knowledge), len(text.split()), read_rules(text, knowledge).signs
    # A question ends what it is about.
    since = list(takewhile(lambda one: not read_signals(one, knowledge).asks, reversed(before)))
    going_on = frozenset[str]().union(*(read_rules(one, knowledge).signs for one in since))
    found = {
        "few": words <= FEW_WORDS,
        "some": FEW_WORDS < words <= SOME_WORDS,
        "many": words > SOME_WORDS,
        "rule": "rule" in signs,
        "check": "check" in signs,
        "now": says_now(text, knowledge),
        "own": said.own,
        "asks": said.asks,
        "asked": len(since) < len(before),
        "settles": said.settles,
        "joke": bool(going_on & JOKE),
        FRAMED: bool(going_on & FRAMES and not said.own) or bool(going_on & PAST and words <= SOME_WORDS),
    }
    return frozenset(mark for mark, holds in found.items() if holds)
