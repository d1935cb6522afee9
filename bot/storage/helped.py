"""Deliveries that were helped while they could not be stored: in memory, and in a file that survives a restart."""

from hashlib import sha256
from pathlib import Path

from bot.conversation import InboundMessage
from bot.storage.crypto import Cipher
from bot.storage.ring import Ring

KEPT = 1000
"""The newest so many; they fill up only while nothing can be stored."""
SIZE = 128
"""Bytes of a record: which delivery (keyed) and what was said (hashed). No word and no address of a person."""


class Helped:
    """What was said past the database, by delivery, until that is stored."""

    def __init__(self, cipher: Cipher, path: Path | None) -> None:
        self._cipher = cipher
        self._ring = Ring(path, KEPT, SIZE) if path else None
        self._said: dict[str, str] = dict(self._ring.records) if self._ring else {}

    def of(self, message: InboundMessage) -> str:
        """The mark of what was said, for `InboundMessage.helped`; empty where nothing was."""
        return self._said.get(self._key(message), "")

    def begin(self, message: InboundMessage, text: str) -> None:
        """It is about to be said: the same message, coming again meanwhile, is not helped twice."""
        self._said[self._key(message)] = mark_of(text)
        for oldest in list(self._said)[:-KEPT]:
            del self._said[oldest]

    def done(self, message: InboundMessage) -> None:
        """It was said: kept past a restart."""
        if self._ring:
            self._ring.write(self._key(message), self.of(message))

    def forget(self, message: InboundMessage) -> None:
        """It is stored, or could not be said. In the file it may stand: a stored delivery is known to the inbox."""
        self._said.pop(self._key(message), None)

    def close(self) -> None:
        """At the end of the process."""
        if self._ring:
            self._ring.close()

    def _key(self, message: InboundMessage) -> str:
        return self._cipher.delivery_key(message.channel, message.delivery_id).hex()


def mark_of(text: str) -> str:
    """Tells one text of ours from another."""
    return sha256(text.encode()).hexdigest()[:32]
