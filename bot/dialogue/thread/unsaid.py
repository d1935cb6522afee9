"""What is said where a thread has no more to say: that what was said speaks of it, or that nothing does; who knows."""

from dataclasses import replace

from bot.conversation import NotUnderstood, Reply, Turn
from bot.dialogue.bearing.answering import MAYBE, TOLD
from bot.dialogue.commands import person_line
from bot.dialogue.compose import find_consulate, gap_line
from bot.dialogue.danger.where import puts_right
from bot.dialogue.excerpts.nearest import ranked_sections, reached, with_contacts
from bot.dialogue.excerpts.quoting import faintly_quoted, quoted_by_word, speaks_of_it
from bot.dialogue.excerpts.replies import head_of, thread_turn, told, with_line
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.denied import apart
from bot.dialogue.thread.another_thing import unspoken
from bot.dialogue.thread.complaints import rejects
from bot.dialogue.thread.conditions import decision_on, untold
from bot.dialogue.thread.objections import WEAK_IN_A_ROW, person_button
from bot.dialogue.thread.other_topic import ask_for_other, is_far
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.phrasing import spell_out
from knowledge.schema.topics import Aspect, Section, Topic


def above(topic: Topic, section: Section, hearing: Hearing) -> Turn:
    """What a section that was shown says of it, where that answers it: what was said is never denied."""
    knowledge = hearing.knowledge
    asked = aspects_in(hearing.text, knowledge)
    if not asked and (thing := unspoken(topic, hearing)):
        return _not_of(thing, topic, hearing)
    decides = not asked and speaks_of_it(topic, section, hearing)
    decision = _decided_before(topic, section, hearing) if decides else ""
    if text := decision or quoted_by_word(topic, section, hearing):
        return told(topic, section, text, hearing, first=knowledge.texts["thread-above"].say(hearing.lang))
    likely = dict(ranked_sections(topic, hearing)).get(section.id, 0.0)
    # Less of what was turned down is no answer, nor is a sentence that says nothing of what was said.
    far = likely < TOLD or rejects(hearing.text, knowledge) or is_far(topic, hearing)
    if not far and (text := faintly_quoted(section, hearing)):
        return told(topic, section, text, hearing, first=knowledge.texts["thread-above"].say(hearing.lang))
    return exhausted(topic, section, hearing)


def meant_again(topic: Topic, hearing: Hearing) -> Turn | None:
    """The same, read without what is denied, where the section for what is meant was shown: "not donees, subsidies"."""
    understood, (meant, denied) = hearing.understood, apart(hearing.text, hearing.knowledge)
    shown = understood.goes_on and understood.fits and understood.again and not understood.gap
    if not (shown and meant and denied) or puts_right(hearing.text, hearing.knowledge):
        return None
    return above(topic, topic.section_or_first(understood.topics[0].section), replace(hearing, text=meant))


def exhausted(topic: Topic, section: Section, hearing: Hearing) -> Turn:
    """That there is no more than what was said; another topic that may be meant; who knows."""
    knowledge = hearing.knowledge
    head = head_of(topic, hearing)
    if other := ask_for_other(topic, hearing):
        return other
    if hearing.conversation.weak:
        return unsure(topic, None, head, hearing)  # the same is not said twice in a row
    said = knowledge.texts["thread-far"] if is_far(topic, hearing) else knowledge.texts["thread-above-only"]
    line = with_contacts(said, reached(topic, hearing), hearing)
    find = find_consulate(line, topic, hearing.conversation, knowledge, hearing.lang)
    reply = replace(with_line(head, line), choices=(*head.choices, *find))
    return thread_turn(hearing, topic, reply, section=section.id, weak=1)


def repeats(turn: Turn, hearing: Hearing) -> bool:
    """Whether a turn says to the word what was said last, and the person did not."""
    said, spelling = [one.text for one in hearing.conversation.heard[-2:]], hearing.knowledge.spelling
    asked_again = len({spell_out(text, spelling) for text in said}) < len(said)
    return turn.conversation.said == hearing.conversation.said and not asked_again


def lacking(topic: Topic, section: Section, hearing: Hearing) -> Turn:
    """That no source says what to do without it, and who knows."""
    said = with_contacts(hearing.knowledge.texts["thread-lacks"], reached(topic, hearing), hearing)
    head = head_of(topic, hearing)
    return thread_turn(hearing, topic, with_line(head, said), section=section.id)


def _not_of(thing: str, topic: Topic, hearing: Hearing) -> Turn:
    """That nothing of ours speaks of a thing, by its name; who knows, and what there is."""
    line = with_contacts(hearing.knowledge.texts["thread-unsaid"], reached(topic, hearing), hearing, thing=thing)
    reply = head_of(topic, hearing)
    events = (NotUnderstood(hearing.text, hearing.message_lang),)
    return thread_turn(hearing, topic, with_line(reply, line), events=events, weak=hearing.conversation.weak + 1)


def _decided_before(topic: Topic, section: Section, hearing: Hearing) -> str:
    """The sentences of the section that speak to who somebody is, by all that was told of them lately."""
    said = ". ".join(one.text for one in hearing.conversation.heard)
    decision = decision_on(said, topic, (section,), hearing, numbers=False)
    return decision.text if decision is not None else ""


def unsure(topic: Topic, gap: Aspect | None, head: Reply, hearing: Hearing) -> Turn:
    """That no section says it, where an aspect tells so; else those that may; else that we found nothing; who knows."""
    knowledge, lang, weak = hearing.knowledge, hearing.lang, hearing.conversation.weak + 1
    events, thing = (NotUnderstood(hearing.text, hearing.message_lang),), ""
    if gap is not None:
        line = gap_line(topic, gap, reached(topic, hearing), knowledge, lang, hearing.now.date())
    else:
        name, likely = ranked_sections(topic, hearing)[0]
        new = name != hearing.conversation.section and weak == 1
        may = likely >= MAYBE and new and hearing.understood.goes_on
        if may:
            said = knowledge.texts["thread-which"]
        elif untold(hearing) and weak == 1:
            said = knowledge.texts["thread-undecided"]
        elif thing := unspoken(topic, hearing):
            said = knowledge.texts["thread-unsaid"]
        elif weak == 1 and is_far(topic, hearing):
            said = knowledge.texts["thread-far"]
        else:  # in turn: no text is said twice in a row
            said = knowledge.texts["thread-unsure" if weak % WEAK_IN_A_ROW else "thread-unsure-again"]
        line = with_contacts(said, reached(topic, hearing), hearing, about=untold(hearing), thing=thing)
    find = find_consulate(line, topic, hearing.conversation, knowledge, lang)
    choices = (*head.choices, *find)
    if weak >= WEAK_IN_A_ROW:
        choices = (*choices, person_button(hearing))
        if hearing.conversation.desk.on_duty:
            line = f"{line}\n\n{person_line(hearing, asked=True)}"
    return thread_turn(hearing, topic, replace(with_line(head, line), choices=choices), weak=weak, events=events)
