"""What is said to "no, that is not it", "I know", "I have none of that", "are you sure": never the same text again."""

from bot.conversation import CaseNeeded, Choice, Event, NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.commands import open_question, person_line
from bot.dialogue.compose import answer, section_button, topic_button
from bot.dialogue.directory.offers import with_consulate
from bot.dialogue.hearing import Hearing
from bot.dialogue.model_cache import ranker_of
from bot.dialogue.payload import make
from bot.dialogue.refuge import is_closed
from bot.texts import say
from knowledge.addresses import contact_names, put
from knowledge.citing import source_names
from knowledge.schema.base import Level
from knowledge.schema.topics import Everyday, Section, Topic

LIKELY = 0.05
"""Likelihood from which another topic may be what the last question meant."""
MOST_TOPICS, MOST_SECTIONS = 2, 4
"""Buttons: other topics that the last question may mean, sections of the open one."""
WEAK_IN_A_ROW = 2
"""Times in a row after which a person is offered in place of more buttons."""


def answer_objection(topic: Topic, section: Section, hearing: Hearing) -> Turn:
    """The section for who lacks what it takes, where one speaks of that; else what else was meant, or who knows."""
    understood = hearing.understood
    if understood.everyday is Everyday.DOUBT:
        return _doubted(topic, hearing)
    if understood.fits and not understood.again and not understood.gap:
        reply = answer(topic, section, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date())
        reply = with_consulate(reply, topic, hearing)
        return hearing.turn(
            Outcome.ANSWER, reply, *open_question(hearing), answered=(topic.id,), topic=topic.id, section=section.id
        )
    weak = hearing.conversation.weak + 1
    missed = (NotUnderstood(hearing.text, hearing.message_lang),)
    if weak >= WEAK_IN_A_ROW:
        said = put(
            hearing.knowledge.texts["thread-objected-again"].say(hearing.lang), {"contacts": _who_knows(topic, hearing)}
        )
        said = f"{said}\n\n{person_line(hearing, asked=True)}"
        needed = CaseNeeded(reason="weak_answers", level=Level.PRIORITY)
        return _turn(topic, said, (person_button(hearing),), hearing, events=(*missed, needed), weak=weak)
    said = put(hearing.knowledge.texts["thread-objected"].say(hearing.lang), {"contacts": _who_knows(topic, hearing)})
    return _turn(topic, said, (*_other_topics(topic, hearing), *_sections(topic, hearing)), hearing, missed, weak)


def person_button(hearing: Hearing) -> Choice:
    """The button that asks for a person."""
    return Choice(label=say("button.person", hearing.lang), payload=make("c", "person"))


def _doubted(topic: Topic, hearing: Hearing) -> Turn:
    """Where it comes from, and whom to ask."""
    shown = topic.section_or_first(hearing.conversation.section or "")
    names = source_names(shown.sources, hearing.knowledge, hearing.lang).partition(": ")[2] or topic.title.say(
        hearing.lang
    )
    said = put(
        hearing.knowledge.texts["thread-doubted"].say(hearing.lang),
        {"sources": names, "contacts": _who_knows(topic, hearing)},
    )
    return _turn(
        topic, said, (person_button(hearing), *_sections(topic, hearing)), hearing, (), hearing.conversation.weak
    )


def _turn(
    topic: Topic, said: str, choices: tuple[Choice, ...], hearing: Hearing, events: tuple[Event, ...], weak: int
) -> Turn:
    reply = Reply(ReplyKind.CLARIFY, hearing.fill(said), choices)
    return hearing.turn(Outcome.CLARIFY, reply, *open_question(hearing), events=events, topic=topic.id, weak=weak)


def _who_knows(topic: Topic, hearing: Hearing) -> str:
    return contact_names(topic.ask, hearing.knowledge, hearing.lang, hearing.now.date())


def _other_topics(topic: Topic, hearing: Hearing) -> list[Choice]:
    """What the question before may have meant besides the open topic."""
    knowledge, heard = hearing.knowledge, hearing.conversation.heard[:-1]
    if not heard:
        return []
    ranker = ranker_of(knowledge)
    by_topic = ranker.by_topic(ranker.likelihoods(ranker.point(heard[-1].text)))
    likely = [ranker.topics[n] for n in (-by_topic).argsort()[: MOST_TOPICS + 1].tolist() if by_topic[n] >= LIKELY]
    meant = [name for name in likely if name != topic.id and not is_closed(name, hearing)][:MOST_TOPICS]
    return [topic_button(knowledge.topics[name], knowledge, hearing.lang) for name in meant]


def _sections(topic: Topic, hearing: Hearing) -> list[Choice]:
    """The sections of the open topic that were not shown."""
    left = [each for each in topic.sections if each.id not in hearing.conversation.shown]
    return [section_button(topic, each, hearing.knowledge, hearing.lang) for each in left[:MOST_SECTIONS]]
