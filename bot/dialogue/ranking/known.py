"""Words that the content knows: names and phrases lead where an editor put them, whatever is trained."""

from functools import lru_cache

from bot.dialogue.ranking.lessons import lessons_of
from knowledge.frames import fold
from knowledge.model import Knowledge

Place = tuple[str, str]
"""A topic and its section."""


@lru_cache(maxsize=4)
def _places(knowledge: Knowledge) -> dict[str, Place | None]:
    """None where two topics know the same words. "¿Cuánto tarda?", of a thread, led there in that thread alone."""
    found: dict[str, Place | None] = {}
    for lesson in (one for one in lessons_of(knowledge) if one.opened is None):
        words, place = fold(lesson.text), (lesson.topic, lesson.section)
        first = found.setdefault(words, place)
        if first is not None and first[0] != lesson.topic:
            found[words] = None
        elif first is not None and lesson.exact:
            found[words] = place  # a section's phrase says more than a name of the topic
    return found


def place_of(text: str, knowledge: Knowledge) -> Place | None:
    """Where exactly these words lead, apart from case, accents and punctuation."""
    place = _places(knowledge).get(fold(text))
    return place if place and place[0] else None
