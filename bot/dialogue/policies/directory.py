"""Policy 9: a place of help is looked for, we are told where the person is, or a place is shared."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain, pairwise
from typing import NamedTuple

from bot.conversation import Conversation, Kind, Location, NotUnderstood, Outcome, PlaceGiven, ReplyKind
from bot.dialogue import decision as acts
from bot.dialogue import directory
from bot.dialogue.decision import Decision, Say
from bot.dialogue.errands import open_in
from bot.dialogue.message import Message, read
from bot.dialogue.person.told import MAY_BE_MEXICAN, of_foreigners
from bot.dialogue.places.nearest import town_at
from bot.dialogue.places.words import CODE, DONE, Place, Said, read_places
from bot.dialogue.ranking.glossary import place_of
from bot.dialogue.rendering.words import menu_choices
from bot.dialogue.signals import Signals
from bot.dialogue.words.questions import clauses_in, questions_in, told_beside
from knowledge.offices import consulates, places_of
from knowledge.schema.directory import CONSULATE, Ask, PlaceKind
from knowledge.schema.topics import Aspect

LIVE_FOR = timedelta(minutes=30)
"""How long a live location moves on in silence."""
LOOKING = frozenset({Ask.WHERE, Ask.NEAR, Ask.MINE, Ask.ADDRESS})
"""What asks for a place."""
FINDING = LOOKING | {Ask.PHONE, Ask.GUARD}
"""What can be asked of "the consulate" without a town: then we ask which."""
FEW_WORDS = 9
"""Words of a message that may ask for nothing but the place of what was spoken of."""
DETAILS = (Ask.PHONE, Ask.GUARD, Ask.ADDRESS, Ask.HOURS, Ask.PAGE)
"""What may be asked of a place that was shown; the first that is, goes first."""


class Wanted(NamedTuple):
    """A kind of place that a message names, or that is open, and what it says of it."""

    kind: PlaceKind
    said: Said
    place: Place | None


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the directory says of it; None where the message is about another matter."""
    if m.inbound.kind is Kind.LOCATION and m.inbound.location is not None:
        return _located(m.inbound.location, s, state)
    wanted = _wanted(m, s, state) if m.smalltalk is None else None
    if wanted is not None and _is_matter(wanted, s, state):
        return _answered(wanted, m, s, state)
    return _in_part(wanted.kind, m, s, state) if wanted is not None and wanted.said.kind is not None else None


