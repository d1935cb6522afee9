"""The content, once a process: what the engine builds of it is kept for one Knowledge, and lasts seconds."""

import gc
from functools import cache
from pathlib import Path

from bot.cli.main import GARBAGE
from knowledge.loader import CONTENT, digest_of, load_knowledge
from knowledge.model import Knowledge


@cache
def content() -> Knowledge:
    """As the files have it; loaded and collected as the program does."""
    gc.set_threshold(*GARBAGE)
    found = load_knowledge()
    gc.freeze()
    return found


def content_at(root: Path) -> Knowledge:
    """The content under another root: read anew only where its files are not those of ours."""
    same = digest_of(root) == digest_of(CONTENT)
    return content().saying(root=root) if same else load_knowledge(root)
