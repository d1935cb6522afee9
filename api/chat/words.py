"""The page's own words, and the language they are in."""

from babel import negotiate_locale
from fastapi import Request

from api.clock import now
from api.service import service_of
from bot.conversation import Lang
from knowledge.render import fill

LANGS: tuple[Lang, ...] = ("es", "en")
"""The first one where nobody says."""

KEYS = (
    "button.menu",
    "chat.alone",
    "chat.back",
    "chat.choices",
    "chat.conversation",
    "chat.exit",
    "chat.exit_hint",
    "chat.field",
    "chat.intro",
    "chat.locate",
    "chat.location",
    "chat.no_location",
    "chat.operator",
    "chat.other_language",
    "chat.refresh",
    "chat.send",
    "chat.topics",
    "chat.unsent",
    "chat.you",
)
"""Those that templates use, there by their last part."""


def sentence(request: Request, key: str, lang: Lang, **values: object) -> str:
    """One text of the page, with the numbers in it."""
    service = service_of(request)
    return fill(service.say(key, lang, **values), service.knowledge, lang, now().date()).text


def words(request: Request, lang: Lang) -> dict[str, str]:
    """All that the templates need."""
    return {key.partition(".")[2]: sentence(request, key, lang) for key in KEYS}


def chosen(given: object) -> Lang | None:
    """The language that a link or a form names."""
    return next((lang for lang in LANGS if lang == given), None)


def accepted(header: str) -> Lang:
    """The one of our languages that an Accept-Language likes best."""
    liked = [part.strip().partition(";q=") for part in header[:500].split(",")]
    names = [name.strip() for name, _, _ in sorted(liked, key=lambda part: -_weight(part[2]))]
    return chosen(negotiate_locale(names, LANGS, sep="-")) or LANGS[0]


def _weight(given: str) -> float:
    try:
        return float(given or 1)
    except ValueError:
        return 0.0
