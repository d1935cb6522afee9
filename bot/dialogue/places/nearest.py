"""The one place that a message means, and the places of help of a kind near it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import inf

from bot.conversation import Conversation, Situation
from bot.dialogue.danger.classifiers import UNSAID, Group, classifier_of
from bot.dialogue.danger.features import JUDGED, OTHER
from bot.dialogue.person import signals
from bot.dialogue.person.gazetteer import Town, gazetteer_of, key, kilometres
from bot.dialogue.person.signals import MEXICO
from bot.dialogue.places.words import SERVED, Named, Place, in_full, read_places
from bot.dialogue.thresholds import IS_HERE, IS_IMPLIED, IS_MATTER, IS_MOVED
from bot.dialogue.words.phrasing import REMEMBERED, sound, spell_out
from bot.dialogue.words.questions import asks_in
from knowledge.brevity import sentences
from knowledge.frames import fold, frames_of
from knowledge.marked import HERE, MATTER
from knowledge.model import Knowledge
from knowledge.offices import Office, consulates, places_of
from knowledge.schema.base import Lang, Words
from knowledge.schema.directory import CONSULATE, WHOLE, PlaceKind, Region
from knowledge.schema.topics import People, Topic

LESSER = 10
"""A town so many times smaller than the largest of its name is not asked about."""
OUT_OF_REACH = 150
"""Kilometres to the nearest known town from which a shared place is in another country, or at sea."""
BRIEF = 12
"""Words in which somebody who asks for something at a place has not said where they are."""
SEVERAL = 2
"""Towns in a message from which it does not say where its writer is."""


@dataclass(frozen=True, slots=True)
class Near:
    """A place of help, and how far its town is."""

    office: Office
    kilometres: float


def kind_asked(text: str, knowledge: Knowledge) -> PlaceKind | None:
    """The kind that is named beside the consulates."""
    said = read_places(text, knowledge)
    return None if said is None or said.kind is None or said.kind.id == CONSULATE else said.kind


@lru_cache(maxsize=64)
def states_named(text: str, knowledge: Knowledge) -> frozenset[str]:
    """The states that a message names, each by its name or by its largest town of a name."""
    said = read_places(text, knowledge)
    return frozenset(one.state for one in (said.named if said else ()) if one.state)


@lru_cache(maxsize=256)
def state_of(town: str, knowledge: Knowledge) -> str:
    """The state of a town or state as content spells it: `Columbus, Georgia`."""
    said = read_places(town, knowledge)
    return next((one.state for one in reversed(said.named if said else ()) if one.state), "")


def state_of_matter(text: str, town: str | None, knowledge: Knowledge) -> str | None:
    """The one state besides that of their own town where a text says that their matter is; with its town, if told."""
    said = read_places(text, knowledge)
    judged = {word: one for one in mentions(text, knowledge) for word in one.name.split()}
    named = [(judged.get(sound(said.words[one.at])), one.state) for one in said.named] if said else []
    # what was not judged, as Ontario is of two countries, is where something is; "Madrid" is no town of Iowa
    others = {state for one, state in named if one is None or (one.is_of_matter and one.country == state[:2])}
    others -= {town and state_of(town, knowledge), *(one for one in others if one.endswith(WHOLE)), ""}
    if len(others) != 1:
        return None
    state = others.pop()
    towns = (one for name in said.named if name.state == state for one in name.towns) if said else ()
    within = next((one for one in towns if knowledge.regions[state].holds(one.region)), None)
    return town_name(within, knowledge, "es") if within else knowledge.regions[state].name.es


def states_told(text: str, situation: Situation, since: int, knowledge: Knowledge) -> frozenset[str]:
    """Of each country the states that a text names, else that of the matter told `since` a turn, else their own."""
    named, town, matter = states_named(text, knowledge), situation.town, situation.matter_town
    in_thread = matter is not None and (town is None or town.turn <= matter.turn >= since)
    known = [state_of(one.value, knowledge) for one in ((matter, town) if in_thread else (town, matter)) if one]
    found = {one for one in named if not one.endswith(WHOLE)}
    for one in (*known, *named):
        found |= {one} if one[:2] not in {held[:2] for held in found} else set()
    return frozenset(found)


def sections_away(topic: Topic, person: Conversation, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The sections of a topic that speak of other states than those told."""
    states = states_told(text, person.situation, 0, knowledge)
    return frozenset(one.id for one in topic.sections if one.places and not topic.is_of(states, one))


def of_others(text: str, told: frozenset[str], knowledge: Knowledge) -> bool:
    """Whether a text tells of states of the countries of those told, and of none of these."""
    countries = {one[:2] for one in told}
    named = {one for one in states_named(text, knowledge) if one[:2] in countries and not one.endswith(WHOLE)}
    return bool(named) and named.isdisjoint(told)


def of_theirs(text: Words, told: frozenset[str], knowledge: Knowledge) -> Words:
    """A text that goes through states, without the sentences on others than those told, and what leans on these."""
    return Words(es=_of_theirs(text.es, told, knowledge), en=_of_theirs(text.en, told, knowledge))


