"""The console's own words, and the language they are in."""

from functools import cache

from fastapi import Request

from api import telling
from api.chat.words import LANGS, accepted, chosen
from api.console.texts import KEYS
from api.service import service_of
from bot.conversation import Lang
from bot.handoff.summary import LANGUAGES
from bot.wiring import Service

COOKIE = "console_lang"
LEVELS = ("level.critical", "level.urgent", "level.priority")

__all__ = ["COOKIE", "LANGS", "category_name", "lang_of", "other_lang", "say_in", "words"]


def lang_of(request: Request) -> Lang:
    """The one that was chosen, else the one that the browser likes best."""
    picked = chosen(request.cookies.get(COOKIE))
    return picked or accepted(request.headers.get("accept-language", ""))


def other_lang(request: Request) -> Lang:
    """The one to change to."""
    return next(lang for lang in LANGS if lang != lang_of(request))


def say_in(request: Request, key: str, **values: object) -> str:
    """One text."""
    return service_of(request).say(key, lang_of(request), **values)


def words(request: Request) -> dict[str, str]:
    """All that templates need."""
    return _words(lang_of(request))


def category_name(request: Request, category: str | None) -> str:
    """A kind of danger in words."""
    return telling.category_name(service_of(request), category, lang_of(request))


@cache
def _words(lang: Lang) -> dict[str, str]:
    said = {key.removeprefix("console."): Service.say(key, lang) for key in KEYS}
    return said | {key: Service.say(key, lang) for key in (*LEVELS, *LANGUAGES.values())}
