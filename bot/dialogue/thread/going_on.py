"""What is said where a message goes on with the open topic and its whole answer would only be repeated."""

from collections.abc import Sequence

from bot.conversation import Turn
from bot.dialogue.bearing.answering import FITS, NEAR
from bot.dialogue.calendar.offers import with_event
from bot.dialogue.excerpts.nearest import open_topic, ranked_sections, reached, with_contacts
from bot.dialogue.excerpts.quoting import (
    has_it,
    lacks,
    open_sections,
    quote_for_lack,
    quote_speaks,
    quoted,
    quoted_by_name,
    says_more,
    sentences_of,
)
from bot.dialogue.excerpts.replies import head_of, may_not, thread_turn, told
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import WHERE
from bot.dialogue.person.told import told_by
from bot.dialogue.ranking.context import is_tied
from bot.dialogue.ranking.denied import apart
from bot.dialogue.ranking.sections import ASKED_FOR
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.another_thing import of_another_thing, unspoken
from bot.dialogue.thread.conditions import answer_asked_condition, answer_condition
from bot.dialogue.thread.courtesy import COURTEOUS
from bot.dialogue.thread.kin import of_somebody_new
from bot.dialogue.thread.objections import answer_objection
from bot.dialogue.thread.other_topic import FOR_SOMEBODY, ask_for_other
from bot.dialogue.thread.own_words import OBJECTING, objection_in
from bot.dialogue.thread.papers import thing_lacked
from bot.dialogue.thread.second_need import answer_need_beside
from bot.dialogue.thread.stays import asks_of_that
from bot.dialogue.thread.telling import answer_fact, answer_told, only_happened, only_tells
from bot.dialogue.thread.unsaid import above, exhausted, lacking, meant_again, repeats, unsure
from bot.dialogue.understanding import CLARIFY, Understanding
from bot.dialogue.words.aspects import aspects_in, held_by, held_in
from bot.dialogue.words.questions import asks, asks_when
from knowledge.frames import fold
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Aspect, Section, Topic

SHORT = 8
"""Words of a message that nobody would send out of a thread."""
MOST_TOLD = 16
"""The same of one that asks nothing and is of no other matter."""
WITHOUT = frozenset({"sin", "without"})
"""Words with which it is asked whether it can be done without something."""
AND = frozenset({"y", "and"})
"""First words with which a fragment asks: "y mi esposa"."""


def go_on(hearing: Hearing) -> Turn | None:
    """The sentences that answer, or an honest word with what there is; None where a whole section is the answer.

    Never what was said last, unless the same was asked.
    """
    turn = _gone_on(hearing)
    if turn is None or not repeats(turn, hearing):
        return turn
    topic = hearing.knowledge.topics[hearing.understood.topics[0].topic]
    return exhausted(topic, topic.section_or_first(turn.conversation.section or ""), hearing)


def _gone_on(hearing: Hearing) -> Turn | None:
    understood = hearing.understood
    if not understood.goes_on:
        return None
    topic = hearing.knowledge.topics[understood.topics[0].topic]
    section = topic.section_or_first(understood.topics[0].section)
    if understood.bearing in COURTEOUS:
        worried = understood.bearing is Bearing.WORRIES
        first = hearing.knowledge.texts["thread-worries"].say(hearing.lang) if worried else ""
        return answer_need_beside(topic, hearing, first) or COURTEOUS[understood.bearing](topic, hearing)
    if _asks(hearing) and (somebody := of_somebody_new(topic, section, hearing)):
        return ask_for_other(topic, hearing, surely=True, gained=FOR_SOMEBODY) or somebody
    if understood.also is not None:
        return None  # two sections answer
    if lacks(hearing.text, hearing.knowledge) and understood.bearing is not Bearing.TELLS:
        return _without_it(topic, section, hearing)
    if understood.bearing is Bearing.OBJECTS and not _still_asks(hearing):
        return answer_fact(topic, hearing) or answer_objection(topic, section, hearing)
    if asked := _asked_beside(topic, section, hearing):
        return asked
    if other := answer_asked_condition(topic, hearing) or of_another_thing(topic, section, hearing):
        return other
    if other := _asked_without(topic, section, hearing):
        return other
    if understood.fits and not understood.again:
        return None
    if decided := _of_their_case(topic, hearing):
        return decided
    aspects = aspects_in(hearing.text, hearing.knowledge)
    if understood.fits and not understood.gap:
        if text := quoted(section, hearing):
            return told(topic, section, text, hearing)
        if section.aspect in aspects and section.id != hearing.conversation.section:
            return None  # asked again
    return _aside(topic, understood, hearing)


