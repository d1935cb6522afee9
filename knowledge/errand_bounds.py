"""How many words of a message may tell or ask what of an open errand, and what is asked there."""

from knowledge.hearing_steps import Wish
from knowledge.procedures import PRICES
from knowledge.schema.topics import Aspect

BRIEF, TELLING = 14, 45
"""Words of a message that may tell that the open step is done; of one that may be a word to it at all."""
FEW_WORDS = {*Wish} - {Wish.START, Wish.RESUME, Wish.BEGIN, Wish.ANEW}
"""What is said in few words alone."""
DETAILS = {Aspect.WHAT, Aspect.WHERE, *PRICES, Aspect.DURATION, Aspect.WHO, Aspect.REQUIREMENTS, Aspect.HOURS}
"""Aspects that a question may ask of the open step."""
FEW, UNLIKELY = 3, 5
"""Words of a question that names no matter of its own: "y cuánto cuesta"; and where nothing else is likely."""
PLAIN_WORDS = 2
"""Words of a message that is a plain yes or no, whatever was learned."""
SHOWN = frozenset({Wish.START, Wish.NOW, Wish.NEXT, Wish.MISSING, Wish.RESUME, Wish.BRING})
"""What is asked where what is shown answers it."""
ALONE = frozenset({Wish.FITS, Wish.TRUE, Wish.MUST, Wish.LACKS})
"""What is answered in the errand, also where nothing else is asked or told."""
