"""What is said without being asked, because of what people behind the chat did or did not do."""

from datetime import datetime

from bot.conversation import Conversation, Reply, ReplyKind
from bot.dialogue.rendering.words import fill_for
from bot.texts import say
from knowledge.model import Knowledge


def lapse_notice(conversation: Conversation, knowledge: Knowledge, now: datetime) -> Reply:
    """Honestly, where whoever took the case did not answer in time. A help text: it holds the number."""
    lang = conversation.lang or "es"
    return Reply(ReplyKind.HELP, fill_for(say("lapsed", lang), conversation, knowledge, lang, now.date()))
