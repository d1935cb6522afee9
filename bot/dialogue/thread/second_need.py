"""A second need or question in a message beside the one that is answered: offered first, or answered; never dropped."""

import re
from dataclasses import replace

from bot.conversation import TopicScore, Turn
from bot.dialogue.bearing.answering import NEAR
from bot.dialogue.bearing.situations import choose_in_thread
from bot.dialogue.excerpts.nearest import reached, with_contacts
from bot.dialogue.excerpts.quoting import lacks, quoted, quoted_by_word
from bot.dialogue.excerpts.replies import told
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.context import named_in
from bot.dialogue.ranking.sections import Chosen
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.conditions import circumstances_in
from bot.dialogue.thread.other_topic import button_of
from bot.dialogue.understanding import EACH, Understanding, by_itself
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.beyond import beyond
from bot.dialogue.words.ends import ends_of, parts_of
from bot.dialogue.words.questions import asks, questions_in
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Topic

_BESIDE = re.compile(
    r"\b(?:tampoco|ni)(?: (?:me|nos))? (?:tengo|traigo|tenemos|pagaron|dieron|han dado) ([^,.;:?!]+)"
    r"|\b(?:tambi[eé]n|adem[aá]s|aparte)(?: (?:yo|me|nos))? "
    r"(?:quiero|queremos|necesito|necesitamos|ocupo|ocupamos|falta|urge|deben) ([^,.;:?!]+)"
    r"|\b(?:tambi[eé]n|adem[aá]s|also) ((?:mi|mis|se me|se nos|ya se|my|our) [^,.;:?!]+)"
    r"|\b(?:i|we) (?:also|dont even|don't even) (?:need|want|have) ([^,.;:?!]+)"
    r"|\b(?:i|we) (?:need|want) ([^,.;:?!]+?) (?:too|as well)\b",
    re.IGNORECASE,
)
"""What else is needed, behind the words that say so."""

SURELY = 0.7
"""Likelihood of a part by itself from which it asks for a paper of ours, named or not."""
LIKELY = 0.25
"""Likelihood of a paper from which its topic is offered: who tells of one that is lost or expired needs it."""
NAME = 3
"""Words that are no more than a name: all of its topic is meant."""
AND = frozenset({"y", "e", "and"})
"""What joins two questions."""
BRIEF, TWO = 10, 2
"""Words up to which a part of a message is a question, and no story ("y que …")."""


def with_ours(found: Understanding, text: str, knowledge: Knowledge) -> Understanding:
    """The same, or the paper of ours that a part of the message asks for by name, beside what is not ours."""
    parts = [(part, beyond(part, knowledge)) for part in parts_of(text)]
    if found.clear or found.from_context or all(subject is None for _, subject in parts):
        return found
    asked = [part for part, subject in parts if subject is None and asks(part, knowledge)]
    for alone, part in ((by_itself(part, knowledge), part) for part in asked):
        named = named_in(part, ranker_of(knowledge), knowledge) & {*knowledge.follow_ups.gives}
        # A name of two of them, `la ine`, names neither.
        ours = named if alone.best < SURELY else {*knowledge.follow_ups.gives}
        if alone.clear and alone.best >= EACH and alone.topics[0].topic in ours:
            return alone
    return found


def with_second_need(turn: Turn, hearing: Hearing) -> Turn:
    """The same turn with the other need's topic as the first button and a line that says so."""
    found = _BESIDE.search(hearing.text)
    if found is None or hearing.understood.also is not None or hearing.conversation.flow is not None:
        return turn
    words = next(filter(None, found.groups()))
    return _offered(words, turn, hearing) or turn


def answer_before_need(hearing: Hearing) -> Turn | None:
    """What is asked of the open topic before the words of another need, where those alone led elsewhere."""
    found, state, knowledge = _BESIDE.search(hearing.text), hearing.conversation, hearing.knowledge
    topic = knowledge.topics.get(state.topic or "")
    if found is None or topic is None or hearing.understood.goes_on or is_closed(topic.id, hearing):
        return None
    before = replace(hearing, text=hearing.text[: found.start()])
    best = choose_in_thread(topic, before.text, state, knowledge)
    if not aspects_in(before.text, knowledge) or not _fits(best):
        return None
    turn = told(topic, topic.section_or_first(best.section), None, before)
    return _offered(next(filter(None, found.groups())), turn, hearing)


