"""The country of a town by its name as it sounds; names that people write as plain words are none."""

import re
from collections import Counter
from collections.abc import Container, Mapping
from itertools import chain

from bot.dialogue.person.gazetteer import SEVERAL, Gazetteer, gazetteer_of, key, our_texts, places_table, wide_places
from bot.dialogue.ranking.model_files import Arrays, packed, unpacked
from bot.dialogue.words.phrasing import sound_text
from bot.training.places import PUERTO_RICO
from knowledge.frames import fold
from knowledge.model import Knowledge

DOMINATES, OURS_DOMINATES = 20, 3
"""How many times larger the largest town of a name is where its namesakes abroad are left aside; and one of ours."""
BOTH_SIDES = frozenset({"US", "MX"})
"""Countries with which no namesake is left aside: numbers and rights hang on which of them it is."""
UNITED_STATES = "US"
LARGE = 100_000
"""Inhabitants of a town of ours whose name counts although it is a plain word: `aurora`, `buffalo`."""
PLAIN = 2
"""Times that a word is written small in our texts, and how many times oftener than with a capital, to be plain."""
SHORTEST_ABROAD = 5
"""Letters of the shortest name of a town of a country that is not ours."""
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLES = frozenset({"el", "la", "los", "las", "the"})
Abroad = Mapping[str, Mapping[str, int]]
"""Name -> country -> inhabitants, of large towns elsewhere in the world."""


def arrays(knowledge: Knowledge) -> Arrays:
    """Names and countries, as they are kept in a file."""
    countries = _countries(knowledge)
    return {"names": packed(countries), "countries": packed(countries.values())}


def _abroad(knowledge: Knowledge) -> Abroad:
    held, found = places_table(knowledge), dict[str, dict[str, int]]()
    rows = zip(unpacked(held["abroad"]), unpacked(held["countries"]), held["people"].tolist(), strict=True)
    for name, country, people in rows:
        of_name = found.setdefault(key(name), {})
        of_name[country] = max(people, of_name.get(country, 0))
    return found


def _countries(knowledge: Knowledge) -> Mapping[str, str]:
    gazetteer, abroad, plain = gazetteer_of(knowledge), _abroad(knowledge), _plain(knowledge)
    found = {sound_text(name): country for name, country in wide_places(knowledge)}
    fillers = {sound_text(word) for word in knowledge.signals.place_fillers}
    wide = frozenset(found)
    for name in (*gazetteer.named, *abroad):
        heard = sound_text(name)
        if heard in wide:
            # "ontario" is a province and a large town of another country
            elsewhere = _is_large(name, gazetteer) and _country(name, abroad, gazetteer) != found[heard]
            found[heard] = SEVERAL if elsewhere else found[heard]
        elif heard not in found and heard not in fillers and _names_a_town(name, plain, gazetteer):
            found[heard] = _country(name, abroad, gazetteer) or SEVERAL
    return found


def _country(name: str, abroad: Abroad, gazetteer: Gazetteer) -> str | None:
    """The country in which a name is a town's; None where it is one of several, as Nogales is."""
    largest, ours = dict(abroad.get(name, {})), set[str]()
    for town in gazetteer.named.get(name, ()):
        country = UNITED_STATES if town.region == PUERTO_RICO else town.country
        largest[country] = max(town.population, largest.get(country, 0))
        ours.add(country)
    if not largest or largest.keys() >= BOTH_SIDES:
        return None
    first, *others = sorted(largest, key=lambda country: -largest[country])
    times = OURS_DOMINATES if first in ours else DOMINATES
    return None if any(largest[first] < times * largest[other] for other in others) else first


def _names_a_town(name: str, plain: Container[str], gazetteer: Gazetteer) -> bool:
    """Whether a name is more than plain words: `arroyo seco` is not, `long beach` is large."""
    words = name.split()
    if all(word in _ARTICLES or sound_text(word) in plain for word in words):
        return _is_large(name, gazetteer) and words[0] not in _ARTICLES
    return name in gazetteer.named or len(name) >= SHORTEST_ABROAD


def _is_large(name: str, gazetteer: Gazetteer) -> bool:
    return any(town.population >= LARGE for town in gazetteer.named.get(name, ()))


def _plain(knowledge: Knowledge) -> frozenset[str]:
    """The words, as they sound, that our phrases and sentences write small, and those that name no town beside."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for word, times in Counter(chain.from_iterable(map(_WORD.findall, our_texts(knowledge)))).items():
        (small if word.islower() else capital)[word.lower()] += times
    plain = (word for word, times in small.items() if times >= PLAIN and times >= PLAIN * capital[word])
    never = (*knowledge.directory.not_towns, *knowledge.signals.place_fillers)
    return frozenset(sound_text(fold(word)) for word in (*plain, *never))
