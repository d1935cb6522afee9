"""The town where somebody said earlier that they live: who asks which consulate is theirs is not asked again."""

import re

from bot.dialogue.directory.nearest import Where, where
from bot.dialogue.directory.places import read
from bot.dialogue.hearing import Hearing
from knowledge.frames import fold

_LIVES = re.compile(
    r"\b(?:vivo|vivimos|radico|radicamos|est(?:oy|amos) viviendo|(?:i|we) live|(?:i am|im|we are) living)"
    r" (?:ya |aqui |aca |ahora |now |here )*(?:en|in|near|cerca de|por) (.+)"
)
"""What follows where somebody says that they live."""
LONGEST = 5
"""Words of a town and its state."""


def place_lived_in(hearing: Hearing) -> Where | None:
    """The place told last, where a consulate serves it."""
    for heard in reversed(hearing.conversation.heard[:-1]):
        if found := _LIVES.search(fold(heard.text)):
            return _first_place(found.group(1).split()[:LONGEST], hearing)
    return None


def _first_place(words: list[str], hearing: Hearing) -> Where | None:
    """The longest beginning that is a place and nothing else."""
    for length in range(len(words), 0, -1):
        asked = read(f"en {' '.join(words[:length])}", hearing.knowledge)
        if asked is not None and asked.only_told:
            place = where(asked, hearing.knowledge)
            return place if place is not None and place.served else None
    return None
