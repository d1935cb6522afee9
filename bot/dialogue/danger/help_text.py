"""The help text of a danger: first of all, once per danger, always with a number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation import (
    CaseNeeded,
    Conversation,
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
from bot.dialogue.afterwards import NAMED, grows_worse, means, named
from bot.dialogue.commands import afresh, flow_question, person_line
from bot.dialogue.danger.care import RECENT, line_told, phase_told
from bot.dialogue.danger.context import SPREAD_OVER
from bot.dialogue.danger.help_numbers import COVERED, help_numbers
from bot.dialogue.danger.judging import SCORER, SHOWN_WORDS, judge
from bot.dialogue.danger.moves import LIKELY, SURE, moves_in, speaks_of, writes_for_other
from bot.dialogue.danger.told_of import tells_of_other
from bot.dialogue.danger.turns import FEW_WORDS, SOME_WORDS
from bot.dialogue.hearing import Hearing
from bot.dialogue.location import place_to_read, typed_place
from bot.dialogue.signals import places_named
from knowledge.schema.base import Level
from knowledge.schema.urgent import Category, ForOther, Help, Worse

ONCE_FOR = timedelta(minutes=30)
"""How long a help text is not given again for the same danger."""
STILL_FOR = timedelta(hours=1)
"""How long after a help text what is not understood is about that danger."""
RANSOM = "ransom"
"""The move of who tells what is asked for somebody."""
CLAUSES = re.compile(r"[,.;\n]")
"""Where a clause of a first message ends."""
AT_THE_BORDER = frozenset({"lost"})
"""Dangers where a named place may lie on either side: the desert of Sonora is in Arizona, too."""
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
    """What grew worse after the help text and cannot wait: said at once whatever was said before, once in a row."""
    danger = hearing.danger
    for told in reversed(told_within(hearing, STILL_FOR)):
        category = hearing.knowledge.categories[told.category]
        another = danger is not None and danger.rule != SCORER and danger.category != told.category
        if another and category.gives_way is None:
            return None  # a rule is sure of another danger, which has a help text of its own
        for worse in _worse_of(told, hearing):
            if worse.id not in told.said[-RECENT:]:
                return _say_worse(hearing, told, worse)
    return None


def turns_worse(hearing: Hearing) -> bool:
    """Whether a message tells, or likely tells, that an open danger grew worse or became another."""
    open_now = told_within(hearing, STILL_FOR)
    return any(True for told in open_now for _ in _worse_of(told, hearing, LIKELY)) or _became(hearing) is not None


def _worse_of(told: ToldDanger, hearing: Hearing, least: float = SURE) -> Iterator[Worse]:
    """What a message tells to have come of a danger."""
    text, knowledge = hearing.text, hearing.knowledge
    moves = moves_in(text, knowledge)
    for worse in knowledge.categories[told.category].worse:
        fits = worse.who in (None, "other" if told.other else "own")
        ways = (False, True) if sum(moves.get(move, 0.0) for move in worse.moves) >= least else (False,)
        if fits and any(grows_worse(told.category, worse.id, text, knowledge, moved=moved) for moved in ways):
            yield worse


def _move(hearing: Hearing) -> str | None:
    """The move that a message surely makes."""
    move, likelihood = next(iter(moves_in(hearing.text, hearing.knowledge).items()))
    return move if likelihood >= SURE else None


def _say_worse(hearing: Hearing, told: ToldDanger, worse: Worse) -> Turn:
    danger = Danger(told.category, Level.CRITICAL, worse.id, hearing.text[:SHOWN_WORDS])
    words = worse.now_minor if hearing.conversation.minor else worse.now
    said = (Reply(ReplyKind.HELP, hearing.fill(each.say(hearing.lang))) for each in (words, worse.more) if each)
    events = (case_of(danger, hearing.conversation),)
    now = told.model_copy(update={"said": (*told.said, worse.id), "aside": False})
    every = tuple(now if one.category == told.category else one for one in hearing.conversation.told)
    # No question behind it: what there is to do comes first.
    return replace(hearing, danger=danger).turn(Outcome.URGENT, *said, events=events, told=every)


def answer_danger(hearing: Hearing) -> Turn | None:
    """The help text of a danger that is told, None where there is none, or its help text was given."""
    danger = _danger_told(hearing)
    if danger is None:
        return None
    return give_help(hearing, danger) if _is_new(danger, hearing) else None


def told_again(hearing: Hearing) -> Danger | None:
    """The danger that a message goes on to tell, of which the help text was given."""
    danger = _danger_told(hearing)
    return danger if danger is not None and not _is_new(danger, hearing) else None


def _danger_told(hearing: Hearing) -> Danger | None:
    if became := _became(hearing):
        return became
    danger = _found_dead(hearing) or _named_instead(hearing) or _going_on(hearing)
    return _held(danger, hearing) if danger is not None else None


def _is_part(danger: Danger, last: ToldDanger, hearing: Hearing) -> bool:
    """Whether a danger no graver than the open one is a part of that: one cue does not replace it, a sure rule does.

    Some rules and moves are always a part: a child who is cared for, who would kill them where they are sent back.
    """
    knowledge = hearing.knowledge
    if danger.rule in knowledge.categories[danger.category].only_first:
        return True
    moves = moves_in(hearing.text, knowledge)
    if any(moves.get(move, 0.0) >= SURE for move in knowledge.categories[last.category].part):
        return True
    return danger.rule == SCORER and danger.level.rank >= last.level.rank


def _became(hearing: Hearing) -> Danger | None:
    """What the open danger became, as a move tells: who was missing is held for money."""
    open_now = told_within(hearing, STILL_FOR)
    name = _name_of_move(open_now[-1].category, hearing) if open_now else _opens_as(hearing)
    if name is None or any(told.category == name for told in open_now):
        return None
    return Danger(name, hearing.knowledge.categories[name].level, NAMED, hearing.text[:SHOWN_WORDS])


def _name_of_move(category: str, hearing: Hearing) -> str | None:
    """What a move makes of this danger: one that is sure, or likely where the message alone sounds like that, too."""
    becomes = hearing.knowledge.categories[category].becomes
    if name := becomes.get(_move(hearing) or ""):
        return name
    move, likelihood = next(iter(moves_in(hearing.text, hearing.knowledge).items()))
    alone = judge(hearing.text, hearing.knowledge) if move in becomes and likelihood >= LIKELY else None
    return becomes[move] if alone is not None and alone.sure and alone.danger.category == becomes[move] else None


def _opens_as(hearing: Hearing) -> str | None:
    """What a clause of a first message makes of the danger in it: who does not answer is held for money."""
    if hearing.danger is None:
        return None
    becomes, clauses = hearing.knowledge.categories[hearing.danger.category].becomes, CLAUSES.split(hearing.text)
    likely = (next(iter(moves_in(clause, hearing.knowledge).items())) for clause in clauses[1:])
    return next((becomes[RANSOM] for move, value in likely if move == RANSOM in becomes and value >= SURE), None)


def _found_dead(hearing: Hearing) -> Danger | None:
    """A lone word of death, after somebody was looked for."""
    if not means("dead", hearing.text, hearing.knowledge):
        return None
    before = [one.text for one in hearing.conversation.heard[:-1] if hearing.now - one.at < SPREAD_OVER]
    sought = any(means("sought", text, hearing.knowledge) for text in before)
    return Danger(DEATH, Level.PRIORITY, "found-dead", hearing.text[:SHOWN_WORDS]) if sought else None


def _named_instead(hearing: Hearing) -> Danger | None:
    """Another danger than the open one, which the message names though nothing in it was read as danger."""
    open_now = told_within(hearing, STILL_FOR)
    name = named(hearing.text, hearing.knowledge) if open_now and hearing.danger is None else None
    if name is None or any(told.category == name for told in open_now):
        return None
    return Danger(name, hearing.knowledge.categories[name].level, NAMED, hearing.text[:SHOWN_WORDS])


def _going_on(hearing: Hearing) -> Danger | None:
    """The danger read; without a rule a few words, or what has a line of its own there, go on with what was told.

    A few words that are graver than it do so only with such a line.
    """
    danger, words = hearing.danger, len(hearing.text.split())
    last = next(reversed(told_within(hearing, ONCE_FOR)), None)
    if danger is None or last is None or danger.rule != SCORER:
        return danger
    graver = danger.level.rank < last.level.rank
    goes_on = words <= (FEW_WORDS if graver else SOME_WORDS) and line_told(
        hearing, hearing.knowledge.categories[last.category]
    )
    if not goes_on and (graver or words > FEW_WORDS):
        return danger
    return replace(danger, category=last.category, level=last.level)


def _held(danger: Danger, hearing: Hearing) -> Danger:
    """A danger told inside one that is open, where it is the reason of that one, or a part of it."""
    last = next(reversed(told_within(hearing, STILL_FOR)), None)
    ways = hearing.knowledge.categories[last.category].gives_way if last is not None else None
    if last is None or danger.category == last.category:
        return danger
    given_way = ways is None or (danger.category in ways and danger.rule != SCORER)
    if given_way and (danger.rule == NAMED or not _is_part(danger, last, hearing)):
        return danger
    return replace(danger, category=last.category, level=last.level)


def _is_new(danger: Danger, hearing: Hearing) -> bool:
    """Whether the help text is owed: another category, a higher level, or half an hour later."""
    told = [told for told in told_within(hearing, ONCE_FOR) if told.category == danger.category]
    return not told or danger.level.rank < min(t.level.rank for t in told)


def give_help(hearing: Hearing, danger: Danger) -> Turn:
    """Help text, numbers, who reads this, the one question; a case for a person."""
    knowledge, state = hearing.knowledge, hearing.conversation
    category = knowledge.categories[danger.category]
    lately = told_within(hearing, STILL_FOR)
    told = _told_with(danger, hearing)
    state = state.having(told=told, country=_country_of(hearing, danger.category, told))
    hearing = replace(hearing, conversation=state, danger=danger)
    flow = _flow_after(hearing, category)
    flow = None if flow == "where" and lately else flow  # once is enough
    places = [place for place in (typed_place(hearing.text),) if place is not None]
    replies = [_now(hearing, category), *(place_to_read(place, hearing) for place in places)]
    given = {one.contact for before in lately for one in knowledge.categories[before.category].help.contacts}
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
        told=told,
        located_at=None,
    )


def _told_with(danger: Danger, hearing: Hearing) -> tuple[ToldDanger, ...]:
    """What is remembered of all dangers; beside a need the conversation stays with the one that is open."""
    state, category = hearing.conversation, danger.category
    said = next((told.said for told in state.told if told.category == category), ())
    texts = [heard.text for heard in state.heard if hearing.now - heard.at <= SPREAD_OVER]
    told = ToldDanger(
        category=category,
        level=danger.level,
        at=hearing.now,
        other=not _own_before(hearing, category) and (of_other(hearing, category) or _is_theirs(danger, hearing)),
        phase=phase_told(texts, category, hearing.knowledge),
        said=said,
        promised=state.desk.on_duty,
    )
    before = tuple(one for one in state.told if one.category != category)
    if hearing.knowledge.categories[category].beside and before and before[-1] in told_within(hearing, STILL_FOR):
        return (*before[:-1], told, before[-1])
    return (*before, told)


def _own_before(hearing: Hearing, category: str) -> bool:
    """Whether the writer's own danger was told first: who names their daughters then does not write for them."""
    own = any(told.category == category and not told.other for told in told_within(hearing, STILL_FOR))
    before = [heard.text for heard in hearing.conversation.heard[:-1]]
    said = any(speaks_of(text, hearing.knowledge) == "own" for text in before)
    return own and said and not writes_for_other(hearing.text, hearing.knowledge)


