"""Policy 9: a place of help is asked for, we are told where the person is, or a place is shared."""

from collections.abc import Set
from dataclasses import replace
from datetime import timedelta

from bot.conversation import Conversation, Kind, Location, NotUnderstood, Outcome, PlaceGiven, ReplyKind
from bot.dialogue import decision as acts
from bot.dialogue import directory
from bot.dialogue.decision import AskPlace, Decision, Say
from bot.dialogue.in_errand import open_in
from bot.dialogue.message import Message
from bot.dialogue.person.told import MAY_BE_MEXICAN
from bot.dialogue.places.nearest import consulates, is_seat, kind_asked, place_meant, town_at
from bot.dialogue.places.words import MEXICO, Place, Said, read_places
from bot.dialogue.rendering.words import menu_choices
from bot.dialogue.signals import Signals
from bot.dialogue.words.phrasing import frames_of
from knowledge.frames import fold
from knowledge.schema.directory import WHOLE, Ask, PlaceKind

LIVE_FOR = timedelta(minutes=30)
"""How long a live location moves on in silence."""
FINDING = frozenset({Ask.WHERE, Ask.NEAR, Ask.MINE, Ask.PHONE, Ask.GUARD, Ask.ADDRESS})
"""What can be asked of "the consulate" without a town: then we ask which."""
LOOKING = FINDING - {Ask.PHONE, Ask.GUARD}
"""What asks for a place."""
DETAILS = (Ask.PHONE, Ask.GUARD, Ask.ADDRESS, Ask.HOURS, Ask.PAGE)
"""What may be asked of a place that was shown; the first that is, goes first."""
FEW_UNKNOWN = 4
"""Words that we do not know beside a question where to go: "wait", "now"."""
SHORT = 8
"""Words of a message that goes on from a consulate, or answers where the person is."""
POSTAL = 5
"""Digits of a postal code in the United States."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the directory says of it; None where the message is about another matter."""
    if m.inbound.kind is Kind.LOCATION and m.inbound.location is not None:
        return _located(m.inbound.location, s, state)
    return _asked(m, s, state)


