"""Every section as rows of arrays: its topic, aspect, place, people; the words that tell it from others, and where."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, unpacked
from bot.dialogue.ranking.ranker import READ, Ranker, ranker_of
from bot.dialogue.words.features import REMEMBERED, SHORT_STEM, Floats, features_of, hashed, stems_of
from bot.dialogue.words.phrasing import sound, spell_out
from bot.dialogue.words.questions import untold_words
from knowledge.frames import framed
from knowledge.held_aspects import held_in
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, People, Section, Topic, Where

Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
ASPECTS = (*Aspect, None)
PLACES = (*Where, None)
GROUPS = tuple(People)
LABEL, TEXT, PHRASES = 3.0, 1.0, 3.0
"""What a word counts that stands on the button, in the text, in every phrase of a section."""
RAREST = 8.0
"""What a word that nobody taught counts: it may be misspelled."""
MOST = 12
"""Words of a message that are looked for; a long story is read by what was learned."""
Keys = frozenset[str]
"""How one word may be met again: its stems by ear, and the concepts that it names."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word, or a concept of several, and how seldom it is said."""

    keys: Keys
    rarity: float


@lru_cache(maxsize=REMEMBERED)
def said_in(text: str, ranker: Ranker, knowledge: Knowledge) -> tuple[Said, ...]:
    """The words of a message that can tell one section from another."""
    empty, reads = untold_words(knowledge), features_of(knowledge)
    words = spell_out(text, knowledge.spelling).split()
    told = [word for word in words if word not in empty and not word.isdigit()]  # an age, a year: a circumstance
    found = [_said(word, ranker, knowledge) for word in told]
    known = frozenset[str]().union(*(word.keys for word in found))
    # A concept of several words ("se me acaba el tiempo") is one word more.
    several = (concept for concept in reads.concepts(words) if f"k:{concept}" not in known)
    found += [Said(frozenset({f"k:{concept}"}), ranker.rarity([f"k:{concept}"])) for concept in several]
    stands_for = framed(knowledge, "follow_ups", "stands_for")
    meant = dict.fromkeys(match.key for match in stands_for.find(" ".join(words)))
    found += [Said(own_keys(label, knowledge), ranker.rarity(())) for label in meant]
    return tuple(found[-MOST:])


CODE = ("bot.training.sections",)
"""What a change of makes another table of the same content, with all that these import."""


@dataclass(frozen=True, eq=False)
class Table:
    """By row: a topic and a key as one number (`topic * len(keys) + key`), and where in the topic that key stands."""

    keys: Sequence[str]
    topics: Sequence[str]
    codes: NDArray[np.uint32]
    section: NDArray[np.uint8]
    """Its place among those of the topic."""
    label: NDArray[np.bool_]
    text: NDArray[np.bool_]
    phrases: NDArray[np.float32]
    """In what share of its phrases, 0 to 1."""


def table_of(knowledge: Knowledge) -> Table:
    """The table of this Knowledge; the first call for new content makes it, in some seconds."""
    name = name_of("sections", CODE, knowledge, lambda: _made_of(knowledge))
    return kept(knowledge.root, name, lambda: made("sections", knowledge), _table)


def _made_of(knowledge: Knowledge) -> Iterator[object]:
    yield from knowledge.lexicon
    for topic in knowledge.topics.values():
        yield topic.id
        for section in topic.sections:
            yield from (labels_of(section, knowledge), told_in(section), taught_in(topic, section, knowledge))


def _table(held: Arrays) -> Table:
    keys, topics = unpacked(held["keys"]), unpacked(held["topics"])
    return Table(keys, topics, *(held[name] for name in ("codes", "section", "label", "text", "phrases")))


def told_in(section: Section) -> str:
    """The text, steps and next step of a section, in both languages."""
    told = (section.text, *section.steps, *((section.do,) if section.do else ()))
    return " ".join(f"{one.es} {one.en}" for one in told if one)


def labels_of(section: Section, knowledge: Knowledge) -> str:
    """Its title and the button of its aspect, in both languages."""
    labels = (section.title, knowledge.aspects[section.aspect].button if section.aspect else None)
    return " ".join(f"{one.es} {one.en}" for one in labels if one)


def taught_in(topic: Topic, section: Section, knowledge: Knowledge) -> tuple[str, ...]:
    """The phrases that teach a section."""
    learned = knowledge.phrases.get(topic.id)
    by_lang = learned.sections.get(section.id) if learned else None
    return tuple(by_lang.texts()) if by_lang else ()


def own_keys(text: str, knowledge: Knowledge) -> Keys:
    """The stems of its words alone."""
    return frozenset[str]().union(*map(_stems, spell_out(text, knowledge.spelling).split()))


@lru_cache(maxsize=32768)
def _said(word: str, ranker: Ranker, knowledge: Knowledge) -> Said:
    keys = _stems(word) | {f"k:{concept}" for concept in features_of(knowledge).concepts([word])}
    return Said(keys, min(RAREST, ranker.rarity(f"w:{stem}" for stem in stems_of(word))))


@lru_cache(maxsize=32768)
def _stems(word: str) -> Keys:
    heard = (sound(stem) for stem in stems_of(word))
    return frozenset(said if len(said) >= SHORT_STEM else sound(word) for said in heard)


