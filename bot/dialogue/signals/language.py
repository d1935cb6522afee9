"""The language that a message is answered in."""

from bot.conversation import Conversation
from bot.dialogue.message.commands import language_shown, language_wished
from bot.dialogue.message.language import language_of, prevailing, shown
from bot.dialogue.message.message import Message
from knowledge.schema.base import Lang

SWITCHES, SWITCHES_MIXED = 2, 4
"""Words of the other language that change the one we answer in, and where both were spoken lately."""
CLAUSE = 3
"""Words of the language spoken so far by which a mixed message stays in it."""


def reply_language(message: Message, state: Conversation) -> Lang:
    """Spanish where nothing shows a language."""
    return language_wished(message.text, message.knowledge) or _spoken(message, state) or "es"


def _spoken(message: Message, state: Conversation) -> Lang | None:
    """The language of the answer: who mixes both is not answered now in one and now in the other."""
    knowledge, app_lang = message.knowledge, message.inbound.lang
    if state.lang_chosen:
        return state.lang
    if message.whole.startswith("/"):
        return language_shown(message.whole) or state.lang or app_lang
    lang, words = prevailing(message.whole, knowledge)
    if state.lang is None:
        return lang or app_lang or ("es" if message.lang == "mixed" else None)
    if message.lang == "mixed" and shown(state.lang, message.whole, knowledge) >= CLAUSE:
        return state.lang  # a whole clause of it: who mixes both has not gone over to the other
    spoken = {language_of(heard.text, knowledge) for heard in state.heard} - {"other"}
    needed = SWITCHES_MIXED if len(spoken) > 1 or "mixed" in spoken else SWITCHES
    return lang if lang and words >= needed else state.lang