def _in_part(named: PlaceKind, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The place that a question, or a clause, asks for, and nothing else in it; the rest is read behind it."""
    clauses, here = [*chain.from_iterable(clauses_in(m.text, m.knowledge))], state.having(situation=s.situation)
    led = map(" ".join, pairwise(clauses))  # "Chicago consulate, what is their phone"
    parts = [*dict.fromkeys((*questions_in(m.text, m.knowledge, alone=True), *clauses, *led))]
    for part in parts:
        one = s.of(read(replace(m.inbound, text=part), m.knowledge), here)
        wanted = _wanted(one.message, one, here, named)
        if wanted is None or wanted.said.unknown or wanted.said.asks.isdisjoint(FINDING):
            continue
        if wanted.said.kind is None and Ask.MINE not in wanted.said.asks:  # "si el consulado me ayuda, ¿cuál me toca?"
            continue
        rest = told_beside(m.text, [one for one in clauses if one in part], m.knowledge)
        found = _answered(wanted, one.message, one, here) if rest or part != m.letters else None
        return found and replace(found, again=rest or None)
    return None


def in_errand(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """In the middle of an errand, a place that is looked for by its kind, or the town that we asked: the step stays."""
    if m.inbound.kind is not Kind.TEXT or open_in(s, state) is None:
        return None
    wanted = _wanted(m, s, state)
    looks = wanted is not None and wanted.said.kind is not None and not wanted.said.asks.isdisjoint(LOOKING)
    return decide(m, s, state) if looks or state.asked_place is not None else None


def _located(place: Location, s: Signals, state: Conversation) -> Decision:
    """A place shared in calm: what is nearest to it, where that was asked for; a live one moves on in silence."""
    given = (PlaceGiven(place.latitude, place.longitude),) if state.case is not None else ()
    asked, kind = state.asked_place is not None, directory.kind_open(s, state)
    if not asked and state.located_at is not None and s.now - state.located_at < LIVE_FOR:
        return Decision(Outcome.SILENT, why="a live location", events=given)
    if kind is not None and (asked or (kind.id != CONSULATE and not given)):
        town = town_at(place.latitude, place.longitude, s.knowledge)
        if town is not None and town.country in kind.countries:
            found = directory.near(town, kind, s, state)
            return replace(found, changes={**found.changes, "located_at": s.now})
        if kind.id == CONSULATE:
            return directory.none_in(town.country if town else None, s, state)
    act = acts.Place(place.latitude, place.longitude, in_danger=state.case is not None)
    return Decision(Outcome.QUESTION, (act,), why="a shared place", events=given, changes={"located_at": s.now})


def _wanted(m: Message, s: Signals, state: Conversation, before: PlaceKind | None = None) -> Wanted | None:
    """The kind of place that is named, else what was named before it, else the open one."""
    opened = before or directory.kind_open(s, state)
    said = read_places(m.text, s.knowledge, likeness=opened is not None)
    if said is None:
        return None
    kind = said.kind or opened or (consulates(s.knowledge) if said.at(CODE) else None)
    if kind is None or directory.home(s.knowledge, kind) is None:
        return None
    return Wanted(kind, said, directory.place_in(said, kind, s, state))


def _is_matter(wanted: Wanted, s: Signals, state: Conversation) -> bool:
    """Whether a place is all that a message speaks of, or the likeliest section tells of such and it looks for one."""
    kind, said, place = wanted
    if kind.instead and said.kind is not None:  # whoever asks for a refuge is told how to get there, whatever is beside
        return True
    best = s.ranking.candidates[0] if s.ranking.candidates else None
    ours = best is not None and (kind.is_told_by(best.topic) or best.topic in s.knowledge.directory.others_consulates)
    sure, looks = s.ranking.verdict == "answer" and not ours, not said.asks.isdisjoint(LOOKING)
    if said.kind is None:  # it goes on with a place, with what is asked of the one shown, or answers us
        asked = state.asked_place is not None
        there = place is not None and (asked or place.country is None)
        near = Ask.NEAR in said.asks and directory.place_told(s, kind) is not None
        sent = kind.id != CONSULATE and f"{state.topic}/{state.section}" in kind.answers
        if sent and place is not None and not said.asks.isdisjoint(LOOKING):
            return True  # "is there one in Jerez, Zacatecas", of the office that we sent to
        more = near or there or bool(said.at(CODE) or (said.asks and state.consulate) or _asks_only(wanted, s, state))
        return asked and not sure if said.unknown else more
    defines = Aspect.WHAT in s.message.aspects and not said.asks
    put = place_of(s.message.text, s.knowledge) is not None and not ours  # an editor put exactly these words elsewhere
    if put or defines or (said.at(DONE) and not looks):
        return False
    if not said.unknown or said.lost or said.another:
        in_passing = kind.at_consulates and state.wants and not said.asks
        theirs = not said.asks.isdisjoint(FINDING) and directory.place_told(s, kind) is not None
        return place is not None or looks or theirs or not (sure or in_passing)
    return best is not None and best.id in kind.answers and (looks or Ask.HOURS in said.asks)


def _asks_only(wanted: Wanted, s: Signals, state: Conversation) -> bool:
    """Whether nothing but the place of the open matter is asked, whose town is known and whose section was said."""
    asked = wanted.said.asks & {*LOOKING, Ask.PHONE} and len(s.message.letters.split()) <= FEW_WORDS
    if not asked or not wanted.kind.at_consulates or state.topic not in s.knowledge.directory.business:
        return False
    best, unsaid = next(iter(s.ranking.candidates), None), s.ranking.verdict == "answer"
    unsaid = unsaid and best is not None and best.id not in state.said_before.shown
    return not unsaid and directory.place_told(s, wanted.kind) is not None


def _answered(wanted: Wanted, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What is nearest to the place that is named, else told before, else asked; or more of what was shown."""
    kind, said, place = wanted
    if kind.instead:
        return directory.instead(kind, place or directory.place_told(s, kind), s)
    named, theirs = said.kind is not None, s.person.citizen not in MAY_BE_MEXICAN and not said.at("ours")
    if kind.at_consulates and (said.another or theirs):
        return _of_anothers(wanted, m, s, state)
    own = () if named and kind.id != CONSULATE else places_of(kind, s.knowledge)  # a desk in the one shown, anew
    shown = state.consulate if state.consulate in [one.id for one in own] else None
    told = named or not said.asks.isdisjoint({Ask.NEAR, Ask.MINE}) or _asks_only(wanted, s, state)
    if place is None and told and shown is None and not said.lost:
        place = directory.place_told(s, kind)
    detail = next((str(one) for one in DETAILS if one in said.asks), "")
    if place is not None:
        elsewhere = place.country is not None and kind.id != CONSULATE
        return None if elsewhere else directory.at_place(place, kind, s, state, detail)
    if shown is not None:
        around = Ask.NEAR in said.asks
        return directory.around(shown, s, state) if around else directory.near_office(shown, s, state, detail)
    if kind.id != CONSULATE:
        return None
    if said.at(CODE) or (said.unknown and (said.lost or not named)):
        key = "directory.no_postal_codes" if said.at(CODE) else "directory.not_found"
        return directory.ask(key, s, state)
    near = s.person.country in directory.NEAREST_IN and said.asks and not said.asks & FINDING
    return None if near else directory.which_town(s, state)


def _of_anothers(wanted: Wanted, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The directory is of Mexico's alone; who fears their government is not sent to theirs."""
    best, others = next(iter(s.ranking.candidates), None), s.knowledge.directory.others_consulates
    sure = best and s.ranking.verdict == "answer" and of_foreigners(s.knowledge.topics[best.topic], best.section)
    abroad = wanted.place is None or wanted.place.country is not None
    known = sure or (abroad and best is not None and best.topic in others)
    if wanted.kind.id != CONSULATE or (known and not s.person.fears_government):
        return None
    if s.person.fears_government:
        return directory.which_town(s, state)
    act = Say("directory.anothers", ReplyKind.FALLBACK, choices=menu_choices(s.knowledge, s.lang))
    noted = NotUnderstood(m.text, m.lang)
    return Decision(Outcome.FALLBACK, (act,), why="another country's consulate", events=(noted,))