@dataclass(frozen=True, eq=False)
class Sections:
    """Rows in the order of the ranker's columns, those of everyday talk left out."""

    topics: Sequence[Topic]
    """In the order of the ranker's topics."""
    sections: Sequence[Section]
    topic_of: Numbers
    names: Sequence[tuple[str, str]]
    """The ids of topic and section."""
    place_of: Mapping[str, int]
    """`topic/section` -> row."""
    begins: Numbers
    """Where the rows of each topic begin, as the content has them."""
    written: Numbers
    """Of each topic its place in the content."""
    first: Floats
    aspect: Numbers
    """Place in ASPECTS."""
    holds: Flags
    """Rows x ASPECTS: the text answers it besides its own."""
    where: Numbers
    """Place in PLACES, of the section or of its topic."""
    lands: Flags
    """Whether it speaks of some countries alone."""
    people: Flags
    """Rows x GROUPS: it is for these alone."""
    situations: Sequence[str]
    only: Flags
    """Rows x situations: it is for these alone."""

    def by_topic(self, likely: Floats) -> Floats:
        """The likelihood of each topic, from that of each section; of one reading or of several."""
        found: Floats = np.add.reduceat(likely[..., : len(self.sections)], self.begins, axis=-1)
        return found[..., self.written]

    def among(self, topics: Iterable[int | None]) -> Floats:
        """1 for the topics named."""
        found = np.zeros(len(self.topics), np.float32)
        found[[one for one in topics if one is not None]] = 1.0
        return found


@lru_cache(maxsize=4)
def sections_of(knowledge: Knowledge) -> Sections:
    """Made once for a Knowledge."""
    ranker = ranker_of(knowledge)
    columns = [one for one in ranker.model.columns if one.topic]
    rows = [(knowledge.topics[one.topic], knowledge.topics[one.topic].section_or_first(one.section)) for one in columns]
    held = [held_in(topic.id, knowledge)[section.id] for topic, section in rows]
    people = [topic.people if section.people is None else section.people for topic, section in rows]
    situations = sorted({name for _, section in rows for name in section.only})
    first_row: dict[str, int] = {}
    for row, (topic, _) in enumerate(rows):
        first_row.setdefault(topic.id, row)
    written = {name: number for number, name in enumerate(first_row)}
    return Sections(
        topics=[knowledge.topics[name] for name in ranker.topics],
        sections=[section for _, section in rows],
        topic_of=np.array([ranker.number_of[topic.id] for topic, _ in rows]),
        names=[(topic.id, section.id) for topic, section in rows],
        place_of={f"{topic.id}/{section.id}": row for row, (topic, section) in enumerate(rows)},
        begins=np.array([*first_row.values()]),
        written=np.array([written[name] for name in ranker.topics]),
        first=np.array([topic.sections[0] is section for topic, section in rows], np.float32),
        aspect=np.array([ASPECTS.index(section.aspect) for _, section in rows]),
        holds=np.array([[aspect in one for aspect in ASPECTS] for one in held]),
        where=np.array([PLACES.index(section.where or topic.where) for topic, section in rows]),
        lands=np.array([bool(section.countries) for _, section in rows]),
        people=np.array([[group in one for group in GROUPS] for one in people]),
        situations=situations,
        only=np.array([[name in section.only for name in situations] for _, section in rows]),
    )


@dataclass(frozen=True, eq=False)
class _Words:
    """By key: the rows that say it, and what it counts there."""

    keys: NDArray[np.uint32]
    """Hashed, in order."""
    begins: NDArray[np.int32]
    """Where the rows of each key begin; the last end behind them."""
    rows: NDArray[np.int16]
    weights: Floats
    sizes: Floats
    """How many sections each topic has."""

    def of(self, keys: Keys) -> tuple[Numbers, Floats]:
        """The rows of several keys of one word, each once."""
        weights = np.zeros(int(self.sizes.sum()), np.float32)
        hashes = np.array(list(map(hashed, keys)), np.uint32)
        for at, key in zip(np.searchsorted(self.keys, hashes).tolist(), hashes.tolist(), strict=True):
            if at < len(self.keys) and self.keys[at] == key:
                part = slice(self.begins[at], self.begins[at + 1])
                rows = self.rows[part]
                weights[rows] = np.maximum(weights[rows], self.weights[part])
        found: Numbers = np.flatnonzero(weights)
        return found, weights[found]


@lru_cache(maxsize=4)
def _words_of(knowledge: Knowledge) -> _Words:
    table, sections = table_of(knowledge), sections_of(knowledge)
    hashes = np.array([hashed(key) for key in table.keys], np.uint32)
    numbers, topics = hashes[table.codes % len(table.keys)], table.codes // len(table.keys)
    begins = dict(zip((topic.id for topic in sections.topics), sections.begins[sections.written].tolist(), strict=True))
    first = np.array([begins.get(name, -1) for name in table.topics])[topics]
    rows: Numbers = first + table.section.astype(np.intp)
    kept = np.flatnonzero((first >= 0) & (rows < len(sections.sections)))
    order = kept[np.argsort(numbers[kept], kind="stable")]
    keys, starts = np.unique(numbers[order], return_index=True)
    label, text, phrases = table.label, table.text, table.phrases
    return _Words(
        keys=keys,
        begins=np.append(starts, len(order)).astype(np.int32),
        rows=rows[order].astype(np.int16),
        weights=(LABEL * label + TEXT * text + np.minimum(1.0, PHRASES * phrases))[order].astype(np.float32),
        sizes=np.bincount(sections.topic_of, minlength=len(sections.topics)).astype(np.float32),
    )


@lru_cache(maxsize=2048)
def _word(keys: Keys, knowledge: Knowledge) -> tuple[NDArray[np.int16], Floats]:
    """The rows that say a word, and how much of it; kept, as people ask in the same words."""
    index, sections = _words_of(knowledge), sections_of(knowledge)
    rows, weights = index.of(keys)
    owners = sections.topic_of[rows]
    uses = np.bincount(owners, minlength=len(sections.topics))
    rare = np.log((index.sizes[owners] + 1) / uses[owners])
    return rows.astype(np.int16), (weights * rare).astype(np.float32)
