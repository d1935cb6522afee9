"""What a correction says not to mean: "no me refiero a donatarias, hablo de apoyos", "no, donataria ya somos"."""

import re
from functools import lru_cache

from bot.dialogue.ranking.context import corrects
from bot.dialogue.words.phrasing import REMEMBERED
from knowledge.model import Knowledge

_PARTS = re.compile(
    r"[,.;:!?]|\b(?:sino|pero|but)\b"
    r"|(?<!\bno )\b(?:me refer[ií]a? a|me refiero a|hablo de|hablaba de|quise decir|lo que (?:quiero|busco) es)\b"
    r"|(?<!\bnot what )\b(?:i mean|i meant|i was asking about|what i (?:want|need) is)\b"
)
"""Where one part of a correction ends and the next begins."""
_DENIES = re.compile(r"(no|not|nop|nope) \S")
"""How a part begins that says what is not meant."""
_ENDS = re.compile(r"(?<!\bque)(?<!\bsi)(?<!\bo)(?<!\bwhy)(?<!\bif)(?<!\bor) (no|not|nop|nope)$")
"""How a part ends that does: "esa del INE no", but not "me dijeron que no"."""
_HAS = re.compile(r"\b(ya|already)\b")
"""What the writer has or is already is not what they ask for, behind a bare "no"."""
BARE = frozenset({"no", "nop", "nope", "not"})


@lru_cache(maxsize=REMEMBERED)
def apart(text: str, knowledge: Knowledge) -> tuple[str, str]:
    """What a correction means, and what it says not to mean: the latter empty where nothing is put right."""
    parts = [part.strip() for part in _PARTS.split(text.lower()) if part.strip()]
    bare = bool(parts) and (parts[0] in BARE or _ENDS.search(parts[0]) is not None)
    if not (bare or corrects(text, knowledge)):
        return text, ""
    denied = [part for part in parts if _DENIES.match(part) or _ENDS.search(part) or (bare and _HAS.search(part))]
    meant = [part for part in parts if part not in denied and part not in BARE]
    # Alone, "no quiero perder mi casa" denies nothing.
    return (" ".join(meant), " ".join(denied)) if meant or bare else (text, "")
