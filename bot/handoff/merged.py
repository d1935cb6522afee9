"""The line that stands for replies that waited too long behind too many others. Pure."""

from bot.conversation import Lang, Reply, ReplyKind
from bot.texts import say


def merged(lang: Lang | None) -> Reply:
    """In the person's language."""
    return Reply(ReplyKind.NOTICE, say("merged", lang or "es"))