def _is_theirs(danger: Danger, hearing: Hearing) -> bool:
    """Whether somebody else's danger became this one; who wants to die may be the one who told of it."""
    before = told_within(hearing, STILL_FOR)
    became = danger.rule == NAMED and hearing.knowledge.categories[danger.category].check_no is None
    return became and bool(before) and before[-1].other


def of_other(hearing: Hearing, category_id: str) -> bool:
    """Whether what was just said tells of somebody else in this danger."""
    said = [heard.text for heard in hearing.conversation.heard if hearing.now - heard.at <= SPREAD_OVER]
    return tells_of_other(said, category_id, hearing.knowledge)


def _spoken(hearing: Hearing, category: Category) -> Help | ForOther:
    """The words for whom we speak to: the one in danger, or who told us of them."""
    return category.other if category.other is not None and is_helper(hearing, category) else category.help


def _flow_after(hearing: Hearing, category: Category) -> str | None:
    flow = _spoken(hearing, category).flow or category.help.flow
    return None if flow == "where" and _knows_where(hearing, category) else flow


def _knows_where(hearing: Hearing, category: Category) -> bool:
    """Whether one country is known, or the places named lately are all of one: then nobody is asked for it."""
    if hearing.conversation.country is not None:
        return True
    return category.id not in AT_THE_BORDER and len(_places(hearing)) == 1