def _of_theirs(text: str, told: frozenset[str], knowledge: Knowledge) -> str:
    parts, leans, away, kept = sentences(text), frames_of(knowledge.follow_ups.leans), False, list[str]()
    if not any(told & states_named(one, knowledge) for one in parts):
        return text
    for one in parts:
        away = of_others(one, told, knowledge) or (away and bool(leans.first(fold(one))))
        kept += [] if away else [one]
    return " ".join(kept)


def consulate_asked(text: str, knowledge: Knowledge) -> bool:
    """Whether a message looks for the consulate in a town that it names: "donde esta el consulado en el paso"."""
    said = read_places(text, knowledge)
    return said is not None and bool(said.at(CONSULATE) and said.asks and said.named) and not said.unknown


@lru_cache(maxsize=256)
def near_town(town: Town, kind: PlaceKind, knowledge: Knowledge, citizen: str | None = None) -> Sequence[Near]:
    """All of a kind in its country that serve such a citizen, nearest first: nobody is sent over a border."""
    people = People.MEXICANS if citizen == MEXICO else People.FOREIGNERS
    found = (
        Near(one, kilometres(town.latitude, town.longitude, seat))
        for one in places_of(kind, knowledge)
        if (seat := seat_of(one, knowledge)).country == town.country
        and (citizen is None or not one.people or people in one.people)
    )
    return sorted(found, key=lambda near: near.kilometres)


def town_at(latitude: float, longitude: float, knowledge: Knowledge) -> Town | None:
    """The town nearest to a shared place; None out of reach of all of ours."""
    town, away = gazetteer_of(knowledge).nearest(latitude, longitude)
    return town if away <= OUT_OF_REACH else None


def seat_of(office: Office, knowledge: Knowledge) -> Town:
    """Its town."""
    return gazetteer_of(knowledge).towns[office.geonames]


def is_seat(town: Town, kind: PlaceKind, knowledge: Knowledge) -> bool:
    """Whether one of a kind is in that very town."""
    return any(one.geonames == town.id for one in places_of(kind, knowledge))


def in_region(region: Region, kind: PlaceKind, knowledge: Knowledge) -> tuple[Sequence[Office], Town]:
    """Those of a kind in a state, the largest town first, and its largest town; StopIteration where none is known."""
    seats = (one for one in places_of(kind, knowledge) if region.holds(seat_of(one, knowledge).region))
    largest = next(town for town in gazetteer_of(knowledge).towns.values() if region.holds(town.region))
    return sorted(seats, key=lambda one: -seat_of(one, knowledge).population), largest


def place_meant(
    named: Sequence[Named], knowledge: Knowledge, open_town: str | None = None, served: Sequence[str] = SERVED
) -> Place | None:
    """The one place that these names mean; `open_town`: whose state we asked for; `served`: where one is looked for."""
    regions = [one.region for one in named if one.region and not one.towns]
    open_town = open_town or (key(regions[0].name.en) if len(regions) > 1 else None)  # "Ontario, California"
    if open_town and regions and not any(one.towns for one in named):
        named = (*named, Named(gazetteer_of(knowledge).named.get(open_town, ())))
    for one in (name for name in named if name.towns):
        others = [name.region for name in named if name.region and name is not one]
        stated = any(region.country in served for region in others)
        if one.country and one.country not in served and not stated:
            continue  # "paris" alone is the one that everybody knows
        narrow = [region for region in others if region.letters != WHOLE] or others
        held = (tuple(town for town in one.towns if region.holds(town.region)) for region in (*narrow, *others))
        here = next(filter(None, held), ()) or (() if stated else _of_name(one.towns, knowledge, served))
        if here and here[0].country not in served:
            return Place(here, country=here[0].country)
        if here:
            return Place(here, None if others or not one.region or here[0].region == one.region.id else one.region)
    named_regions = sorted((one.region for one in named if one.region), key=lambda one: one.letters == WHOLE)
    ours = [region for region in named_regions if region.country in served]
    if named_regions:
        return Place(region=ours[0]) if ours else Place(region=named_regions[0], country=named_regions[0].country)
    return next((Place(country=one.country) for one in named if one.country), None)


def _of_name(towns: tuple[Town, ...], knowledge: Knowledge, served_in: Sequence[str]) -> tuple[Town, ...]:
    """Where no state is said: those of Mexico only if the name is of a much larger town there, and of no seat."""
    served = tuple(town for town in towns if town.country in served_in)
    if served_in != SERVED:
        return served if served and towns[0].population <= LESSER * served[0].population else towns
    mexican = tuple(town for town in towns if town.country == MEXICO)
    larger = served and mexican and mexican[0].population > LESSER * served[0].population
    seated = any(is_seat(one, consulates(knowledge), knowledge) for one in served)
    return mexican if not served or (larger and not seated) else served


