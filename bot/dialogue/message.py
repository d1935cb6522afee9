"""One message as every reader of meaning takes it: normal forms, language, act by itself, command, person, place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from string import punctuation

import numpy as np
from numpy.typing import NDArray

from bot.conversation import InboundMessage, Kind, Location
from bot.dialogue.language import SCRIPT, foreign_in, language_of
from bot.dialogue.person.signals import Found, read_signals
from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, unpacked
from bot.dialogue.words.features import hashed, stems_of
from bot.dialogue.words.phrasing import REMEMBERED, heard_in, one_off, sound, spell_out
from bot.dialogue.words.questions import aspects_in
from bot.dialogue.words.talk import smalltalk_in, without_opening
from knowledge.frames import FrameSet, Match, fold, frames_of
from knowledge.loader import digest_of
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.talk import SmallTalk
from knowledge.schema.topics import Aspect

LONGEST_TEXT = 4096
"""Characters of a message that are read."""


@dataclass(frozen=True, eq=False)
class Message:
    """The words of one inbound message; `whole` as written, `text` without the courtesy in front."""

    inbound: InboundMessage
    knowledge: Knowledge
    whole: str
    text: str
    tells: bool = False
    """Nothing in it asks: the part of a message beside its questions, read by itself."""

    @cached_property
    def letters(self) -> str:
        """The words folded and spelled out: the normal form that most frames are matched against."""
        return spell_out(self.text, self.knowledge.spelling)

    @cached_property
    def ear(self) -> Sequence[str]:
        """The sentences as they sound: the normal form for words that people misspell."""
        return heard_in(self.text, self.knowledge.spelling)

    @cached_property
    def lang(self) -> str:
        """es, en, mixed or other."""
        return language_of(self.whole, self.knowledge)

    @cached_property
    def foreign(self) -> str | None:
        """The language, none of ours, that it is surely in."""
        return foreign_in(self.text, self.knowledge)

    @cached_property
    def command(self) -> str | None:
        """The command that the whole message is; of other letters than ours only the Latin ones would be read."""
        return None if self.foreign == SCRIPT else command_in(self.text, self.knowledge)

    @cached_property
    def smalltalk(self) -> SmallTalk | None:
        """The greeting, thanks, laugh … that the whole message is."""
        return smalltalk_in(self.text, self.knowledge)

    @cached_property
    def aspects(self) -> Sequence[Aspect]:
        """What is asked about a thing: cost, place, requirements …; the surest first."""
        return aspects_in(self.text, self.knowledge)

    @cached_property
    def asks(self) -> bool:
        """Whether it asks anything."""
        worded = frames_of(self.knowledge.follow_ups.asks).first(self.letters) is not None
        return not self.tells and ("?" in self.text or worded or self.person.asks)

    @cached_property
    def person(self) -> Found:
        """What it says about the writer: country, citizenship, age, fear."""
        return read_signals(self.text, self.knowledge)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read."""
        return not any(map(str.isalnum, self.text))


def read(inbound: InboundMessage, knowledge: Knowledge) -> Message:
    """Read an inbound message; the words of a group are left unread."""
    whole = inbound.text[:LONGEST_TEXT] if inbound.kind is not Kind.GROUP else ""
    whole = spelled(whole, knowledge)
    return Message(inbound, knowledge, whole, without_opening(whole, knowledge))


SHORTEST, BEGINS = 6, 4
"""Letters of a word from which one that is wrong is put right; of what frames begin, that a word must keep."""
TIMES = 5
"""How many times commoner than any other the word is that a misspelt one may mean."""
ENDS = ".!?:"


@lru_cache(maxsize=4)
def _ours(knowledge: Knowledge) -> tuple[Mapping[str, int], NDArray[np.uint32], frozenset[str], frozenset[str]]:
    """How often words stand in all that we hold; all by ear and stem, hashed; what frames begin; words of danger."""
    name = name_of("words", ("bot.training.spelling",), knowledge, lambda: (digest_of(knowledge.root),))
    return kept(knowledge.root, name, lambda: made("spelling", knowledge), _read)


def _read(held: Arrays) -> tuple[Mapping[str, int], NDArray[np.uint32], frozenset[str], frozenset[str]]:
    often = dict(zip(unpacked(held["often"]), held["times"].tolist(), strict=True))
    return often, held["known"], frozenset(unpacked(held["begun"])), frozenset(unpacked(held["grave"]))


