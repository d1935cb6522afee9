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
    "chat.call",
    "chat.choices",
    "chat.conversation",
    "chat.example_matricula",
    "chat.example_passport",
    "chat.example_refuge",
    "chat.example_return",
    "chat.examples",
    "chat.exit",
    "chat.exit_hint",
    "chat.exit_how",
    "chat.field",
    "chat.fresh",
    "chat.intro",
    "chat.locate",
    "chat.location",
    "chat.no_location",
    "chat.offline",
    "chat.operator",
    "chat.other_language",
    "chat.privacy",
    "chat.privacy_command",
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


def introduction(request: Request, lang: Lang) -> list[str]:
    """Before the first message: who runs this, what it knows, and what it keeps."""
    service = service_of(request)
    settings, menu = service.settings, service.knowledge.menu
    who = service.settings.operated_by
    areas = "; ".join(_inside(entry.title.say(lang)) for entry in menu)
    return [
        service.say("about.operated_by" if who else "about.nobody", lang, operated_by=who),
        service.say("chat.knows", lang, areas=areas),
        service.say("chat.keeps", lang, days=settings.retention_questions_days),
    ]


def _inside(title: str) -> str:
    """A heading as it stands in a sentence."""
    return title[:1].lower() + title[1:]


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
