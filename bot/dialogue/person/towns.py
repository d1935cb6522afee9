"""The country of a town by its name as it sounds; names that people write as plain words are none."""

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from itertools import chain

from babel import Locale

from bot.dialogue.person.gazetteer import GUADELOUPE, Gazetteer, gazetteer_of, table_name
from bot.dialogue.ranking.model_files import Arrays, kept, name_of, packed, unpacked
from bot.dialogue.words.sounds import sound_text
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS

SEVERAL = ""
"""The country of a name that towns of several have."""
LARGE = 100_000
"""Inhabitants of a town of ours whose name counts although it is a plain word: `aurora`, `buffalo`."""
PLAIN = 2
"""Times that a word is written small in our texts, and how many times oftener than with a capital, to be plain."""
SHORTEST_ABROAD = 5
"""Letters of the shortest name of a town of a country that is not ours."""
LETTERS = 3
"""Of the abbreviation of a state, which is a word of other things too."""
FORMAT = "1"
"""Changed with how the kept table is made."""
CODE = ("bot.dialogue.person.gazetteer", "bot.dialogue.words.sounds")
"""What a change of makes another table of the same content, with all that these import."""
_WORD = re.compile(r"[^\W\d_]+")
_ARTICLES = frozenset({"el", "la", "los", "las", "the"})


@lru_cache(maxsize=4)
def countries_by_town(knowledge: Knowledge) -> Mapping[str, str]:
    """Name of a town, state or country as it sounds -> country, `SEVERAL` where that is not sure; kept by hash."""
    name = name_of("countries", CODE, knowledge, lambda: (FORMAT, *_made_of(knowledge)))
    return kept(knowledge.root, name, lambda: _arrays(_countries(knowledge)), _read)


def _made_of(knowledge: Knowledge) -> Iterator[object]:
    yield from (table_name(), tuple(_wide(knowledge)), tuple(_texts(knowledge)))
    yield from (knowledge.directory.not_towns, knowledge.signals.place_fillers)


def _arrays(countries: Mapping[str, str]) -> Arrays:
    return {"names": packed(countries), "countries": packed(countries.values())}


def _read(held: Arrays) -> Mapping[str, str]:
    return dict(zip(unpacked(held["names"]), unpacked(held["countries"]), strict=True))


def _countries(knowledge: Knowledge) -> Mapping[str, str]:
    gazetteer, plain = gazetteer_of(knowledge), _plain(knowledge)
    found = {sound_text(name): country for name, country in _wide(knowledge)}
    fillers = {sound_text(word) for word in knowledge.signals.place_fillers}
    wide = frozenset(found)
    for name in (*gazetteer.named, *gazetteer.abroad):
        heard = sound_text(name)
        if heard in wide:
            # "ontario" is a province and a large town of another country
            elsewhere = _is_large(name, gazetteer) and gazetteer.country(name) != found[heard]
            found[heard] = SEVERAL if elsewhere else found[heard]
        elif heard not in found and heard not in fillers and _names_a_town(name, plain, gazetteer):
            found[heard] = gazetteer.country(name) or SEVERAL
    return found


def _names_a_town(name: str, plain: Container[str], gazetteer: Gazetteer) -> bool:
    """Whether a name is more than plain words: `arroyo seco` is not, `long beach` is large."""
    words = name.split()
    if all(word in _ARTICLES or sound_text(word) in plain for word in words):
        return _is_large(name, gazetteer) and words[0] not in _ARTICLES
    return name in gazetteer.named or len(name) >= SHORTEST_ABROAD


def _is_large(name: str, gazetteer: Gazetteer) -> bool:
    return any(town.population >= LARGE for town in gazetteer.named.get(name, ()))


def _wide(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Countries, the states of ours, and the cities abroad that editors name; the last of a name counts."""
    for lang in LANGS:
        names = Locale(lang).territories.items()
        yield from ((fold(name), code) for code, name in names if len(code) == len(GUADELOUPE) and code != GUADELOUPE)
    for country, names_there in knowledge.directory.elsewhere.items():
        yield from ((fold(name), country) for name in names_there)
    for region in knowledge.regions.values():
        said = dict.fromkeys((*region.said, *(region.name.say(lang) for lang in LANGS)))
        yield from ((fold(name), region.country) for name in said if len(name) > LETTERS)


def _plain(knowledge: Knowledge) -> frozenset[str]:
    """The words, as they sound, that our phrases and sentences write small, and those that name no town beside."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for word, times in Counter(chain.from_iterable(map(_WORD.findall, _texts(knowledge)))).items():
        (small if word.islower() else capital)[word.lower()] += times
    plain = (word for word, times in small.items() if times >= PLAIN and times >= PLAIN * capital[word])
    never = (*knowledge.directory.not_towns, *knowledge.signals.place_fillers)
    return frozenset(sound_text(fold(word)) for word in (*plain, *never))


def _texts(knowledge: Knowledge) -> Iterator[str]:
    for phrases in knowledge.phrases.values():
        for section in phrases.sections.values():
            yield from section.texts()
    for sentences in knowledge.sentences.values():
        yield from (text for text, _ in sentences.reports())
        yield from sentences.calm
