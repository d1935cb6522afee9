"""What is known of a person: everything that they said of who they are, where, and where their matter is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.conversation import Conversation
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.person.signals import (
    goes_back,
    of_mexicans,
    places_acted,
    places_named,
    places_stood,
    read_signals,
    spans_at,
    speaks_of_here,
    speaks_of_kin,
)
from bot.dialogue.person.theirs import home_of_needing
from bot.dialogue.person.towns import countries_by_town
from bot.dialogue.words.phrasing import heard_in
from bot.dialogue.words.sounds import sound_text
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.topics import People

MEXICO, UNITED_STATES = "MX", "US"
REMEMBERED = 64
"""Messages for which it is kept what was known: each is asked for by every candidate."""


@dataclass(frozen=True, slots=True)
class Told:
    """`people`: the groups that they are of, None where they did not say, or may ask for somebody of another."""

    people: frozenset[People] | None = None
    home: str | None = None
    """The country where they are, or the one whom their need is about."""
    places: frozenset[str] = frozenset()
    """The countries of the matter: where the person is, and what they named last as where something is done."""
    here: bool = False
    """The message speaks of where they are: "aquí", "here"."""
    settled: bool = False
    """They are in Mexico, and told no matter of the United States."""
    regions: frozenset[str] = frozenset()
    """The states with pages of their own that they named lately."""

    @property
    def foreign(self) -> bool:
        """They are of another country than Mexico, and asked for nobody who is Mexican."""
        return self.people is not None and People.MEXICANS not in self.people

    @property
    def away(self) -> bool:
        """They are outside Mexico, and nothing that was said is done there."""
        return self.home is not None and MEXICO not in self.places


def told_by(state: Conversation, text: str, knowledge: Knowledge) -> Told:
    """What is known with a message, from the conversation so far."""
    return _told(text, tuple(one.text for one in state.heard), state.country, state.citizen, knowledge)


@lru_cache(maxsize=REMEMBERED)
def _told(text: str, before: tuple[str, ...], country: str | None, citizen: str | None, knowledge: Knowledge) -> Told:
    said = (text, *before)
    theirs = home_of_needing((text, *reversed(before)), country, knowledge)
    if theirs is not None:
        country = theirs  # whom it is about counts, not who writes
    return Told(
        people=_people(said, citizen, knowledge),
        home=country,
        places=frozenset({theirs}) if theirs else _places(text, before[-1] if before else "", country, knowledge),
        here=speaks_of_here(text, knowledge),
        settled=theirs == MEXICO or _is_settled(said, country, knowledge),
        regions=frozenset[str]().union(*(_regions_in(one, knowledge) for one in said)),
    )


def _people(said: tuple[str, ...], citizen: str | None, knowledge: Knowledge) -> frozenset[People] | None:
    if citizen is None:
        return None
    if citizen == MEXICO:
        return None if any(speaks_of_kin(one, knowledge) for one in said) else frozenset({People.MEXICANS})
    if any(of_mexicans(one, knowledge, citizen) for one in said):
        return None
    own = {People.AMERICANS} if citizen == UNITED_STATES else set()
    return frozenset({People.FOREIGNERS, *own})


def _places(text: str, last: str, country: str | None, knowledge: Knowledge) -> frozenset[str]:
    named = _named(text, country, knowledge) or _named(last, country, knowledge)
    return frozenset(named | ({country} if country else set()))


def _named(text: str, country: str | None, knowledge: Knowledge) -> set[str]:
    """Where somebody comes from is not where their matter is: "somos de Honduras, no la aceptan en la escuela".

    From outside Mexico "los papeles de México" may be got there; what is done in Mexico is said to be.
    """
    named = set(places_stood(text, knowledge, going=True))
    if country in (None, MEXICO):
        return named
    done = MEXICO in places_acted(text, knowledge) or goes_back(text, knowledge)
    return named | {MEXICO} if done else named - {MEXICO}


def _is_settled(said: tuple[str, ...], country: str | None, knowledge: Knowledge) -> bool:
    """Whether somebody is in Mexico and no matter of the United States was told: then its offices are no help."""
    # "Me regresaron de Chicago hace un mes" names the past.
    told = (one for one in said if read_signals(one, knowledge).country != MEXICO)
    return country == MEXICO and not any(UNITED_STATES in places_named(one, knowledge) for one in told)


@lru_cache(maxsize=REMEMBERED)
def _regions_in(text: str, knowledge: Knowledge) -> frozenset[str]:
    names, parts = _names_of_regions(knowledge), (part.split() for part in heard_in(text, knowledge.spelling))
    spans = chain.from_iterable(spans_at(range(len(words)), words) for words in parts)
    return frozenset(names[span] for span in spans if span in names)


@lru_cache(maxsize=4)
def _names_of_regions(knowledge: Knowledge) -> Mapping[str, str]:
    """Name as it sounds -> the state with pages of its own that is, or has a town, called so and nothing else is."""
    own = {topic.region for topic in knowledge.topics.values() if topic.region}
    regions = (knowledge.regions[one] for one in own)
    found = {sound_text(fold(name)): one.id for one in regions for name in (*one.said, one.name.es, one.name.en)}
    known = countries_by_town(knowledge)
    for name, towns in gazetteer_of(knowledge).named.items():
        if towns[0].region in own and known.get(sound_text(name)):
            found.setdefault(sound_text(name), towns[0].region)
    return found
