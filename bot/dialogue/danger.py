"""Danger by rules: the readable half. Pure: a text and the knowledge in, what was found out."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.reading import Danger
from bot.dialogue.phrasing import Sentence, sentences
from bot.dialogue.signals import read_signals
from bot.dialogue.sounds import heard_frames
from knowledge.frames import FrameSet, Match
from knowledge.model import Knowledge
from knowledge.schema.base import Level
from knowledge.schema.urgent import Category, LevelShift, Rule, Suppressor

RuleKey = tuple[str, str]
"""Category id and rule id."""


@dataclass(frozen=True, slots=True)
class _Index:
    """The frames of one Knowledge, compiled."""

    rules: FrameSet[RuleKey]
    unless: FrameSet[RuleKey]
    suppressors: FrameSet[Suppressor]
    shifts: FrameSet[LevelShift]
    now: FrameSet[bool]
    by_key: dict[RuleKey, tuple[Category, Rule]]


@dataclass(frozen=True, slots=True)
class _Found:
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
        rules=heard_frames(((c.id, r.id), frame) for c, r in rules for frame in r.any),
        unless=heard_frames(((c.id, r.id), frame) for c, r in rules for frame in r.unless),
        suppressors=heard_frames((s, frame) for s in knowledge.suppressors for frame in s.frames),
        shifts=heard_frames((s, frame) for s in knowledge.shifts for frame in s.frames),
        now=heard_frames([(True, f) for f in signals.now] + [(False, f) for f in signals.turns]),
        by_key={(c.id, r.id): (c, r) for c, r in rules},
    )


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


def _fired(text: str, knowledge: Knowledge) -> Iterator[_Found]:
    """Every rule that fires, in the order of the sentences."""
    index = _index(knowledge)
    parts = sentences(text, knowledge.spelling)
    matched = [(part, found) for part in parts if (found := list(index.rules.find(part.heard)))]
    if not matched:
        return
    suppressed = {part: list(index.suppressors.find(part.heard)) for part in parts}
    anywhere = [s.key for stops in suppressed.values() for s in stops if s.key.whole]
    for part, found in matched:
        clauses = _clauses(part, index)
        unless = {u.key for u in index.unless.find(part.heard)}
        for match in found:
            category, rule = index.by_key[match.key]
            stops = _stopping(rule, match, clauses, suppressed[part], anywhere)
            if match.key not in unless and all(s.doubt for s in stops):
                words = part.words_at(match.start, match.end)
                yield _Found(category, rule, words, unsure=rule.unsure or bool(stops))


def _weight(found: _Found, all_found: Sequence[_Found]) -> tuple[int, int, int]:
    """Sorts the gravest first, then what more rules speak of, then the longest words."""
    rules = {f.rule.id for f in all_found if f.category.id == found.category.id}
    return found.level.rank, -len(rules), -len(found.words)


def _level(found: _Found, text: str, knowledge: Knowledge) -> Level:
    """The rule's level, raised by the words of the message and by a writer under 18."""
    index = _index(knowledge)
    parts = sentences(text, knowledge.spelling)
    raised = [s.key.to for part in parts for s in index.shifts.find(part.heard)]
    level = min([found.level, *raised], key=lambda one: one.rank)
    return level.raised() if read_signals(text, knowledge).minor else level


def read_danger(text: str, knowledge: Knowledge) -> Danger | None:
    """The gravest danger that a sure rule finds in a message, or None."""
    found = [f for f in _fired(text, knowledge) if not f.unsure]
    if not found:
        return None
    gravest = min(found, key=lambda f: _weight(f, found))
    level = _level(gravest, text, knowledge)
    return Danger(category=gravest.category.id, level=level, rule=gravest.rule.id, words=gravest.words)


def read_check(text: str, knowledge: Knowledge) -> Danger | None:
    """What only an unsure rule finds: its category's check question is asked. None where `read_danger` answers."""
    found = list(_fired(text, knowledge))
    if not found or any(not f.unsure for f in found):
        return None
    first = found[0]
    return Danger(category=first.category.id, level=first.level, rule=first.rule.id, words=first.words)