def _offered(words: str, turn: Turn, hearing: Hearing) -> Turn | None:
    """The same turn with the button first of what these words surely need."""
    best = _needed(words, hearing)
    if best is None or best.topic in turn.reading.answered or best.topic == turn.conversation.topic:
        return None
    if is_closed(best.topic, hearing):
        return None
    first = replace(best, section="") if len(words.split()) <= NAME else best
    button, said = button_of(first, hearing), hearing.knowledge.texts["second-need"].say(hearing.lang)
    *_, last = turn.replies
    others = tuple(one for one in last.choices if one.payload != button.payload)
    turn = _with_line(said, turn)
    last = replace(turn.replies[-1], choices=(button, *others))
    return replace(
        turn,
        conversation=turn.conversation.having(offered=last.choices),
        replies=(*turn.replies[:-1], last),
    )


def _needed(words: str, hearing: Hearing) -> TopicScore | None:
    """The topic that words surely need; of a paper that is told of, the one that gives it."""
    needed, gives = by_itself(words, hearing.knowledge), hearing.knowledge.follow_ups.gives
    best = next(iter(needed.topics), None)
    if best is not None and needed.clear and best.score >= EACH:
        return best
    papers = (one for one in needed.topics if one.topic in gives and one.score >= LIKELY)
    return next(papers, None) if circumstances_in(words, hearing.knowledge) or lacks(words, hearing.knowledge) else None


def answer_one_of_two(hearing: Hearing) -> Turn | None:
    """Of two questions on the open topic the one that a section answers, and what there is on the other."""
    understood, knowledge = hearing.understood, hearing.knowledge
    parts = questions_in(hearing.text, knowledge)
    brief = len(parts) == TWO and all(len(one.split()) <= BRIEF for one in parts)
    # What the whole sounds like, where it is unsure, may be one of the two alone.
    goes_on = understood.bearing is Bearing.GOES_ON or (understood.bearing is Bearing.OTHER and not understood.clear)
    state = hearing.conversation
    topic = knowledge.topics.get(understood.topics[0].topic if understood.goes_on else state.topic or "")
    if topic is None or not brief or not goes_on or understood.also is not None:
        return None
    read = [(part, choose_in_thread(topic, part, state, knowledge)) for part in parts]
    fitting = sorted((one for one in read if _fits(one[1])), key=lambda one: one[1].section in state.shown)
    apart = len({one.section for _, one in read}) == TWO or any(not _fits(one) and one.none >= NEAR for _, one in read)
    if not fitting or not apart or is_closed(topic.id, hearing):
        return None
    part, best = fitting[0]
    (other, left), heard = next(one for one in read if one[1] is not best), replace(hearing, text=part)
    section = topic.section_or_first(best.section)
    turn = told(topic, section, (quoted(section, heard) or None) if section.id in state.shown else None, heard)
    return _with_other(other, left, turn, topic, hearing)


def _fits(chosen: Chosen) -> bool:
    return chosen.fits and not chosen.gap


def _with_other(other: str, left: Chosen, turn: Turn, topic: Topic, hearing: Hearing) -> Turn:
    """The same turn with the sentences on the other question; else with its topic's button, or that we have none."""
    heard, section = replace(hearing, text=other), topic.section_or_first(left.section)
    if _fits(left):
        return _with_line(quoted_by_word(topic, section, heard), turn)
    if offered := _offered(other, turn, hearing):
        return offered
    likely = dict(left.ranked).get(section.id, 0.0) >= NEAR > left.none
    if likely and not left.gap and section.id not in hearing.conversation.shown:
        return turn  # a section may answer it
    words = " ".join(other.split()[1:] if other.split()[0] in AND else other.split())
    said = hearing.knowledge.texts["second-unsaid"]
    return _with_line(with_contacts(said, reached(topic, hearing)[:1], hearing, words=words), turn)


def _with_line(line: str, turn: Turn) -> Turn:
    *before, last = turn.replies
    return replace(turn, replies=(*before, replace(last, text=f"{last.text}\n\n{line}"))) if line else turn


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
