"""Whether a message in danger asks a question of its own, which is then answered."""

from bot.dialogue.aspects import aspects_in
from bot.dialogue.hearing import Hearing

ANOTHER, ASKED = 0.6, 0.3
"""Likelihood from which a message after a help text is another matter; the same where it asks by an aspect."""
NO_MATTER = 3
"""Words that have no matter of their own: "no sé dónde" would ask for the place of what the report sounds like."""


def is_another_matter(hearing: Hearing) -> bool:
    """Less is needed where it asks for a cost, a paper …; nothing that only the report before it makes a question."""
    understood = hearing.understood
    if understood.from_context and hearing.conversation.topic is None and len(hearing.text.split()) <= NO_MATTER:
        return False
    if aspects_in(hearing.text, hearing.knowledge):
        return understood.best >= ASKED
    return understood.clear and understood.best >= ANOTHER and not understood.from_context
