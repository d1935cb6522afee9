"""Danger in a conversation: what was said before makes a message graver, or harmless."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

from bot.conversation import Conversation, Danger
from bot.dialogue.danger.judging import SCORER, DangerReading, judge, judge_whole, likelihood_of
from bot.dialogue.danger.model import scorer_of
from bot.dialogue.danger.parts import told_apart
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.danger.told_of import besides_own_place
from bot.dialogue.danger.turns import FRAMED, REMEMBERED, Sounds, marks_of, together
from bot.dialogue.person.signals import read_signals
from bot.dialogue.words.afterwards import means
from bot.dialogue.words.odds import log_odds
from bot.dialogue.words.talk import behind_courtesy
from knowledge.model import Knowledge

SPREAD_OVER = timedelta(minutes=15)
"""How far back a message still belongs to the present one."""
HELP, CHECK = 0.72, 0.3
"""Likelihood from which a message after others is given help, and asked about."""
SURE_ALONE = 0.9
"""Likelihood of a message alone from which it is asked about even where it seems to go on with a film, or years ago."""
GOES_ON = frozenset({FRAMED, "joke"})
"""Marks of a message that goes on with what is no danger. A joke before takes nothing from what is said plainly."""
PLAIN = frozenset({"rule", "now"})
"""Marks of a message that says in an expert's words that it happens now: nothing before it makes it less."""
SURE_RULE = 0.98
"""Likelihood of a message alone from which the same holds without a word for now."""
ON_ITS_OWN_RULE, ON_ITS_OWN, ON_ITS_OWN_FEW = 0.8, 0.9, 0.99
"""Likelihood of a message alone from which ordinary talk before it takes nothing from it: where a rule is sure, where
only the scorer speaks, and where it speaks over a few words ("me pega"). Behind an ordinary question it helps 48 more
of 348 reports of the tuning halves (308; 327 are helped alone), and alarms in 4 more of 1,158 calm turns."""
CLOSES = frozenset({"asks", "settles"})
"""Marks of a message that completes no report."""
SPREAD, ADDS = 0.9, 0.4
"""Likelihood of all messages together from which help is given, and of the last alone that completes them."""
HINT = 0.2
"""Likelihood of a message from which what is doubtful after it is no chance: over the tuning dialogues it asks about 1
of 394 calm ones more (an expert's words, heard whatever was spoken of: one more)."""
NOTHING = 0.03
"""Likelihood of danger up to which the rest of a message says nothing of it."""
COMMAND = "/"


def read_conversation(
    text: str, conversation: Conversation, knowledge: Knowledge, now: datetime
) -> tuple[Danger | None, Danger | None]:
    """The danger that a message reports, and the one to ask about; at most one of them."""
    before = [heard.text for heard in conversation.heard if now - heard.at <= SPREAD_OVER and heard.text.strip()]
    helped = {told.category for told in conversation.told if now - told.at <= SPREAD_OVER}
    reading = _in_context(behind_courtesy(text, knowledge), before[-REMEMBERED:], knowledge, helped)
    if reading is None or not (reading.sure or reading.unsure):
        return None, None
    danger = reading.danger
    if conversation.minor and not read_signals(text, knowledge).minor:
        danger = replace(danger, level=danger.level.raised())
    return (danger, None) if reading.sure else (None, danger)


