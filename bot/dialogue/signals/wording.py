"""How a message is worded, whatever it is about: what ties it to the last one, whether it asks, how much it says."""

from collections.abc import Mapping
from functools import lru_cache

from bot.dialogue.message import Message
from bot.dialogue.ranking.section_words import said_in
from bot.dialogue.ranking.trained import ranker_of
from knowledge.frames import FrameSet
from knowledge.model import Knowledge

LENGTHS = ((0, "bare"), (2, "few"), (4, "some"), (1000, "many"))
"""Words that tell something, at most, and how that is called."""
WORDINGS = ("tie", "points", "turn", "complains", "left", "correct")
"""Lists of frames in the content's follow-ups."""


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> FrameSet[str]:
    held = knowledge.follow_ups
    return FrameSet((name, frame) for name in WORDINGS for frame in getattr(held, name))


@lru_cache(maxsize=16)
def wording_of(message: Message) -> Mapping[str, float]:
    """1 for each that holds."""
    telling = len(said_in(message.text, ranker_of(message.knowledge), message.knowledge))
    length = next(name for most, name in LENGTHS if telling <= most)
    says = {found.key for found in _frames(message.knowledge).find(message.letters)}
    flags = {"asks": message.asks, "aspect": bool(message.aspects)}
    flags |= {name: name in says for name in WORDINGS} | {name: name == length for _, name in LENGTHS}
    return {name: float(one) for name, one in flags.items()}
