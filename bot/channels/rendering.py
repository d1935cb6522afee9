"""Makes a reply fit what a channel can show: long texts split, labels cut, numbered lines where buttons cannot be.

Lengths are counted in UTF-16 code units: never fewer than the characters that any provider counts, so always safe.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.conversation import Choice, Reply, Role, Span
from bot.conversation.parts import spans_within
from bot.conversation.ports import Capabilities

PAYLOAD_BYTES = 64
"""What a button may carry: Telegram's limit, the smallest of the channels'."""

# Paragraph, line, sentence: taken where the part is at least half full. A word's end is taken anywhere, but not between
# two digits: a phone number is not torn apart.
_BREAKS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"(?<=[.!?…])\s+"))
_WORD = re.compile(r"(?<!\d)\s+|\s+(?!\d)")


def fit(reply: Reply, capabilities: Capabilities) -> list[Reply]:
    """The reply as messages that the channel takes, in order; none where there is nothing to say."""
    buttons = _shown_as_buttons(reply.choices, capabilities) and bool(reply.text.strip())
    said = reply if buttons else with_numbers(reply)
    choices = tuple(_labelled(choice, capabilities.label_limit) for choice in reply.choices) if buttons else ()
    limit = capabilities.button_text_limit if choices and capabilities.button_text_limit else capabilities.text_limit
    parts = _fitting(said, limit, capabilities)
    return [
        replace(part, choices=choices) if part is parts[-1] else replace(part, choices=(), document=None)
        for part in parts
    ]


def numbered(reply: Reply) -> str:
    """The text with its choices as numbered lines at the end."""
    return with_numbers(reply).text


def with_numbers(reply: Reply) -> Reply:
    """The reply with its choices as numbered lines at the end of its text."""
    lines = "\n".join(f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, start=1))
    said = _stretch(reply, len(reply.text) - len(reply.text.lstrip()), len(reply.text.rstrip()))
    behind = f"\n\n{lines}" if said.text and lines else lines
    spans = (*said.spans, Span(Role.MORE, len(behind))) if said.spans and behind else said.spans
    return replace(said, text=said.text + behind, spans=spans, choices=())


def split(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` units; only the white space between two parts is lost."""
    text = _sendable(text)
    return [text[start:end] for start, end in _cuts(text, limit)]


def _fitting(reply: Reply, limit: int, capabilities: Capabilities) -> list[Reply]:
    """The reply in parts that have at most `limit` units with the channel's marks in them."""
    reply, room = replace(reply, text=_sendable(reply.text)), limit
    while True:
        parts = [_stretch(reply, start, end) for start, end in _cuts(reply.text, room)]
        longest = max((units(capabilities.written(part)) for part in parts), default=0)
        if longest <= limit or room == 1:
            return parts
        room = max(1, min(room - 1, room * limit // longest))


def _sendable(text: str) -> str:
    # A lone surrogate cannot be sent at all; it must not keep the rest from being sent.
    return text.encode("utf-16-le", "replace").decode("utf-16-le")


def _stretch(reply: Reply, start: int, end: int) -> Reply:
    return replace(reply, text=reply.text[start:end], spans=spans_within(reply.spans, start, end))


def _cuts(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a text begin and end."""
    text, start = text.rstrip(), len(text) - len(text.lstrip())
    while start < len(text):
        end = start + _end_of_part(text[start:], limit)
        yield start, start + len(text[start:end].rstrip())
        start = end + len(text[end:]) - len(text[end:].lstrip())


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _shown_as_buttons(choices: tuple[Choice, ...], capabilities: Capabilities) -> bool:
    # One payload that is too long, or two labels that look alike once they are cut, would make a provider refuse the
    # whole message; the words matter more than buttons.
    carried = all(len(choice.payload.encode()) <= PAYLOAD_BYTES for choice in choices)
    told_apart = len({_labelled(choice, capabilities.label_limit).label for choice in choices}) == len(choices)
    return capabilities.fewest_buttons <= len(choices) <= capabilities.buttons and carried and told_apart


def _labelled(choice: Choice, limit: int) -> Choice:
    if units(choice.label) <= limit:
        return choice
    return choice.model_copy(update={"label": choice.label[: _room(choice.label, limit - 1)].rstrip() + "…"})


def _end_of_part(text: str, limit: int) -> int:
    room = _room(text, limit)
    if room == len(text):
        return room
    window = text[: room + 1]
    for pattern, least in (*((pattern, room // 2) for pattern in _BREAKS), (_WORD, 1)):
        ends = [match.start() for match in pattern.finditer(window) if match.start() >= least]
        if ends:
            return ends[-1]
    return room


def _room(text: str, limit: int) -> int:
    """How many characters of the text fit into `limit` units; at least one, so that splitting ends."""
    fitting = text[:limit].encode("utf-16-le", "surrogatepass")[: limit * 2]
    return max(1, len(fitting.decode("utf-16-le", "ignore")))
