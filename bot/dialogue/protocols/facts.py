"""The facts of an open danger that decide which words fit (P1, P10), how a message sets them, and what follows."""

from dataclasses import dataclass

from bot.conversation import OpenDanger, Situation
from bot.dialogue.message import Message
from bot.dialogue.person.signals import HERE, places_acted, places_stood, places_within
from bot.dialogue.person.told import placed_behind
from bot.dialogue.places.nearest import place_said
from knowledge.schema.protocols import ABROAD, TOWN_TOLD

MEXICO = "MX"
NATIONS = {"not_mexican": "ZZ", "is_mexican": MEXICO}  # readings of the nationality of whoever is in danger
FAR, KIN_OF_THEIRS, FROM_THERE = "helper_far", "kin_of_theirs", "writes_from_there"
"""Readings of who is not where the danger is, and of where relatives of who is in it are, which is neither's place."""
AGENTS = {"us_agents": "US", "mx_agents": MEXICO}  # readings of agents of a country, which are nowhere else


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides which clauses of a text are said."""

    danger_at: str | None = None
    writer_at: str | None = None
    mexican: bool | None = None
    """Whether the one in danger is Mexican; None: nobody said."""
    fears_government: bool = False
    minor: bool = False
    far: str | None = None
    """place or country: the writer is in another one than the danger."""
    on_duty: bool = False
    heard: frozenset[str] = frozenset()
    """Readings of this danger, and the kinds that are open in it: in the sea nobody lies down on a floor."""

    @property
    def dials_from(self) -> str | None:
        """The country from which a line must be reached."""
        return self.writer_at or self.danger_at


@dataclass(frozen=True, slots=True)
class Walked:
    """The danger after the step, and the ids of the texts to be said; `help`: the first words of its kind instead."""

    danger: OpenDanger
    ids: tuple[str, ...] = ()
    help: bool = False
    head: tuple[str, ...] = ()
    """Ids of lines in front of the first words."""
    why: str = ""
    aside: bool = False
    """The answer to the ordinary question of this message follows."""
    again: str | None = None
    """A question kept from before, which is answered now."""
    spent: bool = False
    """Everything was said before: these are the most important words again."""
    new: tuple[str, ...] = ()
    """Kinds that a person should look at now."""


def facts_of(danger: OpenDanger, situation: Situation, *, on_duty: bool) -> Facts:
    """The facts of a danger and of its writer; where the writer is in it, both places are one."""
    writer_at = situation.country.value if situation.country else None
    theirs = danger.who == "other"
    nationality = danger.nationality or (situation.nationality.value if situation.nationality else None)
    abroad = (ABROAD,) if danger.far and writer_at and writer_at not in HERE else ()
    kinds = filter(None, (danger.kind, *(one.kind for one in danger.below), *abroad))
    return Facts(
        danger_at=danger.danger_at or (None if danger.far else writer_at),
        writer_at=writer_at or (None if theirs else danger.danger_at),
        mexican=None if nationality is None else nationality == MEXICO,
        fears_government=situation.fears_government,
        minor=situation.minor,
        far=danger.far,
        on_duty=on_duty,
        heard=frozenset((*danger.heard, *kinds, f"who_{danger.who}", *([TOWN_TOLD] if situation.town else ()))),
    )


def placed(danger: OpenDanger, m: Message, situation: Situation, heard: frozenset[str]) -> OpenDanger:
    """The danger with the place and nationality that a message tells; the last word counts."""
    writer_at = situation.country.value if situation.country else None
    leads = (m.knowledge.signals.past, m.knowledge.signals.origin)
    past, origin = ({*placed_behind(one, m.text, m.knowledge)} for one in leads)
    stood = places_stood(m.text, m.knowledge) - past - origin
    agents = next((country for reading, country in AGENTS.items() if reading in heard), None)
    own = place_said(m.text, m.knowledge, danger.danger_at or writer_at)[0]
    own = own if own in HERE | stood and (stood != {own} or FROM_THERE not in heard) else None  # "me deportan a X"
    abroad = danger.who == "other" and danger.kind in m.knowledge.triage.out_of_reach and not origin <= HERE
    own = None if abroad else own  # "soy de San Pedro Sula, a mi hija la tienen en Houston": who writes may be at home
    theirs = stood - {own} if danger.who == "other" else stood  # "she is in Caracas and I am in Denver"
    told = frozenset(() if KIN_OF_THEIRS in heard else theirs & HERE or theirs or stood & HERE)
    if danger.who in ("own", "both"):
        at, far = own or danger.danger_at or agents or _only(told) or writer_at, None  # "he knows people in X"
    else:
        if danger.kind in m.knowledge.triage.under_way:
            told = places_within(m.text, m.knowledge) & HERE
        moved = places_acted(m.text, m.knowledge) & told & HERE  # not "the police of Houston"
        named = _only((moved if danger.danger_at else told) - {own})
        at = named or danger.danger_at or agents or (None if own else _only(told))
        far = danger.far or ("place" if FAR in heard else None)
        if at and (stays := own or writer_at):
            far = "country" if at != stays else (far if far == "place" else None)
        elif (FAR in heard and len(told) > 1) or (at and at not in HERE):  # "a mi hermana en Guatemala"
            far = "country"
        far = "country" if abroad and at in HERE else far
    read = next((country for reading, country in NATIONS.items() if reading in heard), None)
    return danger.having(danger_at=at, far=far, nationality=m.person.citizen or read or danger.nationality)


def _only(countries: frozenset[str] | set[str]) -> str | None:
    return next(iter(countries)) if len(countries) == 1 else None
