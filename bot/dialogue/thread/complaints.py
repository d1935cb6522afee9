"""That we answered something else, by a message's own words: what it asks beside that, what it says is not the case."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation import Conversation
from bot.dialogue.excerpts.quoting import has_it, lacks
from bot.dialogue.ranking.context import corrects
from bot.dialogue.ranking.denied import BARE
from bot.dialogue.ranking.section_words import said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import REMEMBERED, spell_out
from knowledge.model import Knowledge

BARRED = 8
"""Answers that stay barred: no matter has more."""
OPENING = 2
"""Clauses at the beginning among which a complaint stands: later ones tell of others."""
_CLAUSE = re.compile(r"[,.;:!?¡¿\n]+|\b(?:sino|pero|but)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\s*(?:ya |y |and |es que )?(?:no|not|ni|nadie|ninguno|ninguna|nobody|no one|none)\b", re.IGNORECASE
)
"""How a clause begins that says what is not the case: nothing in it is searched for."""
_NEGATION = r"(?:no|not|ni|nadien?|ningun[oa]?|nobody|none|never|dont|do not|didnt|did not|isnt|is not|arent|are not)"
_SAYS_NO = re.compile(
    rf"(?:(?:ya|y|and|es que|pero) )*"
    rf"(?:(?:a mi|yo|nosotros|eso|ese|esa|esto|i|im|am|we|it|its|this|that|thats) )*{_NEGATION}\b"
)
"""The same, also with who says so before it, where a message puts us right: "yo no traigo visa"."""
_BARE_NO = re.compile(rf"(?:no|nop|nope|nel|nah)(?:$| (?={_NEGATION}\b|(?:yo|nosotros|he|she|they|we|i|im|its)\b))")
"""A "no" to us, behind which a clause begins: "no yo soy la esposa"."""

_CLITIC = r"(?:se|me|te|le|lo|la|los|las|les|nos|que|de|en|y|a|no|si|ni)"
_TWICE = re.compile(
    rf"\b(?:no (?!{_CLITIC}\b)(?P<es>\w{{2,}})|(?P<en>its|it is|it's|thats|that's|i am|im|i'm) not)"
    r"(?P<denied>(?: \w+){1,6}?) (?=(?P=es)\b|(?P=en)\b)",
    re.IGNORECASE,
)
"""What is denied and what is meant behind the same verb, without a comma: "no es del doctor es de la escuela"."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """`asks`: what is asked beside it, empty where it only complains; `denies`: what is said not to be the case."""

    asks: str
    denies: str
    surely: bool = True
    """The words of it say that we were wrong: a complaint, something denied, or that this is what is asked."""


def parted(text: str, knowledge: Knowledge) -> str:
    """The text with a comma between what is denied and what is meant, which few write on a phone.

    What is lacked is not denied: "no tengo acta tengo pasaporte".
    """
    return _TWICE.sub(
        lambda found: found.group() if lacks(found.group(), knowledge) else f"{found.group().rstrip()}, ", text
    )


@lru_cache(maxsize=REMEMBERED)
def complaint_in(text: str, knowledge: Knowledge) -> Complaint | None:
    """The complaint that a message begins with; None where it makes none."""
    clauses = [clause.strip() for clause in _CLAUSE.split(text) if clause.strip()]
    held = [
        frames_of(knowledge.follow_ups.complains).first(spell_out(clause, knowledge.spelling)) is not None
        for clause in clauses
    ]
    if not any(held[:OPENING]):
        return None
    rest = [clause for clause, complains in zip(clauses, held, strict=True) if not complains]
    denied = [clause for clause in rest if _DENIES.match(clause)]
    # What somebody has already is not what they ask for.
    meant = [clause for clause in rest if clause not in denied and not has_it(clause, knowledge)]
    asks = ". ".join(meant or [clause for clause in rest if clause not in denied])
    return Complaint(asks if said_in(asks, ranker_of(knowledge), knowledge) else "", ". ".join(denied))


def rejects(text: str, knowledge: Knowledge) -> bool:
    """Whether a message turns down what was said: a complaint, or a "no, eso no" that names nothing of it."""
    spelled = (spell_out(one, knowledge.spelling) for one in _CLAUSE.split(text))
    return complaint_in(text, knowledge) is not None or any(
        _SAYS_NO.match(one)
        and " " in one
        and frames_of(knowledge.follow_ups.simpler).first(one) is None  # who did not understand wants it in short
        and not said_in(one, ranker_of(knowledge), knowledge)
        for one in spelled
    )


@lru_cache(maxsize=REMEMBERED)
def correction_in(text: str, knowledge: Knowledge) -> Complaint | None:
    """What a message that puts us right asks, without its formulas, and what it denies; None where it asks nothing."""
    spelled = spell_out(text, knowledge.spelling)
    if back := frames_of(knowledge.follow_ups.back).first(spelled):
        left = f" {spelled} "[back.end :].strip()
        return Complaint(left, "") if said_in(left, ranker_of(knowledge), knowledge) else None
    clauses = [_begun(spell_out(one, knowledge.spelling), knowledge) for one in _CLAUSE.split(text) if one.strip()]
    clauses = [one for one in clauses if one]
    opens = bool(clauses) and _SAYS_NO.match(clauses[0]) is not None
    complaint = complaint_in(text, knowledge)
    if frames_of(knowledge.follow_ups.simpler).first(spelled):
        return None  # who did not understand us puts nothing right
    if complaint is None and not (opens or corrects(text, knowledge)):
        return None
    complains = frames_of(knowledge.follow_ups.complains)
    rest = [one for one in clauses if complains.first(one) is None]
    denied = [one for one in rest if _SAYS_NO.match(one)]
    meant = [one for one in rest if one not in denied]
    asked = _behind_formula(meant, knowledge)
    if asked is None and complaint is None and lacks(text, knowledge):
        return None  # "no tengo acta" tells what is missing
    asks = ". ".join(meant if asked is None else asked)
    surely = bool(complaint or denied or asked is not None)
    return Complaint(asks, ". ".join(denied), surely) if said_in(asks, ranker_of(knowledge), knowledge) else None


def _behind_formula(clauses: Sequence[str], knowledge: Knowledge) -> list[str] | None:
    """What stands behind "le digo que", "i am asking if"; what is told before it only puts something right."""
    frames = frames_of(knowledge.asking)
    for place, clause in enumerate(clauses):
        if formula := min(frames.find(clause), key=lambda match: match.start, default=None):
            rest = f" {clause} "[formula.end :].strip()
            return [*([rest] if rest else []), *clauses[place + 1 :]]
    return None


def _begun(clause: str, knowledge: Knowledge) -> str:
    """A clause without the "no" to us and whom it calls: "no carnal hablo de la cartilla"."""
    left = None
    while left != clause:
        left = clause
        clause = clause[bare.end() :] if (bare := _BARE_NO.match(clause)) else clause
        first, _, behind = clause.partition(" ")
        called = _uncalled(behind if first in BARE else clause, knowledge)
        clause = clause if first in BARE and called == behind else called
    return clause


def _uncalled(clause: str, knowledge: Knowledge) -> str:
    """A clause without a word that only opens it or calls somebody."""
    if found := frames_of(knowledge.fillers).first(clause):
        return f" {clause} "[found.end :].strip()
    first, _, behind = clause.partition(" ")
    return behind if first in knowledge.follow_ups.opening else clause


def barred_by(text: str, conversation: Conversation, knowledge: Knowledge) -> tuple[str, ...]:
    """The answers that the person said were to something else, with those that this message complains of."""
    if not conversation.places or complaint_in(text, knowledge) is None:
        return conversation.barred
    return tuple(dict.fromkeys((*conversation.barred, *conversation.places)))[-BARRED:]
