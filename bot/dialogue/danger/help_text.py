"""The help text of a danger: first of all, once per danger, always with a number."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import (
    Danger,
    Event,
    Outcome,
    PlaceGiven,
    RemindLater,
    Reply,
    ReplyKind,
    ToldDanger,
    Turn,
)
from bot.dialogue.bearing.threads import with_earlier
from bot.dialogue.commands import afresh, flow_question, person_line
from bot.dialogue.danger.care import phase_told
from bot.dialogue.danger.context import SPREAD_OVER
from bot.dialogue.danger.course import opened_by
from bot.dialogue.danger.grown_worse import words_of, worse_of
from bot.dialogue.danger.help_numbers import help_numbers, told_here, with_given
from bot.dialogue.danger.help_place import country_of, knows_where
from bot.dialogue.danger.meant import (
    DEATH,
    RANSOM,
    STILL_FOR,
    danger_told,
    is_new,
    surest_move,
    told_within,
)
from bot.dialogue.danger.moves import SURE, VERY, moves_in, speaks_of, writes_for_other
from bot.dialogue.danger.remembered import case_of, is_apart, named_phase, noted, phase_of, told_of
from bot.dialogue.danger.told_of import is_own_move, tells_of_other
from bot.dialogue.danger.where import is_sure, where_told
from bot.dialogue.danger.whose import are_foreign, says_own, says_place, telling
from bot.dialogue.hearing import Hearing
from bot.dialogue.location import place_to_read, typed_place
from bot.dialogue.person.signals import HERE
from bot.dialogue.words.afterwards import IN_TRUTH, NAMED
from knowledge.schema.course import Course
from knowledge.schema.help import Help
from knowledge.schema.turned import Worse
from knowledge.schema.urgent import Category, ForOther
from knowledge.wording import country

SILENCE_MINUTES = 10
"""After so long without a word, the line that a flow has for silence."""


def is_helper(hearing: Hearing, category: Category) -> bool:
    """Whether whoever writes told of somebody else in this danger."""
    return any(told.other for told in hearing.conversation.told if told.category == category.id)


def answer_danger(hearing: Hearing) -> Turn | None:
    """The help text of a danger that is told, None where there is none, or its help text was given."""
    danger = danger_told(hearing)
    if danger is None:
        return None
    return give_help(hearing, danger) if is_new(danger, hearing) else None


def give_help(hearing: Hearing, danger: Danger) -> Turn:
    """Help text, numbers, who reads this, the one question; a case for a person."""
    knowledge, state = hearing.knowledge, hearing.conversation
    category = knowledge.categories[danger.category]
    lately = told_within(hearing, STILL_FOR)
    danger, course = _in_its_kind(danger, hearing), opened_by(hearing)
    told = _told_with(danger, course, hearing)
    state = state.having(told=told, country=country_of(hearing, danger.category, told))
    hearing = with_given(replace(hearing, conversation=state, danger=danger), category)
    worse = _worse_at_first(hearing, category)
    if worse is not None:
        hearing = noted(hearing, category, worse)
    flow = _flow_after(hearing, category)
    flow = None if flow == "where" and lately else flow  # once is enough
    places = [place for place in (typed_place(hearing.text),) if place is not None]
    replies = [*_now(hearing, category, worse, course), *(place_to_read(place, hearing) for place in places)]
    going_on = [before.category for before in lately if not _ended_by(course, before).over]
    given = {one.contact for name in going_on for one in knowledge.categories[name].help.contacts}
    replies += [help_numbers(hearing, category, given), *_who_reads(hearing, category, lately)]
    answers = state.answers
    events: list[Event] = [case_of(danger, state), *(PlaceGiven(each.latitude, each.longitude) for each in places)]
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
        doubt=None,
        located_at=None,
        topic=None,  # what is asked next is asked of the danger, not of what was spoken of before it
        section=None,
        earlier=with_earlier(state, hearing.text, knowledge),  # where whoever is out of it may go on
    )


def _in_its_kind(danger: Danger, hearing: Hearing) -> Danger:
    """The danger at the level of its kind, where all that was told is of that: a fever that no clinic would look at."""
    category, knowledge = danger.category, hearing.knowledge
    phase = named_phase(category, phase_told(_lately_heard(hearing), category, knowledge), knowledge)
    return replace(danger, level=phase.level) if phase is not None and phase.level is not None else danger


def _told_with(danger: Danger, course: Course | None, hearing: Hearing) -> tuple[ToldDanger, ...]:
    """What is remembered of all dangers; beside a need the conversation stays with the one that is open."""
    state, category = hearing.conversation, danger.category
    said = next((told.said for told in state.told if told.category == category), ())
    texts = _lately_heard(hearing)
    other, here = _is_of_other(hearing, danger), told_here(hearing)
    where = where_told([one for one in texts if one in here], category, hearing.knowledge, of_other=other)
    told = ToldDanger(
        category=category,
        level=danger.level,
        at=hearing.now,
        other=other,
        own=says_own(texts, hearing.knowledge),
        foreign=are_foreign(texts, state, hearing.knowledge),
        placed=says_place(texts, category, hearing.knowledge),
        where=where,
        sure=any(is_sure(one, where, category, hearing.knowledge) for one in texts),
        phase=phase_told(texts, category, hearing.knowledge),
        said=said,
        promised=state.desk.on_duty,
    )
    before = tuple(_ended_by(course, one) for one in state.told if one.category != category)
    last = before[-1] if before and before[-1] in told_within(hearing, STILL_FOR) else None
    categories = hearing.knowledge.categories
    if last is not None and (categories[category].beside or category in categories[last.category].keeps):
        return (*before[:-1], told, before[-1])
    return (*before, told)


def _ended_by(course: Course | None, told: ToldDanger) -> ToldDanger:
    """An open danger, over where it was that of whom this became: who died is not lost any more."""
    ends = course is not None and course.over and (told.other or told.category in course.of)
    return told.model_copy(update={"over": told.over or ends})


def _own_before(hearing: Hearing, category: str) -> bool:
    """Whether the writer's own danger was told first: who names their daughters then does not write for them."""
    own = any(told.category == category and not told.other for told in told_within(hearing, STILL_FOR))
    before = [heard.text for heard in hearing.conversation.heard[:-1]]
    said = any(speaks_of(text, hearing.knowledge) == "own" for text in before)
    return own and said and not writes_for_other(hearing.text, hearing.knowledge)


