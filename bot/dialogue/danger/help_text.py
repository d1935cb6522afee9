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
from bot.dialogue.afterwards import grows_worse, means
from bot.dialogue.another_matter import is_another_matter
from bot.dialogue.commands import afresh, flow_question, open_question, person_line
from bot.dialogue.danger.context import SPREAD_OVER
from bot.dialogue.danger.help_numbers import help_numbers
from bot.dialogue.danger.judging import FEW_WORDS, SCORER, SHOWN_WORDS
from bot.dialogue.danger.told_of import tells_of_other
from bot.dialogue.hearing import Hearing
from knowledge.schema.base import Level
from knowledge.schema.urgent import Category, ForOther, Help, Worse

ONCE_FOR = timedelta(minutes=30)
"""How long a help text is not given again for the same danger."""
STILL_FOR = timedelta(hours=1)
"""How long after a help text what is not understood is about that danger."""
DEATH = "death"
"""The category of who was found dead."""
SILENCE_MINUTES = 10
"""After so long without a word, the line that a flow has for silence."""


def told_within(hearing: Hearing, period: timedelta) -> list[ToldDanger]:
    """What was told no longer ago than this and is not over, the newest last."""
    return [told for told in hearing.conversation.told if not told.over and hearing.now - told.at < period]


def is_helper(hearing: Hearing, category: Category) -> bool:
    """Whether whoever writes told of somebody else in this danger."""
    return any(told.other for told in hearing.conversation.told if told.category == category.id)


def answer_worse(hearing: Hearing) -> Turn | None:
    """What grew worse after the help text and cannot wait: said at once, whatever was said before."""
    danger = hearing.danger
    for told in reversed(told_within(hearing, STILL_FOR)):
        if danger is not None and danger.rule != SCORER and danger.category != told.category:
            return None  # a rule is sure of another danger, which has a help text of its own
        for worse in hearing.knowledge.categories[told.category].worse:
            if grows_worse(told.category, worse.id, hearing.text, hearing.knowledge):
                return _say_worse(hearing, told, worse)
    return None


def _say_worse(hearing: Hearing, told: ToldDanger, worse: Worse) -> Turn:
    danger = Danger(told.category, Level.CRITICAL, worse.id, hearing.text[:SHOWN_WORDS])
    words = worse.now_minor if hearing.conversation.minor else worse.now
    said = (Reply(ReplyKind.HELP, hearing.fill(each.say(hearing.lang))) for each in (words, worse.more) if each)
    events = (_case(danger, hearing.conversation),)
    # No question behind it: what there is to do comes first.
    return replace(hearing, danger=danger).turn(Outcome.URGENT, *said, events=events)


def answer_danger(hearing: Hearing) -> Turn | None:
    """The turn of a message that speaks of danger, None where it does not."""
    danger = _found_dead(hearing) or _going_on(hearing)
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


def _found_dead(hearing: Hearing) -> Danger | None:
    """A lone word of death, after somebody was looked for."""
    if not means("dead", hearing.text, hearing.knowledge):
        return None
    before = [one.text for one in hearing.conversation.heard[:-1] if hearing.now - one.at < SPREAD_OVER]
    sought = any(means("sought", text, hearing.knowledge) for text in before)
    return Danger(DEATH, Level.PRIORITY, "found-dead", hearing.text[:SHOWN_WORDS]) if sought else None


def _going_on(hearing: Hearing) -> Danger | None:
    """The danger read; a few words without a rule, no graver than what was told, go on with what was told."""
    danger, told = hearing.danger, hearing.conversation.told[-1:]
    if danger is None or danger.rule != SCORER or len(hearing.text.split()) > FEW_WORDS:
        return danger
    lately = (
        one for one in told if not one.over and hearing.now - one.at < ONCE_FOR and one.level.rank <= danger.level.rank
    )
    last = next(lately, None)
    return replace(danger, category=last.category, level=last.level) if last else danger


def _is_new(danger: Danger, hearing: Hearing) -> bool:
    """Whether the help text is owed: another category, a higher level, or half an hour later."""
    told = [told for told in told_within(hearing, ONCE_FOR) if told.category == danger.category]
    return not told or danger.level.rank < min(t.level.rank for t in told)


def give_help(hearing: Hearing, danger: Danger) -> Turn:
    """Help text, numbers, who reads this, the one question; a case for a person."""
    knowledge, state = hearing.knowledge, hearing.conversation
    category = knowledge.categories[danger.category]
    before = tuple(told for told in state.told if told.category != category.id)
    other = of_other(hearing, category.id)
    told = (*before, ToldDanger(category=category.id, level=danger.level, at=hearing.now, other=other))
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
    return category.other if category.other is not None and is_helper(hearing, category) else category.help


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
    minor = category.help.again_minor if hearing.conversation.minor else None
    words = minor or _spoken(hearing, category).again
    return Reply(ReplyKind.HELP, hearing.fill(words.say(hearing.lang)))


def _case(danger: Danger, state: Conversation) -> CaseNeeded:
    return CaseNeeded("danger", danger.level, danger.category, danger.rule, danger.words, state.country)
