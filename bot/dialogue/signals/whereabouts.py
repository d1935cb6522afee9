"""Where a message says that its writer is now: by frames, else as it was learned of each place that it names."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.dialogue.danger.classifiers import Group, classifier_of
from bot.dialogue.person.signals import ARTICLES, LONGEST_PLACE, country_framed, places_by_name, places_led
from bot.dialogue.thresholds import IS_HERE
from bot.dialogue.words.phrasing import REMEMBERED, heard_in, names_apart
from knowledge.marked import places_judged
from knowledge.model import Knowledge

JUDGED, OTHER = "bobobo", "dododo"
"""In place of the name that is judged, and of every other; words of no language, which sound as they are written."""
Part = tuple[str, str | None]
"""A word; or a name and its country, "" where several have it."""


def lessons_in(marked: str, knowledge: Knowledge) -> Iterator[tuple[str, bool]]:
    """Of each place of a marked lesson, the text as it is judged, and whether the writer is there."""
    for text, here in places_judged(marked, JUDGED, OTHER):
        yield " , ".join(heard_in(text, knowledge.spelling)), here


@lru_cache(maxsize=REMEMBERED)
def country_said(text: str, knowledge: Knowledge) -> str | None:
    """The country where a message says that its writer is."""
    if (country := country_framed(text, knowledge)) is not None:
        return country
    parts = [part for heard in heard_in(text, knowledge.spelling) for part in (*_parts(heard, knowledge), (",", None))]
    likely = [(_is_here(parts, at, knowledge), country) for at, (_, country) in enumerate(parts) if country]
    margin, best = max(likely, default=(0.0, None))
    return best if margin >= IS_HERE else None


def _is_here(parts: Sequence[Part], judged: int, knowledge: Knowledge) -> float:
    """How much likelier the writer is at a place than not."""
    words = (JUDGED if at == judged else word if country is None else OTHER for at, (word, country) in enumerate(parts))
    return classifier_of(knowledge, Group.HERE).margins(" ".join(words)).get(Group.HERE, 0.0)


def _parts(heard: str, knowledge: Knowledge) -> list[Part]:
    """The words of a sentence, names of places apart; a town and its state are one."""
    names, parts = places_by_name(knowledge), list[Part]()
    for word, is_place in names_apart(heard.split(), names, LONGEST_PLACE):
        lead = next((one for one, _ in reversed(parts) if one not in ARTICLES), "")
        if not is_place or not ((parts and parts[-1][1] is not None) or places_led(word, lead, knowledge)):
            parts.append((word, None))
        elif parts and (town := parts[-1])[1] is not None:
            parts[-1] = (f"{town[0]} {word}", names[word] or town[1])
        else:
            parts.append((word, names[word]))
    return parts
