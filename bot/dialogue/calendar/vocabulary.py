"""The calendar's words, ready for reading: phrases by their first word, names with words apart, near misses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bot.dialogue.dates.tokens import tokens
from bot.dialogue.dates.words import MONTHS
from knowledge.model import Knowledge
from knowledge.schema.calendar import WordKind

FORGIVEN = 6
"""Letters of a word in which one wrong letter is forgiven."""
EVENT = "event"
SEVERAL = 3
"""Words that name a forum even without the plain ones among them."""
DISTINCT = frozenset({"onu", "internacional", "international"})
"""They help to say which forum is meant, though they say nothing alone."""
ACCESS = frozenset({"access", "status", "attendance"})
"""Asks in words that names have too: "sin estatus"."""
NAMING = frozenset({WordKind.SERIES, WordKind.KIND, WordKind.ORGANISER, WordKind.STRANGER, EVENT})
LINKS = frozenset(tokens("de del la el los las al a y e en con para por sobre contra the of on and for in to s un una"))
AS_THEY_STAND = frozenset(
    tokens(
        "antes cops cite cites persona personas seguro police residente residentes resident oregon county cunado "
        "recibe material sierra cuento parque charge terminal hombre hombres colonia colonias planta "
        "medico medica medicos vender puerto parado pagado pagada pararon pagaron desaparecio "
        "desaparecida desaparecidas refugiada deportar deport deporte corrio boleta closet avento casado "
        "casada armado brought relative registry directory lumbre muerta posada estafa latino trapped "
        "warning lesion refuge reporter messing quieto culebra podrida reside estadio denegado barranca "
        "hostel pajama reader bolero conejo grecia holand presunta curando cierto posible losing pesado "
        "despierto andamio patada sorteo tortura"
    )
)
"""Words of their own: no plural of one of ours, nor one that lacks a letter."""

Meaning = tuple[str, str]
"""What a phrase is (a WordKind, or EVENT for one edition), and its id."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All that the calendar's words may mean."""

    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]]
    """First word -> phrases, the longest first."""
    hints: dict[str, list[tuple[tuple[str, ...], Meaning]]]
    """The same, of what counts only beside a forum."""
    apart: Mapping[str, Sequence[tuple[int, frozenset[str], Meaning]]]
    """Words of a name that may stand in any order, with others between them, and its rank: by the first of them."""
    words: frozenset[str]
    nearly: Mapping[str, Set[str]]
    """A long word with one letter left out -> the words that it may be."""
    triggers: frozenset[str]
    elsewhere: frozenset[str]
    """Words of the titles of topics to which no event leads, and not of ours."""


@lru_cache(maxsize=4)
def vocabulary_of(knowledge: Knowledge) -> Vocabulary:
    """Made once for a knowledge."""
    phrases, hints = _by_first(_named(knowledge)), _by_first(_hinted(knowledge))
    flat = [phrase for found in phrases.values() for phrase in found]
    known = frozenset(word for phrase, _ in flat for word in phrase)
    hinting = frozenset(word for found in hints.values() for phrase, _ in found for word in phrase)
    return Vocabulary(
        phrases,
        hints,
        _apart(flat),
        known | hinting,
        _nearly(known),
        _triggers(flat),
        _elsewhere(knowledge, known),
    )


def _by_first(named: Iterable[tuple[str, Meaning]]) -> dict[str, list[tuple[tuple[str, ...], Meaning]]]:
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for text, meaning in named:
        if words := tuple(singular(word) for word in tokens(text)):
            phrases.setdefault(words[0], []).append((words, meaning))
    for found in phrases.values():
        found.sort(key=lambda phrase: -len(phrase[0]))
    return phrases


def _hinted(knowledge: Knowledge) -> Iterator[tuple[str, Meaning]]:
    for word in knowledge.calendar_words.values():
        yield from ((name, (word.kind, word.id)) for name in word.hints)


