"""What of an open danger grew worse and cannot wait: told before anything else, once in a row."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation import Danger, Outcome, Reply, ReplyKind, ToldDanger, Turn
from bot.dialogue.danger.care import RECENT, phase_told
from bot.dialogue.danger.course import opened_by
from bot.dialogue.danger.judging import SCORER, SHOWN_WORDS
from bot.dialogue.danger.meant import STILL_FOR, became, named_instead, told_within
from bot.dialogue.danger.moves import LIKELY, SURE, moves_in
from bot.dialogue.danger.remembered import case_of
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.afterwards import grows_worse
from knowledge.model import Knowledge
from knowledge.schema.base import Level, Words
from knowledge.schema.turned import Worse


def answer_worse(hearing: Hearing) -> Turn | None:
    """What grew worse after the help text and cannot wait: said at once whatever was said before, once in a row."""
    danger = hearing.danger
    if opened_by(hearing) is not None:
        return None  # what it became has a help text of its own: `ojalá ya no despierte` is no faint
    for told in reversed(told_within(hearing, STILL_FOR)):
        category = hearing.knowledge.categories[told.category]
        another = danger is not None and danger.rule != SCORER and danger.category != told.category
        if another and category.gives_way is None:
            return None  # a rule is sure of another danger, which has a help text of its own
        for worse in worse_of(told, hearing.text, hearing.knowledge):
            if worse.id not in told.said[-RECENT:]:
                return _say_worse(hearing, told, worse)
    return None


def turns_worse(hearing: Hearing) -> bool:
    """Whether a message tells, or likely tells, that an open danger grew worse or became another."""
    open_now = told_within(hearing, STILL_FOR)
    text, knowledge = hearing.text, hearing.knowledge
    grown = any(True for told in open_now for _ in worse_of(told, text, knowledge, LIKELY))
    return grown or became(hearing) is not None or named_instead(hearing) is not None


def worse_of(told: ToldDanger, text: str, knowledge: Knowledge, least: float = SURE) -> Iterator[Worse]:
    """What a message tells to have come of a danger."""
    moves = moves_in(text, knowledge)
    for worse in knowledge.categories[told.category].worse:
        fits = worse.who in (None, "other" if told.other else "own")
        ways = (False, True) if sum(moves.get(move, 0.0) for move in worse.moves) >= least else (False,)
        if fits and any(grows_worse(told.category, worse.id, text, knowledge, moved=moved) for moved in ways):
            yield worse


def _say_worse(hearing: Hearing, told: ToldDanger, worse: Worse) -> Turn:
    danger = Danger(told.category, Level.CRITICAL, worse.id, hearing.text[:SHOWN_WORDS])
    said = (Reply(ReplyKind.HELP, hearing.fill(each.say(hearing.lang))) for each in words_of(worse, hearing))
    events = (case_of(danger, hearing.conversation),)
    phase = phase_told([hearing.text], told.category, hearing.knowledge, told.phase)
    now = told.model_copy(update={"said": (*told.said, worse.id), "aside": False, "phase": phase})
    every = tuple(now if one.category == told.category else one for one in hearing.conversation.told)
    # No question behind it: what there is to do comes first.
    return replace(hearing, danger=danger).turn(Outcome.URGENT, *said, events=events, told=every)


def words_of(worse: Worse, hearing: Hearing) -> Sequence[Words]:
    """What is said of it, in turn."""
    now = worse.now_minor if hearing.conversation.minor else worse.now
    return [now] if worse.more is None else [now, worse.more]
