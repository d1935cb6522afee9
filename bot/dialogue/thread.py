"""What is said where a message goes on with the open topic and its whole answer would only be repeated."""

from dataclasses import replace
from typing import Any

from bot.conversation import Choice, NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.aspects import aspects_in
from bot.dialogue.bearing.answering import NEAR, TOLD
from bot.dialogue.calendar.offers import with_event
from bot.dialogue.commands import open_question, person_line
from bot.dialogue.compose import answer, find_consulate, gap_line, section_button, topic_button
from bot.dialogue.context import is_tied
from bot.dialogue.denied import apart
from bot.dialogue.directory.offers import with_consulate
from bot.dialogue.hearing import Hearing
from bot.dialogue.nearest import open_topic, ranked_sections, reached, with_contacts
from bot.dialogue.objections import WEAK_IN_A_ROW, answer_objection, person_button
from bot.dialogue.questions import asks, asks_when
from bot.dialogue.quoting import lacks, open_sections, quote_for_lack, quoted
from bot.dialogue.refuge import is_closed
from bot.dialogue.signals import place_alone
from bot.dialogue.understanding import CLARIFY, Understanding
from knowledge.frames import fold
from knowledge.schema.base import Words
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Aspect, Section, Topic

MOST_SECTIONS, MOST_TOPICS = 3, 2
"""Buttons where nothing fits: the nearest sections (nine times in ten the right one is among them), other topics."""
FEW_SECTIONS = 2
"""The same for who worries."""
THANKS = "thanks"
"""The small talk that answers thanks."""
SHORT = 8
"""Words of a message that nobody would send out of a thread."""
AND = frozenset({"y", "and"})
"""First words with which a fragment asks: "y mi esposa"."""


def go_on(hearing: Hearing) -> Turn | None:
    """The sentences that answer, or an honest word with what there is; None where a whole section is the answer."""
    understood = hearing.understood
    if not understood.goes_on:
        return None
    topic = hearing.knowledge.topics[understood.topics[0].topic]
    section = topic.section_or_first(understood.topics[0].section)
    if understood.bearing is Bearing.THANKS:
        return _welcome(hearing)
    if understood.bearing is Bearing.WORRIES:
        return _comfort(topic, hearing)
    if lacks(hearing.text, hearing.knowledge) and understood.bearing is not Bearing.TELLS:
        return _without_it(topic, section, hearing)
    if understood.bearing is Bearing.OBJECTS:
        return answer_objection(topic, section, hearing)
    if understood.fits and not understood.again:
        return None
    aspects = aspects_in(hearing.text, hearing.knowledge)
    if understood.fits and not understood.gap:
        if text := quoted(section, hearing):
            return _told(topic, section, text, hearing)
        if section.aspect in aspects:
            return None  # asked again
    return _aside(topic, understood, hearing)


def _welcome(hearing: Hearing) -> Turn:
    """Thanks in a sentence of their own are answered as a bare "gracias"."""
    thanks = next(talk for talk in hearing.knowledge.smalltalk if talk.id == THANKS)
    reply = Reply(ReplyKind.SMALLTALK, hearing.fill(thanks.reply.say(hearing.lang)))
    return hearing.turn(Outcome.SMALLTALK, reply, *open_question(hearing))


def _comfort(topic: Topic, hearing: Hearing) -> Turn:
    """A warm word for who worries, the next step of their matter, and who listens."""
    knowledge, lang = hearing.knowledge, hearing.lang
    text = f"{knowledge.texts['thread-worries'].say(lang)}\n\n➡ {hearing.fill(topic.do.say(lang))}"
    listening = [name for name in knowledge.follow_ups.feelings if not is_closed(name, hearing) and name != topic.id]
    choices = (
        *_sections(topic, hearing)[:FEW_SECTIONS],
        *(topic_button(knowledge.topics[name], knowledge, lang) for name in listening),
    )
    return hearing.turn(Outcome.SMALLTALK, Reply(ReplyKind.SMALLTALK, text, choices), *open_question(hearing))


