"""One message in, one turn out: a pure function of state, message, knowledge and now, in five verbs."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from traceback import extract_tb

from bot.conversation import (
    CaseNeeded,
    Conversation,
    Danger,
    InboundMessage,
    Kind,
    Level,
    Outcome,
    Reading,
    Reply,
    ReplyKind,
    Said,
    TopicScore,
    Turn,
)
from bot.dialogue import decision as acts
from bot.dialogue import errands
from bot.dialogue.decision import Decision
from bot.dialogue.message import Message, read, written
from bot.dialogue.policies import answer, aside, calendar, danger, directory, steps
from bot.dialogue.protocols.readings import said_in
from bot.dialogue.protocols.told import is_mild
from bot.dialogue.remember import remember
from bot.dialogue.rendering.render import render
from bot.dialogue.rendering.words import Rendered, Voice
from bot.dialogue.signals import MayDecide, Readers, Signals
from bot.dialogue.signals.acts import acts_of
from bot.dialogue.signals.danger import find_danger
from bot.dialogue.signals.found import shown_in
from bot.dialogue.signals.ranking import rank_sections
from bot.dialogue.signals.situation import language_spoken, situation_with
from knowledge.brevity import BESIDE_DANGER, BESIDE_FIRST
from knowledge.model import Knowledge

logger = logging.getLogger(__name__)

READERS = Readers(language_spoken, situation_with, find_danger, acts_of, rank_sections)
"""Who reads a message in the light of its conversation."""
POLICIES: Sequence[tuple[str, MayDecide]] = (
    ("channel", aside.channel),
    ("command", aside.command),
    ("danger", partial(danger.danger, goes_on=steps.goes_on)),
    ("check", danger.check),
    ("held", aside.held),
    ("question", aside.question),
    ("picked", aside.picked),
    ("place_in_errand", directory.in_errand),
    ("steps", steps.steps),
    ("other_language", aside.other_language),
    ("courtesy", aside.courtesy),
    ("person", answer.of_the_talk),
    ("nameless", answer.nameless),
    ("directory", directory.decide),
    ("calendar", calendar.decide),
    ("faint", danger.faint),
    ("not_ours", answer.not_ours),
    ("unsure", aside.unsure),
    ("answer", answer.answer),
    ("offer", answer.offer),
    ("admit", answer.admit),
)
"""What a message may be, in the order in which it is tried: the first policy that decides ends the search."""
ANSWERING = (answer.of_the_talk, directory.decide, answer.answer)
"""What may answer an ordinary question beside the words of a danger, which asks for no event."""
AFTERWARDS = (steps.steps, *ANSWERING, aside.unsure)
"""What may go on once a danger is over, or was none."""
Gives = acts.Section | acts.Step | acts.Nearest | acts.Consulates | acts.AskPlace
"""Acts that name the section whose question they answer."""
DANGER, PICKED, SHOWING = "danger", "picked", ("directory", "calendar")
ERASED_AFTER = timedelta(hours=24)
"""How long an open danger stays known after /borrar."""
BEST = 3
"""Topics that `predict` shows."""


def take_turn(conversation: Conversation, message: InboundMessage, knowledge: Knowledge, now: datetime) -> Turn:
    """The new state, neutral replies, events, and how the message was read."""
    if (danger := conversation.danger) is not None and danger.erased and now - danger.opened_at > ERASED_AFTER:
        conversation = conversation.having(danger=None)
    conversation, m = conversation.called_now(knowledge), read(message, knowledge)
    s = assess(m, conversation, knowledge, now)
    decision, rendered, policy = _said(m, s, conversation)
    state = remember(conversation, m, s, decision, rendered)
    return Turn(state, rendered.replies, decision.events, _reading(m, s, state, decision, policy))


def assess(message: Message, state: Conversation, knowledge: Knowledge, now: datetime) -> Signals:
    """The signals of a message; nothing is computed before it is asked for."""
    return Signals(message, state, knowledge, now, READERS)


def assess_alone(text: str, knowledge: Knowledge, now: datetime) -> Signals:
    """The signals of words as if nothing had been said before."""
    return assess(written(text, knowledge, now), Conversation(), knowledge, now)


def _said(m: Message, s: Signals, state: Conversation) -> tuple[Decision, Rendered, str]:
    """The first decision that could be put into words; a policy that fails leaves it to the next that holds."""
    for name, decide in POLICIES:
        try:
            decision = decide(m, s, state)
            if decision is not None and decision.instead is not None:
                return _instead(decision, decision.instead, m, s, state)
            if decision is not None and decision.again is not None:
                said = (_and_more if name == PICKED else _with_answer)(decision, m, s, state)
                if said[0].acts or name != DANGER:
                    return *said, name
                continue  # nothing is due of the danger, and nothing answers beside it: an ordinary conversation
            if decision is not None and name in SHOWING and decision.outcome is Outcome.ANSWER:
                decision = answer.with_others(decision, m, s)
            if decision is not None:
                return decision, render(decision, m, s, state), name
        except Exception as error:
            _note(name, error)
            if name == DANGER and (found := s.danger.danger) is not None:
                return *_first_words(found, m, s, state), name
    raise RuntimeError("no policy held")


def _instead(left: Decision, rest: str, m: Message, s: Signals, state: Conversation) -> tuple[Decision, Rendered, str]:
    """What is said to what is wanted instead of an errand, in the state in which that is left."""
    asked, after = read(replace(m.inbound, text=rest), s.knowledge), state.having(**left.changes)
    found, rendered, name = _said(asked, s.of(asked, after), after)
    return replace(found, changes={**left.changes, **found.changes}), rendered, name


def _and_more(tapped: Decision, m: Message, s: Signals, state: Conversation) -> tuple[Decision, Rendered]:
    """What a choice does that was taken by its number, and what else was said, read in the state after it."""
    after, mine = state.having(**tapped.changes, offered=()), tapped.acts[-1]
    if isinstance(mine, acts.Section):
        after = after.having(topic=mine.topic, section=mine.section)
    asked = read(replace(m.inbound, text=tapped.again or ""), s.knowledge)
    signals = s.of(asked, after)
    policies = AFTERWARDS if asked.asks or not isinstance(mine, acts.Step) else AFTERWARDS[:1]
    other = next(filter(None, (decide(asked, signals, after) for decide in policies)), Decision(tapped.outcome))
    both = errands.joined(mine, other.acts) if isinstance(mine, acts.Step) else (*tapped.acts, *other.acts)
    changes = {**tapped.changes, **other.changes}
    done = replace(other, acts=both, changes=changes, events=(*tapped.events, *other.events))
    return done, render(done, m, s, state)


def _with_answer(decision: Decision, m: Message, s: Signals, state: Conversation) -> tuple[Decision, Rendered]:
    """What a policy of danger decided, and behind it the answer to an ordinary question of the same person."""
    calm = state.having(danger=None, said_before=Said(shown=(*state.said_before.shown, *shown_in(state, s.knowledge))))
    inbound = replace(m.inbound, kind=Kind.TEXT, text=decision.again or "", payload="")
    asked = read(inbound, s.knowledge)
    signals = s.of(asked, calm)
    if asked.text != m.text and (apart := s.of_person(asked.text)).surely_answered:
        calm, signals = apart.state, apart
    helps = any(isinstance(act, acts.Help) for act in decision.acts)
    danger_now = decision.changes.get("danger")
    room = (BESIDE_FIRST if helps else BESIDE_DANGER) if danger_now is not None and danger_now.state != "over" else 0
    past = danger_now is not None and danger_now.state in ("handed", "over")
    calmer = danger_now is None or past or is_mild(danger_now, signals.knowledge)
    offers = calmer and not helps  # nothing hangs on this moment: what may be meant is better than "I do not know"
    sure = offers or signals.surely_answered
    told = {Outcome.ANSWER, Outcome.COMMAND, offers and Outcome.CLARIFY, not room and Outcome.QUESTION}
    policies = ANSWERING if helps or room else AFTERWARDS
    for decide in (*policies, answer.offer) if offers else policies:
        if decide is answer.answer and not sure:
            continue  # beside a danger a page that may be of something else is no help
        other = decide(asked, signals, calm)
        if other is not None and other.outcome in told:
            brief = tuple(_brief(act, state, room) for act in (other.acts[:1] if room else other.acts))
            behind = render(replace(other, acts=brief, changes={"greeted": True}), asked, signals, calm)
            if room:  # one block, no menu, no "¿Le sirvió?" while it is open
                behind = replace(behind, replies=tuple(replace(one, choices=()) for one in behind.replies[:1]))
            changes = {**({} if room else other.changes), **decision.changes}
            if danger_now is not None and danger_now.state == "asked":  # the answer is given whether it is yes or no
                changes = {**other.changes, "danger": danger_now.having(kept_question=None)}
            outcome = decision.outcome if helps else other.outcome
            both = replace(decision, outcome=outcome, acts=(*decision.acts, *brief), changes=changes)
            return both, render(decision, m, s, state, behind)
    return (alone := decision.otherwise or decision), render(alone, m, s, state)


def _brief(act: acts.Act, state: Conversation, beside: int) -> acts.Act:
    """In short; asked of again, what it says of the question."""
    if isinstance(act, acts.Section) and f"{act.topic}/{act.section}" not in state.said_before.shown:
        return replace(act, short=True, beside=beside)
    return replace(act, short=True) if isinstance(act, acts.Nearest) else act


def _first_words(found: Danger, m: Message, s: Signals, state: Conversation) -> tuple[Decision, Rendered]:
    """Where the policy of danger fails: the emergency number all the same, and a case."""
    said = acts.Say("last_resort", ReplyKind.HELP)
    needed = CaseNeeded("danger", found.level, found.category, found.rule, found.words)
    decision = Decision(Outcome.URGENT, (said,), why="failure", events=(needed,))
    return decision, render(decision, m, s, state)


def _note(policy: str, error: Exception) -> None:
    """One line; not the exception's words, which may hold a person's."""
    frames = extract_tb(error.__traceback__)[-3:]
    where = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    logger.error("policy %s failed: %s at %s", policy, type(error).__name__, where)


def _reading(m: Message, s: Signals, state: Conversation, decision: Decision, policy: str) -> Reading:
    given = [act for act in decision.acts if isinstance(act, Gives) and act.topic]
    events = [event for act in decision.acts if isinstance(act, acts.Events) for event in act.ids if not act.next_known]
    checked = next((act.category for act in decision.acts if isinstance(act, acts.Check)), None)
    terms = [s.knowledge.glossary[act.term].topic for act in decision.acts if isinstance(act, acts.Definition)]
    answered = tuple(dict.fromkeys((*(act.topic for act in given), *terms)))
    return Reading(
        lang=m.lang,
        reply_lang=s.lang,
        outcome=decision.outcome,
        urgent=_urgent(s, state, policy),
        check=checked,
        topics=_topics(given, s),
        answered=answered if decision.outcome in (Outcome.ANSWER, Outcome.URGENT) else (),
        events=tuple(events),
        section=f"{given[0].topic}/{given[0].section}" if given else None,
        acts=_acts(m, s, danger=policy == DANGER or state.in_danger),
        policy=policy,
        why=decision.why,
    )


def _acts(m: Message, s: Signals, *, danger: bool) -> tuple[str, ...]:
    """What the person does with a message, also in an open danger."""
    told = said_in(m.text, s.knowledge) if danger and not m.empty else frozenset()
    in_danger = (act.id for act in s.knowledge.acts.values() if not told.isdisjoint(act.readings))
    return tuple(dict.fromkeys((*(s.acts.all if m.text.strip() else ()), *in_danger)))


def _urgent(s: Signals, state: Conversation, policy: str) -> Danger | None:
    """The danger that a turn speaks of: the one told now, else the open one."""
    if policy != DANGER:
        return None
    if s.danger.danger is not None or state.danger is None:
        return s.danger.danger
    return Danger(state.danger.category, state.danger.level, state.danger.rule, "")


def _topics(given: Sequence[Gives], s: Signals) -> tuple[TopicScore, ...]:
    """The best three of every message with words in it; the topics answered stand first."""
    likely = s.ranking.topics
    scores = {one.topic: one.score for one in likely}
    first = [TopicScore(act.topic, act.section, scores.get(act.topic, 1.0)) for act in given]
    named = {one.topic for one in first}
    return (*first, *(one for one in likely if one.topic not in named))[:BEST]


def last_resort(conversation: Conversation, knowledge: Knowledge, now: datetime) -> Turn:
    """What is said when the engine failed: the emergency number, always."""
    v = _voice(conversation, knowledge, now)
    reading = Reading("other", v.lang, Outcome.FALLBACK)
    needed = CaseNeeded(reason="failure", level=Level.URGENT)  # nobody knows what was said: a person should look
    return Turn(conversation, (Reply(ReplyKind.FALLBACK, v.filled(v.say("last_resort"))),), (needed,), reading)


def lapse_notice(conversation: Conversation, knowledge: Knowledge, now: datetime) -> Reply:
    """Honestly, where whoever took the case did not answer in time. A help text: it holds the number."""
    v = _voice(conversation, knowledge, now)
    return Reply(ReplyKind.HELP, v.filled(v.say("lapsed")))


def _voice(conversation: Conversation, knowledge: Knowledge, now: datetime) -> Voice:
    return Voice(conversation, knowledge, conversation.lang or "es", now.date())
