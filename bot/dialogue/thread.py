"""What is said where a message goes on with the open topic and its whole answer would only be repeated."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.conversation import Choice, NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.aspects import aspects_in
from bot.dialogue.calendar.offers import with_event
from bot.dialogue.commands import open_question, person_line
from bot.dialogue.compose import answer, find_consulate, gap_line, section_button, topic_button
from bot.dialogue.context import is_tied, recent
from bot.dialogue.denied import apart
from bot.dialogue.directory.offers import with_consulate
from bot.dialogue.hearing import Hearing
from bot.dialogue.objections import WEAK_IN_A_ROW, answer_objection, person_button
from bot.dialogue.questions import asks, asks_when
from bot.dialogue.quoting import lacks, likely_section, open_sections, quote_for_lack, quote_of, quoted
from bot.dialogue.refuge import is_closed
from bot.dialogue.understanding import CLARIFY, Understanding
from knowledge.addresses import contact_names, put
from knowledge.frames import fold
from knowledge.schema.base import Words
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Aspect, Section, Topic

MOST_SECTIONS, MOST_TOPICS = 6, 2
"""Buttons where nothing fits: sections of the open topic, other topics."""
FEW_SECTIONS = 2
"""The same for who worries."""
THANKS = "thanks"
"""The small talk that answers thanks."""
SHORT = 8
"""Words of a message that nobody would send out of a thread."""
LIKELY = 0.5
"""Score of the open topic from which a section of it that was not quoted may answer."""
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
    state = hearing.conversation
    name = recent(state.having(heard=state.heard[:-1]), hearing.now).topic
    topic = hearing.knowledge.topics.get(name or "")
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


def _told(topic: Topic, section: Section, text: str, hearing: Hearing) -> Turn:
    """The answer of a section, of which only this is said."""
    # What to do is said below, once.
    do = topic.do if section.do and text in section.do.say(hearing.lang) else section.do
    part = section.model_copy(update={"text": Words(es=text, en=text), "steps": (), "do": do})
    reply = answer(topic, part, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date())
    return _turn(hearing, topic, with_consulate(reply, topic, hearing), section=section.id)


def _without_it(topic: Topic, section: Section, hearing: Hearing) -> Turn | None:
    """The sentences for who lacks what it takes; else the section that speaks of it, else who knows."""
    if quote := quote_for_lack(topic, hearing):
        return _told(topic, quote.section, quote.text, hearing)
    understood, knowledge, lang = hearing.understood, hearing.knowledge, hearing.lang
    if understood.fits and not understood.again:
        return None
    said = put(
        knowledge.texts["thread-lacks"].say(lang),
        {"contacts": contact_names(_reached(topic, hearing), knowledge, lang, hearing.now.date())},
    )
    head = Reply(
        ReplyKind.ANSWER, topic.title.say(lang), (*_sections(topic, hearing), *_topics(topic, understood, hearing))
    )
    return _turn(hearing, topic, _with(head, said), section=section.id)


def _aside(topic: Topic, understood: Understanding, hearing: Hearing) -> Turn:
    """What the topic says of it anywhere, else that we heard, or are not sure; and what there is."""
    knowledge, lang = hearing.knowledge, hearing.lang
    choices = (*_sections(topic, hearing), *_topics(topic, understood, hearing))
    head = Reply(ReplyKind.ANSWER, topic.title.say(lang), choices)
    if asks_when(hearing.text, knowledge):
        dated, found = with_event(head, topic, hearing)
        if found:
            return _turn(hearing, topic, dated, found=found)
    weak = hearing.conversation.weak + 1
    if not (_asks(hearing) or understood.gap):
        if of_told := _of_told(topic, understood, hearing):
            return of_told
        heard = knowledge.texts["thread-told" if weak == 1 else "thread-told-again"]
        return _turn(hearing, topic, _with(head, heard.say(lang)), Outcome.CLARIFY, weak=weak)
    gap = understood.aspect if understood.goes_on and understood.gap else None
    quote = None if gap else quote_of(topic, hearing)
    likely = likely_section(topic, hearing) if understood.goes_on and understood.best >= LIKELY and not gap else None
    if likely is not None and (quote is None or quote.section == likely):
        return _perhaps(topic, likely, hearing)
    if quote is not None:
        return _told(topic, quote.section, quote.text, hearing)
    return _unsure(topic, gap, head, hearing, weak)


def _of_told(topic: Topic, understood: Understanding, hearing: Hearing) -> Turn | None:
    """What the topic says of a fact that was told: "ya se perdió el papel"."""
    if understood.everyday is not None:
        return None
    meant, denied = apart(hearing.text, hearing.knowledge)
    if denied:
        # What is put right is a wish, and the section was chosen without what it denies.
        wished = topic.section_or_first(understood.topics[0].section) if meant and understood.goes_on else None
        return _perhaps(topic, wished, hearing) if wished else None
    likely = likely_section(topic, hearing) if understood.goes_on and understood.best >= LIKELY else None
    if likely is not None:
        return _perhaps(topic, likely, hearing)
    quote = quote_of(topic, hearing)
    return None if quote is None else _told(topic, quote.section, quote.text, hearing)


def _perhaps(topic: Topic, section: Section, hearing: Hearing) -> Turn:
    """A section that was not shown yet, and that something else may have been meant."""
    reply = answer(topic, section, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date())
    reply = _with(reply, hearing.knowledge.texts["if-not-meant"].say(hearing.lang))
    return _turn(hearing, topic, with_consulate(reply, topic, hearing), section=section.id)


def _unsure(topic: Topic, gap: Aspect | None, head: Reply, hearing: Hearing, weak: int) -> Turn:
    """That no section says it, where an aspect tells so; else that we may not have understood; and who knows."""
    knowledge, lang, today = hearing.knowledge, hearing.lang, hearing.now.date()
    if gap is not None:
        line = gap_line(topic, gap, knowledge, lang, today)
    else:
        ask = contact_names(_reached(topic, hearing), knowledge, lang, today)
        line = put(knowledge.texts["thread-unsure"].say(lang), {"contacts": ask})
    missed = (NotUnderstood(hearing.text, hearing.message_lang),)
    find = find_consulate(line, topic, hearing.conversation, knowledge, lang)
    if topic.who is not None:
        line = f"{topic.who.say(lang)}\n\n{line}"  # it may be all that was asked
    choices = (*head.choices, *find)
    if weak >= WEAK_IN_A_ROW:  # the same list twice helps nobody
        line = f"{line.removesuffix(_offer(gap, hearing))}\n\n{person_line(hearing, asked=True)}"
        choices = (person_button(hearing), *find)
    reply = replace(_with(head, line), choices=choices)
    return _turn(hearing, topic, reply, weak=weak, events=missed)


def _reached(topic: Topic, hearing: Hearing) -> Sequence[str]:
    """Those to ask who are reached from where the person is; all, where nobody is or they did not say."""
    where, contacts = {hearing.conversation.country, "*"}, hearing.knowledge.contacts
    return [name for name in topic.ask if where & set(contacts[name].works_from)] or topic.ask


def _offer(gap: Aspect | None, hearing: Hearing) -> str:
    """The sentence that leads to the buttons."""
    said = hearing.knowledge.texts["thread-unsure"].say(hearing.lang)
    return "" if gap is not None else said[said.index("}") + 1 :].lstrip(".")


def _asks(hearing: Hearing) -> bool:
    """Whether it asks; so does what only goes on, in a thread: "y mi esposa", "and the kids"."""
    begins = fold(hearing.text).partition(" ")[0]
    return begins in AND or asks(hearing.text, hearing.knowledge) or is_tied(hearing.text, hearing.knowledge)


def _with(head: Reply, line: str) -> Reply:
    return replace(head, text=f"{head.text}\n\n{line}")


def _sections(topic: Topic, hearing: Hearing) -> list[Choice]:
    """The sections that were not shown; all, where all were."""
    shown = hearing.conversation.shown
    left = [each for each in open_sections(topic, hearing) if each.id not in shown] or list(topic.sections)
    return [section_button(topic, each, hearing.knowledge, hearing.lang) for each in left[:MOST_SECTIONS]]


def _topics(topic: Topic, understood: Understanding, hearing: Hearing) -> list[Choice]:
    """What else may be meant."""
    likely = [each.topic for each in understood.topics if each.score >= CLARIFY and each.topic != topic.id]
    offered = [name for name in likely if not is_closed(name, hearing)][:MOST_TOPICS]
    return [topic_button(hearing.knowledge.topics[name], hearing.knowledge, hearing.lang) for name in offered]