def _named(knowledge: Knowledge) -> Iterator[tuple[str, Meaning]]:
    for word in knowledge.calendar_words.values():
        yield from ((name, (word.kind, word.id)) for name in word.names)
    for event in knowledge.events.values():
        yield from ((name, (EVENT, event.id)) for name in event.names)


def _apart(
    flat: Iterable[tuple[tuple[str, ...], Meaning]],
) -> Mapping[str, Sequence[tuple[int, frozenset[str], Meaning]]]:
    plain, kinds = set(LINKS), set[str]()
    for words, (kind, asked) in flat:
        if (kind == WordKind.ASK and asked not in ACCESS) or (kind == WordKind.FILLER and len(words) == 1):
            plain.update(words)
        elif kind == WordKind.KIND:
            kinds.update(words)
    names = set[tuple[frozenset[str], Meaning]]()
    for words, meaning in flat:
        own = frozenset(words) - (plain - kinds - DISTINCT) - LINKS
        # "Foro mundial de migración" is more than any forum on migration.
        if meaning[0] in (WordKind.SERIES, EVENT) and (own == set(words) - LINKS or len(own) >= SEVERAL):
            names.add((own, meaning))
    several = [(words, meaning) for words, meaning in names if len(words) > 1 and words - kinds]
    several.sort(key=lambda name: (-len(name[0]), name[1], sorted(name[0])))
    found: dict[str, list[tuple[int, frozenset[str], Meaning]]] = {}
    for rank, (name, meaning) in enumerate(several):
        found.setdefault(min(name), []).append((rank, name, meaning))
    return found


def _triggers(flat: Iterable[tuple[tuple[str, ...], Meaning]]) -> frozenset[str]:
    """A message without any of these is no question about the calendar."""
    triggers, plain = {*MONTHS, "nacion", "nation"}, set[str]()
    for words, meaning in flat:
        if meaning[0] == WordKind.FILLER and len(words) == 1:
            plain.add(words[0])
        elif meaning[0] in NAMING or meaning == (WordKind.ASK, "until"):
            triggers.update(words)
        elif meaning[0] in (WordKind.TOPIC, WordKind.PLACE):
            triggers.add(words[0])
    return frozenset(triggers - plain | {"onu"})


def _elsewhere(knowledge: Knowledge, known: frozenset[str]) -> frozenset[str]:
    ours = {lead for event in knowledge.events.values() for lead in event.leads}
    titles = (topic.title.say(lang) for topic in knowledge.topics.values() for lang in ("es", "en"))
    words = {singular(word) for title in titles for word in tokens(title)}
    near = (knowledge.topics[lead].title.say(lang) for lead in ours & knowledge.topics.keys() for lang in ("es", "en"))
    return frozenset(words - known - LINKS - {singular(word) for title in near for word in tokens(title)})


def singular(word: str) -> str:
    """Without the plural's ending, roughly: the same is done to both sides."""
    if word in AS_THEY_STAND:
        return word
    if len(word) > 5 and word.endswith("es") and word[-3] in "nrldj":
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _nearly(known: Iterable[str]) -> Mapping[str, Set[str]]:
    nearly: dict[str, set[str]] = {}
    for word in known:
        if len(word) >= FORGIVEN:
            for less in _one_less(word):
                nearly.setdefault(less, set()).add(word)
    return nearly


def _one_less(word: str) -> Iterable[str]:
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


@lru_cache(maxsize=16384)
def corrected(word: str, vocabulary: Vocabulary) -> str:
    """The word of ours that it is, but for one letter."""
    if word in vocabulary.words or word in AS_THEY_STAND or len(word) < FORGIVEN:
        return word
    likely = {known for less in _one_less(word) for known in vocabulary.nearly.get(less, ())}
    close = sorted(known for known in likely if DamerauLevenshtein.distance(word, known) <= 1)
    return close[0] if close else word
