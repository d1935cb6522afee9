"""The threads of the content as conversations: each message after those before it."""

from collections.abc import Iterator
from datetime import datetime

from bot.conversation import Conversation, Heard
from knowledge.model import Knowledge
from knowledge.schema.taught import Thread, ThreadMessage

REMEMBERED = 4
"""Messages of a thread that are heard with the next one, as in a conversation."""


def taught(knowledge: Knowledge) -> tuple[object, ...]:
    """What the models of threads learn from, beside the ranker.

    What the topics say moves them too little to wait for it after every edit.
    """
    return sorted(knowledge.threads.items()), knowledge.follow_ups, sorted(knowledge.aspects.items())


def turns(thread: Thread, knowledge: Knowledge) -> Iterator[tuple[ThreadMessage, Conversation]]:
    """Each message and the conversation in which it is said."""
    heard, topic, section = [Heard(text=thread.first, at=datetime.min)], thread.opens, ""
    for message in thread.then:
        shown = knowledge.topics[topic].section_or_first(section).id
        yield message, Conversation(heard=tuple(heard[-REMEMBERED:]), topic=topic, section=shown)
        heard.append(Heard(text=message.text, at=datetime.min))
        topic, section = message.topic or topic, message.section or ("" if message.topic else section)
