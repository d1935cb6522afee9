"""Where whoever writes is, and of which country, by words that only say it together: `somos de Quetzaltenango`."""

from itertools import pairwise

from bot.dialogue.person.signal_index import index_of
from bot.dialogue.person.signals import ANOTHER, HERE, places_named, read_signals, speaks_of_elsewhere
from bot.dialogue.person.told import MEXICO
from bot.dialogue.words.phrasing import heard_in
from knowledge.frames import fold
from knowledge.model import Knowledge

LEADS = frozenset({"en", "in"})
"""Words before where something is."""
WE_ARE = (("soy", "de"), ("somos", "de"), ("am", "from"), ("im", "from"), ("are", "from"))
"""What leads to where the writer is from."""
TOWN = 4
"""Words of a town and its country."""


def country_said(text: str, knowledge: Knowledge) -> str | None:
    """The country where a message says that its writer is, also where more than one word for a place stands in it."""
    said = read_signals(text, knowledge).country
    if said is not None or speaks_of_elsewhere(text, knowledge):
        return said
    words = text.split()
    tails = [" ".join(words[at:]) for at, word in enumerate(words) if at and word.lower() in LEADS][1:]
    found = {country for tail in tails if (country := read_signals(tail, knowledge).country)}
    return found.pop() if len(found) == 1 and places_named(text, knowledge) <= found else None


def nationality_said(text: str, knowledge: Knowledge) -> str | None:
    """The country that a message says its writer is of, also by a town of it; "no somos mexicanos" is another."""
    said = read_signals(text, knowledge).citizen
    heard = heard_in(text, knowledge.spelling)
    if said == MEXICO and any(index_of(knowledge).not_mexican.first(part) for part in heard):
        return ANOTHER
    if said not in (None, ANOTHER):
        return said
    words = fold(text).split()
    tails = [" ".join(words[at + 2 : at + 2 + TOWN]) for at, pair in enumerate(pairwise(words)) if pair in WE_ARE]
    found = {country for tail in tails for country in places_named(tail, knowledge)} - HERE
    return found.pop() if len(found) == 1 else said
