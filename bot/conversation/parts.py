"""What a reply is made of: title, answer, next step, source. The text is one; spans say which stretch of it is what."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

BLANK_LINE = "\n\n"


class Role(StrEnum):
    """What a part is to who reads it."""

    TITLE = "title"
    ANSWER = "answer"
    """What was asked for: the lead."""
    MORE = "more"
    """What goes with it: conditions, steps, items of a list."""
    NEXT = "next"
    """What to do now."""
    SOURCE = "source"
    NOTE = "note"
    """Small print: for whom it is, how old it is."""


class Part(NamedTuple):
    """One part; `gap` is the white space between it and the part in front of it."""

    role: Role
    text: str
    gap: str = BLANK_LINE


class Span(NamedTuple):
    """So many characters of a text, in its order, with the gap in front of them."""

    role: Role
    length: int


Block = Part | str
"""A part, or words alone: the first ones are the answer, all others more."""


def composed(blocks: Iterable[Block]) -> tuple[str, tuple[Span, ...]]:
    """The text of the blocks that are not empty, and its spans; none where there is nothing to tell apart."""
    parts: list[Part] = []
    for block in blocks:
        answered = any(part.role is Role.ANSWER for part in parts)
        part = Part(Role.MORE if answered else Role.ANSWER, block) if isinstance(block, str) else block
        if part.text:
            parts.append(part if parts else part._replace(gap=""))
    spans = tuple(Span(part.role, len(part.gap + part.text)) for part in parts)
    return "".join(part.gap + part.text for part in parts), spans if len(spans) > 1 else ()


def led(text: str, lead: str) -> tuple[Part, ...]:
    """An answer as its lead and what is behind that; in one where it does not begin so, or the lead ends in a word."""
    rest = text[len(lead) :]
    behind = rest.lstrip()
    if not text.startswith(lead) or rest == behind:
        return (Part(Role.ANSWER, text),)
    return Part(Role.ANSWER, lead), Part(Role.MORE, behind, rest[: len(rest) - len(behind)])


def parts_of(text: str, spans: Sequence[Span]) -> tuple[Part, ...]:
    """The parts whose gaps and texts make up the text; none where the spans are not of this text."""
    ends = [*accumulate(span.length for span in spans)]
    if not ends or ends[-1] != len(text):
        return ()
    said = [(span.role, text[end - span.length : end]) for span, end in zip(spans, ends, strict=True)]
    return tuple(Part(role, words.lstrip(), words[: len(words) - len(words.lstrip())]) for role, words in said)


def spans_within(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """The spans of the characters from `start` up to `end`."""
    kept, begins = [], 0
    for span in spans:
        ends = begins + span.length
        if (length := min(ends, end) - max(begins, start)) > 0:
            kept.append(Span(span.role, length))
        begins = ends
    return tuple(kept)
