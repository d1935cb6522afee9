"""The words of a message, as dates and the calendar read them."""

import re
import unicodedata
from itertools import filterfalse

LONGEST = 80
"""Words of a message that are read."""

_TOKEN = re.compile(
    r"(?<![\d/.-])\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|(?<![\d/.-])\d{4}-\d{2}(?![\d-])"
    r"|(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)|(?<![\d/.])\d{1,2}/(?:\d{4}|\d{1,2})(?!\d)|[qths][1-4](?![a-z0-9])|[a-z]+|\d+[a-z]*"
)
_AGENDA = re.compile(r"\bagenda (?:de )?2030\b|\b2030 agenda\b|\bla 2030\b")
_TWO_THOUSAND = re.compile(
    r"\bdos mil (diecisiete|dieciocho|diecinueve|veinte|treinta"
    r"|veinti(?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))\b"
)
_TENS = {"diecisiete": 17, "dieciocho": 18, "diecinueve": 19, "veinte": 20, "treinta": 30} | {
    f"veinti{word}": 20 + n
    for n, word in enumerate(["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"], 1)
}


def tokens(text: str) -> list[str]:
    """Words, folded; a date in figures stays one word."""
    plain = text[:4096].lower()
    if not plain.isascii():
        plain = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", plain)))
    plain = _AGENDA.sub("agenda2030", plain)
    if "dos mil" in plain:
        plain = _TWO_THOUSAND.sub(lambda said: str(2000 + _TENS[said.group(1)]), plain)
    return [found.group() for found in _TOKEN.finditer(plain.replace("agenda2030", "agenda odm"))][:LONGEST]
