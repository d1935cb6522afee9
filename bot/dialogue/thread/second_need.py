"""A second paper or need that a message names beside the one that is answered: it is offered first, never dropped."""

import re
from dataclasses import replace

from bot.conversation import Turn
from bot.dialogue.excerpts.replies import told
from bot.dialogue.hearing import Hearing
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.other_topic import button_of
from bot.dialogue.understanding import EACH, by_itself
from bot.dialogue.words.ends import ends_of
from bot.dialogue.words.questions import asks
from knowledge.schema.topics import Topic

_BESIDE = re.compile(
    r"\b(?:tampoco|ni)(?: (?:me|nos))? (?:tengo|traigo|tenemos|pagaron|dieron|han dado) ([^,.;:?!]+)"
    r"|\b(?:tambi[eé]n|adem[aá]s|aparte)(?: (?:yo|me|nos))? "
    r"(?:quiero|queremos|necesito|necesitamos|ocupo|ocupamos|falta|urge|deben) ([^,.;:?!]+)"
    r"|\b(?:i|we) (?:also|dont even|don't even) (?:need|want|have) ([^,.;:?!]+)"
    r"|\b(?:i|we) (?:need|want) ([^,.;:?!]+?) (?:too|as well)\b",
    re.IGNORECASE,
)
"""What else is needed, behind the words that say so."""

NAME = 3
"""Words that are no more than a name: all of its topic is meant."""


def with_second_need(turn: Turn, hearing: Hearing) -> Turn:
    """The same turn with the other need's topic as the first button and a line that says so."""
    found = _BESIDE.search(hearing.text)
    if found is None or hearing.understood.also is not None or hearing.conversation.flow is not None:
        return turn
    words = next(filter(None, found.groups()))
    needed = by_itself(words, hearing.knowledge)
    best = next(iter(needed.topics), None)
    if best is None or not needed.clear or best.score < EACH or best.topic in turn.reading.answered:
        return turn
    if is_closed(best.topic, hearing):
        return turn
    first = replace(best, section="") if len(words.split()) <= NAME else best
    button, said = button_of(first, hearing), hearing.knowledge.texts["second-need"].say(hearing.lang)
    *before, last = turn.replies
    others = tuple(one for one in last.choices if one.payload != button.payload)
    last = replace(last, text=f"{last.text}\n\n{said}", choices=(button, *others))
    return replace(turn, conversation=turn.conversation.having(offered=last.choices), replies=(*before, last))


def answer_need_beside(topic: Topic, hearing: Hearing, first: str) -> Turn | None:
    """The answer to what is asked behind thanks or a worry, where that is clearly of another topic; behind `first`."""
    knowledge = hearing.knowledge
    for _, part in ends_of(hearing.text):
        alone = by_itself(part, knowledge)
        best = next(iter(alone.topics), None)
        if best is None or not (asks(part, knowledge) and alone.clear and best.score >= EACH):
            continue
        if best.topic != topic.id and not is_closed(best.topic, hearing):
            other = knowledge.topics[best.topic]
            return told(other, other.section_or_first(best.section), None, hearing, first=first)
    return None
