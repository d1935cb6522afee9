"""Whose danger it is, and where: read again in every message of an open danger, not only in the first."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.conversation import Conversation, ToldDanger
from bot.dialogue.danger.judging import CHECK, likelihood_of
from bot.dialogue.danger.moves import LIKELY, SURE, likeliest_move, moves_in, speaks_of, writes_for_other
from bot.dialogue.danger.told_of import is_own_move, is_theirs, puts_self_in, tells_of_other
from bot.dialogue.danger.where import is_sure, says_where, where_told
from bot.dialogue.person.audience import MAY_BE_MEXICAN
from bot.dialogue.person.signals import of_mexicans, places_stood
from bot.dialogue.words.phrasing import heard_in
from bot.dialogue.words.sounds import heard_frames
from knowledge.frames import FrameSet, unkeyed
from knowledge.model import Knowledge

MINOR, PLACE = "minor", "place"
"""The moves of who says that they are under 18, and of who tells where it is."""
WHERE = "where"
"""The flow that asks in which country they are."""
FEARED_DEAD = "fear-dead"
"""The move of who fears that somebody is dead: nobody fears it of themselves."""


def with_moves(text: str, conversation: Conversation, another: str | None, knowledge: Knowledge) -> Conversation:
    """The state with what a message of an open danger says about its writer, who is in it, and where.

    What tells of `another` danger does not tell whose the open one is.
    """
    told = conversation.told[-1:]
    if not told or told[0].over:
        return conversation
    move, likelihood = likeliest_move(text, knowledge)
    category, where = told[0].category, told[0].where
    same = another in (None, category)
    other = _is_others(text, told[0], conversation, knowledge) if same else told[0].other
    where = where_told((text,), category, knowledge, where, of_other=other)
    now = told[0].model_copy(
        update={
            "other": other,
            "own": told[0].own or (same and says_own((text,), knowledge)),
            "foreign": told[0].foreign or are_foreign((text,), conversation, knowledge),
            "placed": told[0].placed or says_place((text,), category, knowledge),
            "where": where,
            "sure": is_sure(text, where, category, knowledge) or (told[0].sure and where == told[0].where),
        }
    )
    minor = conversation.minor or (move == MINOR and likelihood >= SURE)
    return conversation.having(minor=minor, told=(*conversation.told[:-1], now))


def _is_others(text: str, told: ToldDanger, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether the danger is somebody else's, as far as this message goes.

    What they fear or cannot do for somebody else is no danger of their own; who never said that it is theirs and tells
    of somebody else writes for them.
    """
    if is_theirs(text, told.category, knowledge) and not _was_in_it(told.category, conversation, knowledge):
        return True
    if writes_for_other(text, knowledge) and not _answers_where(text, told, conversation, knowledge):
        return True
    if not told.own and moves_in(text, knowledge).get(FEARED_DEAD, 0.0) >= SURE:
        return True
    if told.other:
        _, likelihood = likeliest_move(text, knowledge)
        own = is_own_move(text, told.category, knowledge)
        tells = bool(telling((text,), knowledge)) and speaks_of(text, knowledge) != "other"
        return not (own or (tells and likelihood < SURE and puts_self_in(text, told.category, knowledge)))
    earlier = [heard.text for heard in conversation.heard]
    return not told.own and tells_of_other(telling((*earlier, text), knowledge), told.category, knowledge)


def _was_in_it(category: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether the writer said before that they are in it themselves: then who is named beside them is, too."""
    before = (heard.text for heard in conversation.heard)
    return any(
        puts_self_in(text, category, knowledge)
        and speaks_of(text, knowledge) == "own"
        and not is_theirs(text, category, knowledge)
        for text in before
    )


def _answers_where(text: str, told: ToldDanger, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether who told of their own danger only answers our question where they are: `yo estoy en atlanta`."""
    asked = conversation.flow == WHERE and not told.other
    return asked and told.own and speaks_of(text, knowledge) != "other"


def telling(texts: Iterable[str], knowledge: Knowledge) -> list[str]:
    """The messages that tell who is in danger: a greeting does not, nor another question."""
    return [text for text in texts if writes_for_other(text, knowledge) or likelihood_of(text, knowledge) >= CHECK]


def says_own(texts: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether any message tells of danger as the writer's own."""
    return any(speaks_of(text, knowledge) == "own" for text in telling(texts, knowledge))


def says_place(texts: Iterable[str], category: str, knowledge: Knowledge) -> bool:
    """Whether any message tells where it is: a town, a street, what stands near."""
    return any(
        places_stood(text, knowledge)
        or says_where(text, category, knowledge)
        or moves_in(text, knowledge).get(PLACE, 0.0) >= LIKELY
        or any(_addresses(knowledge).first(part) for part in heard_in(text, knowledge.spelling))
        for text in texts
    )


def says_foreign(texts: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether any message says that the one spoken of is no Mexican: `ella es de guatemala`."""
    return any(_foreigners(knowledge).first(part) for text in texts for part in heard_in(text, knowledge.spelling))


def are_foreign(texts: Sequence[str], conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether the one spoken of is surely no Mexican: it is said of them, or of the writer, who said where they are.

    Partners, friends and whoever is called a Mexican may be of another country than who writes.
    """
    if says_foreign(texts, knowledge):
        return True
    citizen = conversation.citizen
    if citizen is None or citizen in MAY_BE_MEXICAN or conversation.country is None:
        return False
    said = (*texts, *(heard.text for heard in conversation.heard))
    return not any(of_mexicans(one, knowledge, citizen) or _of_partner(one, knowledge) for one in said)


def _of_partner(text: str, knowledge: Knowledge) -> bool:
    return any(_partners(knowledge).first(part) for part in heard_in(text, knowledge.spelling))


@lru_cache(maxsize=8)
def _partners(knowledge: Knowledge) -> FrameSet[bool]:
    """What speaks of somebody who may well be of another country than the writer."""
    return heard_frames(unkeyed(knowledge.signals.partner))


@lru_cache(maxsize=8)
def _addresses(knowledge: Knowledge) -> FrameSet[bool]:
    """What names a place without its town."""
    return heard_frames(unkeyed(knowledge.signals.address))


@lru_cache(maxsize=8)
def _foreigners(knowledge: Knowledge) -> FrameSet[bool]:
    """What says that somebody is no Mexican."""
    return heard_frames(unkeyed(knowledge.signals.their_foreign))
