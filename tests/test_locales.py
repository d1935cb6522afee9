"""Interface words: none missing, fuzzy, unused or with other placeholders than its translation."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"\{[a-z0-9_-]+\}")


def catalog(lang):
    with (ROOT / "locales" / lang / "LC_MESSAGES" / "ventanilla.po").open("rb") as po:
        return {m.id: m for m in read_po(po, locale=lang) if m.id}


def used_in_code():
    return "\n".join(path.read_text() for folder in ("bot", "api") for path in (ROOT / folder).rglob("*.py"))


def test_both_languages_have_the_same_entries():
    assert catalog("es").keys() == catalog("en").keys()


def test_nothing_is_empty_or_fuzzy():
    for lang in ("es", "en"):
        for message in catalog(lang).values():
            assert message.string.strip(), (lang, message.id)
            assert not message.fuzzy, (lang, message.id)


def test_placeholders_agree():
    spanish, english = catalog("es"), catalog("en")
    for key, message in spanish.items():
        assert set(PLACEHOLDER.findall(message.string)) == set(PLACEHOLDER.findall(english[key].string)), key


def test_every_entry_is_used_and_every_use_has_an_entry():
    code = used_in_code()
    quoted = set(re.findall(r"[\"']([a-z_]+(?:\.[a-z_]+)*)[\"']", code))
    begun = tuple(re.findall(r'f"([a-z]+\.[a-z_]*)\{', code))  # f"directory.no_{what}"
    keys = set(catalog("es"))
    unused = {key for key in keys - quoted if not key.startswith(begun)}
    assert not unused
    said = set(re.findall(r'(?<!\.)\bsay\(\s*"([a-z_.]+)"', code))
    assert said <= keys, said - keys


def test_contacts_in_interface_texts_exist(knowledge):
    for lang in ("es", "en"):
        for message in catalog(lang).values():
            for name in PLACEHOLDER.findall(message.string):
                plain = name.strip("{}")
                assert "-" not in plain or plain in knowledge.contacts, (message.id, name)
