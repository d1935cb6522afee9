"""The town where somebody said that they live or are: who asks which consulate is theirs is not asked again."""

import re
from dataclasses import replace

from bot.dialogue.directory.nearest import Where, meant, where
from bot.dialogue.directory.place_words import BEFORE_A_PLACE
from bot.dialogue.directory.places import read
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.gazetteer import Town
from knowledge.frames import fold

_LIVES = re.compile(
    r"\b(?:vivo|vivimos|radico|radicamos|est(?:oy|amos)(?: viviendo)?|(?:i|we) live|(?:i am|im|we are)(?: living)?)"
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


def town_told(hearing: Hearing) -> Town | None:
    """The one town that a consulate serves and a message leads to by "en": this one, else the last that names any."""
    for text in (hearing.text, *(heard.text for heard in reversed(hearing.conversation.heard[:-1]))):
        asked = read(text, hearing.knowledge)
        named = tuple(n for n in asked.named if n.region or (n.towns and n.before in BEFORE_A_PLACE)) if asked else ()
        if asked is None or not named:
            continue
        place = where(replace(asked, named=named), hearing.knowledge)
        towns = meant(place, hearing.knowledge) if place and place.country is None and not place.region else ()
        return towns[0] if len(towns) == 1 else None
    return None


def _first_place(words: list[str], hearing: Hearing) -> Where | None:
    """The longest beginning that is a place and nothing else."""
    for length in range(len(words), 0, -1):
        asked = read(f"en {' '.join(words[:length])}", hearing.knowledge)
        if asked is not None and asked.only_told:
            place = where(asked, hearing.knowledge)
            return place if place is not None and place.served else None
    return None
