"""Lines of a transcript as bubbles: who speaks, in which language, by its parts, numbers and addresses to be tapped."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from markupsafe import Markup, escape

from bot.conversation import Lang, Part, Reply, ReplyKind, Role
from bot.storage import Line
from knowledge.addresses import in_language
from knowledge.model import Knowledge
from knowledge.schema.facts import ContactKind

_CALLED = (ContactKind.PHONE, ContactKind.EMERGENCY)
_DIALLED = re.compile(r"\+?\d[\d -]*\d")
_WEB = r"https?://[^\s<>()]*[^\s<>().,;:!?]"
LanguageOf = Callable[[str, Knowledge], str]
"""`es`, `en`, `mixed` or `other`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One part; the title is a heading, the role of the others their class."""

    role: Role
    html: Markup


@dataclass(frozen=True, slots=True)
class Bubble:
    """`who`: person, bot or operator. `alone`: behind it stands that nobody can write back once the page is closed.

    `parts`: the same words one below the other; none where it is one plain text.
    """

    id: str
    who: str
    html: Markup
    lang: str | None
    alone: bool = False
    parts: tuple[Shown, ...] = ()


def of_lines(lines: Sequence[Line], language_of: LanguageOf, knowledge: Knowledge, place: str) -> Iterator[Bubble]:
    """`place` stands for a shared location, of which the transcript keeps nothing."""
    for line, after in zip_longest(lines, lines[1:]):
        html = linked(line.text, knowledge) if line.direction == "out" else escape(line.text or place)
        alone = _is_help(line) and not _is_help(after)
        lang, parts = _lang(line.text, language_of, knowledge), _shown(line.parts, knowledge)
        yield Bubble(f"m{line.id}", line.author, html, lang, alone, parts)


def of_replies(replies: Iterable[Reply], language_of: LanguageOf, knowledge: Knowledge) -> Iterator[Bubble]:
    """What is said when nothing of it is kept: the receipt of an erasure, a goodbye."""
    for number, reply in enumerate(replies):
        lang, parts = _lang(reply.text, language_of, knowledge), _shown(reply.parts, knowledge)
        yield Bubble(f"r{number}", "bot", linked(reply.text, knowledge), lang, parts=parts)


def _shown(parts: Sequence[Part], knowledge: Knowledge) -> tuple[Shown, ...]:
    return tuple(Shown(part.role, linked(part.text, knowledge)) for part in parts)


def linked(text: str, knowledge: Knowledge) -> Markup:
    """The text, safe, with the numbers of our contacts and all web addresses as links."""
    pattern, numbers = _links(knowledge)
    parts, end = [], 0
    for found in pattern.finditer(text):
        parts += [escape(text[end : found.start()]), _link(found[0], numbers)]
        end = found.end()
    return Markup().join([*parts, escape(text[end:])])


def _link(words: str, numbers: Mapping[str, str]) -> Markup:
    if number := numbers.get(words):
        return Markup('<a href="tel:{}">{}</a>').format(number, words)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(words, words)


@lru_cache(maxsize=4)
def _links(knowledge: Knowledge) -> tuple[re.Pattern[str], dict[str, str]]:
    """What is a link, and the number that each way of writing one calls."""
    numbers: dict[str, str] = {}
    langs: tuple[Lang, ...] = ("es", "en")
    for contact in knowledge.contacts.values():
        for lang in langs if contact.kind in _CALLED else ():
            if written := _DIALLED.search(in_language(contact.dial or contact.value, lang)):
                numbers[written[0]] = contact.value
    longest_first = "|".join(re.escape(number) for number in sorted(numbers, key=len, reverse=True))
    return re.compile(rf"{_WEB}|(?<![\w.,$+-])(?:{longest_first})(?![\w$]|[.,-]\d)"), numbers


def _lang(text: str, language_of: LanguageOf, knowledge: Knowledge) -> str | None:
    found = language_of(text, knowledge)
    return found if found in ("es", "en") else None


def _is_help(line: Line | None) -> bool:
    return line is not None and line.direction == "out" and line.kind == ReplyKind.HELP