def linger(hearing: Hearing) -> Turn | None:
    """A fragment of which nothing can be made is heard as part of the open topic: its date, a circumstance."""
    topic = hearing.knowledge.topics.get(open_topic(hearing) or "")
    if topic is None or is_closed(topic.id, hearing) or len(hearing.text.split()) > SHORT:
        return None
    understood = hearing.understood
    likely = understood.best >= CLARIFY or any(each.topic == topic.id for each in understood.topics)
    if _asks(hearing) and not likely and not is_tied(hearing.text, hearing.knowledge):
        return None  # a question about something else
    return _aside(topic, understood, hearing)


def _turn(hearing: Hearing, topic: Topic, reply: Reply, outcome: Outcome = Outcome.ANSWER, **changes: Any) -> Turn:
    answered = (topic.id,) if outcome is Outcome.ANSWER else ()
    return hearing.turn(outcome, reply, *open_question(hearing), answered=answered, topic=topic.id, **changes)


def _told(topic: Topic, section: Section, text: str | None, hearing: Hearing, first: str = "") -> Turn:
    """The answer of a section; with a text, only this of it is said."""
    part = section
    if text is not None:
        # What to do is said below, once.
        do = topic.do if section.do and text in section.do.say(hearing.lang) else section.do
        part = section.model_copy(update={"text": Words(es=text, en=text), "steps": (), "do": do})
    today = hearing.now.date()
    reply = answer(topic, part, hearing.conversation, hearing.knowledge, hearing.lang, today, first=first)
    if first:
        own = {each.id: section_button(topic, each, hearing.knowledge, hearing.lang) for each in topic.sections}
        near = (each for each in _sections(topic, hearing) if each != own[section.id])
        reply = replace(reply, choices=(*near, *(each for each in reply.choices if each not in own.values())))
    return _turn(hearing, topic, with_consulate(reply, topic, hearing), section=section.id)


def _without_it(topic: Topic, section: Section, hearing: Hearing) -> Turn | None:
    """The sentences for who lacks what it takes; else the section that speaks of it, else who knows."""
    if quote := quote_for_lack(topic, hearing):
        return _told(topic, quote.section, quote.text, hearing)
    if hearing.understood.fits and not hearing.understood.again:
        return None
    head = Reply(ReplyKind.ANSWER, topic.title.say(hearing.lang), _choices(topic, hearing))
    said = with_contacts(hearing.knowledge.texts["thread-lacks"], reached(topic, hearing), hearing)
    return _turn(hearing, topic, _with(head, said), section=section.id)


def _aside(topic: Topic, understood: Understanding, hearing: Hearing) -> Turn:
    """The nearest that the topic says, as that; else that we heard, or found nothing; who knows, and what there is."""
    head = Reply(ReplyKind.ANSWER, topic.title.say(hearing.lang), _choices(topic, hearing))
    if asks_when(hearing.text, hearing.knowledge):
        dated, found = with_event(head, topic, hearing)
        if found:
            return _turn(hearing, topic, dated, found=found)
    # What is put right is no question: the section was chosen without what it denies.
    put_right = bool(apart(hearing.text, hearing.knowledge)[1])
    asked = understood.gap or _asks(hearing) or (understood.bearing is Bearing.GOES_ON and not put_right)
    if not asked:
        return _heard(topic, understood, head, hearing)
    if understood.goes_on and understood.gap:
        return _unsure(topic, understood.aspect, head, hearing)
    nearest = _nearest(topic, hearing) if understood.goes_on else None
    return nearest or _unsure(topic, None, head, hearing)


def _nearest(topic: Topic, hearing: Hearing) -> Turn | None:
    """The section that may answer, with the word that it may not; of the one shown last only what speaks of it."""
    for rank, (name, likely) in enumerate(ranked_sections(topic, hearing)):
        section, near = topic.section_or_first(name), likely >= NEAR
        if rank and not near:
            break
        text = None if near and name != hearing.conversation.section else quoted(section, hearing)
        if text != "":
            return _told(topic, section, text, hearing, first=_may_not(topic, hearing))
    return None


def _may_not(topic: Topic, hearing: Hearing) -> str:
    """That this may not answer, and the first of those who know."""
    return with_contacts(hearing.knowledge.texts["thread-nearest"], reached(topic, hearing)[:1], hearing)


