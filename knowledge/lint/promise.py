"""Rights and deadlines are explained, never applied to a person; nothing is promised."""

import re
from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import our_texts
from knowledge.model import Knowledge
from knowledge.problems import Problem

RULE = "promise"

_SENTENCE = re.compile(r"[^.!?\n]+")
_COUNT = r"(?:\d+|\{[^}]*\}|pocos|unos|dos|tres|cuatro|cinco|diez|only|just|a few|two|three|five|ten)"
_PROMISES = re.compile(
    "|".join(
        (
            r"\busted(?:es)? (?:sí )?(?:califican?|cumplen? con los requisitos|tienen? derecho a quedarse)",
            r"\bl[eoa]s? (?:van? a )?(?:aprueban|aprobar|aprobarán|aceptarán|otorgarán)\b",
            r"\bseguro (?:que )?(?:le|lo|la|se|gana|pasa|califica)\b",
            rf"\ble (?:quedan?|restan?) (?:{_COUNT} )?(?:días?|semanas?|meses|horas)\b",
            r"\bgarantiz(?:amos|o|ad[oa]s?)\b",
            r"\bles? (?:garantiz\w+|prometo|prometemos|aseguro|aseguramos)\b",
            r"\bvan? a ganar su caso\b",
            r"\bno hay (?:ningún )?riesgo\b",
            r"\bno l[oa]s? (?:van a|pueden) deportar\b",
            r"\byou (?:do |already |surely )?qualify\b",
            r"\byou are eligible\b",
            r"\byou(?: will|'ll) (?:surely |definitely )?(?:be approved|be accepted|win|not be deported)\b",
            r"\byou(?: will|'ll) (?:surely |definitely )?get (?:asylum|(?:your|a) (?:visa|status|papers|green card))\b",
            rf"\byou (?:only |just )?have {_COUNT}(?: \d+)? (?:days?|weeks?|months|hours) left\b",
            r"\bguarantee\w*",
            r"\b(?:we|i) promise\b",
            r"\bthey (?:cannot|can't|will not|won't) deport you\b",
            r"\bthere is no risk\b",
        )
    ),
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:si|cuando|quien|quienes|if|when|whether|who|anyone|anybody)\b", re.IGNORECASE)
"""Anywhere before: "if you qualify", "quien le garantiza una visa"."""
_DENIAL = re.compile(
    r"\b(?:nadie|no|ningun[oa]|ningún|desconfíe|cuidado|nunca|jamás|nobody|none|not|cannot|can't|beware|never)\b",
    re.IGNORECASE,
)
"""In the same clause: "nadie puede garantizarle"."""
_CLAUSE_END = re.compile(r"[,;:]")


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Sentence by sentence; a condition or a denial before it makes it harmless."""
    for spot, text in our_texts(knowledge):
        for sentence in _SENTENCE.findall(text):
            found = _PROMISES.search(sentence)
            if found and not _taken_back(sentence[: found.start()]):
                yield spot.problem(knowledge, RULE, f"{found.group()!r} promises, or judges a person's case")


def _taken_back(before: str) -> bool:
    return bool(_CONDITION.search(before) or _DENIAL.search(_CLAUSE_END.split(before)[-1]))
