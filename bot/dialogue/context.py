"""A message read with those before it: a question by aspect, a pronoun, a correction, another subject."""

from collections.abc import Sequence

from bot.conversation import Conversation
from bot.dialogue.ranker import Floats, Ranker
from knowledge.schema.topics import Aspect


def read_in_context(
    text: str, conversation: Conversation, aspects: Sequence[Aspect], ranker: Ranker
) -> tuple[Floats, bool]:
    """The likelihood of each column, and whether it comes from what was said before."""
    return ranker.likelihoods(ranker.point(text)), False
