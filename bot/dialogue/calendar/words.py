"""A message in the calendar's words: which forums, topics and places it names, what it asks, what it says besides."""

from dataclasses import dataclass
from datetime import date

from bot.dialogue.calendar.hits import SEVERAL, placed
from bot.dialogue.calendar.rows import HISTORY, agree, telling
from bot.dialogue.calendar.vocabulary import EVENT, Meaning, corrected, singular, vocabulary_of
from bot.dialogue.dates.reading import CONSUMED, Dates, dates_in
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.dates.words import DATE_WORDS
from bot.dialogue.hearing import Hearing
from knowledge.model import Knowledge
from knowledge.schema.calendar import WordKind

LONGEST = 60
"""Words of a message that may be a question about the calendar."""
PLURALS = frozenset(
    tokens(
        "foros eventos cumbres reuniones conferencias proximos proximas siguientes vienen forums events summits "
        "meetings conferences calendario calendar agenda upcoming"
    )
)
ORGANISATIONS = frozenset(
    tokens(
        "osc ong asociacion association organization organisation organizacion "
        "colectivo colectiva cooperativa fundacion ngo cso nonprofit org orgs civil society"
    )
)
NEXT_ONE, HOW = frozenset({"next", "when"}), frozenset({"how", "como"})
"""`When is the next one where we can take part`: which one is asked for, not how, unless a "how" stands in it."""
SUBJECTS = frozenset({WordKind.SERIES, EVENT, WordKind.TOPIC, WordKind.KIND, WordKind.PLACE, WordKind.ORGANISER})
"""What makes a word of a row of 2018 tell which is meant; beside the year alone it is said for a hundred reasons."""
LONG = 30
"""Words from which a message has words of some row by chance."""
CHAT = {"d": "de", "gral": "general", "conf": "conference"}
"""Short for other words of ours."""
GENERIC = frozenset({"forum", "event", "summit", "assembly", "meeting", "conference"})
"""Kinds that do not narrow a search."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message as the calendar reads it; `unknown`: words that it cannot place."""

    dates: Dates
    series: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    """Words that name a forum that we do not have."""
    asks: frozenset[str] = frozenset()
    unknown: tuple[str, ...] = ()
    telling: frozenset[str] = frozenset()
    """Words by which rows of 2018 are found, where that year is spoken of."""
    guessed: tuple[str, ...] = ()
    """Words that were taken for others with one letter wrong."""
    elsewhere: int = 0
    """Of these, words of topics that no event leads to."""
    words: frozenset[str] = frozenset()
    """All that was said."""
    length: int = 0
    plural: bool = False
    """More than one is asked for: "foros", "próximas"."""
    several: bool = False
    """By the noun itself: "foros", "reuniones"."""
    for_osc: bool = False
    """An organisation is named as who asks."""
    stranger: bool = False
    """A forum is named that we do not know."""
    no_edition: bool = False
    """A forum of ours is named with a number that none of its editions here has."""
    without: frozenset[Meaning] = frozenset()
    """What is not meant: "not the one in Panama"."""

    @property
    def named(self) -> bool:
        """Whether a forum is named."""
        return bool(self.series or self.editions)


def may_ask(words: list[str], knowledge: Knowledge) -> bool:
    """Whether the message is worth reading: short, a word of forums or dates in it."""
    if not words or len(words) > LONGEST:
        return False
    vocabulary = vocabulary_of(knowledge)
    plain = (word if word in DATE_WORDS else corrected(singular(word), vocabulary) for word in words)
    return any(word in vocabulary.triggers or word[0].isdigit() or word in DATE_WORDS for word in plain)


def asked_in(text: str, hearing: Hearing) -> Asked:
    """A message, or a part of one, in the calendar's words, as of its day and in its language."""
    return read(text, hearing.knowledge, hearing.today, english=hearing.message_lang == "en")


def read(text: str, knowledge: Knowledge, today: date, *, english: bool = False) -> Asked:
    """The message in the calendar's words."""
    asked = _read(text, knowledge, dates_in(text, today, english=english))
    if "past" in asked.asks and not asked.dates.year_said:
        return _read(text, knowledge, dates_in(text, today, past=True, english=english))
    return asked


def _read(text: str, knowledge: Knowledge, dates: Dates) -> Asked:
    vocabulary = vocabulary_of(knowledge)
    plain = tuple(word if word == CONSUMED else singular(word) for word in dates.rest)
    words = tuple(corrected(CHAT.get(word, word), vocabulary) for word in plain)
    here = placed(dates.rest, words, vocabulary, knowledge)
    found, unknown, rows = here.found, here.unknown, frozenset[str]()
    old = any(knowledge.events[name].history and knowledge.events[name].edition for name in found.get(EVENT, ()))
    said = any(span.year_said and span.first.year == HISTORY for span in dates.spans)
    past = said or "past" in found.get(WordKind.ASK, ())
    if (old or past) and len(words) <= LONG:
        rows = telling((plain[at] for at in unknown), knowledge)
        spoken = found.keys() & SUBJECTS or not ORGANISATIONS.isdisjoint(words)
        rows = rows if (spoken and (old or said)) or agree(rows, knowledge) else frozenset()
        unknown = [at for at in unknown if plain[at] not in rows]
    asks = frozenset(found.get(WordKind.ASK, ()))
    if asks >= NEXT_ONE and HOW.isdisjoint(words):
        asks -= {"how"}
    return Asked(
        dates=dates,
        series=tuple(found.get(WordKind.SERIES, ())),
        editions=tuple(found.get(EVENT, ())),
        topics=tuple(found.get(WordKind.TOPIC, ())),
        kinds=tuple(found.get(WordKind.KIND, ())),
        places=tuple(found.get(WordKind.PLACE, ())),
        organisers=tuple(found.get(WordKind.ORGANISER, ())),
        strangers=here.strangers,
        asks=asks,
        unknown=tuple(dates.rest[at] for at in unknown),
        telling=rows,
        guessed=tuple(said for said, word, read in zip(dates.rest, plain, words, strict=True) if word != read),
        elsewhere=sum(words[at] in vocabulary.elsewhere for at in unknown),
        words=frozenset(words),
        length=len(words),
        plural=bool(PLURALS & set(dates.rest)),
        several=bool(SEVERAL & set(dates.rest)),
        for_osc=not ORGANISATIONS.isdisjoint(words),
        stranger=here.stranger,
        no_edition=here.no_edition,
        without=here.without,
    )
