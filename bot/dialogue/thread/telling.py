"""What is said to a fact that is told in a thread: what our texts say of it, where it is done, the next step."""

from dataclasses import replace

from bot.conversation import Outcome, Reply, Turn
from bot.dialogue.bearing.answering import FITS, NEAR, TOLD
from bot.dialogue.compose import answer, find_consulate
from bot.dialogue.danger.where import puts_right
from bot.dialogue.directory.offers import place_told, with_consulate
from bot.dialogue.excerpts.nearest import ranked_sections, reached, with_contacts
from bot.dialogue.excerpts.quoting import has_it, open_sections, quote_for_lack, quoted, quoted_by_name
from bot.dialogue.excerpts.replies import may_not, thread_turn, told, with_line
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import place_alone
from bot.dialogue.ranking.denied import apart
from bot.dialogue.thread.conditions import answer_condition, untold
from bot.dialogue.thread.own_words import OBJECTING, objection_in
from bot.dialogue.understanding import Understanding, by_itself
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import asks
from knowledge.addresses import put
from knowledge.frames import fold
from knowledge.schema.topics import Aspect, Section, Topic

AND = frozenset({"y", "and"})
"""First words with which a fragment asks."""
FRAGMENT = 4
"""Words of a fragment, at most."""


def only_tells(hearing: Hearing) -> bool:
    """Whether a message in a thread asks nothing, and is by itself of no other matter: a menu is no answer to it."""
    understood, text, knowledge = hearing.understood, hearing.text, hearing.knowledge
    if understood.bearing is None or understood.turned or asks(text, knowledge) or aspects_in(text, knowledge):
        return False
    # What somebody has, or puts right, is not what they ask for.
    aside = has_it(text, knowledge) or bool(apart(text, knowledge)[1])
    return aside or not by_itself(text, knowledge).clear


def only_happened(understood: Understanding, hearing: Hearing) -> bool:
    """Whether the word of an aspect tells what happened, "ya se venció", and nothing is asked."""
    asked = fold(hearing.text).partition(" ")[0] in AND or asks(hearing.text, hearing.knowledge)
    return understood.gap and understood.aspect is Aspect.VALIDITY and not asked


def answer_told(topic: Topic, understood: Understanding, head: Reply, hearing: Hearing) -> Turn:
    """What the topic says of what was told; else where it is done, for a place; else the next step."""
    knowledge, lang = hearing.knowledge, hearing.lang
    if section := _of_told(topic, understood, hearing):
        told_here = hearing.conversation, knowledge, lang, hearing.now.date()
        reply = answer(topic, section, *told_here, in_thread=True)
        reply = with_line(reply, knowledge.texts["if-not-meant"].say(lang))
        return thread_turn(hearing, topic, with_consulate(reply, topic, hearing), section=section.id)
    if of_it := _noted(topic, hearing):
        return of_it
    if section := _of_fragment(topic, hearing):
        return told(topic, section, None, hearing, first=may_not(topic, hearing))
    if placed := _placed(topic, head, hearing):
        return placed
    weak = hearing.conversation.weak + 1
    heard = _heard(topic, weak, hearing)
    name, likely = ranked_sections(topic, hearing)[0]
    do = (topic.section_or_first(name).do if likely >= FITS else None) or topic.do
    line = f"{heard}\n\n➡ {hearing.fill(do.say(lang))}"
    reply = with_consulate(with_line(head, line), topic, hearing)
    return thread_turn(hearing, topic, reply, Outcome.CLARIFY, weak=weak)


def answer_fact(topic: Topic, hearing: Hearing) -> Turn | None:
    """What the texts say of a fact that puts something right and is no complaint: "no soy casado"."""
    understood = hearing.understood
    taken_up = understood.fits and not understood.again and not understood.gap
    if taken_up or objection_in(hearing.text, hearing.knowledge) >= OBJECTING:
        return None
    return answer_condition(topic, hearing) or _noted(topic, hearing)


def _heard(topic: Topic, weak: int, hearing: Hearing) -> str:
    """What is said before the step: thanks where something is done, else that nothing is known of it, and who knows."""
    if weak > 1:
        return hearing.knowledge.texts["thread-told-again"].say(hearing.lang)
    if has_it(hearing.text, hearing.knowledge):
        return hearing.knowledge.texts["thread-told"].say(hearing.lang)
    about = untold(hearing)
    said = hearing.knowledge.texts["thread-undecided" if about else "thread-unmoved"]
    return with_contacts(said, reached(topic, hearing)[:1], hearing, about=about)


def _noted(topic: Topic, hearing: Hearing) -> Turn | None:
    """What the texts say of what was told: that what is denied is not needed, that it is done, or anything."""
    knowledge, lang = hearing.knowledge, hearing.lang
    if denied := apart(hearing.text, knowledge)[1]:
        # Where somebody is not is nothing that they lack.
        placed = puts_right(hearing.text, knowledge)
        quote = None if placed else quote_for_lack(topic, replace(hearing, text=denied))
        thanks = knowledge.texts["thread-noted"].say(lang)
        return told(topic, quote.section, quote.text, hearing, first=thanks) if quote else None
    done = has_it(hearing.text, knowledge)
    read = quoted_by_name if done else quoted
    first = knowledge.texts["thread-has" if done else "thread-noted"].say(lang)
    names = hearing.conversation.shown if done else reversed(hearing.conversation.shown)
    sections = (topic.section_or_first(name) for name in names)
    found = ((section, text) for section in sections if (text := read(section, hearing)))
    section, text = next(found, (None, ""))
    return told(topic, section, text, hearing, first=first) if section else None


def _placed(topic: Topic, head: Reply, hearing: Hearing) -> Turn | None:
    """That we heard where it is, the step, and the consulate of the place where the step is done at one."""
    told_place = place_told(hearing)
    if told_place is None:
        return None
    knowledge, lang, (place, near) = hearing.knowledge, hearing.lang, told_place
    do = topic.do.say(lang)
    line = f"{put(knowledge.texts['thread-placed'].say(lang), {'place': place})}\n\n➡ {hearing.fill(do)}"
    find = find_consulate(do, topic, hearing.conversation, knowledge, lang)
    reply = replace(with_line(head, line), choices=(*(near if find else ()), *head.choices))
    return thread_turn(hearing, topic, reply, Outcome.CLARIFY)


def _of_told(topic: Topic, understood: Understanding, hearing: Hearing) -> Section | None:
    """The section that takes up a fact that was told: "ya se perdió el papel", "estoy en Puebla"."""
    if understood.everyday is not None:
        return None
    meant, denied = apart(hearing.text, hearing.knowledge)
    if denied:
        wished = meant and understood.goes_on and not understood.again and understood.fits
        return topic.section_or_first(understood.topics[0].section) if wished else None
    left = [one for one in open_sections(topic, hearing) if one.id not in hearing.conversation.shown]
    if place_alone(hearing.text, hearing.knowledge):
        return next((one for one in left if one.aspect is Aspect.WHERE), None)
    name, likely = ranked_sections(topic, hearing)[0]
    return next((one for one in left if one.id == name and likely >= TOLD), None)


def _of_fragment(topic: Topic, hearing: Hearing) -> Section | None:
    """The section nearest to a fragment that is a question's answer or its rest: "en la escuela", "for my son"."""
    words = spell_out(hearing.text, hearing.knowledge.spelling).split()
    if not words or len(words) > FRAGMENT or words[0] not in hearing.knowledge.follow_ups.fragment:
        return None
    name, likely = ranked_sections(topic, hearing)[0]
    new = likely >= NEAR and name not in hearing.conversation.shown
    return topic.section_or_first(name) if new else None