def told_apart(place: Place, kind: PlaceKind, knowledge: Knowledge) -> Sequence[Town]:
    """The towns that have to be told apart: large enough beside the largest, and with others of the kind nearest."""
    least = max((town.population for town in place.towns), default=0) / LESSER
    likely = [town for town in place.towns if town.population >= least]
    likely.sort(key=lambda town: (not is_seat(town, kind, knowledge), -town.population))
    seats = {near.office.id for town in likely for near in near_town(town, kind, knowledge)[:1]}
    return likely[:1] if len(seats) == 1 and place.region is None else likely


def town_name(town: Town, knowledge: Knowledge, lang: Lang) -> str:
    """`Yakima, Washington`."""
    region = knowledge.regions.get(town.region)
    if region and region.country == MEXICO and town.name == region.name.en != region.name.es:
        return region.name.say(lang)  # Mexico City
    return f"{town.name}, {region.name.say(lang)}" if region else town.name


def town_told(text: str, country: str, knowledge: Knowledge, stood: str = "") -> str | None:
    """The town with its state, or the state, of a country: `stood` as it sounds, or what "en", "near" … leads to."""
    said = read_places(text, knowledge)
    led = [] if said is None else said.led
    at = [] if said is None else [one for one in said.named if sound(said.words[one.at]) in stood.split()]
    one = bool(at) or sum(bool(one.towns and one.led) for one in led) < SEVERAL
    if said is not None and at:  # "vivo en Tampa, busco abogado en Nevada": only a state right beside it is its own
        led = [*at, *(one for one in led if one.region and not one.towns and one not in at and said.beside(one, at))]
    place = place_meant(led, knowledge, served=(MEXICO,) if country == MEXICO else SERVED) if one else None
    if place is not None and place.towns:
        return town_name(place.towns[0], knowledge, "es") if place.towns[0].country == country else None
    state = place.region if place else None
    return state.name.es if state is not None and state.letters != WHOLE else None  # a country is no town


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a message names, as it sounds; its country; how much likelier than not each is what it tells."""

    name: str
    country: str
    here: float
    """That the writer is there; infinite where they say so, or suppose it, in explicit words."""
    matter: float
    """That their matter is there, or whom it is about."""

    @property
    def is_of_matter(self) -> bool:
        """Whether their matter is there, and not they."""
        return self.matter >= IS_MATTER and self.here < IS_HERE


@lru_cache(maxsize=REMEMBERED)
def mentions(text: str, knowledge: Knowledge) -> Sequence[Mention]:
    """The places of a text, each judged in its own sentence and the next; not those where it says that nobody is."""
    heard = signals.places_heard(in_full(text, knowledge), knowledge)
    each = [(*signals.parts_of(one, knowledge), (",", None)) for one in heard]
    both, denied = zip(each, (*each[1:], ()), strict=False), signals.places_denied(text, knowledge)
    return tuple(
        Mention(name, country, *_judged((*own, *behind), at, knowledge))
        for own, behind in both
        for at, (name, country) in enumerate(own)
        if country and name not in denied
    )


def _judged(parts: Sequence[signals.Part], judged: int, knowledge: Knowledge) -> tuple[float, float]:
    words = (JUDGED if at == judged else word if country is None else OTHER for at, (word, country) in enumerate(parts))
    found = classifier_of(knowledge, Group.HERE).scores(" ".join(words))
    here, matter, neither = (found.get(name, 0.0) for name in (HERE, MATTER, UNSAID))
    said = signals.says_here([word for word, _ in parts[:judged]], knowledge)
    sure = here - max(matter, neither) if said is None else inf if said else -inf
    return sure, matter - max(here, neither)


@lru_cache(maxsize=REMEMBERED)
def place_said(text: str, knowledge: Knowledge, before: str | None = None) -> tuple[str | None, str]:
    """The country where its writer is, and the place as it sounds; `before`: where they were until then."""
    if signals.is_returned(text, knowledge):
        return MEXICO, next((one.name for one in mentions(text, knowledge) if one.country == MEXICO), "")
    best = max(mentions(text, knowledge), key=lambda one: one.here, default=Mention("", "", -inf, -inf))
    likely = before in (None, best.country) and best.country in signals.HERE
    sure = best.here >= (IS_HERE if likely else IS_MOVED)
    return best.country if sure else None, best.name


def country_implied(text: str, knowledge: Knowledge) -> str | None:
    """The country where the writer surely is by other words than its name: "ICE is at my door"."""
    scores = classifier_of(knowledge, Group.COUNTRY).scores(text)
    first, second = nlargest(2, scores, key=lambda name: scores[name])
    return first if first != UNSAID and scores[first] - scores[second] >= IS_IMPLIED else None


def place_presumed(text: str, knowledge: Knowledge) -> str | None:
    """The country of the one town or state in which a few words ask for something, and speak of nobody else."""
    said, named = read_places(text, knowledge), mentions(text, knowledge)
    within = [one for one in said.named if one.led and one.state and not one.state.endswith(WHOLE)] if said else []
    brief = said is not None and len(said.words) <= BRIEF and len(named) == len(within) == 1
    asks = brief and asks_in(spell_out(text, knowledge.spelling), knowledge)
    own = asks and not signals.speaks_of("kin", text, knowledge)
    return named[0].country if own and named[0].matter >= IS_MATTER else None