def _in_context(
    text: str, before: Sequence[str], knowledge: Knowledge, helped: Collection[str]
) -> DangerReading | None:
    """`helped`: the dangers whose help text was given."""
    alone = _judge_alone(text, knowledge)
    if alone is None or not before or text.startswith(COMMAND):
        return alone
    if helped and (apart := _told_apart(text, knowledge)) and apart.danger.category not in helped:
        return apart
    if helped and not alone.sure:
        return alone  # what was said before help was given is no new danger
    marks = marks_of(text, before, knowledge)
    plain = alone.sure and (marks >= PLAIN or (alone.likelihood >= SURE_RULE and "rule" in marks))
    if plain and (FRAMED not in marks or means("earnest", text, knowledge)):
        return alone
    if not helped and _is_on_its_own(alone, marks):
        return alone
    whole = judge_whole(together((*before, text)), knowledge)
    sounds = Sounds(
        alone=_odds(alone),
        together=_odds(whole),
        earlier=log_odds(likelihood_of(together(before), knowledge)),
        gravest=max(log_odds(likelihood_of(said, knowledge)) for said in before),
    )
    if whole is not None and _spread(alone, whole, sounds) and not marks & (GOES_ON | CLOSES):
        return alone if alone.sure else whole
    likelihood = scorer_of(knowledge).in_conversation(sounds, marks)
    graver = alone if whole is None or alone.sure or alone.unsure else whole
    stands = _stands(alone, marks) or _hinted_again(text, alone, marks, before, knowledge)
    told = alone.likelihood >= HELP and "rule" in marks  # behind a no, too: "no, me agarró del cuello, pero ya pasó"
    asked = 0.0 if told else HELP if "settles" in marks else 0.0 if stands else CHECK
    return replace(graver, likelihood=likelihood, needed=HELP, asked=asked)


def _judge_alone(text: str, knowledge: Knowledge) -> DangerReading | None:
    """A message by itself; where its writer is takes nothing from what a rule surely finds of somebody elsewhere."""
    whole = judge(text, knowledge)
    if whole is None or whole.sure:
        return whole
    elsewhere = judge(besides_own_place(text, knowledge), knowledge)
    return elsewhere if elsewhere is not None and elsewhere.sure and elsewhere.danger.rule != SCORER else whole


def _is_on_its_own(alone: DangerReading, marks: frozenset[str]) -> bool:
    """Whether a message says so much by itself that an ordinary question before it, answered or not, is no matter."""
    if not alone.sure or marks & {*GOES_ON, "settles"}:
        return False
    if "rule" in marks:
        return alone.likelihood >= ON_ITS_OWN_RULE
    return alone.likelihood >= (ON_ITS_OWN_FEW if "few" in marks else ON_ITS_OWN)


def _stands(alone: DangerReading, marks: frozenset[str]) -> bool:
    """Whether a message is at least asked about whatever else is spoken of: only a story or a joke explains it.

    Alone it would be helped, or asked about by an expert's words; what the scorer alone finds doubtful is weighed.
    """
    if alone.likelihood >= SURE_ALONE:
        return True
    if alone.sure:
        return FRAMED not in marks
    return alone.unsure and "rule" in marks and not marks & GOES_ON


def _hinted_again(
    text: str, alone: DangerReading, marks: frozenset[str], before: Sequence[str], knowledge: Knowledge
) -> bool:
    """Whether what would be asked about alone follows another hint since the last no: two in a row are no chance."""
    if not alone.unsure or marks & {*GOES_ON, "asks"} or "?" in text:
        return False
    since = takewhile(lambda said: not settles(said, knowledge), reversed(before))
    return any(likelihood_of(said, knowledge) >= HINT and not read_rules(said, knowledge).stops for said in since)


def settles(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says that all is well, or no."""
    return read_signals(text, knowledge).settles or means("no", text, knowledge)


def _told_apart(text: str, knowledge: Knowledge) -> DangerReading | None:
    """What is surely told in an open danger beside what is none, as if nothing stood beside it."""
    readings = (
        judge_whole(told, knowledge)
        for told, rest in told_apart(text, knowledge)
        if likelihood_of(rest, knowledge) <= NOTHING
    )
    return next((one for one in readings if one is not None and one.sure and one.danger.rule != SCORER), None)


def _spread(alone: DangerReading, whole: DangerReading, sounds: Sounds) -> bool:
    """Whether all messages together say it plainly, to which the last adds something suspicious."""
    return whole.likelihood >= SPREAD and alone.likelihood >= ADDS and sounds.together > sounds.earlier


def _odds(reading: DangerReading | None) -> float:
    return log_odds(reading.likelihood if reading else 0.0)