def _places(hearing: Hearing) -> set[str]:
    """The countries of the places named lately, without the one that the writer is from."""
    named = (places_named(heard.text, hearing.knowledge) for heard in hearing.conversation.heard)
    return {country for country in set[str]().union(*named) if country and country != hearing.conversation.citizen}


def _country_of(hearing: Hearing, category: str, told: Sequence[ToldDanger]) -> str | None:
    """Where help is needed: as the writer says it, or, for somebody else, the place abroad that alone is named."""
    places, known = _places(hearing), hearing.conversation.country
    other = any(one.other for one in told if one.category == category)
    abroad = len(places) == 1 and not places & set(COVERED)
    return next(iter(places)) if known is None and other and abroad else known


def _now(hearing: Hearing, category: Category) -> Reply:
    spoken = _spoken(hearing, category)
    words = spoken.now_minor if hearing.conversation.minor else spoken.now
    own = f"{hearing.knowledge.foreign[hearing.foreign]}\n\n" if hearing.foreign is not None else ""
    return Reply(ReplyKind.HELP, hearing.fill(own + words.say(hearing.lang)))


def _who_reads(hearing: Hearing, category: Category, lately: Sequence[ToldDanger]) -> list[Reply]:
    """Whether somebody reads this: said once, and again where it has changed."""
    on_duty, nobody = hearing.conversation.desk.on_duty, category.help.nobody
    if nobody is not None and not on_duty:
        return [Reply(ReplyKind.HELP, hearing.fill(nobody.say(hearing.lang)))]
    if lately and lately[-1].promised is on_duty:
        return []
    return [Reply(ReplyKind.HELP, person_line(hearing))]


def case_of(danger: Danger, state: Conversation) -> CaseNeeded:
    """What is kept of a danger for whoever takes the case."""
    return CaseNeeded("danger", danger.level, danger.category, danger.rule, danger.words, state.country)
