"""The terminal as a channel: prints replies, reads lines; a choice is taken by its number or its words."""

from collections.abc import Callable
from datetime import datetime
from itertools import count

from bot.channels.cleaning import clean
from bot.channels.rendering import numbered
from bot.conversation import Choice, InboundMessage, Kind, Reply
from bot.conversation.ports import Capabilities


class Terminal:
    """One person at a keyboard. `write` prints one reply."""

    name = "terminal"
    # Lines scroll, so nothing is split and every choice becomes a numbered line.
    capabilities = Capabilities(text_limit=100_000, buttons=0, label_limit=1_000)

    def __init__(self, write: Callable[[str], object] = print, address: str = "terminal") -> None:
        self._write = write
        self._address = address
        self._ids = count(1)
        self._choices: tuple[Choice, ...] = ()

    async def send(self, address: str, reply: Reply) -> str:
        """Print it; its choices are open for the next line."""
        self._choices = reply.choices or self._choices
        self._write(numbered(reply))
        return str(next(self._ids))

    def read(self, line: str, now: datetime) -> InboundMessage:
        """What was typed: a choice shown is a tap, all else is text."""
        text = clean(line).strip()
        choice = self._chosen(text)
        self._choices = ()  # "2" answers the last question, not an older one
        kind, said, payload = (Kind.TAP, "", choice.payload) if choice else (Kind.TEXT, text, "")
        return InboundMessage(self.name, str(next(self._ids)), self._address, kind, now, said, payload)

    def _chosen(self, text: str) -> Choice | None:
        said = text.casefold().rstrip(".)")
        names = ((str(number), choice) for number, choice in enumerate(self._choices, start=1))
        return next((c for number, c in names if said in (number, c.label.casefold().rstrip(".)"))), None)