@lru_cache(maxsize=REMEMBERED)
def spelled(text: str, knowledge: Knowledge) -> str:
    """A text with the words put right that nothing of ours knows but for one letter; a capital inside is a name's."""
    pieces = text.split(" ")
    for at, piece in enumerate(pieces):
        word = piece.strip(punctuation + "¡¿…\n")
        named = word.istitle() and at and pieces[at - 1][-1:] not in ENDS
        if len(word) >= SHORTEST and word.isalpha() and not named and (right := _right(fold(word), knowledge)):
            pieces[at] = piece.replace(word, right)
    return " ".join(pieces)


@lru_cache(maxsize=32768)
def _right(word: str, knowledge: Knowledge) -> str:
    """The one word that it means, or by far the commonest; none of danger is left for another, nor what frames hear."""
    often, known, begun, grave = _ours(knowledge)
    heard = np.array([hashed(one) for one in (sound(word), *stems_of(word))], np.uint32)
    if word in often or (known.take(np.searchsorted(known, heard), mode="clip") == heard).any():
        return ""
    begins = next((word[:end] for end in range(len(word), BEGINS - 1, -1) if word[:end] in begun), "")
    near = sorted({it for it in one_off(word) if it in often and it.startswith(begins)}, key=lambda it: -often[it])
    best, *others = near or [""]
    lost = best not in grave and not grave.isdisjoint(others)
    return "" if lost or any(often[one] * TIMES > often[best] for one in others[:1]) else best


SLASHES: dict[str, tuple[str, Lang | None]] = {
    **{"/start": ("start", None), "/menu": ("menu", None), "/stop": ("leave", None)},
    **{"/ayuda": ("help", "es"), "/help": ("help", "en")},
    **{"/idioma": ("language", "es"), "/language": ("language", "en")},
    **{"/persona": ("person", "es"), "/person": ("person", "en")},
    **{"/borrar": ("delete", "es"), "/delete": ("delete", "en")},
    **{"/privacidad": ("privacy", "es"), "/privacy": ("privacy", "en")},
    **{"/salir": ("leave", "es"), "/leave": ("leave", "en")},
}
"""What a person may type -> the command, and the language that it shows: a contract (design.md), no content."""
LANGUAGES: dict[str, Lang] = {"spanish": "es", "english": "en"}
"""Commands that change the language, and to which."""
LONGEST = 10
"""Words of a message that may be a command in plain words."""


def typed(text: str) -> tuple[str | None, Lang | None]:
    """The command that a text begins with, and the language that it shows: `/help` is English, `/menu` says nothing."""
    return SLASHES.get(text.split()[0].split("@")[0].lower(), (None, None)) if text.startswith("/") else (None, None)


@lru_cache(maxsize=8)
def _commands(said: str, knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((command.id, frame) for command in knowledge.commands for frame in getattr(command, said))


def command_in(text: str, knowledge: Knowledge) -> str | None:
    """The command that a whole message is, or None."""
    words = text.split()
    if words and words[0].startswith("/"):
        name = typed(words[0])[0]
        if len(words) == 1 or name == "start":
            return name
        text = text.lstrip(" /")  # "/idioma inglés" is said in words
    found = _commands("frames", knowledge).first(spell_out(text, knowledge.spelling)) if len(words) <= LONGEST else None
    return found.key if found else None


@lru_cache(maxsize=REMEMBERED)
def wish_in(text: str, knowledge: Knowledge) -> Match[str] | None:
    """The last wish for a language inside a longer message."""
    wishes = _commands("within", knowledge).find(spell_out(text, knowledge.spelling))
    return max(wishes, key=lambda one: one.end, default=None)


def language_wished(text: str, knowledge: Knowledge) -> Lang | None:
    """The language that somebody asks for, also inside a longer message."""
    wish = wish_in(text, knowledge)
    return LANGUAGES[wish.key] if wish else None


_TYPED = re.compile(r"(?<![\d.])(-?\d{1,2}\.\d{2,})[°º]?\s*[NnSs]?\s*[,;/ ]\s*(-?\d{1,3}\.\d{2,})[°º]?\s*([WwOo]\b)?")
"""Latitude and longitude in degrees, with a point; west of Greenwich by a minus or a letter."""
NORTH, WEST = 90, 180


def place_in(m: Message) -> Location | None:
    """The shared place, else the one typed in the words."""
    if m.inbound.kind is Kind.LOCATION:
        return m.inbound.location
    found = _TYPED.search(m.text)
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    longitude = -abs(longitude) if found[3] else longitude
    return Location(latitude, longitude) if abs(latitude) <= NORTH and abs(longitude) <= WEST else None
