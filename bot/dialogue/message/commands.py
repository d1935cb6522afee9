"""The chat commands: as a whole message only; plain words for them count too."""

from functools import lru_cache

from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import FrameSet, Match
from knowledge.model import Knowledge
from knowledge.schema.base import Lang

SLASHES = {
    "/start": "start",
    "/ayuda": "help",
    "/help": "help",
    "/menu": "menu",
    "/idioma": "language",
    "/language": "language",
    "/persona": "person",
    "/person": "person",
    "/borrar": "delete",
    "/delete": "delete",
    "/privacidad": "privacy",
    "/privacy": "privacy",
    "/salir": "leave",
    "/leave": "leave",
    "/stop": "leave",
}
"""What a person may type, in both languages -> the command: a contract (design.md), no content."""
LANGUAGES: dict[str, Lang] = {"spanish": "es", "english": "en"}
"""Commands that change the language, and to which."""
_SHOWN: dict[str, Lang] = {"/help": "en", "/language": "en", "/person": "en", "/delete": "en", "/privacy": "en"}
LONGEST = 10
"""Words of a message that may be a command in plain words."""


def language_shown(text: str) -> Lang | None:
    """The language that a typed command shows: `/help` is English, `/menu` says nothing."""
    name = text.split()[0].split("@")[0].lower() if text.startswith("/") else ""
    if name in _SHOWN or name == "/leave":
        return "en"
    return "es" if name in SLASHES and name not in ("/start", "/menu", "/stop") else None


@lru_cache(maxsize=4)
def _plain(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((command.id, frame) for command in knowledge.commands for frame in command.frames)


@lru_cache(maxsize=4)
def _wishes(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((command.id, frame) for command in knowledge.commands for frame in command.within)


def command_in(text: str, knowledge: Knowledge) -> str | None:
    """The command that a whole message is, or None."""
    words = text.split()
    if words and words[0].startswith("/"):
        name = SLASHES.get(words[0].split("@")[0].lower())
        if len(words) == 1 or name == "start":
            return name
        text = text.lstrip(" /")  # "/idioma inglés" is said in words
    found = _plain(knowledge).first(spell_out(text, knowledge.spelling)) if len(words) <= LONGEST else None
    return found.key if found else None


def wish_in(text: str, knowledge: Knowledge) -> Match[str] | None:
    """The last wish for a language inside a longer message."""
    return max(_wishes(knowledge).find(spell_out(text, knowledge.spelling)), key=lambda one: one.end, default=None)


def language_wished(text: str, knowledge: Knowledge) -> Lang | None:
    """The language that somebody asks for, also inside a longer message."""
    wish = wish_in(text, knowledge)
    return LANGUAGES[wish.key] if wish else None
