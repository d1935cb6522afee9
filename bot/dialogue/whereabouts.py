"""Where whoever writes is and of which country, by words that only say it together: `trabajo en un rancho en ohio`."""

from itertools import pairwise

from bot.conversation import Conversation
from bot.dialogue.danger.help_place import ANYWHERE
from bot.dialogue.danger.turns import SOME_WORDS
from bot.dialogue.danger.where import puts_right, stood_in
from bot.dialogue.directory.places import read
from bot.dialogue.person.signal_index import index_of
from bot.dialogue.person.signals import (
    ANOTHER,
    HERE,
    MEXICO,
    goes_back,
    place_alone,
    places_acted,
    places_named,
    places_stood,
    read_signals,
    speaks_of_elsewhere,
)
from bot.dialogue.ranking.denied import apart
from bot.dialogue.understanding import EACH, by_itself
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import heard_in, spell_out
from knowledge.frames import fold
from knowledge.model import Knowledge

LEADS = frozenset({"en", "in"})
"""Words before where something is."""
WE_ARE = (("soy", "de"), ("somos", "de"), ("am", "from"), ("im", "from"), ("are", "from"))
"""What leads to where the writer is from."""
TOWN = 4
"""Words of a town and its country."""
BESIDE = 2
"""Words that we do not know beside a place that is put right."""


def country_said(text: str, knowledge: Knowledge) -> str | None:
    """The country where a message says that its writer is, also where more than one word for a place stands in it."""
    said = read_signals(text, knowledge).country
    if said is not None or speaks_of_elsewhere(text, knowledge):
        return said
    if abroad := _befallen_in(text, knowledge):
        return abroad
    words = text.split()
    tails = [" ".join(words[at:]) for at, word in enumerate(words) if at and word.lower() in LEADS][1:]
    found = {country for tail in tails if (country := read_signals(tail, knowledge).country)}
    return found.pop() if len(found) == 1 and places_named(text, knowledge) <= found else None


def _befallen_in(text: str, knowledge: Knowledge) -> str | None:
    """The country abroad where a message says that something befell its writer, if no other place is named."""
    befell = frames_of(knowledge.introductions.befell).first(spell_out(text, knowledge.spelling))
    named = places_stood(text, knowledge)
    return next(iter(named)) if befell and len(named) == 1 and not named & HERE else None


def country_had(text: str, knowledge: Knowledge) -> str | None:
    """The country that alone has what a message says that its writer has, or where they are kept."""
    spelled, only_in = spell_out(text, knowledge.spelling), knowledge.introductions.only_in.items()
    had = next((country for country, said in only_in if frames_of(said).first(spelled)), None)
    return None if (places_named(text, knowledge) & HERE) - {had} else had


def country_in_danger(text: str, conversation: Conversation, knowledge: Knowledge) -> str | None:
    """The country of the place that a short message of a danger of one's own names as where it is."""
    told = conversation.told[-1:]
    if not told or told[0].over:
        return None
    if alone := place_alone(text, knowledge):
        return alone
    theirs = told[0].other or told[0].category in ANYWHERE or speaks_of_elsewhere(text, knowledge)
    named = places_acted(text, knowledge) & HERE
    return next(iter(named)) if len(named) == 1 and not theirs and len(text.split()) <= SOME_WORDS else None


def citizen_said(text: str, knowledge: Knowledge) -> str | None:
    """The country that a message says its writer is of, also by a town of it; "no somos mexicanos" is another."""
    said = read_signals(text, knowledge).citizen
    if said == MEXICO and any(
        index_of(knowledge).not_mexican.first(part) for part in heard_in(text, knowledge.spelling)
    ):
        return ANOTHER
    if said not in (None, ANOTHER):
        return said
    words = fold(text).split()
    tails = [" ".join(words[at + 2 : at + 2 + TOWN]) for at, pair in enumerate(pairwise(words)) if pair in WE_ARE]
    found = {country for tail in tails for country in places_named(tail, knowledge)} - HERE
    return found.pop() if len(found) == 1 else said


def has_come_back(text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether somebody who told that they go back to Mexico says that they are there."""
    if frames_of(knowledge.follow_ups.arrived).first(spell_out(text, knowledge.spelling)) is None:
        return False
    return any(goes_back(heard.text, knowledge) for heard in conversation.heard)


def place_only(text: str, knowledge: Knowledge) -> str | None:
    """The country of the places that a message names, where it says nothing else: "no, en McAllen, Texas"."""
    if only_puts_right(text, knowledge):
        return read_signals(text, knowledge).country or next(iter(stood_in(text, knowledge)))
    text = apart(text, knowledge)[0] or text  # behind "no,"
    asked = read(text, knowledge)
    if asked is None or not asked.only_told:
        return place_alone(text, knowledge)
    named = {
        one.region.country if one.region else one.towns[0].country for one in asked.named if one.region or one.towns
    }
    return named.pop() if len(named) == 1 else None


def only_puts_right(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says in which country it is and in which not, and no more than a word or two beside."""
    asked = read(text, knowledge)
    known = asked is not None and not asked.asks and len(asked.unknown) <= BESIDE
    right = puts_right(text, knowledge) or _is_of_there(text, knowledge)
    return known and right and not _names_matter(text, knowledge)


def _is_of_there(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says that an answer is of one country and its writer in another: "eso es de allá, de EU"."""
    here, named = read_signals(text, knowledge).country, places_named(text, knowledge) & HERE
    said = frames_of(knowledge.introductions.of_there).first(spell_out(text, knowledge.spelling))
    return bool(said) and here in HERE and len(named | {here}) > 1


def _names_matter(text: str, knowledge: Knowledge) -> bool:
    """Whether a matter is meant in place of what is denied, not only a place: "no, la de México, la del bienestar"."""
    alone = by_itself(apart(text, knowledge)[0], knowledge)
    return alone.clear and alone.best >= EACH
