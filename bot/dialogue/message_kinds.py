"""Messages that are no words to us: a block, a group, a voice note, a photo …"""

from bot.conversation import Kind, Outcome, Reading, Reply, ReplyKind, Turn
from bot.dialogue.hearing import Hearing
from bot.texts import say

WORDLESS = {
    Kind.VOICE: "voice",
    Kind.PHOTO: "photo",
    Kind.STICKER: "sticker",
    Kind.CONTACT: "contact",
    Kind.OTHER: "other",
}
"""What is said of a message without words."""


def pass_over_block(hearing: Hearing) -> Turn | None:
    """Who blocks us is told nothing."""
    if hearing.message.kind is not Kind.BLOCKED:
        return None
    return Turn(hearing.conversation, (), (), Reading(hearing.message_lang, hearing.lang, Outcome.SILENT))


def lead_out_of_group(hearing: Hearing) -> Turn | None:
    """A group reads along: nothing of substance is said there."""
    if hearing.message.kind is not Kind.GROUP:
        return None
    reply = Reply(ReplyKind.COMMAND, say("group", hearing.lang, link=hearing.message.payload))
    return Turn(hearing.conversation, (reply,), (), Reading(hearing.message_lang, hearing.lang, Outcome.COMMAND))


def answer_wordless(hearing: Hearing) -> Turn | None:
    """What we cannot hear or see: words are asked for; after a help text, with the number."""
    key = WORDLESS.get(hearing.message.kind)
    if key is None or hearing.text.strip():
        return None
    text = hearing.fill(say("wordless.danger" if hearing.conversation.told else key, hearing.lang))
    return hearing.turn(Outcome.QUESTION, Reply(ReplyKind.QUESTION, text), offered=hearing.conversation.offered)
