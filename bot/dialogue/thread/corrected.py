"""What is said to "that is not what I asked": the next best reading, or that we have nothing on it; never the same."""

from dataclasses import replace

from bot.conversation import CaseNeeded, Event, NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.commands import menu_button, open_question_aside, person_line
from bot.dialogue.doors import doors
from bot.dialogue.excerpts.nearest import open_topic, reached, with_contacts
from bot.dialogue.excerpts.quoting import open_sections, quoted, quoted_by_name
from bot.dialogue.excerpts.replies import told
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import closed, weights
from bot.dialogue.ranking.context import corrects
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.asked_again import SPOKEN, WHOLE, place_of, put_right_again
from bot.dialogue.thread.complaints import Complaint, complaint_in
from bot.dialogue.thread.objections import WEAK_IN_A_ROW, person_button
from bot.dialogue.thread.own_words import nearest_topics
from bot.dialogue.thread.stays import put_right
from bot.dialogue.understanding import CLARIFY, EACH, by_itself
from bot.dialogue.words.beyond import beyond
from bot.dialogue.words.features import Floats
from bot.texts import say
from knowledge.schema.base import Level
from knowledge.schema.talk import Beyond


def answer_corrected(hearing: Hearing) -> Turn | None:
    """The turn of who says that we answered something else and asks it again, or is led to a barred answer again."""
    if again := put_right_again(hearing):
        return again
    complaint = complaint_in(hearing.text, hearing.knowledge)
    if hearing.understood.put_right and hearing.understood.best < CLARIFY:
        return _admit(Complaint(*put_right(hearing.text, hearing.knowledge)), hearing)
    if complaint is None:
        return _admit(Complaint(hearing.text, ""), hearing) if _falls_back(hearing) else None
    if not complaint.asks or not (hearing.conversation.barred or hearing.conversation.weak):
        return None
    alone = by_itself(complaint.asks, hearing.knowledge)
    heard = replace(hearing, text=complaint.asks, understood=alone)
    return _next_best(heard, complaint) or _sentences(heard) or _admit(complaint, hearing)


def _falls_back(hearing: Hearing) -> bool:
    """Whether what puts us right would get a barred answer again, for which it does not ask by itself."""
    understood = hearing.understood
    if not understood.clear or not understood.topics or not corrects(hearing.text, hearing.knowledge):
        return False
    if place_of(understood.topics[0]) not in hearing.conversation.barred:
        return False
    alone = by_itself(hearing.text, hearing.knowledge)
    return not (alone.clear and alone.best >= EACH and alone.topics[0].topic == understood.topics[0].topic)


def _next_best(heard: Hearing, complaint: Complaint) -> Turn | None:
    """The answer that is as likely as a clear one without those that were given, and speaks of what is asked."""
    knowledge, ranker = heard.knowledge, ranker_of(heard.knowledge)
    state = heard.conversation
    likely = _without_barred(ranker.likelihoods(ranker.point(heard.text)), complaint, heard)
    best = ranker.model.columns[int(likely.argmax())]
    shut = best.topic not in knowledge.topics or is_closed(best.topic, heard)
    if shut or float(ranker.by_topic(likely)[ranker.number_of[best.topic]]) < EACH:
        return None
    topic = knowledge.topics[best.topic]
    if best.section in closed(topic, state, heard.text, knowledge):
        return None
    if covered(said_in(heard.text, ranker, knowledge), topic, knowledge) < SPOKEN:
        return None
    return told(topic, topic.section_or_first(best.section), None, heard)


def _without_barred(likely: Floats, complaint: Complaint, heard: Hearing) -> Floats:
    """Nothing is left of what was answered, nor of the whole topic that what is denied speaks of."""
    ranker, state, knowledge = ranker_of(heard.knowledge), heard.conversation, heard.knowledge
    counts = likely * weights(ranker, state, heard.text, knowledge)
    denied = said_in(complaint.denies, ranker, knowledge) if complaint.denies else ()
    for number, column in enumerate(ranker.model.columns):
        barred = f"{column.topic}/{column.section}" in state.barred
        if barred or (denied and column.topic == state.topic):
            counts[number] = 0.0
    return counts


def _sentences(heard: Hearing) -> Turn | None:
    """Of the section that the message by itself means, else of the open topic: the sentences that speak of it."""
    knowledge, alone = heard.knowledge, heard.understood
    surely = _surely_of(heard.text, heard)
    topic = knowledge.topics.get(surely or open_topic(heard) or "")
    if topic is None or is_closed(topic.id, heard):
        return None
    meant = (topic.section_or_first(alone.topics[0].section),) if surely else open_sections(topic, heard)
    for section in meant:
        text = quoted(section, heard)
        if text and text != section.text.say(heard.lang) and quoted_by_name(section, heard):
            return told(topic, section, text, heard, first=knowledge.texts["thread-left"].say(heard.lang))
    return None


def _admit(complaint: Complaint, hearing: Hearing) -> Turn:
    """That we did not answer it and have nothing checked, with who knows; only a topic that is asked for stays open."""
    knowledge, state, lang = hearing.knowledge, hearing.conversation, hearing.lang
    weak = state.weak + 1
    events: tuple[Event, ...] = (NotUnderstood(hearing.text, hearing.message_lang),)
    subject = beyond(complaint.asks, knowledge)
    new = subject is not None and not was_referred(subject, hearing)
    said = subject.reply.say(lang) if subject is not None and new else _unsaid(complaint, hearing)
    near = [one for one in nearest_topics(hearing, state.topic) if one not in state.offered]
    if weak >= WEAK_IN_A_ROW:
        events = (*events, CaseNeeded(reason="weak_answers", level=Level.PRIORITY))
        said, near = f"{said}\n\n{person_line(hearing, asked=True)}", []
    reply = Reply(ReplyKind.FALLBACK, hearing.fill(said), (*near, person_button(hearing), *menu_button(lang)))
    topic = _surely_of(complaint.asks, hearing)
    aside = open_question_aside(hearing)
    return hearing.turn(Outcome.FALLBACK, reply, *aside, events=events, topic=topic, section=None, weak=weak)


def _surely_of(asked: str, hearing: Hearing) -> str | None:
    """The topic that is surely asked for by itself: a word or two may mean anything but what was asked before."""
    alone, knowledge = by_itself(asked, hearing.knowledge), hearing.knowledge
    whole = len(said_in(asked, ranker_of(knowledge), knowledge)) >= WHOLE
    return alone.topics[0].topic if whole and alone.clear and alone.best >= EACH else None


def was_referred(subject: Beyond, hearing: Hearing) -> bool:
    """Whether a message before this one named the subject, so that its words were said."""
    return any(beyond(one.text, hearing.knowledge) is subject for one in hearing.conversation.heard[:-1])


def _unsaid(complaint: Complaint, hearing: Hearing) -> str:
    """Those of the topic that is meant know, unless the message says that it is none of that; else anybody's doors."""
    knowledge = hearing.knowledge
    surely = _surely_of(complaint.asks, hearing)
    topic = knowledge.topics.get(surely or open_topic(hearing) or "")
    if topic is not None and (surely or not complaint.denies):
        return with_contacts(knowledge.texts["thread-left-unsaid"], reached(topic, hearing), hearing)
    return say("corrected.unsaid", hearing.lang, doors=doors(hearing))
