"""Where the calendar's phrases stand in a message: names, also with words apart or a number, and what is left over."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from bot.dialogue.calendar.editions import editions_at
from bot.dialogue.calendar.hints import hints_in
from bot.dialogue.calendar.vocabulary import ACCESS, EVENT, Meaning, Vocabulary, singular
from bot.dialogue.dates.reading import CONSUMED
from bot.dialogue.dates.tokens import tokens
from knowledge.model import Knowledge
from knowledge.schema.calendar import WordKind

STRANGERS = frozenset({"forum", "summit", "conference", "meeting"})
BEFORE_NOUN = frozenset({"summit", "forum", "conference", "commission", "congress"})
"""Nouns behind their names, in English."""
ABOUT = frozenset(tokens("de sobre acerca on about of for"))
"""Words between "event" and what it is about."""
SEVERAL = frozenset(tokens("foros cumbres reuniones conferencias forums summits meetings conferences"))
"""Nouns that name no single forum: "foros de migración"."""
NAME_WITHIN = 4
"""Words after "foro", "cumbre", "comisión" among which an unknown one is its name."""
SPREAD = 5
"""Other words that may stand among those of a name."""
NOT = frozenset(
    map(
        singular,
        tokens("not no excepto salvo menos except than besides aparte despues luego after tras")
        + tokens("acabando terminando acabe termine once"),
    )
)
NOT_LINKS = frozenset(map(singular, tokens("the la el los las de del sea sean es son one in en a lo this esta este")))
"""Words between a "not" and what is not meant."""
SPEAKS_OF_FORUMS = frozenset({WordKind.TOPIC, WordKind.KIND, WordKind.SERIES, EVENT})
"""What makes everyday words mean a forum's topic."""
TELLING = 20
"""Number from which an edition is told by the noun beside it."""
EXCLUDED = frozenset({WordKind.TOPIC, WordKind.PLACE, WordKind.SERIES, EVENT})


@dataclass(frozen=True, slots=True)
class Placed:
    """Ids that the words name, by kind; where words stand that name nothing; whether such a word follows "foro"."""

    found: dict[str, dict[str, None]]
    unknown: list[int]
    stranger: bool
    without: frozenset[Meaning]
    strangers: tuple[str, ...] = ()
    """The words that name a forum that we do not have."""
    no_edition: bool = False
    """A number stands beside a forum's name that none of its editions that we have has."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of ours and where its words stand."""

    meaning: Meaning
    at: frozenset[int]


def placed(said: Sequence[str], words: tuple[str, ...], vocabulary: Vocabulary, knowledge: Knowledge) -> Placed:
    """What stands where in `words`, of which `said` are the same as they were written."""
    several = frozenset(at for at, word in enumerate(said) if word in SEVERAL)
    hits: list[Hit] = []
    at = 0
    while at < len(words):
        length, meanings = _longest(words, at, vocabulary, several)
        hits += [Hit(meaning, frozenset(range(at, at + length))) for meaning in meanings]
        at += length or 1
    apart = [
        hit
        for hit in _apart(words, vocabulary)
        if not hit.at & several and not any(_overrules(h, hit, words) for h in hits)
    ]
    known = {at for hit in hits for at in hit.at}  # also by names that give way to others
    hits = [hit for hit in hits if not (_is_name(hit) and any(_content(hit, words) < other.at for other in apart))]
    hits += [hit for hit in apart if not any(hit.at < other.at for other in apart)]
    hits = _with_hints(hits, words, vocabulary)
    numbered, no_edition = _numbered(hits, said, knowledge)
    hits += numbered
    found, without = _meant(hits, words, knowledge)
    known |= {at for hit in hits for at in hit.at}
    plain = {CONSUMED} | (NOT if without else frozenset())
    unknown = [at for at, word in enumerate(words) if at not in known and word not in plain and not word.isdigit()]
    strangers = sorted({at for hit in hits if hit.meaning[0] == WordKind.STRANGER for at in hit.at})
    named = tuple(words[at] for at in strangers)
    return Placed(found, unknown, _has_stranger(hits, unknown, words), without, named, no_edition)


def _meant(
    hits: Sequence[Hit], words: Sequence[str], knowledge: Knowledge
) -> tuple[dict[str, dict[str, None]], frozenset[Meaning]]:
    """What is meant, by kind, and what a "not" leaves out."""
    found: dict[str, dict[str, None]] = {}
    without: set[Meaning] = set()
    for hit in sorted(hits, key=lambda hit: min(hit.at)):
        if hit.meaning[0] in EXCLUDED and _is_excluded(words, min(hit.at)):
            without.add(hit.meaning)
        else:
            found.setdefault(hit.meaning[0], {})[hit.meaning[1]] = None
    without -= {(kind, name) for kind, names in found.items() for name in names}
    # "After COP31" leaves the next COP.
    without -= {(WordKind.SERIES, knowledge.events[name].series or "") for kind, name in without if kind == EVENT}
    return found, frozenset(without)


