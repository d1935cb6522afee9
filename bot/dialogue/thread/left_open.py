"""What is said to "you did not answer about X": the sentences that speak of X, else plainly that we have none."""

from dataclasses import replace

from bot.conversation import NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.excerpts.nearest import open_topic, reached, with_contacts
from bot.dialogue.excerpts.quoting import open_sections, quoted, quoted_by_name
from bot.dialogue.excerpts.replies import choices_of, thread_turn, told, with_line
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.context import named_in, recent
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.objections import WEAK_IN_A_ROW
from bot.dialogue.thread.other_topic import GAINED
from bot.dialogue.thread.own_words import left_open
from bot.dialogue.understanding import ANSWER, EACH, by_itself, understand
from bot.dialogue.words.aspects import aspects_in
from knowledge.schema.topics import Topic

NAME = 3
"""Words that are no more than a name: "el pasaporte"."""


def answer_left_open(hearing: Hearing) -> Turn | None:
    """The turn of who says that we left something unanswered, and names it; the second time others step in."""
    topic = hearing.knowledge.topics.get(open_topic(hearing) or "")
    if topic is None or is_closed(topic.id, hearing):
        return None
    asked = left_open(hearing.text, hearing.knowledge)
    if not asked or hearing.conversation.weak + 1 >= WEAK_IN_A_ROW:
        return None
    state = hearing.conversation
    alone = understand(asked, recent(state.having(heard=state.heard[:-1]), hearing.now), hearing.knowledge)
    heard = replace(hearing, text=asked, understood=alone)
    if another := _named(topic, heard):
        return another
    return _found(topic, heard) or _admitted(topic, heard, hearing)


def _named(topic: Topic, heard: Hearing) -> Turn | None:
    """The answer of another topic that is named, and likely by itself, unless the open one speaks of more of it.

    Where only its name is said, what was asked of the open one is asked of it.
    """
    knowledge, alone = heard.knowledge, by_itself(heard.text, heard.knowledge)
    best, ranker = next(iter(alone.topics), None), ranker_of(knowledge)
    names = named_in(heard.text, ranker, knowledge)
    if best is None or topic.id in names or best.topic == topic.id or is_closed(best.topic, heard):
        return None
    other, said = knowledge.topics[best.topic], said_in(heard.text, ranker, knowledge)
    gained = covered(said, other, knowledge) - covered(said, topic, knowledge)
    named = best.topic in names and best.score >= ANSWER and gained >= 0
    if not named and (best.score < EACH or gained < GAINED):
        return None
    last = topic.section_or_first(heard.conversation.section or "").aspect
    bare = last is not None and len(heard.text.split()) <= NAME
    section = next((one for one in other.sections if bare and one.aspect is last), None)
    return told(other, section or other.section_or_first(best.section), None, heard)


def _found(topic: Topic, heard: Hearing) -> Turn | None:
    """The section that answers and was not shown, where the word stands in it; else the sentences in which it does."""
    understood, first = heard.understood, heard.knowledge.texts["thread-left"].say(heard.lang)
    if understood.goes_on and understood.fits and not (understood.again or understood.gap):
        section = topic.section_or_first(understood.topics[0].section)
        if quoted_by_name(section, heard) or section.aspect in aspects_in(heard.text, heard.knowledge):
            return told(topic, section, None, heard, first=first)
    # A sentence that only names the subject of a whole question is no answer to it.
    parts = (
        (section, quoted_by_name(section, heard) and quoted(section, heard)) for section in open_sections(topic, heard)
    )
    section, text = next((part for part in parts if part[1]), (topic.sections[0], ""))
    return told(topic, section, text, heard, first=first) if text else None


def _admitted(topic: Topic, heard: Hearing, hearing: Hearing) -> Turn:
    """That we did not answer it and have nothing on it, with who knows."""
    head = Reply(ReplyKind.CLARIFY, topic.title.say(heard.lang), choices_of(topic, heard))
    said = with_contacts(heard.knowledge.texts["thread-left-unsaid"], reached(topic, heard), heard)
    events = (NotUnderstood(hearing.text, hearing.message_lang),)
    weak = hearing.conversation.weak + 1
    return thread_turn(hearing, topic, with_line(head, said), Outcome.CLARIFY, events=events, weak=weak)
