"""The real content is sound, and nothing that can be said holds a number or an address of its own."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from pydantic import BaseModel, ConfigDict, TypeAdapter

from knowledge.addresses import address, contact_names
from knowledge.citing import age_note, source_line, source_list
from knowledge.frames import fold
from knowledge.lint import lint
from knowledge.lint.digits import blocked_in
from knowledge.lint.spots import our_words, register_texts
from knowledge.model import Knowledge
from knowledge.problems import Severity
from knowledge.render import answer, fill
from knowledge.schema.base import LANGS, Dated, Lang
from knowledge.yaml import compose, plain
from tests.support.content import content

ROOT = Path(__file__).parents[2]
DAYS = (date(2026, 11, 20), date(2028, 1, 1))
YEARS = re.compile(r"\b(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?\b")
ADDRESS = re.compile(
    r"https?://[^\s;]+|\b\d{1,3}(?:\.\d{1,3}){3}\b|\S+@\S+|(?:[\w-]+\.)+(?:com|org|gob|gov|net|edu|info|mx|us)\b[^\s;,]*"
)
GROUPS = re.compile(r"(?<=\d)(?:[ .,\-–]|\) ?| \((?=\d{3}\)))(?=\d)")
LONG = re.compile(r"\d{5,}")
ENGINE_FILLS = frozenset({"texts", "protocols", "lines"})
"""What is filled with more than the registers; test_everything_said looks at it as it is said."""


def topic_ids() -> list[str]:
    return [topic.id for topic in content().topics.values() if not topic.card]


def test_the_content_is_sound() -> None:
    """In another year; today is `kb lint`'s."""
    assert [str(p) for p in lint(content(), DAYS[-1]) if p.severity is Severity.ERROR] == []


def addresses(text: str) -> list[str]:
    return [found.rstrip(".,:;)") for found in ADDRESS.findall(text)]


def numbers(text: str) -> list[str]:
    """Sequences of five digits and more, however grouped; years and spans of years are none."""
    return LONG.findall(GROUPS.sub("", YEARS.sub("…", ADDRESS.sub("…", text))))


@cache
def registered() -> tuple[frozenset[str], frozenset[str]]:
    """Numbers and addresses that the registers hold."""
    knowledge = content()
    texts = [text for _, text in register_texts(knowledge)]
    texts += [
        said for places in knowledge.institutions.values() for one in places.values() for said in (one.es, one.en)
    ]
    dated: list[Dated] = [*knowledge.facts.values(), *knowledge.contacts.values()]
    sources = {source for item in dated for source in item.sources}
    sources |= {document.address for document in knowledge.documents.values() if document.address}
    hosts = {re.sub(r"^https?://(?:www\.)?([^/?#:]+).*", r"\1", source).rstrip(".") for source in sources}
    found = {a for text in texts for a in addresses(text)} | {s.rstrip(".,:)") for s in sources} | hosts
    return frozenset(n for text in texts for n in numbers(text)), frozenset(found)


def sayable(lang: Lang, today: date) -> Iterator[tuple[str, str]]:
    """Everything that a person can be told, with where it comes from."""
    knowledge = content()
    for spot, words in our_words(knowledge):
        if spot.kind not in ENGINE_FILLS:
            yield ".".join(map(str, (spot.id, *spot.steps))), fill(words.say(lang), knowledge, lang, today).text
    for contact in knowledge.contacts.values():
        yield contact.id, address(contact, knowledge, lang)
        yield contact.id, contact_names([contact.id], knowledge, lang, today)
    for topic in knowledge.topics.values():
        for section in topic.sections:
            said, place = answer(topic, section, knowledge, lang, today), f"{topic.id}.{section.id}"
            yield place, said.text
            yield f"{place} age", age_note(said.used, topic.ask, knowledge, lang, today)
            yield f"{place} source", source_line(section.sources, knowledge, lang, section.text.es)
            yield from (
                (f"{place} sources", line) for line in source_list(section.sources, knowledge, lang).splitlines()
            )


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_number_and_address_comes_from_the_registers(lang: Lang, today: date) -> None:
    known_numbers, known_addresses = registered()
    strange: list[str] = []
    for place, text in sayable(lang, today):
        strange += [f"{place}: {n}" for n in numbers(text) if n not in known_numbers]
        strange += [f"{place}: {a}" for a in addresses(text) if a not in known_addresses]
        strange += [f"{place}: {b.value} is blocked" for b in blocked_in(text, content().blocked)]
        strange += [f"{place}: a brace" for _ in re.findall(r"[{}]", text)]
    assert strange == []


def test_there_are_blocked_numbers() -> None:
    assert len(content().blocked) >= 20


@pytest.mark.parametrize("lang", LANGS)
def test_the_interface_words_hold_no_number_and_no_address(lang: Lang) -> None:
    with (ROOT / f"locales/{lang}/LC_MESSAGES/ventanilla.po").open("rb") as po:
        catalogue = read_po(po)
    texts = [str(message.string) for message in catalogue if message.id]
    assert [
        text for text in texts if numbers(text) or addresses(text) or list(blocked_in(text, content().blocked))
    ] == []


class Wording(BaseModel):
    """A message that must be answered by its topic."""

    model_config = ConfigDict(extra="forbid")

    text: str
    section: str | None = None


@pytest.mark.parametrize("topic_id", topic_ids())
def test_each_topic_has_wordings_written_apart(topic_id: str) -> None:
    written: Any = plain(compose(ROOT / "tests/phrases" / f"{topic_id}.yaml"))
    wordings = TypeAdapter(list[Wording]).validate_python(written)
    sections = {section.id for section in content().topics[topic_id].sections}
    assert {w.section for w in wordings if w.section} <= sections
    phrases = content().phrases[topic_id].sections.values()
    known = {fold(phrase) for by_lang in phrases for lang in ("es", "en", "mix") for phrase in getattr(by_lang, lang)}
    assert [w.text for w in wordings if fold(w.text) in known] == [], "copied from the phrases"


def test_no_wordings_of_a_topic_that_is_gone() -> None:
    assert {path.stem for path in (ROOT / "tests/phrases").glob("*.yaml")} <= content().topics.keys()


def test_the_local_number_fits_behind_its_article(knowledge: Knowledge) -> None:
    words = knowledge.texts["emergency-elsewhere"]
    assert not words.say("es").startswith("el ")
    assert words.say("en").startswith("the ")
