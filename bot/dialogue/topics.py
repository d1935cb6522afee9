"""Answers from topics: a clear winner answers, a small margin asks, a weak best is admitted."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import CaseNeeded, Choice, Event, NotUnderstood, Outcome, Reply, ReplyKind, TopicScore, Turn
from bot.dialogue.bearing.options import OBJECTIONS
from bot.dialogue.calendar.offers import with_event
from bot.dialogue.commands import menu_button, open_question_aside, person_line
from bot.dialogue.compose import EMERGENCY, answer, definition, menu_choices, topic_button
from bot.dialogue.directory.offers import with_consulate
from bot.dialogue.doors import doors
from bot.dialogue.hearing import Hearing
from bot.dialogue.introducing import group_of
from bot.dialogue.person.heading import leaves_mexico, of_visits
from bot.dialogue.ranking.denied import apart
from bot.dialogue.ranking.known import place_of
from bot.dialogue.ranking.offering import speaks_of, worth_offering
from bot.dialogue.ranking.section_words import said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed, turn_away
from bot.dialogue.rejected import rejected
from bot.dialogue.thread.amounts import answer_amount
from bot.dialogue.thread.asked_again import correction_of
from bot.dialogue.thread.complaints import Complaint, complaint_in
from bot.dialogue.thread.corrected import answer_corrected, was_referred
from bot.dialogue.thread.going_on import go_on, linger
from bot.dialogue.thread.kin import of_asked_aspect, person_in
from bot.dialogue.thread.lands import answer_not_there, asks_country
from bot.dialogue.thread.left_open import answer_left_open
from bot.dialogue.thread.objections import person_button
from bot.dialogue.thread.own_words import last_question, nearest_topics
from bot.dialogue.thread.papers import paper_for
from bot.dialogue.thread.repairs import mend
from bot.dialogue.thread.second_need import answer_before_need, answer_one_of_two, with_second_need
from bot.dialogue.thread.stays import is_denied
from bot.dialogue.thread.telling import only_tells
from bot.dialogue.thread.unsaid import repeats
from bot.dialogue.understanding import CLARIFY, Understanding
from bot.dialogue.words.beyond import beyond, goes_on_beyond, surely_beyond
from bot.dialogue.words.language import SCRIPT
from bot.dialogue.words.payload import make
from bot.dialogue.words.questions import asks
from bot.texts import say
from knowledge.render import PLACEHOLDER
from knowledge.schema.base import Level, Words
from knowledge.schema.talk import Beyond
from knowledge.schema.topics import Everyday

CHOICES = 3
DATED = 0.6
"""Score from which an answer names the next date of its forum."""
WEAK_IN_A_ROW = 2
WHOLE = 6
"""Words from which a question can be one of its own."""
TWO = 2
MAY_BE_OURS = frozenset({None, Everyday.UNKNOWN, Everyday.SMALLTALK})
"""What a message that names a subject of our field may be taken for: small talk is answered before."""
LONE = 0.15
"""Score from which a single guess is offered where the message is likelier none of ours."""
ALONE = 0.25
"""Score from which the only candidate answers."""


def admit_unknown(hearing: Hearing) -> Turn | None:
    """What we surely do not know, and what goes on with it: a topic that sounds alike is no answer."""
    text, state, knowledge = hearing.text, hearing.conversation, hearing.knowledge
    if place_of(text, knowledge):
        return None  # where an editor put exactly these words goes before any frame
    going_on, subject = goes_on_beyond(text, state, knowledge), surely_beyond(text, knowledge)
    if subject and not (going_on and going_on[0].id == subject.id):
        if complaint_in(text, knowledge) and was_referred(subject, hearing):
            return None  # the same once more would be no answer
        # Whatever else was open is over.
        left = state if state.topic in subject.topics else state.having(topic=None, section=None)
        return _admit(subject, hearing.with_state(left))
    return _admit(going_on[0], hearing, going_on[1]) if going_on else None


def answer_topic(hearing: Hearing) -> Turn | None:
    """The answer of a clear winner, of both where two things were asked; the open question is asked again after it."""
    understood = hearing.understood
    if referred := _refer_in_thread(hearing):
        return referred
    if done := answer_before_need(hearing) or answer_corrected(hearing) or mend(hearing) or answer_left_open(hearing):
        return done
    if done := answer_not_there(hearing) or paper_for(hearing) or answer_amount(hearing) or _visit(hearing):
        return done
    if not understood.clear:
        return answer_one_of_two(hearing)
    if away := turn_away(hearing):
        return away
    if going_on := answer_one_of_two(hearing) or _of_asked_aspect(hearing) or go_on(hearing):
        return going_on
    asked = [understood] if understood.also is None else [understood, understood.also]
    replies = [_answer_to(one, hearing) for one in asked]
    best = asked[-1].topics[0]
    found: tuple[str, ...] = ()
    if asked[-1].term is None and best.score >= DATED:
        replies[-1], found = with_event(replies[-1], hearing.knowledge.topics[best.topic], hearing)
    answered = tuple(dict.fromkeys(one.topics[0].topic for one in asked))
    topic = hearing.knowledge.topics[best.topic]
    replies += asks_country(topic, topic.section_or_first(best.section), hearing)
    turn = hearing.turn(
        Outcome.ANSWER,
        *replies,
        *open_question_aside(hearing),
        answered=answered,
        found=found,
        topic=best.topic,
        section=best.section,
    )
    return with_second_need(turn, hearing)


def _of_asked_aspect(hearing: Hearing) -> Turn | None:
    """Of one question alone."""
    understood = hearing.understood
    alone = understood.also is None and understood.term is None and not understood.gap
    return of_asked_aspect(hearing) if alone else None


def _visit(hearing: Hearing) -> Turn | None:
    """Who asks how a relative comes from Mexico to visit them is not told how one enters Mexico."""
    knowledge, first = hearing.knowledge, next(iter(hearing.understood.topics), None)
    subject = of_visits(knowledge)
    if subject is None or first is None or not knowledge.topics[first.topic].entry:
        return None
    return _admit(subject, hearing) if leaves_mexico(hearing.conversation, hearing.text, knowledge) else None


def _answer_to(understood: Understanding, hearing: Hearing) -> Reply:
    best = understood.topics[0]
    topic = hearing.knowledge.topics[best.topic]
    section = topic.section_or_first(best.section)
    gap = understood.aspect if understood.gap else None
    told, term = (hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date()), understood.term
    reply = definition(term, *told) if term else answer(topic, section, *told, gap=gap, in_thread=understood.goes_on)
    return with_consulate(reply, topic, hearing)


def clarify(hearing: Hearing) -> Turn | None:
    """Two or three choices, where more than one topic may be meant; the only one, or one of the same again, answers."""
    understood, subject = hearing.understood, beyond(hearing.text, hearing.knowledge)
    if understood.everyday is Everyday.UNKNOWN and subject:
        return None  # that we do not know it, and who does, helps more than neighbours of it
    heard = _may_be_meant(hearing)
    likely = [topic for topic in heard if not is_closed(topic.topic, hearing)][:CHOICES]
    if likely and likely[0].score < ALONE and hearing.conversation.topic is None:
        likely = [one for one in likely if speaks_of(one.topic, hearing.text, hearing.knowledge)]
    if heard and not likely:
        return turn_away(hearing)
    # What is put right may be another matter, unless the open one is still as likely.
    stays = any(one.topic == hearing.conversation.topic for one in likely)
    told = only_tells(hearing) and not understood.put_right and (stays or not apart(hearing.text, hearing.knowledge)[1])
    if ((len(likely) < TWO and not understood.put_right) or told) and (lingering := linger(hearing)):
        return lingering
    if not likely or (len(likely) == 1 and understood.everyday is not None and likely[0].score < LONE):
        return None
    least = LONE if understood.put_right else ALONE
    # What holds the emergency number is not kept behind a menu in which only the open topic stands beside it.
    beside_open = all(one.topic == hearing.conversation.topic for one in likely[1:])
    sole = len(likely) == 1 or (beside_open and _holds_number(likely[0], hearing))
    alone = sole and likely[0].score >= least and understood.everyday is None
    # What we know beside a subject that is not ours stands before what only sounds alike.
    known = () if subject is None or alone or likely[0].score >= ALONE else subject.topics
    beside = [name for name in known if not is_closed(name, hearing)][:1]
    names = list(dict.fromkeys((*beside, *worth_offering(likely, hearing.text, hearing.knowledge))))[:CHOICES]
    choices = tuple(topic_button(hearing.knowledge.topics[name], hearing.knowledge, hearing.lang) for name in names)
    asked_before = set(choices) == set(hearing.conversation.offered) - set(menu_button(hearing.lang))
    if asked_before or alone:
        return _answer_likely(likely[0], hearing)
    key, others = ("clarify.one", menu_button(hearing.lang)) if len(choices) == 1 else ("clarify.many", ())
    # A single guess is no dead end: the topics stand beside it.
    return hearing.turn(Outcome.CLARIFY, Reply(ReplyKind.CLARIFY, say(key, hearing.lang), (*choices, *others)))


def _holds_number(likely: TopicScore, hearing: Hearing) -> bool:
    """Whether the section that may be meant names the emergency number."""
    section = hearing.knowledge.topics[likely.topic].section_or_first(likely.section)
    return EMERGENCY in PLACEHOLDER.findall(section.text.es)


def _may_be_meant(hearing: Hearing) -> Sequence[TopicScore]:
    """The candidates that are likely enough, and were neither turned down nor denied."""
    understood, turned_down = hearing.understood, rejected(hearing)
    # What is hardly likely is no guess beside an open topic, whose sections are nearer.
    least = CLARIFY if hearing.conversation.topic is None or understood.clear else LONE
    said = correction_of(hearing) or Complaint(hearing.text, "")
    return [
        one
        for one in understood.topics
        if one.score >= least
        and make("t", one.topic) not in turned_down
        and not (said.denies and is_denied(one.topic, said.asks, said.denies, hearing.knowledge))
    ]


def _answer_likely(best: TopicScore, hearing: Hearing) -> Turn:
    """The answer of a likely topic, and that something else may have been meant."""
    sure = replace(hearing.understood, topics=(best,), also=None)
    reply = _answer_to(sure, hearing)
    reply = replace(reply, text=f"{reply.text}\n\n{hearing.knowledge.texts['if-not-meant'].say(hearing.lang)}")
    return hearing.turn(
        Outcome.ANSWER,
        reply,
        *open_question_aside(hearing),
        answered=(best.topic,),
        topic=best.topic,
        section=best.section,
    )


def answer_foreign(hearing: Hearing) -> Turn | None:
    """A message in a language that we do not answer in: never a guess at its topic."""
    return fall_back(hearing) if hearing.foreign is not None else None


def answer_script(hearing: Hearing) -> Turn | None:
    """Letters that are not Latin: two words of ours among them are no command."""
    return fall_back(hearing) if hearing.foreign == SCRIPT else None


def fall_back(hearing: Hearing) -> Turn:
    """Admit it, say who does know, keep the phrase; again: with their own words and what is nearest, or a person."""
    if referred := _refer(hearing):
        return referred
    weak = 1 if _is_new_matter(hearing) else hearing.conversation.weak + 1
    events: tuple[Event, ...] = (NotUnderstood(hearing.text, hearing.message_lang),) if hearing.text.strip() else ()
    person = (person_button(hearing), *menu_button(hearing.lang))
    text, choices = say("fallback", hearing.lang, doors=doors(hearing)), menu_choices(hearing.knowledge, hearing.lang)
    if weak >= WEAK_IN_A_ROW:
        events += (CaseNeeded(reason="weak_answers", level=Level.PRIORITY),)
        text, choices = _once_more(weak, person, hearing)
    elif hearing.understood.everyday in OBJECTIONS:
        # The same list twice helps nobody.
        text, choices = hearing.knowledge.texts["objected"].say(hearing.lang), person
    if hearing.foreign is not None:
        text = say("fallback.foreign", hearing.lang) if weak < WEAK_IN_A_ROW else text
        text = f"{hearing.own_word}{text}"
    reply = Reply(ReplyKind.FALLBACK, hearing.fill(text), choices)
    return hearing.turn(Outcome.FALLBACK, reply, *open_question_aside(hearing), events=events, weak=weak)


def _is_new_matter(hearing: Hearing) -> bool:
    """Whether, after two failures, a whole question of its own asks for something else: no third of the same."""
    state, text, knowledge = hearing.conversation, hearing.text, hearing.knowledge
    if state.weak < WEAK_IN_A_ROW or hearing.understood.everyday in OBJECTIONS or not asks(text, knowledge):
        return False
    before = " ".join(one.text for one in state.heard[:-1])
    own, told = (said_in(words, ranker_of(knowledge), knowledge) for words in (text, before))
    known = frozenset[str]().union(*(word.keys for word in told))
    return len(text.split()) >= WHOLE and all(word.keys.isdisjoint(known) for word in own)


def _once_more(weak: int, person: tuple[Choice, ...], hearing: Hearing) -> tuple[str, tuple[Choice, ...]]:
    """In turn, so that no text is said twice in a row: who answers now; their own words and the nearest topics."""
    words, near = last_question(hearing), nearest_topics(hearing)
    on_duty = hearing.conversation.desk.on_duty
    if hearing.foreign is None and words and near and not on_duty and weak % 2 == WEAK_IN_A_ROW % 2:
        said = say("fallback.words", hearing.lang, words=words, doors=doors(hearing))
        return said, (*near, *person)
    return "\n\n".join((say("fallback.twice", hearing.lang), person_line(hearing, asked=True))), person


def _refer_in_thread(hearing: Hearing) -> Turn | None:
    """The same where the open topic has no section for it: before its nearest words, which speak of something else."""
    understood = hearing.understood
    new = understood.fits and not (understood.again or understood.gap)
    subject = beyond(hearing.text, hearing.knowledge)
    stays = understood.goes_on and not new and asks(hearing.text, hearing.knowledge)
    stays = stays and person_in(hearing.text, hearing.knowledge) is None  # for whom it is the open topic may say
    turn = _admit(subject, hearing) if subject is not None and stays else None
    return turn if turn is not None and not repeats(turn, hearing) else None


def _refer(hearing: Hearing) -> Turn | None:
    """A subject of our field that we know nothing of: who does, and what we know beside it."""
    understood, knowledge = hearing.understood, hearing.knowledge
    if hearing.foreign is not None or understood.everyday not in MAY_BE_OURS:
        return None
    subject = beyond(hearing.text, knowledge)
    return None if subject is None else _admit(subject, hearing)


def _admit(subject: Beyond, hearing: Hearing, words: Words | None = None) -> Turn:
    """That we do not know it, and who does; `words` in place of the subject's own where it was said before."""
    knowledge = hearing.knowledge
    open_to = (name for name in subject.topics if not is_closed(name, hearing))
    choices = tuple(topic_button(knowledge.topics[name], knowledge, hearing.lang) for name in open_to)
    group = group_of(hearing.conversation, hearing.text, knowledge)
    said = [(words or subject.reply).say(hearing.lang), say("beyond.person", hearing.lang)]
    if group.beside is not None:
        if words is None:
            said.insert(1, group.beside.say(hearing.lang))
        choices = tuple(topic_button(knowledge.topics[name], knowledge, hearing.lang) for name in group.topics)
    text = hearing.fill("\n\n".join(said))
    reply = Reply(ReplyKind.FALLBACK, text, choices or menu_choices(knowledge, hearing.lang))
    events = (NotUnderstood(hearing.text, hearing.message_lang),)
    return hearing.turn(Outcome.FALLBACK, reply, *open_question_aside(hearing), events=events)
