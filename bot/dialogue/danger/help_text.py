"""The help text of a danger: first of all, once per danger, always with a number."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation import (
    CaseNeeded,
    Conversation,
    Danger,
    Event,
    Outcome,
    RemindLater,
    Reply,
    ReplyKind,
    ToldDanger,
    Turn,
)
from bot.dialogue.another_matter import is_another_matter
from bot.dialogue.commands import afresh, flow_question, open_question, person_line
from bot.dialogue.danger.context import SPREAD_OVER
from bot.dialogue.danger.help_numbers import help_numbers
from bot.dialogue.danger.judging import FEW_WORDS, SCORER
from bot.dialogue.danger.told_of import tells_of_other
from bot.dialogue.hearing import Hearing
from knowledge.schema.base import Level
from knowledge.schema.urgent import Category, ForOther, Help

ONCE_FOR = timedelta(minutes=30)
"""How long a help text is not given again for the same danger."""
SILENCE_MINUTES = 10
"""After so long without a word, the line that a flow has for silence."""


def answer_danger(hearing: Hearing) -> Turn | None:
    """The turn of a message that speaks of danger, None where it does not."""
    danger = _going_on(hearing)
    if danger is None:
        return None
    if _is_new(danger, hearing):
        return give_help(hearing, danger)
    if hearing.conversation.claimed:
        return hearing.turn(Outcome.SILENT)
    if danger.level is Level.PRIORITY and is_another_matter(hearing):
        return None  # how a body is brought home is a question, too, and its answer is the help
    said = again(hearing, hearing.knowledge.categories[danger.category])
    return hearing.turn(Outcome.URGENT, said, *open_question(hearing), events=(_case(danger, hearing.conversation),))


def _going_on(hearing: Hearing) -> Danger | None:
    """The danger read; a few words without a rule, no graver than what was told, go on with what was told."""
    danger, told = hearing.danger, hearing.conversation.told[-1:]
    if danger is None or danger.rule != SCORER or len(hearing.text.split()) > FEW_WORDS:
        return danger
    lately = (one for one in told if hearing.now - one.at < ONCE_FOR and one.level.rank <= danger.level.rank)
    last = next(lately, None)
    return replace(danger, category=last.category, level=last.level) if last else danger


def _is_new(danger: Danger, hearing: Hearing) -> bool:
    """Whether the help text is owed: another category, a higher level, or half an hour later."""
    told = [t for t in hearing.conversation.told if t.category == danger.category and hearing.now - t.at < ONCE_FOR]
    return not told or danger.level.rank < min(t.level.rank for t in told)


def give_help(hearing: Hearing, danger: Danger) -> Turn:
    """Help text, numbers, who reads this, the one question; a case for a person."""
    knowledge, state = hearing.knowledge, hearing.conversation
    category = knowledge.categories[danger.category]
    told = tuple(t for t in state.told if t.category != danger.category)
    told += (
        ToldDanger(
            category=danger.category, level=danger.level, at=hearing.now, other=of_other(hearing, danger.category)
        ),
    )
    state = state.having(told=told)
    hearing = replace(hearing, conversation=state, danger=danger)
    flow = _flow_after(hearing, category)
    replies = [_now(hearing, category), help_numbers(hearing, category), _who_reads(hearing, category)]
    answers = state.answers
    events: list[Event] = [_case(danger, state)]
    if flow is not None:
        answers = afresh(knowledge.flows[flow], answers)
        replies.append(flow_question(hearing, flow, answers))
        if knowledge.flows[flow].silence is not None:
            events.append(RemindLater(flow, SILENCE_MINUTES))
    return hearing.turn(
        Outcome.URGENT,
        *replies,
        events=tuple(events),
        flow=flow,
        answers=answers,
        checking=None,
        told=told,
        located_at=None,
    )


def of_other(hearing: Hearing, category_id: str) -> bool:
    """Whether what was just said tells of somebody else in this danger."""
    said = [heard.text for heard in hearing.conversation.heard if hearing.now - heard.at <= SPREAD_OVER]
    return tells_of_other(said, category_id, hearing.knowledge)


def _spoken(hearing: Hearing, category: Category) -> Help | ForOther:
    """The words for whom we speak to: the one in danger, or who told us of them."""
    told = next((told for told in hearing.conversation.told if told.category == category.id), None)
    return category.other if category.other is not None and told is not None and told.other else category.help


def _flow_after(hearing: Hearing, category: Category) -> str | None:
    flow = _spoken(hearing, category).flow or category.help.flow
    return None if flow == "where" and hearing.conversation.country is not None else flow


def _now(hearing: Hearing, category: Category) -> Reply:
    spoken = _spoken(hearing, category)
    words = spoken.now_minor if hearing.conversation.minor else spoken.now
    own = f"{hearing.knowledge.foreign[hearing.foreign]}\n\n" if hearing.foreign is not None else ""
    return Reply(ReplyKind.HELP, hearing.fill(own + words.say(hearing.lang)))


def _who_reads(hearing: Hearing, category: Category) -> Reply:
    nobody = category.help.nobody
    if nobody is None or hearing.conversation.desk.on_duty:
        return Reply(ReplyKind.HELP, person_line(hearing))
    return Reply(ReplyKind.HELP, hearing.fill(nobody.say(hearing.lang)))


def again(hearing: Hearing, category: Category) -> Reply:
    """After the help text: one line with the number, which says that we are still there."""
    return Reply(ReplyKind.HELP, hearing.fill(_spoken(hearing, category).again.say(hearing.lang)))


def _case(danger: Danger, state: Conversation) -> CaseNeeded:
    return CaseNeeded("danger", danger.level, danger.category, danger.rule, danger.words, state.country)
