"""Which danger a message tells, beside those that are open: the same, a part of it, a worse one, another."""

import re
from dataclasses import replace
from datetime import timedelta

from bot.conversation import Danger, ToldDanger
from bot.dialogue.danger.care import holds_on, is_heard, line_told, sounds_like
from bot.dialogue.danger.context import SPREAD_OVER
from bot.dialogue.danger.course import opened_by
from bot.dialogue.danger.judging import HELP, SCORER, SHOWN_WORDS, judge, judge_whole, likelihood_of
from bot.dialogue.danger.moves import LIKELY, SURE, likeliest_move, moves_in
from bot.dialogue.danger.turns import FEW_WORDS, SOME_WORDS, together
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.afterwards import NAMED, in_truth, is_calm, means, named
from knowledge.schema.base import Level

ONCE_FOR = timedelta(minutes=30)
"""How long a help text is not given again for the same danger."""
STILL_FOR = timedelta(hours=1)
"""How long after a help text what is not understood is about that danger."""
RANSOM = "ransom"
"""The move of who tells what is asked for somebody."""
LURED = "lured"
"""The move of who tells that somebody is taken away by who won or bought them."""
CLAUSES = re.compile(r"[,.;\n]")
"""Where a clause of a first message ends."""
ILL = "medical"
"""The category of a body that is hurt or ill, wherever it is."""
DEATH = "death"
"""The category of who was found dead."""
ANOTHER_DANGER = 0.99
"""Likelihood from which no more than some words that no rule knows are another danger than the open one: what people
answer us and tell of their need fires the scorer below that, and of 151 first reports that it alone found none is."""


def told_within(hearing: Hearing, period: timedelta) -> list[ToldDanger]:
    """What was told no longer ago than this and is not over, the newest last."""
    return [told for told in hearing.conversation.told if not told.over and hearing.now - told.at < period]


def surest_move(hearing: Hearing) -> str | None:
    """The move that a message surely makes."""
    move, likelihood = likeliest_move(hearing.text, hearing.knowledge)
    return move if likelihood >= SURE else None


def told_again(hearing: Hearing) -> Danger | None:
    """The danger that a message goes on to tell, of which the help text was given."""
    danger = danger_told(hearing)
    return danger if danger is not None and not is_new(danger, hearing) else None


def danger_told(hearing: Hearing) -> Danger | None:
    """The danger that a message tells, as what the conversation makes of it."""
    if found := became(hearing):
        return found
    danger = _found_dead(hearing) or named_instead(hearing) or _going_on(hearing)
    return _held(in_truth(danger, hearing.text, hearing.knowledge), hearing) if danger is not None else None


def _is_part(danger: Danger, last: ToldDanger, hearing: Hearing) -> bool:
    """Whether a danger no graver than the open one is a part of that: one cue does not replace it, a sure rule does.

    Some rules and moves are always a part: a child who is cared for, who would kill them where they are sent back.
    """
    knowledge = hearing.knowledge
    if danger.rule in knowledge.categories[danger.category].only_first:
        return True
    moves, category = moves_in(hearing.text, knowledge), knowledge.categories[last.category]
    if any(moves.get(move, 0.0) >= SURE for move in category.part) or danger.category in sounds_like(hearing, category):
        return True
    if danger.rule == SCORER:
        return danger.level.rank >= last.level.rank
    return _is_rather(last, hearing)


def _is_rather(last: ToldDanger, hearing: Hearing) -> bool:
    """Whether what only a rule makes sure, told after the open danger, is rather that: a grown son who is missing."""
    text, knowledge = hearing.text, hearing.knowledge
    said = [one.text for one in hearing.conversation.heard if hearing.now - one.at < SPREAD_OVER]
    alone, both = likelihood_of(text, knowledge), judge_whole(together(said), knowledge)
    rather = both is not None and both.danger.category == last.category and both.likelihood >= max(alone, HELP)
    return rather and alone < HELP


def became(hearing: Hearing) -> Danger | None:
    """What the open danger became, as a move tells: who was missing is held for money."""
    open_now = told_within(hearing, STILL_FOR)
    course = opened_by(hearing)
    if course is not None and course.opens is not None:
        name: str | None = course.opens
    else:
        name = _name_of_move(open_now[-1].category, hearing) if open_now else _opens_as(hearing)
    if name is None or any(told.category == name for told in open_now):
        return None
    return Danger(name, hearing.knowledge.categories[name].level, NAMED, hearing.text[:SHOWN_WORDS])


