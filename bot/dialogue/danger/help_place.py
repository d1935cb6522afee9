"""Where help is needed: the country whose numbers a help text gives, and whether it must still be asked for."""

from collections.abc import Sequence

from bot.conversation import ToldDanger
from bot.dialogue.danger.help_numbers import COVERED, told_here
from bot.dialogue.danger.meant import DEATH
from bot.dialogue.danger.remembered import AT_THE_BORDER
from bot.dialogue.danger.where import says_where, where_told
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import HERE, UNITED_STATES, places_acted, places_stood, speaks_of_elsewhere
from knowledge.schema.urgent import Category

ANYWHERE = frozenset({*AT_THE_BORDER, "missing", "self_harm"})
"""Dangers whose numbers are given for all countries while the writer's is not surely known."""


def knows_where(hearing: Hearing, category: Category) -> bool:
    """Whether one country is known, or the places named lately are all of one: then nobody is asked for it."""
    if hearing.conversation.country is not None or (category.id == DEATH and _stood(hearing)):
        return True  # where somebody died and where they are brought to are two
    if category.id in AT_THE_BORDER:
        return _stood(hearing) == {UNITED_STATES}  # what is called after Sonora may be in Arizona, not the other way
    by_words = set() if category.id in ANYWHERE else _stood_by_words(hearing, category.id)
    return any(len(places) == 1 for places in (_places(hearing), _stood(hearing), _acted(hearing), by_words))


def _places(hearing: Hearing) -> set[str]:
    """The countries of the places named lately as where something is: nobody is where their people are from."""
    named = (places_stood(text, hearing.knowledge, going=True) for text in told_here(hearing))
    return {country for country in set[str]().union(*named) if country and country != hearing.conversation.citizen}


def _stood(hearing: Hearing, *, own: bool = False) -> set[str]:
    """Those of our countries where what was told lately is; `own`: not what speaks of somebody else's place."""
    texts = told_here(hearing)
    heard = [text for text in texts if not (own and speaks_of_elsewhere(text, hearing.knowledge))]
    return set[str]().union(*(places_stood(text, hearing.knowledge) for text in heard)) & HERE


def _acted(hearing: Hearing) -> set[str]:
    """Those of our countries where something was lately said to be done: not where papers or people are of."""
    named = (places_acted(text, hearing.knowledge) for text in told_here(hearing))
    return set[str]().union(*named) & HERE


def country_of(hearing: Hearing, category: str, told: Sequence[ToldDanger]) -> str | None:
    """Where help is needed: as the writer says it, or the place of their own danger that alone is named; for somebody
    else, where that is abroad.
    """
    places, known = _places(hearing), hearing.conversation.country
    other = any(one.other for one in told if one.category == category)
    abroad = len(places) == 1 and not places & set(COVERED)
    if known is None and not (other or category in ANYWHERE):
        stood = _stood_by_words(hearing, category) or _stood(hearing, own=True)
        known = next(iter(stood)) if len(stood) == 1 else None
    return next(iter(places)) if known is None and other and abroad else known


def _stood_by_words(hearing: Hearing, category: str) -> set[str]:
    """Where the danger's own words put it: deported to Nogales is in Mexico."""
    said = [heard.text for heard in hearing.conversation.heard if says_where(heard.text, category, hearing.knowledge)]
    where = where_told(said, category, hearing.knowledge, of_other=False)
    return {where} if where else set()