def linger(hearing: Hearing) -> Turn | None:
    """A fragment of which nothing can be made is heard as part of the open topic: its date, a circumstance."""
    topic = hearing.knowledge.topics.get(open_topic(hearing) or "")
    most = MOST_TOLD if only_tells(hearing) else SHORT
    if topic is None or is_closed(topic.id, hearing) or len(hearing.text.split()) > most:
        return None
    understood = hearing.understood
    likely = understood.best >= CLARIFY or any(each.topic == topic.id for each in understood.topics)
    if _asks(hearing) and not likely and not is_tied(hearing.text, hearing.knowledge):
        return None  # a question about something else
    return _of_their_case(topic, hearing) or _aside(topic, understood, hearing)


def _asked_beside(topic: Topic, section: Section, hearing: Hearing) -> Turn | None:
    """The section for what is asked, as a price, where what is told on the way led to one that does not say it."""
    asked = ASKED_FOR & set(aspects_in(hearing.text, hearing.knowledge))
    led = not hearing.understood.fits or section.aspect in ASKED_FOR
    if section.aspect in asked or not led or hearing.understood.bearing not in (Bearing.GOES_ON, Bearing.TELLS):
        return None
    last = hearing.conversation.section
    wide = next((one for one in open_sections(topic, hearing) if one.aspect in asked and one.id != last), None)
    return told(topic, wide, None, hearing) if wide is not None else None


def _of_their_case(topic: Topic, hearing: Hearing) -> Turn | None:
    """Where the one is whom it is about, or the sentences that decide what is told; a question asks something else."""
    if placed := _where_they_are(topic, hearing):
        return placed
    return None if aspects_in(hearing.text, hearing.knowledge) else answer_condition(topic, hearing)


def _without_it(topic: Topic, section: Section, hearing: Hearing) -> Turn | None:
    """The sentences for who lacks what it takes; else how one gets it, the section that speaks of it, who knows."""
    if decided := answer_condition(topic, hearing, numbers=False):
        return decided
    if quote := quote_for_lack(topic, hearing):
        return told(topic, quote.section, quote.text, hearing)
    if other := thing_lacked(topic, hearing):
        return other
    last = topic.section_or_first(hearing.conversation.section or "")
    required = any(one.aspect is Aspect.REQUIREMENTS for one in topic.sections)
    if required and section is not last and says_more(topic, last, section, hearing):
        return lacking(topic, last, hearing)  # what is lacked is asked for there
    if hearing.understood.fits and not hearing.understood.again:
        return None
    if other := ask_for_other(topic, hearing):
        return other
    return lacking(topic, section, hearing) if required else _aside(topic, hearing.understood, hearing)


def _asked_without(topic: Topic, section: Section, hearing: Hearing) -> Turn | None:
    """What is said to "can I without it": the sentences for that; else that we know none, before what there is."""
    knowledge, understood = hearing.knowledge, hearing.understood
    if WITHOUT.isdisjoint(fold(hearing.text).split()) or not (_asks(hearing) and understood.fits) or understood.gap:
        return None
    quote = quote_for_lack(topic, hearing)
    # What another section says to who lacks it is no answer where it speaks of nothing else that is asked.
    if quote is not None and (understood.again or quote.section is section or quote_speaks(quote, hearing)):
        return told(topic, quote.section, quote.text, hearing)
    thing = unspoken(topic, hearing)
    said = with_contacts(knowledge.texts["thread-unsaid"], reached(topic, hearing)[:1], hearing, thing=thing)
    if not understood.again:
        return told(topic, section, None, hearing, first=said) if thing else None
    return lacking(topic, section, hearing)


def _aside(topic: Topic, understood: Understanding, hearing: Hearing) -> Turn:
    """The nearest that the topic says, as that; else that we heard, or found nothing; who knows, and what there is."""
    head = head_of(topic, hearing)
    if asks_when(hearing.text, hearing.knowledge):
        dated, found = with_event(head, topic, hearing)
        if found:
            return thread_turn(hearing, topic, dated, found=found)
    # What is put right is no question: the section was chosen without what it denies. Nor is what is had already.
    if of_meant := meant_again(topic, hearing):
        return of_meant
    tells = bool(apart(hearing.text, hearing.knowledge)[1]) or has_it(hearing.text, hearing.knowledge)
    asked = understood.gap or _asks(hearing) or (understood.bearing is Bearing.GOES_ON and not tells)
    if not asked or only_happened(understood, hearing):
        return answer_told(topic, understood, head, hearing)
    if understood.goes_on and understood.gap:
        held = _held(topic, understood.aspect, hearing) or _chosen_holds(topic, hearing)
        return held or unsure(topic, understood.aspect, head, hearing)
    if of_that := _held(topic, next(iter(aspects_in(hearing.text, hearing.knowledge)), None), hearing):
        return of_that
    if understood.goes_on and understood.fits and understood.again:
        section = topic.section_or_first(understood.topics[0].section)
        return ask_for_other(topic, hearing, surely=True) or above(topic, section, hearing)
    last = topic.section_or_first(hearing.conversation.section or "")
    if _holds(topic, last, hearing):
        return above(topic, last, hearing)
    if other := ask_for_other(topic, hearing, surely=True):
        return other
    nearest = _nearest(topic, hearing) if understood.goes_on else None
    return nearest or _worded(topic, hearing) or ask_for_other(topic, hearing) or unsure(topic, None, head, hearing)