def _heard(topic: Topic, understood: Understanding, head: Reply, hearing: Hearing) -> Turn:
    """What the topic says of what was told; else where it is done, for a place; else the next step."""
    knowledge, lang = hearing.knowledge, hearing.lang
    if section := _of_told(topic, understood, hearing):
        reply = answer(topic, section, hearing.conversation, knowledge, lang, hearing.now.date())
        reply = _with(reply, knowledge.texts["if-not-meant"].say(lang))
        return _turn(hearing, topic, with_consulate(reply, topic, hearing), section=section.id)
    weak = hearing.conversation.weak + 1
    heard = knowledge.texts["thread-told" if weak == 1 else "thread-told-again"]
    name, likely = ranked_sections(topic, hearing)[0]
    do = (topic.section_or_first(name).do if likely >= NEAR else None) or topic.do
    line = f"{heard.say(lang)}\n\n➡ {hearing.fill(do.say(lang))}"
    reply = with_consulate(_with(head, line), topic, hearing)
    return _turn(hearing, topic, reply, Outcome.CLARIFY, weak=weak)


def _of_told(topic: Topic, understood: Understanding, hearing: Hearing) -> Section | None:
    """The section that takes up a fact that was told: "ya se perdió el papel", "estoy en Puebla"."""
    if understood.everyday is not None:
        return None
    meant, denied = apart(hearing.text, hearing.knowledge)
    if denied:
        wished = meant and understood.goes_on
        return topic.section_or_first(understood.topics[0].section) if wished else None
    left = [one for one in open_sections(topic, hearing) if one.id not in hearing.conversation.shown]
    if place_alone(hearing.text, hearing.knowledge):
        return next((one for one in left if one.aspect is Aspect.WHERE), None)
    name, likely = ranked_sections(topic, hearing)[0]
    return next((one for one in left if one.id == name and likely >= TOLD), None)


def _unsure(topic: Topic, gap: Aspect | None, head: Reply, hearing: Hearing) -> Turn:
    """That no section says it, where an aspect tells so; else that we found nothing; who knows, and what is nearest."""
    knowledge, lang, weak = hearing.knowledge, hearing.lang, hearing.conversation.weak + 1
    if gap is not None:
        line = gap_line(topic, gap, knowledge, lang, hearing.now.date())
    else:
        line = with_contacts(hearing.knowledge.texts["thread-unsure"], reached(topic, hearing), hearing)
    find = find_consulate(line, topic, hearing.conversation, knowledge, lang)
    choices = (*head.choices, *find)
    if weak >= WEAK_IN_A_ROW:
        line = f"{line}\n\n{person_line(hearing, asked=True)}"
        choices = (person_button(hearing), *choices)
    missed = (NotUnderstood(hearing.text, hearing.message_lang),)
    return _turn(hearing, topic, replace(_with(head, line), choices=choices), weak=weak, events=missed)


def _asks(hearing: Hearing) -> bool:
    """Whether it asks; so does what only goes on, in a thread: "y mi esposa", "and the kids"."""
    begins = fold(hearing.text).partition(" ")[0]
    return begins in AND or asks(hearing.text, hearing.knowledge) or is_tied(hearing.text, hearing.knowledge)


def _with(head: Reply, line: str) -> Reply:
    return replace(head, text=f"{head.text}\n\n{line}")


def _choices(topic: Topic, hearing: Hearing) -> tuple[Choice, ...]:
    """The nearest sections, and what else may be meant."""
    return (*_sections(topic, hearing), *_topics(topic, hearing.understood, hearing))


def _sections(topic: Topic, hearing: Hearing) -> list[Choice]:
    """The nearest sections that were not shown; where all were, the nearest."""
    near, shown = [name for name, _ in ranked_sections(topic, hearing)], hearing.conversation.shown
    left = [name for name in near if name not in shown] or near
    sections = [topic.section_or_first(name) for name in left[:MOST_SECTIONS]]
    return [section_button(topic, each, hearing.knowledge, hearing.lang) for each in sections]


def _topics(topic: Topic, understood: Understanding, hearing: Hearing) -> list[Choice]:
    """What else may be meant."""
    likely = [each.topic for each in understood.topics if each.score >= CLARIFY and each.topic != topic.id]
    offered = [name for name in likely if not is_closed(name, hearing)][:MOST_TOPICS]
    return [topic_button(hearing.knowledge.topics[name], hearing.knowledge, hearing.lang) for name in offered]
