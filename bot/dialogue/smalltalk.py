"""Everyday talk, answered kindly and never with a topic."""

from bot.conversation import Choice, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.compose import section_button, topic_button
from bot.dialogue.excerpts.nearest import open_topic
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.after_help import lately_told
from bot.dialogue.pending import offered_topics
from bot.dialogue.refuge import is_closed
from bot.dialogue.words.talk import smalltalk_in
from bot.texts import say

FINAL = frozenset({"thanks", "bye", "no", "insult", "will-do"})
"""Small talk behind which no open question is asked again."""
MOST_SECTIONS = 3
"""Buttons of the open topic."""


def answer_smalltalk(hearing: Hearing) -> Turn | None:
    """The turn of a greeting, thanks, a laugh …; an open question which topic is meant stays open."""
    found = smalltalk_in(hearing.text, hearing.knowledge)
    if found is None:
        return None
    # Who fears their government is offered nothing that is done at its consulate.
    closed = hearing.knowledge.directory.business if hearing.conversation.fears_government else ()
    offered = (hearing.knowledge.topics[topic] for topic in found.topics if topic not in closed)
    choices = tuple(topic_button(topic, hearing.knowledge, hearing.lang) for topic in offered)
    words = found.reply if found.untold is None or lately_told(hearing) else found.untold
    again = found.again if hearing.conversation.remark == found.id else None
    text = hearing.fill((again or words).say(hearing.lang))
    pending = offered_topics(hearing.conversation) if found.id not in FINAL and not choices else ()
    if pending:
        text, choices = f"{text} {say('clarify.many', hearing.lang)}", pending
    elif found.back:
        behind, choices = _what_was_open(hearing)
        text = f"{text} {behind}"
    remark = "" if again is not None else found.id
    return hearing.turn(Outcome.SMALLTALK, Reply(ReplyKind.SMALLTALK, text, choices), remark=remark)


def _what_was_open(hearing: Hearing) -> tuple[str, tuple[Choice, ...]]:
    """The open topic, and what of it was not shown; else what is needed."""
    state, knowledge, lang = hearing.conversation, hearing.knowledge, hearing.lang
    topic = knowledge.topics.get(open_topic(hearing) or "")
    if topic is None or is_closed(topic.id, hearing):
        return say("remark.tell", lang), ()
    left = [section for section in topic.sections if section.id not in state.shown] or list(topic.sections)
    choices = tuple(section_button(topic, section, knowledge, lang) for section in left[:MOST_SECTIONS])
    return say("remark.back", lang, title=topic.title.say(lang)), choices
