"""The content, once a process: what the engine builds of it is kept for one Knowledge, and lasts seconds."""

import gc
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.cli.main import GARBAGE
from knowledge.loader import ROOT, digest_of, load_knowledge
from knowledge.model import Knowledge
from knowledge.registers import FOLDERS

TINY = Path(__file__).parents[1] / "knowledge"
"""A little knowledge that lints clean."""


@cache
def content() -> Knowledge:
    """As the files have it; loaded and collected as the program does."""
    gc.set_threshold(*GARBAGE)
    found = load_knowledge()
    gc.freeze()
    return found


def copied(root: Path, to: Path) -> Path:
    """The content and the lessons under another root, to be changed."""
    for folder in FOLDERS:
        shutil.copytree(root / folder, to / folder)
    return to


def content_at(root: Path) -> Knowledge:
    """The content under another root: read anew only where its files are not those of ours."""
    same = digest_of(root) == digest_of(ROOT)
    return content().saying(root=root) if same else load_knowledge(root)


def renamed_content(topic: str, before: Sequence[str], section: str, section_before: Sequence[str]) -> Knowledge:
    """The content with a topic and a section of it that were called otherwise before."""
    held = content().topics[topic]
    sections = (
        one.model_copy(update={"was": tuple(section_before)}) if one.id == section else one for one in held.sections
    )
    moved = held.model_copy(update={"was": tuple(before), "sections": tuple(sections)})
    return content().saying(topics={**content().topics, topic: moved})
