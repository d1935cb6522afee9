"""How people tie a message to what was said before, and what they tell of themselves, in frames."""

from knowledge.schema.base import Frozen, Text


class FollowUps(Frozen):
    """Frames for messages that go on from, correct, or leave what was said before, and for two questions in one."""

    tie: tuple[Text, ...]
    """How a message begins that says that we answered something else; what was asked stands behind it, or before."""
    correct: tuple[Text, ...]
    turn: tuple[Text, ...]
    closes: tuple[Text, ...]
    """How a message begins that is done with what was said: thanks, "ya entendí", "voy a preguntar"."""
    subject: tuple[Text, ...]
    join: tuple[Text, ...]
    asks: tuple[Text, ...]
    asking: tuple[Text, ...]
    unasked: tuple[Text, ...] = ()
    """Words that look as if they asked, and do not: "como 300", "ah, qué bueno"."""
    wishes: tuple[Text, ...]
    besides: tuple[Text, ...]
    seconds: tuple[Text, ...] = ()
    vague: tuple[Text, ...] = ()
    """Words that tell no section of a topic from another."""
    stands_for: dict[Text, tuple[Text, ...]] = {}
    """Words of our labels -> frames that ask for the same in others."""
    leans: tuple[Text, ...] = ()
    """How a sentence of ours begins that says nothing without the one before it."""
    unfound: tuple[Text, ...] = ()
    """How a sentence of ours says that a thing was not found; `kb stats` counts them."""
