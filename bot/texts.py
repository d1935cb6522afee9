"""Interface words from locales/ (gettext). What we say about the world stands in knowledge/."""

from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from knowledge.schema.base import Lang

LOCALES = Path(__file__).parent.parent / "locales"


@cache
def _translations(lang: Lang) -> GNUTranslations:
    with (LOCALES / lang / "LC_MESSAGES" / "ventanilla.po").open("rb") as po:
        catalog = read_po(po, locale=lang)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)


def say(key: str, lang: Lang, **values: object) -> str:
    """The interface text `key` in `lang`, its placeholders filled. KeyError for an unknown key."""
    text = _translations(lang).gettext(key)
    if text == key:
        raise KeyError(f"no interface text {key!r} in {lang!r}")
    # Only these: `{ciam-us}` and `{emergency}` stay for knowledge.render.
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
