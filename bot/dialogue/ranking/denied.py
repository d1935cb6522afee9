"""What a correction says not to mean: "no me refiero a donatarias, hablo de apoyos", "no, donataria ya somos"."""

import re
from functools import lru_cache

from bot.dialogue.ranking.context import corrects
from bot.dialogue.words.phrasing import REMEMBERED
from knowledge.model import Knowledge

_PARTS = re.compile(
    r"[,.;:!?]|\b(?:sino|pero|but)\b"
    r"|(?<!\bno )\b(?:me (?:refer[ií]a?|refiero) al?|habl(?:o|aba) del?|quise decir|lo que (?:quiero|busco) es)\b"
    r"|\byo (?:dije|pregunt[eé]|pregunto|ped[ií]|digo)(?: por| lo)?(?: del?)?\b"
    r"|\bi (?:said|asked)(?: about| for)?\b"
    r"|(?<!\bnot what )\b(?:i mean|i meant|i was asking about|what i (?:want|need) is)\b"
)
"""Where one part of a correction ends and the next begins."""
_DENIES = re.compile(
    r"(no|not|nop|nope|(?:me|nos) (?:dio|puso|contest[oó]|sali[oó] con|mand[oó])|you (?:gave|told|showed) me) \S"
)
"""How a part begins that says what is not meant."""
_BEFORE = ("que", "si", "o", "why", "if", "or", "dice", "dicen", "dijo", "dijeron", "says", "say", "said")
_REPORTS = "".join(rf"(?<!\b{word})" for word in _BEFORE)
_ENDS = re.compile(rf"{_REPORTS} (no|not|nop|nope)$")
"""How a part ends that does: "esa del INE no", but not "me dijeron que no", nor "el director dice no"."""
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