def _numbered(hits: Sequence[Hit], said: Sequence[str], knowledge: Knowledge) -> tuple[list[Hit], bool]:
    """Editions by a number beside the name of their forum; whether a number is said that none has."""
    found: list[Hit] = []
    missing = False
    for hit in hits:
        if hit.meaning[0] != WordKind.SERIES or not (numbers := dict(editions_at(said, hit.at))):
            continue
        editions = [event for event in knowledge.events.values() if event.series == hit.meaning[1]]
        same = [event for event in editions if event.edition in numbers]
        for event in same:
            places = numbers[event.edition or 0]
            beside = min(hit.at, key=lambda at: min(abs(at - place) for place in places))
            found.append(Hit((EVENT, event.id), places | {beside}))
        # Of a forum whose next edition has no number here, any may be that one.
        counted = [event for event in editions if event.edition is not None]
        uncounted = any(event.edition is None and not event.history for event in editions)
        missing = missing or bool(counted and not (same or uncounted or 1 in numbers))
    found += _by_noun(hits, said, knowledge) if not found else []
    alone = len({hit.meaning for hit in hits if hit.meaning[0] == WordKind.SERIES}) == 1
    return found, missing and alone and not found


def _by_noun(hits: Sequence[Hit], said: Sequence[str], knowledge: Knowledge) -> list[Hit]:
    """`la 82 asamblea`: a high number beside a noun that one forum alone has with it."""
    found: list[Hit] = []
    for hit in hits:
        if hit.meaning[0] != WordKind.KIND:
            continue
        noun = {said[at] for at in hit.at}
        for number, places in editions_at(said, hit.at):
            alike = [event for event in knowledge.events.values() if event.edition == number and not event.history]
            named = [event for event in alike if noun & set(tokens(f"{event.title.es} {event.title.en}"))]
            if number >= TELLING and len(named) == 1:
                found.append(Hit((EVENT, named[0].id), places | hit.at))
    return found


def _with_hints(hits: list[Hit], words: tuple[str, ...], vocabulary: Vocabulary) -> list[Hit]:
    """Beside a forum, everyday words too: they go before what else their words may mean."""
    forum = any(hit.meaning[0] in SPEAKS_OF_FORUMS for hit in hits)
    hints = [Hit(*hint) for hint in hints_in(words, {at for hit in hits for at in hit.at}, vocabulary, forum=forum)]
    if any(_is_name(hit) for hit in hits):
        hints = [hint for hint in hints if not _is_name(hint)]  # a forum that is named needs no guessing
    return [hit for hit in hits if not any(hit.at < hint.at for hint in hints)] + hints


def _is_name(hit: Hit) -> bool:
    return hit.meaning[0] in (WordKind.SERIES, EVENT)


def _overrules(whole: Hit, apart: Hit, words: Sequence[str]) -> bool:
    """A name that stands whole takes its words from one whose words stand apart: "asamblea ambiental de la ONU"."""
    if not _is_name(whole):
        asked = whole.meaning[0] == WordKind.ASK and whole.meaning[1] in ACCESS
        return asked and bool(_content(whole, words) & apart.at)  # "help for women without status"
    if apart.at <= whole.at:
        return True
    return len(whole.at) > 1 and bool(apart.at & whole.at) and not _content(whole, words) <= apart.at


def _content(hit: Hit, words: Sequence[str]) -> set[int]:
    return {at for at in hit.at if len(words[at]) > 2}


def _apart(words: tuple[str, ...], vocabulary: Vocabulary) -> list[Hit]:
    """Names whose words stand near one another in any order."""
    present = frozenset(words)
    named = (one for word in present for one in vocabulary.apart.get(word, ()) if one[1] <= present)
    return [Hit(meaning, at) for _, name, meaning in sorted(named, key=itemgetter(0)) if (at := _nearest(name, words))]


def _nearest(name: frozenset[str], words: Sequence[str]) -> frozenset[int]:
    """Where the words of a name stand, close together; empty where they are too far apart."""
    last: dict[str, int] = {}
    for at, word in enumerate(words):
        if word in name:
            last[word] = at
            if len(last) == len(name) and at - min(last.values()) < len(name) + SPREAD:
                return frozenset(last.values())
    return frozenset()


def _is_excluded(words: Sequence[str], at: int) -> bool:
    """Whether a "not" stands before it."""
    before = at - 1
    while before >= 0 and words[before] in NOT_LINKS:
        before -= 1
    return before >= 0 and words[before] in NOT and (words[before] != "no" or before < at - 1)


def _has_stranger(hits: Sequence[Hit], unknown: Sequence[int], words: Sequence[str]) -> bool:
    nouns = [hit.at for hit in hits if hit.meaning[0] == WordKind.KIND and hit.meaning[1] in STRANGERS]
    # With a topic of ours it is a forum on that, unless the name begins at once: "foro económico de mujeres".
    within = 1 if any(hit.meaning[0] == WordKind.TOPIC for hit in hits) else NAME_WITHIN
    behind = any(0 < at - max(noun) <= within for noun in nouns for at in unknown)
    about = [at for hit in hits if hit.meaning == (WordKind.KIND, "event") for at in hit.at]
    behind = behind or any(0 < at - event <= 2 and words[at - 1] in ABOUT for event in about for at in unknown)
    return behind or any(at + 1 in noun and words[at + 1] in BEFORE_NOUN for noun in nouns for at in unknown)


def _longest(
    words: tuple[str, ...], at: int, vocabulary: Vocabulary, several: frozenset[int]
) -> tuple[int, list[Meaning]]:
    """How many words the longest phrase from here has, and all that it may mean."""
    length, meanings = 0, list[Meaning]()
    for phrase, meaning in vocabulary.phrases.get(words[at], ()):
        if len(phrase) < length:
            break
        if words[at : at + len(phrase)] != phrase:
            continue
        if meaning[0] not in (WordKind.SERIES, EVENT) or several.isdisjoint(range(at, at + len(phrase))):
            length = len(phrase)
            meanings.append(meaning)
    return length, meanings