def in_errand(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """In the middle of an errand, a place that is asked for by its kind, or the town that we asked: the step stays."""
    if m.inbound.kind is not Kind.TEXT or open_in(s, state) is None:
        return None
    kind = kind_asked(m.text, s.knowledge)
    said = read_places(kind[2] if kind else m.text, s.knowledge)
    asks = said is not None and not said.asks.isdisjoint(LOOKING) and (said.consulate or kind is not None)
    return _asked(m, s, state) if asks or state.asked_place is not None else None


def _located(place: Location, s: Signals, state: Conversation) -> Decision:
    """A place shared in calm: what is nearest to it, where that was asked for; a live one moves on in silence."""
    given = (PlaceGiven(place.latitude, place.longitude),) if state.case is not None else ()
    if state.asked_place is not None:
        town = town_at(place.latitude, place.longitude, s.knowledge)
        if town is None or town.country == MEXICO:
            return directory.none_in(town.country if town else None, s, state)
        return directory.near(town, consulates(s.knowledge), s, state)
    if state.located_at is not None and s.now - state.located_at < LIVE_FOR:
        return Decision(Outcome.SILENT, why="a live location", events=given)
    kind, town = directory.kind_open(s, state), town_at(place.latitude, place.longitude, s.knowledge)
    if kind is not None and town is not None and town.country in kind.countries and state.case is None:
        found = directory.near(town, kind, s, state)
        return replace(found, changes={**found.changes, "located_at": s.now})
    act = acts.Place(place.latitude, place.longitude, in_danger=state.case is not None)
    return Decision(Outcome.QUESTION, (act,), why="a shared place", events=given, changes={"located_at": s.now})


def _asked(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What a message wants of the directory."""
    if m.smalltalk is not None:
        return None
    if (asked := kind_asked(m.text, s.knowledge)) is not None:
        return _of_kind(*asked, s, state)
    on = _goes_on(s, state)
    said = read_places(m.text, s.knowledge, likeness=on)
    if said is None or directory.home(s.knowledge) is None:
        return None
    if (open_kind := directory.kind_open(s, state)) is not None and not said.consulate:
        return _of_kind(open_kind, "", m.text, s, state)
    place = _of_embassy(said, place_meant(said.named, s.knowledge, state.asked_place), s)
    if _is_anothers(said, m, s, on=on):
        return None if _has_topic(said, place, s) else _anothers(m, s, state)
    if [len(said.words[at]) for at in said.unknown if said.words[at].isdigit()] == [POSTAL] and len(said.unknown) == 1:
        return directory.ask(AskPlace("directory.no_postal_codes", ReplyKind.QUESTION), s, state)
    best = s.ranking.candidates[0].topic if s.ranking.candidates else ""
    about = len(said.unknown) <= FEW_UNKNOWN and bool(said.asks & {*FINDING, Ask.HOURS})
    if said.consulate and about and place is None and s.person.country not in directory.NEAREST_IN:
        return directory.none_in(s.person.country, s, state)
    if said.consulate and (not said.unknown or said.lost or (about and best == s.knowledge.directory.covers)):
        place = place or (None if said.lost or state.consulate else directory.place_told(s, consulates(s.knowledge)))
        return _of_consulate(said, place, s, state)
    place = _looked_for(said, place, s, state, on=on)
    if place is not None:
        return directory.at_place(place, consulates(s.knowledge), s, state, _detail(said.asks))
    return _going_on(said, s, state) if on and len(said.words) <= SHORT else None


def _detail(asks: Set[Ask]) -> str:
    return next((one.value for one in DETAILS if one in asks), "")


def _not_found(s: Signals, state: Conversation) -> Decision:
    return directory.ask(AskPlace("directory.not_found", ReplyKind.QUESTION), s, state)


def _anothers(m: Message, s: Signals, state: Conversation) -> Decision:
    """The directory is of Mexico's alone; who fears their government is not sent to theirs."""
    if s.person.fears_government:
        return directory.which_town(s, state)
    act = Say("directory.anothers", ReplyKind.FALLBACK, choices=menu_choices(s.knowledge, s.lang))
    noted = NotUnderstood(m.text, m.lang)
    return Decision(Outcome.FALLBACK, (act,), why="another country's consulate", events=(noted,))


def _of_kind(kind: PlaceKind, words: str, rest: str, s: Signals, state: Conversation) -> Decision | None:
    """What a message wants of a kind that it names by `words`, or that is open; without a town its topic answers."""
    barred = kind.at_consulates and s.person.citizen not in MAY_BE_MEXICAN
    if barred or directory.home(s.knowledge, kind) is None or directory.is_troubled(state):
        return None
    said, done = read_places(rest, s.knowledge), words in map(fold, kind.done)
    if said is None and rest.strip():
        return None
    asks, unknown = (said.asks, len(said.unknown)) if said else (frozenset[Ask](), 0)
    asks |= named.asks if (named := read_places(words, s.knowledge)) else frozenset()
    looks, rests = bool(asks & LOOKING), {*FINDING, Ask.HOURS} - (set() if words else {Ask.WHERE})
    topics = (*kind.then, *(one.partition("/")[0] for one in kind.answers))
    about = any(one.topic in topics for one in s.ranking.candidates[:1])
    there = place_meant(said.led or said.named, s.knowledge, state.asked_place, kind.countries) if said else None
    few = words and looks and about and unknown <= (FEW_UNKNOWN if there else 1)
    if (done and not looks) or (unknown and not few):
        return None
    bare = words and not unknown and frames_of(s.knowledge.definitions.what).first(rest.strip()) is None
    if not (there or bare or asks & rests):
        return None
    place = there or directory.place_told(s, kind) or _named_lately(kind, s, state)
    if place is not None:
        return directory.at_place(place, kind, s, state, _detail(asks)) if place.country is None else None
    return directory.near_office(state.consulate, s, state, _detail(asks)) if state.consulate and not words else None


def _named_lately(kind: PlaceKind, s: Signals, state: Conversation) -> Place | None:
    """The town that was named last before, in the middle of an errand: "llegamos a Tapachula anoche"."""
    heard = (read_places(one.text, s.knowledge) for one in reversed(state.heard)) if state.in_errand else ()
    found = (place_meant(said.named, s.knowledge, served=kind.countries) for said in heard if said is not None)
    return next((one for one in found if one is not None and one.towns), None)


def _of_embassy(said: Said, place: Place | None, s: Signals) -> Place | None:
    """An embassy is in the town of a name, not in the state; "in the United States" is no place."""
    if place is None or place.region is None:
        return place
    if not place.towns:
        return None if place.region.letters == WHOLE and place.region.country == "US" else place
    seated = said.at("embassy") and is_seat(place.towns[0], consulates(s.knowledge), s.knowledge)
    return replace(place, region=None) if seated else place


def _is_anothers(said: Said, m: Message, s: Signals, *, on: bool) -> bool:
    """Whether another country's consulate is named, or who asks for theirs is of another country."""
    foreign = s.person.citizen not in MAY_BE_MEXICAN and not said.at("ours")
    asks = said.asks & FINDING and (said.consulate or on)
    answers = m.person.citizen is not None and not said.unknown and s.state.asked_place is not None
    return said.another or (foreign and bool(asks or answers or (said.consulate and not said.unknown)))


def _has_topic(said: Said, place: Place | None, s: Signals) -> bool:
    """Whether a topic holds other countries' consulates where it is, or another matter is surely meant."""
    known, best = s.knowledge.directory, s.ranking.candidates[0].topic if s.ranking.candidates else ""
    if best in known.others_consulates:
        return place is None or place.country is not None
    ours = best in (known.covers, *known.business)
    return bool(said.unknown) and s.ranking.verdict == "answer" and not ours


def _of_consulate(said: Said, place: Place | None, s: Signals, state: Conversation) -> Decision | None:
    """What a message is after that has a word for a consulate, and whose every other word is known."""
    sure, finds = s.ranking.verdict == "answer", bool(said.asks & FINDING)
    if sure and Ask.MINE not in said.asks and not said.bare and _is_better_left(said, place, s):
        return None
    if place is not None:
        return directory.at_place(place, consulates(s.knowledge), s, state, _detail(said.asks))
    if said.lost:
        return _not_found(s, state) if finds or not sure else None
    if state.consulate and said.asks:
        return _of_shown(said, state.consulate, s, state)
    return directory.which_town(s, state) if finds or said.bare else None


def _is_better_left(said: Said, place: Place | None, s: Signals) -> bool:
    """What a topic that surely fits answers better: a state of Mexico's own office, an embassy, any emergency line."""
    if place is None or not place.towns:
        return place is None and (Ask.GUARD in said.asks or bool(said.at("embassy")))
    mexican = any(one.region and one.region.country == MEXICO for one in said.named)
    return mexican or (bool(said.at("embassy")) and not is_seat(place.towns[0], consulates(s.knowledge), s.knowledge))


def _looked_for(said: Said, place: Place | None, s: Signals, state: Conversation, *, on: bool) -> Place | None:
    """The place of a message that says nothing of a consulate, and means one.

    A town alone where nothing is open; a place said shortly after a consulate, or after what is done at one; where
    somebody is who asks where to go for such a matter: "where do I go, I live in Boise".
    """
    if place is None or directory.is_troubled(state):
        return None
    alone = len(said.of_places) == len(said.words) and place.towns and s.person.citizen in MAY_BE_MEXICAN
    if alone and state.topic is None and s.ranking.verdict != "answer":
        return place
    ours = state.asked_place is not None or state.consulate is not None
    if len(said.words) <= SHORT and not said.unknown and on and (ours or place.country is None):
        return place  # in Mexico the business of a topic is done elsewhere; the topic says where
    best = s.ranking.candidates[0].topic if s.ranking.candidates else None
    about = on and best in (s.knowledge.directory.covers, state.topic)
    led = place_meant(said.led, s.knowledge) if about and said.asks & LOOKING and not said.lost else None
    # "Donde venden insulina, estoy en Denver" asks for no office.
    few = FEW_UNKNOWN if said.consulate or s.ranking.verdict != "answer" else 0
    return led if led and led.country is None and len(said.unknown) <= few else None


def _going_on(said: Said, s: Signals, state: Conversation) -> Decision | None:
    """A place that answers ours, and that we do not know; a question about the consulate that was shown."""
    if said.unknown:
        return _not_found(s, state) if state.asked_place is not None and s.ranking.verdict != "answer" else None
    if not state.consulate or not said.asks or said.named:
        return None
    nothing_new = said.asks == {Ask.WHERE} and s.ranking.verdict != "admit"  # "y si no puedo ir hasta allá"
    return None if nothing_new else _of_shown(said, state.consulate, s, state)


def _of_shown(said: Said, shown: str, s: Signals, state: Conversation) -> Decision:
    """More of the consulate that was shown, or those around it."""
    others = set(s.knowledge.directory.another_one) & set(said.words)
    return (
        directory.around(s, state)
        if Ask.NEAR in said.asks and others
        else directory.near_office(shown, s, state, _detail(said.asks))
    )


def _goes_on(s: Signals, state: Conversation) -> bool:
    """Whether a place alone may be meant for us: after a consulate, or what is done at one; never in trouble."""
    known = s.knowledge.directory
    business = state.topic in {known.covers, *known.business}.difference(known.comes)
    return not directory.is_troubled(state) and (
        business or state.asked_place is not None or state.consulate is not None
    )
