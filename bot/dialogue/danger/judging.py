"""Danger in one message: a trained scorer and the readable rules, weighed together into help, a check, or neither."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.conversation import Danger
from bot.dialogue.danger.model import scorer_of
from bot.dialogue.danger.rules import FEW_WORDS, REMEMBERED, Found, RuleReading, read_rules
from bot.dialogue.message import Message
from bot.dialogue.person.signals import read_signals, speaks_of
from bot.dialogue.thresholds import SURE_BESIDE
from bot.dialogue.words.phrasing import heard_in, heard_items
from bot.dialogue.words.questions import pieces_of, questions_in, told_beside
from knowledge.frames import FrameSet, FramesUnless, fold
from knowledge.model import Knowledge
from knowledge.schema.base import Level

HELP, HELP_FEW, HELP_RULE = 0.8, 0.98, 0.6
"""Likelihood from which help is given, and where no more than a few words speak (a bare "no lo encuentro" may go on
with "en Facebook"), and where a sure rule fired. Below, a question is asked, with the number in it."""
SCANT = 3
"""Words with which something is told."""
CHECK, CHECK_RULE = 0.36, 0.15
"""Likelihood from which one question is asked, and where a rule fired: what an expert wrote down as danger is asked
about."""
HELP_DYING, HELP_MAY_DIE, CHECK_DYING = 0.25, 0.95, 0.1
"""Likelihood from which a wish to die that a rule found is helped, where it is sure and where it is not, and asked
about: worse to miss than to ask."""
ONE_WORD = 0.2
"""The most that one word may be by itself, or that nothing is known: `hoy` and `no sé` stand in many reports; a cry for
help is small talk's."""
RULE_COUNTS = 3.0
"""What a rule that fired adds to the score of its category; log odds."""
SCORER = "scorer"
"""In place of a rule, where none fired."""
UNANSWERED, FOREIGN = "unanswered", "foreign"
"""In place of a rule, where a check got no plain answer and help was given all the same, and in another language."""
SHOWN_WORDS = 200


@dataclass(frozen=True, slots=True)
class DangerReading:
    """A message as it was judged; `danger` is what it would be, `likelihood` says whether it is."""

    text: str
    knowledge: Knowledge
    likelihood: float
    needed: float = HELP
    """Likelihood from which help is given."""
    asked: float = CHECK
    """Likelihood from which one question is asked."""

    @property
    def danger(self) -> Danger:
        """Its category and level, and the words that explain it; worked out only of what is told, or asked about."""
        return _danger_of(self.text, self.knowledge)

    @property
    def sure(self) -> bool:
        """Whether help is given."""
        return self.likelihood >= self.needed

    @property
    def unsure(self) -> bool:
        """Whether one question is asked instead."""
        return self.asked <= self.likelihood < self.needed


@lru_cache(maxsize=REMEMBERED)
def judge(text: str, knowledge: Knowledge) -> DangerReading:
    """Score and rules of a message together. Kept, as several readers ask."""
    scorer = scorer_of(knowledge)
    rules, scored = read_rules(text, knowledge), scorer.score(text)
    words = len(text.split()) if any(map(str.isalnum, text)) else 0
    likelihood = scorer.likelihood(scored, rules.signs)
    little = words <= 1 or (words <= SCANT and speaks_of("unknowing", text, knowledge))
    likelihood = min(likelihood, ONE_WORD) if little and not rules.found else likelihood
    return DangerReading(text, knowledge, likelihood, *_bounds(words, rules))


