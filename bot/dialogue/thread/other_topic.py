"""Another topic of ours that a message in a thread may be of: asked for before it is said that nothing was found."""

from bot.conversation import Choice, NotUnderstood, Reply, ReplyKind, TopicScore, Turn
from bot.dialogue.compose import section_button, topic_button
from bot.dialogue.excerpts.nearest import reached, with_contacts
from bot.dialogue.excerpts.replies import section_choices, thread_turn, told
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed
from bot.dialogue.rejected import rejected
from bot.dialogue.thread.stays import asks_of_that
from bot.dialogue.understanding import by_itself
from knowledge.schema.topics import Topic

ASKED = "thread-other"
"""How the question is remembered, to which a bare yes may follow."""
BORNE = 0.25
"""Likelihood in the thread from which another topic is asked for, where the open one has no answer: of threads' such
messages most are answered by it or by nothing of ours."""
ALONE = 0.25
"""The same of the message by itself."""
SURELY = 0.6
"""Likelihood of the message by itself from which this goes before what the open topic may say of it."""
SPEAKS = 0.2
"""Share of what was said that the other topic has to speak of: below it, it only sounds alike."""
AS_MUCH = 0.05
"""How much less than the open topic it may speak of."""
GAINED = 0.2
"""How much more than it, for this to go before what the open topic may say."""
FOR_SOMEBODY = 0.1
"""The same of what is asked for somebody of whom the open topic says nothing in particular."""
FAR, WHOLE = 0.2, 3
"""Share of what was said up to which the open topic hardly speaks of it; words from which that says something."""


def ask_for_other(topic: Topic, hearing: Hearing, *, surely: bool = False, gained: float = GAINED) -> Turn | None:
    """One question with the other topic first, and who knows of that; then what the open one has.

    `surely`: before what the open topic may say of it; then the other topic answers, if the message is clearly its own.
    """
    # Whatever the other words of "y eso cómo se arregla" sound like.
    gained = gained if surely else -AS_MUCH
    found = None if asks_of_that(hearing.text, hearing.knowledge) else _other(topic, hearing, gained, surely=surely)
    if found is None:
        return None
    other, knowledge, lang = hearing.knowledge.topics[found.topic], hearing.knowledge, hearing.lang
    if surely and by_itself(hearing.text, knowledge).clear:
        first = knowledge.texts["thread-else"].say(lang)
        return told(other, other.section_or_first(found.section), None, hearing, first=first)
    said = knowledge.texts["thread-other"]
    line = with_contacts(said, reached(other, hearing)[:1], hearing, topic=other.title.say(lang))
    reply = Reply(ReplyKind.CLARIFY, line, (button_of(found, hearing), *section_choices(topic, hearing)))
    events = (NotUnderstood(hearing.text, hearing.message_lang),)
    weak = hearing.conversation.weak + 1
    return thread_turn(hearing, topic, reply, weak=weak, events=events, remark=ASKED)


def _other(topic: Topic, hearing: Hearing, gained: float, *, surely: bool) -> TopicScore | None:
    """The other topic that a message is likely of, by the thread and by itself, and that speaks of what was said."""
    knowledge = hearing.knowledge
    by_name = {one.topic: one.score for one in by_itself(hearing.text, knowledge).topics}
    likely = [
        one
        for one in hearing.understood.topics
        if one.topic != topic.id and one.score >= BORNE and by_name.get(one.topic, 0.0) >= (SURELY if surely else ALONE)
    ]
    if not likely:
        return None
    other = max(likely, key=lambda one: one.score * by_name[one.topic])
    said = said_in(hearing.text, ranker_of(knowledge), knowledge)
    spoken, here = covered(said, knowledge.topics[other.topic], knowledge), covered(said, topic, knowledge)
    if spoken < SPEAKS or spoken - here < gained or is_closed(other.topic, hearing):
        return None
    return None if button_of(other, hearing).payload in rejected(hearing) else other


def is_far(topic: Topic, hearing: Hearing) -> bool:
    """Whether the open topic hardly speaks of what was said: those who know it may know nothing of that."""
    said = said_in(hearing.text, ranker_of(hearing.knowledge), hearing.knowledge)
    return len(said) >= WHOLE and covered(said, topic, hearing.knowledge) <= FAR


def button_of(found: TopicScore, hearing: Hearing) -> Choice:
    """What answers in the other topic, by the topic's name."""
    topic, knowledge, lang = hearing.knowledge.topics[found.topic], hearing.knowledge, hearing.lang
    section = section_button(topic, topic.section_or_first(found.section), knowledge, lang)
    return section.model_copy(update={"label": topic_button(topic, knowledge, lang).label})
