"""The words of all that we hold: which are known, and which a misspelt one may mean."""

import re
from collections import Counter

import numpy as np

from bot.dialogue.message import SHORTEST
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.ranking.model_files import Arrays, packed
from bot.dialogue.words.features import hashed, stems_of
from bot.dialogue.words.phrasing import sound
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.registers import files_of

OFTEN = 8
"""Times that a word stands in all that we hold from which a misspelt one may mean it: we hold misspelt ones too."""
SHORTEST_STEM = 5
"""Letters from which a stem tells a word."""
_BEGUN = re.compile(r"([^\W\d_]+)\*")
"""A word of a frame whose ending is open."""
URGENT = "content/urgent"


def arrays(knowledge: Knowledge) -> Arrays:
    """Words with how often they stand there, all of them by ear and stem, what frames begin, what is of danger."""
    root = knowledge.root
    told = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files_of(root)}
    times = Counter(word for text in told.values() for word in fold(text).split() if len(word) >= SHORTEST - 1)
    often = {word: count for word, count in times.most_common() if count >= OFTEN and word.isalpha()}
    towns = {word for name in gazetteer_of(knowledge).named for word in name.split() if len(word) >= SHORTEST - 1}
    stems = {stem for word in times for stem in stems_of(word) if len(stem) >= SHORTEST_STEM}
    known = {hashed(one) for one in (*map(sound, (*times, *towns)), *stems)}
    urgent = {word for path, text in told.items() if path.startswith(URGENT) for word in fold(text).split()}
    return {
        "often": packed(often),
        "times": np.array(list(often.values()), np.uint32),
        "known": np.array(sorted(known), np.uint32),
        "begun": packed(sorted({fold(word) for text in told.values() for word in _BEGUN.findall(text)})),
        "grave": packed(sorted(urgent & often.keys())),
    }