@lru_cache(maxsize=REMEMBERED)
def _danger_of(text: str, knowledge: Knowledge) -> Danger:
    """The danger that a message would be: the likeliest category, by the rule that fired for it or by the scorer."""
    scorer, rules = scorer_of(knowledge), read_rules(text, knowledge)
    scored, named = scorer.score(text), {found.category.id for found in rules.found}
    sure = [found for found in rules.found if found.category.dying and not found.unsure]
    others = [found.level.rank for found in rules.found if not found.category.dying]
    wished = {one.category.id for one in sure if one.level.rank < min(others, default=len(Level))}
    # a wish to die goes first: "se murió, yo también me quiero morir"
    counts = {one: score + RULE_COUNTS * ((one in named) + (one in wished)) for one, score in scored.categories.items()}
    likely = sorted(counts, key=lambda one: (-counts[one], one))
    needs = {one: frozenset(knowledge.protocols[one].needs) for one in likely}
    category = next(one for one in likely if one in named or not needs[one] or readings_of(needs[one], text, knowledge))
    own = [found for found in rules.found if found.category.id == category]  # the gravest explains it, of longest words
    fired = min(own, key=lambda found: (found.unsure, found.level.rank, -len(found.words)), default=None)
    explains = fired.words if fired else scorer.words(text) if judge(text, knowledge).likelihood >= CHECK else ""
    rule = fired.rule.id if fired else SCORER
    return Danger(category, _level(category, fired, rules, text, knowledge), rule, explains[:SHOWN_WORDS])


def judged(text: str, knowledge: Knowledge) -> DangerReading:
    """A message, or what it tells beside a question where a rule is sure of that: "he hits me, how much is a passport".

    Likelier than not it is only asked about: the question may say that it is long ago.
    """
    whole = judge(text, knowledge)
    if whole.sure:
        return whole
    told = told_beside(text, questions_in(text, knowledge, alone=True), knowledge)
    if len(told.split()) < SCANT or not read_rules(told, knowledge).found:
        return whole
    beside = judge(told, knowledge)
    counts = beside.likelihood > whole.likelihood if whole.unsure else beside.sure
    if not counts:
        return whole
    return beside if beside.sure and beside.likelihood >= SURE_BESIDE else replace(beside, needed=1, asked=0)


def readings_of(names: frozenset[str], text: str, knowledge: Knowledge) -> set[str]:
    """Which of a few readings a message says, without a look for all others."""
    return {match.key for one in heard_in(text, knowledge.spelling) for match in _only(names, knowledge).standing(one)}


@lru_cache(maxsize=16)
def _only(names: frozenset[str], knowledge: Knowledge) -> FramesUnless[str]:
    return heard_items(knowledge.readings[name] for name in names if name in knowledge.readings)


def judged_in_part(text: str, knowledge: Knowledge) -> Mapping[str, DangerReading]:
    """By its words, each part of a message that may be a danger by itself, and not only in the whole."""
    parts = dict.fromkeys(one for piece in pieces_of(text, knowledge) for one in piece)
    found = ((one, judge(one, knowledge)) for one in parts)
    return {one: told for one, told in found if told.sure or told.unsure}


def _bounds(words: int, rules: RuleReading) -> tuple[float, float]:
    """Likelihoods from which help is given, and a question asked."""
    if any(found.rule.kind for found in rules.found):
        return 0.0, 0.0
    if any(found.category.dying for found in rules.found):
        return HELP_DYING if rules.sure else HELP_MAY_DIE, CHECK_DYING
    help_from = HELP_RULE if rules.sure else HELP_FEW if words <= FEW_WORDS else HELP
    return help_from, CHECK_RULE if rules.found else CHECK


def _level(category: str, fired: Found | None, rules: RuleReading, text: str, knowledge: Knowledge) -> Level:
    """The rule's or the category's, raised by the words of the message and by a writer under 18."""
    usual = fired.level if fired else knowledge.categories[category].level
    level = min([usual, *rules.raised], key=lambda one: one.rank)
    return level.raised() if read_signals(text, knowledge).minor else level


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> FrameSet[tuple[str, str]]:
    return FrameSet(
        ((lang, category), frame)
        for lang, categories in knowledge.foreign_danger.items()
        for category, frames in categories.items()
        for frame in frames
    )


def foreign_danger(text: str, knowledge: Knowledge) -> tuple[str, Danger] | None:
    """The language and the danger that a message reports in it, the gravest of several."""
    found = list(_frames(knowledge).find(fold(text)))
    if not found:
        return None
    first = min(found, key=lambda one: knowledge.categories[one.key[1]].level.rank)
    lang, category = first.key
    return lang, Danger(category, knowledge.categories[category].level, FOREIGN, first.words)


def lent_phone(m: Message) -> bool:
    """Whether a phone is told of that others hold."""
    return bool(readings_of(frozenset({"phone_watched", "lent_phone"}), m.text, m.knowledge))