def _where_they_are(topic: Topic, hearing: Hearing) -> Turn | None:
    """The section for where the one is whom it is about, as soon as that is told to be elsewhere than who writes."""
    state, knowledge = hearing.conversation, hearing.knowledge
    home = told_by(state, hearing.text, knowledge).home
    if home in (None, state.country):
        return None
    theirs = (one for one in topic.sections if one.where is not None and one.where is WHERE.get(home or ""))
    section = next((one for one in theirs if one.id not in state.shown), None)
    if section is None:
        return None
    return told(topic, section, None, hearing, first=knowledge.texts["thread-where-they-are"].say(hearing.lang))


def _nearest(topic: Topic, hearing: Hearing) -> Turn | None:
    """The section that may answer, with the word that it may not; of the one shown last only what speaks of it."""
    asked, shown = aspects_in(hearing.text, hearing.knowledge), hearing.conversation.section
    for rank, (name, likely) in enumerate(_asked_first(topic, asked, hearing)):
        section = topic.section_or_first(name)
        near = likely >= NEAR or (section.aspect in asked and section.aspect in ASKED_FOR)
        if rank and not near:
            break
        if name == shown and near and likely >= NEAR:
            return above(topic, section, hearing)
        last = topic.section_or_first(shown or "")
        if name != shown and likely < FITS and says_more(topic, last, section, hearing):
            return above(topic, last, hearing)
        text = None if near and name != shown else quoted(section, hearing)
        if text != "":
            first = "" if section.aspect in asked else may_not(topic, hearing)
            return told(topic, section, text, hearing, first=first)
    return None


def _worded(topic: Topic, hearing: Hearing) -> Turn | None:
    """The sentences in which a word that was said stands: what we say of it is never denied."""
    last = hearing.conversation.section
    for section in sorted(open_sections(topic, hearing), key=lambda one: one.id != last):
        if text := quoted_by_name(section, hearing, besides=topic):
            return told(topic, section, text, hearing, first=may_not(topic, hearing))
    return None


def _held(topic: Topic, aspect: Aspect | None, hearing: Hearing) -> Turn | None:
    """The sentences that answer it for the open matter as a whole, in whatever section: "y eso dónde se arregla"."""
    if aspect is None or not asks_of_that(hearing.text, hearing.knowledge):
        return None
    for section in open_sections(topic, hearing):
        sentences = sentences_of(section, hearing.lang)
        if text := " ".join(one for one in sentences if aspect in held_by(one, hearing.knowledge)):
            return told(topic, section, text, hearing, first=may_not(topic, hearing))
    return None


def _chosen_holds(topic: Topic, hearing: Hearing) -> Turn | None:
    """The section that was chosen, where its text answers the aspect of which no section is: nothing is denied then."""
    best, aspect = hearing.understood.topics[0].section, hearing.understood.aspect
    if aspect not in held_in(topic.id, hearing.knowledge)[best] or best == hearing.conversation.section:
        return None
    return told(topic, topic.section_or_first(best), None, hearing, first=may_not(topic, hearing))


def _holds(topic: Topic, shown: Section, hearing: Hearing) -> bool:
    """Whether the text just given answers the aspect that is asked for, and no section is of that aspect."""
    asked = ASKED_FOR & set(aspects_in(hearing.text, hearing.knowledge))
    held = asked & held_in(topic.id, hearing.knowledge)[shown.id]
    return bool(held) and asked.isdisjoint(one.aspect for one in topic.sections)


def _asked_first(topic: Topic, asked: Sequence[Aspect], hearing: Hearing) -> Sequence[tuple[str, float]]:
    """The sections by likelihood, before them those of the aspect that was asked for."""
    of_it = {one.id for one in topic.sections if one.aspect in asked and one.aspect in ASKED_FOR}
    return sorted(ranked_sections(topic, hearing), key=lambda each: each[0] not in of_it)


def _still_asks(hearing: Hearing) -> bool:
    """Whether a question, or what is done, only sounds like an objection: "the time is over, where do I complain"."""
    text, knowledge = hearing.text, hearing.knowledge
    asked = aspects_in(text, knowledge) and asks(text, knowledge)
    return bool(asked or has_it(text, knowledge)) and objection_in(text, knowledge) < OBJECTING


def _asks(hearing: Hearing) -> bool:
    """Whether it asks; so does what only goes on, in a thread: "y mi esposa", "and the kids"."""
    begins = fold(hearing.text).partition(" ")[0]
    return begins in AND or asks(hearing.text, hearing.knowledge) or is_tied(hearing.text, hearing.knowledge)