def _name_of_move(category: str, hearing: Hearing) -> str | None:
    """What a move makes of this danger: one that is sure, or likely where the message alone sounds like that, too."""
    becomes = hearing.knowledge.categories[category].becomes
    if name := becomes.get(surest_move(hearing) or ""):
        return name
    move, likelihood = likeliest_move(hearing.text, hearing.knowledge)
    alone = judge(hearing.text, hearing.knowledge) if move in becomes and likelihood >= LIKELY else None
    return becomes[move] if alone is not None and alone.sure and alone.danger.category == becomes[move] else None


def _opens_as(hearing: Hearing) -> str | None:
    """What a first message makes of the danger in it, or a clause of it: who does not answer is held for money."""
    found = hearing.danger or hearing.check
    if found is None:
        return None
    becomes, clauses = hearing.knowledge.categories[found.category].becomes, CLAUSES.split(hearing.text)
    whole, (move, value) = becomes.get(LURED), likeliest_move(hearing.text, hearing.knowledge)
    if whole is not None and move == LURED and value >= SURE:
        return whole
    if hearing.danger is None:
        return None
    likely = (likeliest_move(clause, hearing.knowledge) for clause in clauses[1:])
    return next((becomes[RANSOM] for move, value in likely if move == RANSOM in becomes and value >= SURE), None)


def told_besides(hearing: Hearing, denied: ToldDanger) -> Danger | None:
    """The gravest danger that was told within this one, of which it was a part; not where that is over, too."""
    text, knowledge = hearing.text, hearing.knowledge
    ways = [knowledge.categories[name] for name in knowledge.categories[denied.category].gives_way or ()]
    since = [heard.text for heard in hearing.conversation.heard[:-1] if heard.at >= denied.at]
    read = (judge(said, knowledge) for said in since)
    told = [one.danger for one in read if one is not None and one.sure]
    # What was said to it tells as much, however few its words were.
    ill = (way for way in ways if way.id == ILL and any(one.id in denied.said for one in way.worse))
    told += [Danger(way.id, way.level, NAMED, "") for way in ill]
    names = {way.id for way in ways}
    left = [one for one in told if one.category in names and not is_calm(one.category, text, knowledge)]
    return min(left, key=lambda one: one.level.rank, default=None)


def _found_dead(hearing: Hearing) -> Danger | None:
    """A lone word of death, after somebody was looked for."""
    if not means("dead", hearing.text, hearing.knowledge):
        return None
    before = [one.text for one in hearing.conversation.heard[:-1] if hearing.now - one.at < SPREAD_OVER]
    sought = any(means("sought", text, hearing.knowledge) for text in before)
    return Danger(DEATH, Level.PRIORITY, "found-dead", hearing.text[:SHOWN_WORDS]) if sought else None


def named_instead(hearing: Hearing) -> Danger | None:
    """Another danger than the open one, which the message names though nothing in it was read as danger."""
    open_now = told_within(hearing, STILL_FOR)
    name = named(hearing.text, hearing.knowledge) if open_now and hearing.danger is None else None
    if name is None or any(told.category == name for told in open_now):
        return None
    return Danger(name, hearing.knowledge.categories[name].level, NAMED, hearing.text[:SHOWN_WORDS])


def _going_on(hearing: Hearing) -> Danger | None:
    """The danger read; without a rule a few words, or what has a line of its own there, go on with what was told.

    A few words that are graver than it do so only with such a line, or where they are not very sure.
    """
    danger, words = hearing.danger, len(hearing.text.split())
    last = next(reversed(told_within(hearing, ONCE_FOR)), None)
    if danger is None or last is None or danger.rule != SCORER:
        return danger
    if words <= SOME_WORDS and _is_doubtful(danger, last, hearing):
        return replace(danger, category=last.category, level=last.level)
    graver = danger.level.rank < last.level.rank
    goes_on = words <= (FEW_WORDS if graver else SOME_WORDS) and line_told(
        hearing, hearing.knowledge.categories[last.category]
    )
    if not goes_on and (graver or words > FEW_WORDS):
        return danger
    return replace(danger, category=last.category, level=last.level)


def _is_doubtful(danger: Danger, last: ToldDanger, hearing: Hearing) -> bool:
    """Whether a few words are not surely another danger; a wish to die only where a line of the open one hears them."""
    if likelihood_of(hearing.text, hearing.knowledge) >= ANOTHER_DANGER:
        return False
    categories = hearing.knowledge.categories
    return categories[danger.category].check_no is None or is_heard(hearing, categories[last.category])


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


def is_new(danger: Danger, hearing: Hearing) -> bool:
    """Whether the help text is owed: another category, half an hour later, or a higher level that no line speaks of."""
    told = [told for told in told_within(hearing, ONCE_FOR) if told.category == danger.category]
    if not told:
        return True
    raised = danger.level.rank < min(t.level.rank for t in told) and danger.category != DEATH  # no worse than dead
    return raised and not holds_on(hearing, hearing.knowledge.categories[danger.category])
