"""Takes numbers, e-mails and CURP out of a phrase before the editors keep it."""

import re

_GAP = r"[\s\-‐-―−.,·/()_+*:\u200b-\u200f\u2060\ufeff]*"
"""What people put between the digits of one number."""
# Every pattern can begin only where a word does: a text of 100,000 letters costs one pass, not 100,000.
_MASKS = (
    (re.compile(r"(?<!\S)\S+\s?(?:@|\(at\)|\barroba\b)\s?\S+", re.IGNORECASE), "[correo]"),
    (re.compile(r"\b[A-Z]{4}[\s-]?\d{6}[\s-]?[HMX][\s-]?[A-Z]{5}[\s-]?[A-Z\d]{0,2}\b", re.IGNORECASE), "[CURP]"),
    (re.compile(rf"(?<!\w)\w*\d(?:{_GAP}\d){{4,}}\w*"), "[número]"),
)
MAX_PHRASE = 500


def masked(text: str) -> str:
    """The phrase without anything of five digits or more, also in pieces, e-mails and CURP; cut to 500 characters."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text[:MAX_PHRASE]
