"""What became of the acts of a decision."""

from dataclasses import dataclass

from bot.conversation import Reply


@dataclass(frozen=True, slots=True)
class Rendered:
    """Replies in order, and the ids of the lines, sections, numbers, events and consulates that they give."""

    replies: tuple[Reply, ...]
    shown: tuple[str, ...] = ()
