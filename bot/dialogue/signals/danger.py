"""Whether a message reports danger, alone or with those before it: help, one question, or neither."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile

from bot.conversation import Conversation, Danger
from bot.dates.reading import dates_in
from bot.dialogue.danger.judging import SCORER, SHOWN_WORDS, DangerReading, foreign_danger, judge, judged
from bot.dialogue.danger.model import Sounds, log_odds, scorer_of
from bot.dialogue.danger.rules import BEFORE, FRAMED, marks_of, together
from bot.dialogue.message import Message
from bot.dialogue.person.signals import read_signals
from bot.dialogue.signals.acts import is_calm
from bot.dialogue.signals.found import Finding
from bot.dialogue.thresholds import FAINT
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
ON_ITS_OWN = 0.9
"""Likelihood of a message alone from which ordinary talk before it takes nothing from it; on the tuning halves."""
HINT, SIGN, TOGETHER = 0.2, 0.6, 0.95
"""Likelihood of a message from which what is doubtful after it is no chance, and from which it bears out what a check
asked about; of both together from which a hint does; on the tuning dialogues."""
GOES_ON = frozenset({FRAMED, "joke"})
"""Marks of a message that goes on with what is no danger."""
NAMED = "named"
"""In place of a rule, where a message names its danger."""


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
        if message.smalltalk.calm if message.smalltalk is not None else is_calm(message):
            return Finding()
        if state.claimed:
            return Finding()  # while a person reads along, the bot breaks in only where a rule is sure
    if state.in_danger:
        return found
    if found.likely is None and is_calm(message):
        return Finding()
    alone = judge(text, knowledge)
    faint = alone.danger if alone.likelihood >= FAINT else None
    if (doubtful := found.likely or faint) is None:
        return found
    harmless = harmless_in(doubtful.category, text, state, knowledge, now.astimezone(HOME).date())
    return Finding() if harmless else replace(found, faint=None if found.likely else faint)


def _read(message: Message, text: str, state: Conversation, now: datetime) -> Finding:
    """The reading of the message alone in an open danger; else in the light of what was told before."""
    knowledge = message.knowledge
    alone = judged(text, knowledge)
    if state.in_danger or state.claimed:
        return _finding(alone)
    found = _finding(_in_context(text, alone, _told_before(state, now, knowledge), knowledge))
    asked = state.danger
    waits = asked is not None and asked.state == "asked" and now - asked.heard_at <= SPREAD_OVER
    if asked is None or not waits:
        return found
    both = judge(together((asked.told, text)), knowledge)  # more of what a check asked about bears it out
    same = {one for one in (alone, both) if one.danger.category == asked.category}
    sign = alone in same and alone.likelihood >= SIGN
    bears = sign or (both in same and both.likelihood >= TOGETHER and alone.likelihood >= HINT)
    own = alone.sure and alone not in same  # another danger, surely told by itself
    if bears if found.danger is None else (same and found.danger.rule == SCORER and not own):
        return Finding(danger=(alone if alone in same else both).danger)
    return found


def _told_before(state: Conversation, now: datetime, knowledge: Knowledge) -> Sequence[str]:
    """What was told in the last minutes and since a danger was over, without courtesies, the oldest first."""
    ended = state.danger.heard_at if state.danger is not None and state.danger.state == "over" else None
    lately = (one for one in state.heard if now - one.at <= SPREAD_OVER)
    heard = (one.text for one in lately if ended is None or one.at > ended)
    return tuple(text for text in heard if not is_courtesy(text, knowledge))[-BEFORE:]


def _finding(reading: DangerReading) -> Finding:
    if reading.sure:
        return Finding(danger=reading.danger)
    return Finding(check=reading.danger) if reading.unsure else Finding()


def _in_context(text: str, alone: DangerReading, before: Sequence[str], knowledge: Knowledge) -> DangerReading:
    """A message weighed with those before it by the trained turn model."""
    if not before:
        return alone
    marks = marks_of(text, before, knowledge)
    says = "rule" in marks or alone.likelihood >= ON_ITS_OWN
    if alone.sure and says and not marks & {*GOES_ON, "settles"}:
        return alone  # it says so much by itself that an ordinary question before it is no matter
    whole = judge(together((*before, text)), knowledge)
    sounds = Sounds(
        alone=log_odds(alone.likelihood),
        together=log_odds(whole.likelihood),
        earlier=log_odds(judge(together(before), knowledge).likelihood),
        gravest=max(log_odds(judge(said, knowledge).likelihood) for said in before),
    )
    likelihood = scorer_of(knowledge).in_conversation(sounds, marks)
    graver = alone if alone.sure or alone.unsure else whole
    asked = 0.0 if _stands(alone, marks, before, knowledge) else CHECK
    return replace(graver, likelihood=likelihood, needed=HELP, asked=asked)


def _stands(alone: DangerReading, marks: frozenset[str], before: Sequence[str], knowledge: Knowledge) -> bool:
    """Whether a message is at least asked about whatever else is spoken of: only a story or a joke explains it."""
    if alone.likelihood >= ON_ITS_OWN or (alone.sure and FRAMED not in marks):
        return True
    if not alone.unsure or marks & GOES_ON:
        return False
    since = takewhile(lambda said: not read_signals(said, knowledge).settles, reversed(before))
    again = any(judge(said, knowledge).likelihood >= HINT for said in since)  # two hints in a row are no chance
    hinted = "check" in marks and alone.likelihood >= SIGN  # a rule is unsure, and it sounds like it
    return "rule" in marks or hinted or (again and "asks" not in marks)


def _named(text: str, found: Finding, state: Conversation, knowledge: Knowledge) -> Finding:
    """As the danger that the words name, where no rule finds one as grave; who wants to live no more is asked about."""
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
    """What makes the words harmless, always or in talk of a topic, where the message before takes none of it back."""
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
