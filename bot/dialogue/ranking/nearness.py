"""How near a question is to what sentences of ours tell, in the space in which sections are ranked."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import REMEMBERED
from knowledge.brevity import sentences
from knowledge.model import Knowledge


def nearness(question: str, told: Iterable[str], knowledge: Knowledge, head: str = "") -> float:
    """The cosine of a question and the sentence of these texts that is nearest; `head`: what each of them is of."""
    asked = _direction(question, knowledge)
    said = (f"{head}. {one}" if head else one for text in told for one in sentences(text))
    return max((float(asked @ _direction(one, knowledge)) for one in said), default=0.0)


@lru_cache(maxsize=32 * REMEMBERED)
def _direction(text: str, knowledge: Knowledge) -> Floats:
    point = ranker_of(knowledge).point(text)
    found: Floats = point / (np.linalg.norm(point) or 1.0)
    return found
