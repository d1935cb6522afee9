"""Whether a message reports danger, alone or with those before it: help, one question, or neither."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile

from bot.conversation import Conversation, Danger
from bot.dates.reading import dates_in
from bot.dialogue.danger.judging import SCORER, SHOWN_WORDS, DangerReading, foreign_danger, judge, judged, likelihood_of
from bot.dialogue.danger.model import log_odds, scorer_of
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.danger.turns import FRAMED, REMEMBERED, Sounds, marks_of, together
from bot.dialogue.message import Message
from bot.dialogue.person.signals import read_signals
from bot.dialogue.signals.acts import is_calm, talk_meant
from bot.dialogue.thresholds import TALK_DOUBTED, TALK_SURE
from bot.dialogue.words.phrasing import heard_in, heard_items, heard_unless
from bot.dialogue.words.talk import behind_courtesy, is_courtesy
from knowledge.calendar import HOME
from knowledge.frames import FramesUnless
from knowledge.model import Knowledge
from knowledge.schema.turned import Milder

SPREAD_OVER = timedelta(minutes=15)
"""How far back a message still belongs to the present one."""
HELP, CHECK = 0.72, 0.3
"""Likelihood from which a message after others is given help, and asked about."""
ON_ITS_OWN, ON_ITS_OWN_FEW = 0.9, 0.99
"""Likelihood of a message alone from which ordinary talk before it takes nothing from it where no rule is sure, and
where it has no more than a few words ("me pega"); chosen on the tuning halves. A sure rule needs none."""
GOES_ON = frozenset({FRAMED, "joke"})
"""Marks of a message that goes on with what is no danger."""
HINT, SIGN, TOGETHER = 0.2, 0.6, 0.95
"""Likelihood of a message from which it adds to what a check asked about, and what is doubtful after it is no chance;
from which it is a sign of its own; and of both together from which what adds bears it out; on the tuning dialogues."""
NAMED = "named"
"""In place of a rule, where a message names its danger."""


@dataclass(frozen=True, slots=True)
class Finding:
    """At most one of danger (help is given) and check (one question is asked)."""

    danger: Danger | None = None
    check: Danger | None = None

    @property
    def likely(self) -> Danger | None:
        """The danger that is told or asked about."""
        return self.danger or self.check


def find_danger(message: Message, state: Conversation, now: datetime) -> Finding:
    """The danger of a message in its conversation. A command reports none: "/salir" must leave."""
    text, knowledge = behind_courtesy(message.text, message.knowledge), message.knowledge
    if message.command is not None or message.empty:
        return Finding()
    if message.foreign is not None or foreign_danger(text, knowledge):
        told = foreign_danger(text, knowledge)  # the scorer knows no words of these languages
        return Finding(danger=told[1] if told else None)
    found = _raised(_named(text, _read(message, text, state, now), state, knowledge), state, text, knowledge)
    if found.likely is not None and found.likely.rule == SCORER:
        calm = message.smalltalk.calm if message.smalltalk is not None else is_calm(message)
        if calm or _is_of_the_talk(message.text, TALK_DOUBTED if found.danger is None else TALK_SURE, knowledge):
            return Finding()
        if state.claimed:
            return Finding()  # while a person reads along, the bot breaks in only where a rule is sure
    return found if state.in_danger else _unless_harmless(found, text, state, knowledge, now)


def _is_of_the_talk(text: str, least: float, knowledge: Knowledge) -> bool:
    """Whether words that only the scorer suspects are by what was learned small talk that tells of nothing wrong, or a
    command: "bórreme todo lo que le dije".
    """
    best, margin = talk_meant(text, knowledge)
    calm = (one.id for one in knowledge.smalltalk if one.calm and least < TALK_SURE)
    return margin >= least and best in {*calm, *(one.id for one in knowledge.commands)}


def _read(message: Message, text: str, state: Conversation, now: datetime) -> Finding:
    """The reading of the message alone in an open danger; else in the light of what was told before."""
    knowledge = message.knowledge
    alone = judged(text, knowledge)
    if alone is None:
        return Finding()
    if state.in_danger or state.claimed:
        return _finding(alone)
    before = _told_before(state, now, knowledge)
    if state.in_errand and not (alone.sure or alone.unsure):
        return Finding()  # "me la quiero brincar" is of a step, whatever was feared before
    found = _finding(_in_context(text, alone, before, knowledge))
    if found.likely and (left := _not_harmless(found.likely, text, before, state, knowledge, now)) != before:
        found = _finding(_in_context(text, alone, left, knowledge))
    asked = state.danger
    if asked is not None and asked.state == "asked" and now - asked.heard_at <= SPREAD_OVER:
        found = _borne_out(text, alone, found, asked.category, asked.told, knowledge)
    return found


def _told_before(state: Conversation, now: datetime, knowledge: Knowledge) -> Sequence[str]:
    """What was told in the last minutes and since a danger was over, without courtesies, the oldest first."""
    ended = state.danger.heard_at if state.danger is not None and state.danger.state == "over" else None
    lately = (one for one in state.heard if now - one.at <= SPREAD_OVER and one.text.strip())
    heard = (one.text for one in lately if ended is None or one.at > ended)
    return tuple(text for text in heard if not is_courtesy(text, knowledge))[-REMEMBERED:]


def _finding(reading: DangerReading | None) -> Finding:
    if reading is None or not (reading.sure or reading.unsure):
        return Finding()
    return Finding(danger=reading.danger) if reading.sure else Finding(check=reading.danger)


def _in_context(text: str, alone: DangerReading, before: Sequence[str], knowledge: Knowledge) -> DangerReading | None:
    """A message weighed with those before it by the trained turn model."""
    if not before:
        return alone
    marks = marks_of(text, before, knowledge)
    if _is_on_its_own(alone, marks):
        return alone
    whole = judge(together((*before, text)), knowledge)
    sounds = Sounds(
        alone=_odds(alone),
        together=_odds(whole),
        earlier=log_odds(likelihood_of(together(before), knowledge)),
        gravest=max(log_odds(likelihood_of(said, knowledge)) for said in before),
    )
    likelihood = scorer_of(knowledge).in_conversation(sounds, marks)
    graver = alone if whole is None or alone.sure or alone.unsure else whole
    told = alone.likelihood >= HELP and "rule" in marks  # behind a no, too: "no, me agarró del cuello, pero ya pasó"
    stands = _stands(alone, marks) or _hinted_again(text, alone, marks, before, knowledge)
    asked = 0.0 if told else HELP if "settles" in marks else 0.0 if stands else CHECK
    return replace(graver, likelihood=likelihood, needed=HELP, asked=asked)


def _is_on_its_own(alone: DangerReading, marks: frozenset[str]) -> bool:
    """Whether a message says so much by itself that an ordinary question before it, answered or not, is no matter."""
    if not alone.sure or marks & {*GOES_ON, "settles"}:
        return False
    return "rule" in marks or alone.likelihood >= (ON_ITS_OWN_FEW if "few" in marks else ON_ITS_OWN)


def _stands(alone: DangerReading, marks: frozenset[str]) -> bool:
    """Whether a message is at least asked about whatever else is spoken of: only a story or a joke explains it."""
    if alone.likelihood >= ON_ITS_OWN:
        return True
    if alone.sure:
        return FRAMED not in marks
    hinted = "check" in marks and alone.likelihood >= SIGN  # a rule is unsure, and it sounds like it
    return alone.unsure and ("rule" in marks or hinted) and not marks & GOES_ON


def _hinted_again(
    text: str, alone: DangerReading, marks: frozenset[str], before: Sequence[str], knowledge: Knowledge
) -> bool:
    """Whether what would be asked about alone follows another hint since the last no: two in a row are no chance."""
    if not alone.unsure or marks & {*GOES_ON, "asks"} or "?" in text:
        return False
    since = takewhile(lambda said: not read_signals(said, knowledge).settles, reversed(before))
    return any(likelihood_of(said, knowledge) >= HINT and not read_rules(said, knowledge).stops for said in since)


def _not_harmless(
    found: Danger, text: str, before: Sequence[str], state: Conversation, knowledge: Knowledge, now: datetime
) -> Sequence[str]:
    """What was told before without what its own words make harmless, also with this behind it."""
    today = now.astimezone(HOME).date()
    return tuple(
        one for one in before if harmless_in(found.category, f"{one}. {text}", state, knowledge, today) is None
    )


def _borne_out(
    text: str, alone: DangerReading, found: Finding, category: str, told: str, knowledge: Knowledge
) -> Finding:
    """What was read after an open check: the danger asked about, or another that is only asked about."""
    both = judge(together((told, text)), knowledge)
    if both is None:
        return found
    own, joined = (reading.danger.category == category for reading in (alone, both))
    more = joined and both.sure and both.likelihood >= alone.likelihood
    if danger := found.danger:
        if danger.category == category:
            return found
        if more or (danger.rule == SCORER and (own or joined)):
            return Finding(danger=_of(category, danger, knowledge))
        # Two doubtful signs of two dangers are no sure one.
        return Finding(check=danger) if alone.unsure and not own else found
    if found.check is not None and alone.sure:
        return Finding(danger=_of(category, alone.danger, knowledge) if more else alone.danger)
    little = alone.likelihood < HINT and found.check is None
    if little or read_signals(text, knowledge).asks or read_rules(text, knowledge).stops:
        return found
    first = judge(told, knowledge)
    likelier = first is not None and both.likelihood >= max(TOGETHER, first.likelihood)
    bears_out = (own and alone.likelihood >= SIGN) or (joined and likelier)
    return Finding(danger=_of(category, both.danger, knowledge)) if bears_out else found


def _of(category: str, danger: Danger, knowledge: Knowledge) -> Danger:
    """The danger as one of this category."""
    level = min(danger.level, knowledge.categories[category].level, key=lambda one: one.rank)
    return replace(danger, category=category, level=level)


def _named(text: str, found: Finding, state: Conversation, knowledge: Knowledge) -> Finding:
    """As the danger that the words name, where a rule finds nothing as grave: who is held and sees no way to go on.

    Who is said to see no reason to live is asked about though nothing else in the message sounds like it.
    """
    standing = _naming(knowledge).standing(*heard_in(text, knowledge.spelling))
    name = next((match.key for match in standing), None)
    if name is None:
        return found
    category, told = knowledge.categories[name], found.likely
    if told is None:
        hopeless = category.dying and not state.claimed
        return Finding(check=Danger(name, category.level, NAMED, text[:SHOWN_WORDS])) if hopeless else found
    if told.rule != SCORER and category.level.rank >= told.level.rank:
        return found
    named = replace(told, category=name, level=category.level, rule=NAMED)
    return Finding(danger=named) if found.danger else Finding(check=named)


def _raised(found: Finding, state: Conversation, text: str, knowledge: Knowledge) -> Finding:
    """One level up for a writer who told before that they are under 18."""
    if found.likely is None or not state.minor or read_signals(text, knowledge).minor:
        return found
    raised = replace(found.likely, level=found.likely.level.raised())
    return Finding(danger=raised) if found.danger else Finding(check=raised)


def _unless_harmless(found: Finding, text: str, state: Conversation, knowledge: Knowledge, now: datetime) -> Finding:
    """Without the danger whose words are explained: a paper that was lost, a patient whom doctors look after."""
    today = now.astimezone(HOME).date()
    harmless = found.likely and harmless_in(found.likely.category, text, state, knowledge, today)
    return Finding() if harmless else found


def _odds(reading: DangerReading | None) -> float:
    return log_odds(reading.likelihood if reading else 0.0)


@lru_cache(maxsize=8)
def _naming(knowledge: Knowledge) -> FramesUnless[str]:
    """By category."""
    of = knowledge.categories.values()
    return heard_unless(
        ((category.id, frame) for category in of for frame in category.named),
        ((category.id, frame) for category in of for frame in category.named_unless),
    )


@lru_cache(maxsize=8)
def _milder(knowledge: Knowledge) -> Mapping[str, FramesUnless[str]]:
    """By category, under its own id."""
    return {name: heard_items(_milder_of(name, knowledge)) for name in knowledge.categories}


def _milder_of(name: str, knowledge: Knowledge) -> Sequence[Milder]:
    """What makes a danger's words none: its own, and those of others that sound like it, too."""
    return [one for each in knowledge.categories.values() for one in each.milder if name == each.id or name in one.also]


def harmless_in(category: str, text: str, state: Conversation, knowledge: Knowledge, today: date) -> Milder | None:
    """What makes the words of this danger harmless: at any time, or in a conversation about a topic.

    Then the message before must not speak of what takes it back, either: a son whose passport is asked for may be lost.
    """
    frames = _milder(knowledge)[category]
    found = {match.key for match in frames.standing(*heard_in(text, knowledge.spelling))}
    last = next((one.text for one in reversed(state.heard)), "")
    back = {match.key for heard in heard_in(last, knowledge.spelling) for match in frames.unless.find(heard)}

    def holds(one: Milder) -> bool:
        within = not one.after or (state.topic in one.after and one.id not in back)
        if not (within and one.days):
            return within
        ends = (span.last for span in dates_in(text, today, past=True).spans)
        return max(ends, default=today) <= today - timedelta(one.days)  # of no time it is not known to be long ago

    return next(filter(holds, (one for one in _milder_of(category, knowledge) if one.id in found)), None)
