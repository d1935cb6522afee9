"""Who is in danger (P2): the writer, somebody else, both, or nobody said it."""

from bot.conversation.danger import Who
from bot.dialogue.protocols.lessons import classifier_of
from knowledge.model import Knowledge
from knowledge.schema.protocols import Protocol

SURE = 0.6
"""Likelihood from which the words say it; chosen by cross-validation over the kind lessons."""
CORRECTIONS: dict[str, Who] = {"corrects_own": "own", "corrects_other": "other", "corrects_both": "both"}
"""Readings that put right who is meant (P2b)."""
NAMES: dict[str, Who] = {"own": "own", "other": "other", "both": "both"}


def who_in(text: str, knowledge: Knowledge) -> Who:
    """Who is in danger, as the words alone say it."""
    found = classifier_of(knowledge, "whose").likelihoods(text)
    name, likely = found[0] if found else ("", 0.0)
    return NAMES.get(name, "unknown") if likely >= SURE else "unknown"


def who_of(protocol: Protocol, told: Who) -> Who:
    """As a kind allows it: of some the writer, of others somebody else alone can tell."""
    only = NAMES.get(protocol.who.value, "unknown")
    return told if only in ("both", "unknown") else only


def corrected(heard: frozenset[str]) -> Who | None:
    """Who is meant after all, where the words put it right."""
    return next((who for reading, who in CORRECTIONS.items() if reading in heard), None)
