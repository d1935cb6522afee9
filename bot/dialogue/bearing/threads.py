"""The threads of the content as conversations: each message after those before it."""

from collections.abc import Iterator
from datetime import datetime

from bot.conversation import Conversation, Heard
from bot.dialogue.person.signals import read_signals
from bot.dialogue.ranking.context import corrects
from bot.dialogue.ranking.denied import apart
from knowledge.model import Knowledge
from knowledge.schema.taught import Thread, ThreadMessage

EARLIER = 2
"""Topics before the open one to which people come back."""
REMEMBERED = 4
"""Messages of a thread that are heard with the next one, as in a conversation."""


def taught(knowledge: Knowledge) -> tuple[object, ...]:
    """What the models of threads learn from, beside the ranker.

    What the topics say moves them too little to wait for it after every edit.
    """
    threads = sorted(knowledge.threads.items())
    return threads, knowledge.follow_ups, sorted(knowledge.aspects.items()), knowledge.signals


def turns(thread: Thread, knowledge: Knowledge) -> Iterator[tuple[ThreadMessage, Conversation]]:
    """Each message and the conversation in which it is said."""
    heard, topic, section = [Heard(text=thread.first, at=datetime.min)], thread.opens, ""
    person = _told(thread.first, Conversation(), knowledge)
    for message in thread.then:
        shown = knowledge.topics[topic].section_or_first(section).id
        person = _told(message.text, person, knowledge)
        person = person.having(heard=tuple(heard[-REMEMBERED:]), topic=topic, section=shown)
        yield message, person
        heard.append(Heard(text=message.text, at=datetime.min))
        if message.topic and message.topic != topic:
            person = person.having(earlier=with_earlier(person, message.text, knowledge))
        topic, section = message.topic or topic, message.section or ("" if message.topic else section)


def with_earlier(conversation: Conversation, text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The topics before the one that a message opens: the open one, unless it was a mistake, and those before it."""
    left = () if apart(text, knowledge)[1] or corrects(text, knowledge) else (conversation.topic,)
    topics = dict.fromkeys((*left, *reversed(conversation.earlier)))
    return tuple(name for name in topics if name)[:EARLIER][::-1]


def _told(text: str, person: Conversation, knowledge: Knowledge) -> Conversation:
    """With what a message says of where its writer is, and of which country."""
    signals = read_signals(text, knowledge)
    return person.having(country=signals.country or person.country, citizen=signals.citizen or person.citizen)
