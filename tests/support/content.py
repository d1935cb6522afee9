"""The content, once a process: what the engine builds of it is kept for one Knowledge, and lasts seconds."""

import gc
from functools import cache

from bot.cli.main import GARBAGE
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge


@cache
def content() -> Knowledge:
    """As the files have it; loaded and collected as the program does."""
    gc.set_threshold(*GARBAGE)
    found = load_knowledge()
    gc.freeze()
    return found
