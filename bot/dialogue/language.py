"""The language of a message, by the words that show it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from bot.dialogue.ranking.model_files import Arrays, kept_whole, packed, unpacked
from bot.dialogue.words.phrasing import LONGEST_PLACE, REMEMBERED, by_first_word, names_apart
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import Lang

_SPANISH_LETTERS = re.compile("[ñ¿¡áíóú]", re.IGNORECASE)
_SHARE_OF_MIXED = 0.2
_SURELY = 1.5
"""Words of its own that a message in another language shows."""
_OURS: tuple[Lang, Lang] = ("es", "en")
_NAMES = "names"
"""In place of a language: names of papers and offices."""
_SEVERAL = 3
_PREVAILS = 2.0
"""How many times as much as the other one of our languages shows where it prevails."""
SCRIPT = "script"
"""Letters that are not Latin, in place of a language: which it is, is not guessed."""
_LETTER = re.compile(r"[^\W\d_]")
_NOT_LATIN = re.compile("[\u0370-\u1dff\u2e80-\ud7ff]")


@lru_cache(maxsize=4)
def _word_votes(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """Word -> the languages that it shows; kept in a file."""
    return kept_whole("votes", knowledge, lambda: _arrays(_voting(knowledge)), _read)


def _arrays(votes: Mapping[str, tuple[str, ...]]) -> Arrays:
    return {"words": packed(votes), "languages": packed(" ".join(shown) for shown in votes.values())}


def _read(held: Arrays) -> Mapping[str, tuple[str, ...]]:
    alike: dict[str, tuple[str, ...]] = {}
    shown = (alike.setdefault(said, tuple(said.split())) for said in unpacked(held["languages"]))
    return dict(zip(unpacked(held["words"]), shown, strict=True))


def _voting(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """The lexicon's votes, and what phrases and names teach where they agree; an acronym is the same in both."""
    acronyms = {fold(term) for entry in knowledge.glossary.values() for term in entry.terms if term[1:2].isupper()}
    seen = defaultdict[str, set[str]](set)
    for lang, text in _written(knowledge):
        seen[lang].update(fold(text).split())
    votes: dict[str, tuple[str, ...]] = {
        word: (lang,)
        for lang, words in seen.items()
        for word in words.difference(*(other for one, other in seen.items() if one != lang))
        if len(word) > 2 and word not in acronyms
    }
    listed = {word for lang, words in knowledge.languages.items() for word in words if lang != _NAMES}
    for lang, words in knowledge.languages.items():
        for word in words if lang != _NAMES else ():
            known = votes.get(word, ()) if word in votes and word in listed else ()
            votes[word] = tuple(dict.fromkeys((*known, lang)))
    return dict(sorted(votes.items()))


def _written(knowledge: Knowledge) -> list[tuple[str, str]]:
    sections = [section for phrases in knowledge.phrases.values() for section in phrases.sections.values()]
    pairs = [(lang, text) for one in sections for lang, texts in (("es", one.es), ("en", one.en)) for text in texts]
    return pairs + [(lang, n) for t in knowledge.topics.values() for lang, names in t.names.items() for n in names]


@lru_cache(maxsize=4)
def _places(knowledge: Knowledge) -> tuple[frozenset[str], Mapping[str, int]]:
    held = (*knowledge.signals.places.values(), *knowledge.signals.cities.values())
    folded = frozenset(fold(name) for names in held for name in names)
    return folded, by_first_word(folded, LONGEST_PLACE)


def language_of(text: str, knowledge: Knowledge) -> str:
    """`es`, `en`, `mixed` or `other`; `other` also where nothing shows a language."""
    counts = _counts(text, knowledge)
    spanish, english = counts.get("es", 0.0), counts.get("en", 0.0)
    if _foreign(counts) or not (spanish or english):
        return "other"
    if min(spanish, english) >= 1 and min(spanish, english) / (spanish + english) > _SHARE_OF_MIXED:
        return "mixed"
    return "es" if spanish >= english else "en"


def foreign_in(text: str, knowledge: Knowledge) -> str | None:
    """The language, none of ours, that a message of several words is surely in: fr, pt, ht; or `script`."""
    if 2 * len(_NOT_LATIN.findall(text)) > len(_LETTER.findall(text)):
        return SCRIPT
    counts = _counts(text, knowledge)
    found = _foreign(counts)
    return found if found is not None and counts[found] >= _SURELY else None


def _foreign(counts: Mapping[str, float]) -> str | None:
    """The language that shows more than both of ours."""
    foreign = [lang for lang in counts if lang not in _OURS]
    found = max(foreign, key=lambda lang: counts[lang], default=None)
    return found if found and counts[found] > max(counts.get(lang, 0.0) for lang in _OURS) else None


@lru_cache(maxsize=REMEMBERED)
def _counts(text: str, knowledge: Knowledge) -> Mapping[str, float]:
    """How much the words show each language; names show one only where nothing else does."""
    telling, names = _words(text, knowledge)
    counts = _votes(telling, knowledge) or _votes(names, knowledge)
    if _SPANISH_LETTERS.search(text):
        counts["es"] = counts.get("es", 0) + 1
    return counts


def _words(text: str, knowledge: Knowledge) -> tuple[list[str], list[str]]:
    """The words of a message, and those of the names of places, papers and offices in it."""
    papers, apart = knowledge.languages.get(_NAMES, ()), list(names_apart(fold(text).split(), *_places(knowledge)))
    telling = [word for word, is_place in apart if not is_place and word not in papers]
    names = [word for name, is_place in apart if is_place or name in papers for word in name.split()]
    return telling, names


def _votes(words: Iterable[str], knowledge: Knowledge) -> dict[str, float]:
    """A word of several languages is shared among them."""
    votes = _word_votes(knowledge)
    counts = defaultdict[str, float](float)
    for langs in (votes.get(word, ()) for word in words):
        for lang in langs:
            counts[lang] += 1 / len(langs)
    return dict(counts)


def shown(lang: Lang, text: str, knowledge: Knowledge) -> float:
    """How many words of a message show a language."""
    return _counts(text, knowledge).get(lang, 0.0)


def wholly(lang: Lang, text: str, knowledge: Knowledge) -> bool:
    """Whether a message of several words has none that is not of a language; names apart."""
    words, votes = _words(text, knowledge)[0], _word_votes(knowledge)
    return len(words) >= _SEVERAL and all(lang in votes.get(word, ()) for word in words)


def prevailing(text: str, knowledge: Knowledge) -> tuple[Lang | None, float]:
    """The one of our languages that a message is far more in, and by how many words; names bear it out."""
    counts = _counts(text, knowledge)
    if language_of(text, knowledge) == "other":
        return None, 0.0
    lang, other = sorted(_OURS, key=lambda one: -counts.get(one, 0.0))
    more, less = counts.get(lang, 0.0), counts.get(other, 0.0)
    if more < _PREVAILS * less:
        return None, 0.0
    borne_out = 0.0 if less else _votes(_words(text, knowledge)[1], knowledge).get(lang, 0.0)
    return lang, more - less + borne_out
