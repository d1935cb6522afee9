"""Where what a message tells may be over, and another matter begins."""

import re
from collections.abc import Iterator

LAST = 4
"""Ends of a message that may ask for another matter than its beginning: of a long one the last."""
_ENDS = re.compile(
    r"[.!?;…,\n]+\s*|\b(?:y|and|pero|but|entonces|so|oiga|oye|mejor|tambi[eé]n|aparte|aprovechando|de paso|por cierto"
    r"|otra cosa|otra pregunta|cambiando de tema|also|anyway|by the way|one more thing)\s+",
    re.IGNORECASE,
)
"""Where the beginning of a message may be over."""


def ends_of(text: str) -> Iterator[tuple[str, str]]:
    """A message cut in two wherever its last matter may begin, the longest end first."""
    cuts = [cut for cut in _ENDS.finditer(text) if text[: cut.start()].strip() and text[cut.end() :].strip()]
    yield from ((text[: cut.start()].strip(), text[cut.end() :].strip()) for cut in cuts[-LAST:])
