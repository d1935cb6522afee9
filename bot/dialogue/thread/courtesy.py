"""What is said to thanks and to worries in a thread, where nothing else is asked."""

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.commands import open_question_aside
from bot.dialogue.compose import topic_button
from bot.dialogue.excerpts.replies import section_choices
from bot.dialogue.hearing import Hearing
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.another_thing import unspoken
from bot.dialogue.thread.other_topic import is_far
from bot.dialogue.words.aspects import aspects_in
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Topic

FEW_SECTIONS = 2
"""Buttons of sections beside who listens."""
THANKS = "thanks"
"""The small talk that answers thanks."""
WORRIES = "thread-worries"
"""How the text for who worries is remembered; it has another wording."""


def _welcome(_topic: Topic, hearing: Hearing) -> Turn:
    """Thanks in a sentence of their own are answered as a bare "gracias"."""
    thanks = next(talk for talk in hearing.knowledge.smalltalk if talk.id == THANKS)
    reply = Reply(ReplyKind.SMALLTALK, hearing.fill(thanks.reply.say(hearing.lang)))
    return hearing.turn(Outcome.SMALLTALK, reply, *open_question_aside(hearing))


def _comfort(topic: Topic, hearing: Hearing) -> Turn:
    """A warm word for who worries, the next step of their matter, and who listens."""
    knowledge, lang = hearing.knowledge, hearing.lang
    asked = aspects_in(hearing.text, knowledge) and not hearing.understood.fits
    far = bool(asked or unspoken(topic, hearing)) or is_far(topic, hearing)
    repeated = hearing.conversation.remark == WORRIES
    said = knowledge.texts["thread-worries-far"] if far else knowledge.texts["thread-worries"]
    said = knowledge.texts["thread-worries-again"] if repeated else said
    text = hearing.fill(said.say(lang))
    # The step was said a moment ago, or is of something else than the worry.
    text = text if repeated or far else f"{text}\n\n➡ {hearing.fill(topic.do.say(lang))}"
    listening = [name for name in knowledge.follow_ups.feelings if not is_closed(name, hearing) and name != topic.id]
    choices = (
        *(() if far else section_choices(topic, hearing)[:FEW_SECTIONS]),
        *(topic_button(knowledge.topics[name], knowledge, lang) for name in listening),
    )
    reply = Reply(ReplyKind.SMALLTALK, text, choices)
    return hearing.turn(Outcome.SMALLTALK, reply, *open_question_aside(hearing), remark="" if repeated else WORRIES)


COURTEOUS = {Bearing.THANKS: _welcome, Bearing.WORRIES: _comfort}
"""What answers moves in which nothing is asked."""