def _is_of_other(hearing: Hearing, danger: Danger) -> bool:
    """Whether the writer tells of somebody else in this danger, by this message or by what it became of."""
    category = danger.category
    in_truth = danger.rule == IN_TRUTH and speaks_of(hearing.text, hearing.knowledge) != "own"
    if in_truth or category == DEATH or _is_asked_for(hearing):
        return True
    if is_own_move(hearing.text, category, hearing.knowledge) or _own_before(hearing, category):
        return False
    return of_other(hearing, category) or _is_theirs(danger, hearing)


def _is_asked_for(hearing: Hearing) -> bool:
    """Whether a ransom is asked for somebody else than the writer, whatever befell the writer before."""
    ransom = moves_in(hearing.text, hearing.knowledge).get(RANSOM, 0.0) >= SURE
    return ransom and speaks_of(hearing.text, hearing.knowledge) == "other"


def _is_theirs(danger: Danger, hearing: Hearing) -> bool:
    """Whether somebody else's danger became this one; who wants to die may be the one who told of it."""
    before = told_within(hearing, STILL_FOR)
    became = danger.rule == NAMED and hearing.knowledge.categories[danger.category].check_no is None
    became = became and speaks_of(hearing.text, hearing.knowledge) != "own"
    return became and bool(before) and before[-1].other


def of_other(hearing: Hearing, category_id: str) -> bool:
    """Whether what was just said tells of somebody else in this danger."""
    said = _lately_heard(hearing)
    return tells_of_other(telling(said, hearing.knowledge) or said, category_id, hearing.knowledge)


def _lately_heard(hearing: Hearing) -> list[str]:
    return [heard.text for heard in hearing.conversation.heard if hearing.now - heard.at <= SPREAD_OVER]


def _worse_at_first(hearing: Hearing, category: Category) -> Worse | None:
    """What cannot wait for a general help text, told at once: bad air, a birth."""
    told, knowledge = told_of(hearing, category), hearing.knowledge
    found = (worse for text in _lately_heard(hearing) for worse in worse_of(told, text, knowledge, VERY))
    return next((worse for worse in found if worse.first), None)


def _spoken(hearing: Hearing, category: Category) -> Help | ForOther:
    """The words for whom we speak to: the one in danger, or who told us of them."""
    return category.other if category.other is not None and is_helper(hearing, category) else category.help


def _flow_after(hearing: Hearing, category: Category) -> str | None:
    flow = _spoken(hearing, category).flow or category.help.flow
    return None if flow == "where" and knows_where(hearing, category) else flow


def _now(hearing: Hearing, category: Category, worse: Worse | None, course: Course | None) -> list[Reply]:
    spoken = _spoken(hearing, category)
    grown = spoken.now_in.get(phase_of(hearing.conversation, category.id) or "", spoken.now)
    if spoken is category.help:
        grown = category.help.now_for.get(surest_move(hearing) or "", grown)
    general = spoken.now_minor if hearing.conversation.minor else grown
    words = [general] if worse is None else words_of(worse, hearing)
    own = hearing.own_word
    if course is not None and course.opens == category.id and course.say is not None:
        own += f"{course.say.say(hearing.lang)} "
    first, *more = (each.say(hearing.lang) for each in words)
    first = (_from_afar(hearing, category) if worse is None else None) or first
    return [Reply(ReplyKind.HELP, hearing.fill(each)) for each in (own + first, *more)]


def _from_afar(hearing: Hearing, category: Category) -> str | None:
    """What an adult is told who writes of somebody in another country, with the number there and whose it is."""
    told, state, words = told_of(hearing, category), hearing.conversation, category.help.now_afar
    if words is None or state.minor or not is_apart(state, told):
        return None
    there = hearing.with_state(state.having(country=told.where))
    of = f" ({country(told.where, hearing.lang)})" if told.where in HERE else ""
    return there.fill(words.say(hearing.lang).replace("{emergency}", f"{{emergency}}{of}"))


def _who_reads(hearing: Hearing, category: Category, lately: Sequence[ToldDanger]) -> list[Reply]:
    """Whether somebody reads this: said once, and again where it has changed."""
    on_duty, nobody = hearing.conversation.desk.on_duty, category.help.nobody
    if nobody is not None and not on_duty:
        return [Reply(ReplyKind.HELP, hearing.fill(nobody.say(hearing.lang)))]
    if lately and lately[-1].promised is on_duty:
        return []
    return [Reply(ReplyKind.HELP, person_line(hearing))]
