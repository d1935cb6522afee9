"""The ordinary question, in the order in which it is tried: not ours, answered, offered, admitted."""

from itertools import islice

from bot.conversation import CaseNeeded, Choice, Conversation, Event, NotUnderstood, Outcome, ReplyKind
from bot.dialogue.decision import Admit, Decision, Definition, ForOthers, Offer, Say, Section
from bot.dialogue.message import Message
from bot.dialogue.person.told import closed, closed_to
from bot.dialogue.ranking.glossary import place_of
from bot.dialogue.rendering.words import person_button, section_button, topic_button
from bot.dialogue.signals import Signals
from bot.dialogue.signals.ranking import Candidate
from bot.dialogue.thresholds import AGAIN, UNSAID, WEAK_IN_A_ROW
from bot.dialogue.words.talk import beyond, surely_beyond
from knowledge.schema.base import Level


def answer(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The section that leads; the last one again where it is asked for again or shorter."""
    if again := _again(s, state):
        return again
    if s.ranking.term is not None:
        return Decision(Outcome.ANSWER, (Definition(s.ranking.term.id),), why="a term")
    if s.ranking.verdict != "answer":
        return None
    best, second = _leading(s, state), s.ranking.second
    if instead := _not_theirs(best, m, s):
        return instead
    acts = [Section(best.topic, best.section, gap=s.ranking.gap if best is s.ranking.candidates[0] else None)]
    if second not in (None, best) and not _not_theirs(second, m, s):
        acts.append(Section(second.topic, second.section, head="wants.second", short=True))
    return Decision(Outcome.ANSWER, tuple(acts), why=f"leads with {best.score:.2f}")


def _leading(s: Signals, state: Conversation) -> Candidate:
    """The likeliest; where it was said before and is not sure, what is asked is the next of its topic that was not.

    Of a topic that tells of where the person is, no section tells of elsewhere.
    """
    first, *others = s.ranking.candidates
    shut = closed(s.knowledge.topics[first.topic], s.person, s.message.text, s.knowledge)
    matter = s.situation.matter_country
    here = matter is None or matter.value == s.person.country  # who is back home asks of wages over there
    if here and first.section in shut:
        there = (one for one in others if one.topic == first.topic and one.section not in shut)
        first = next(there, first)
    said = state.said_before.shown
    new = s.message.asks and first.id in said and first.score < AGAIN
    unsaid = (one for one in others if one.topic == first.topic and one.score >= UNSAID and one.id not in said)
    return next(unsaid, first) if new else first


def _not_theirs(one: Candidate, m: Message, s: Signals) -> Decision | None:
    """What is said instead of an answer that is not for this person."""
    why = closed_to(s.knowledge.topics[one.topic], one.section, s.person, m.text, m.knowledge)
    act = ForOthers(one.topic, refuge=why == "refuge")
    return Decision(Outcome.CLARIFY, (act,), why=f"not theirs: {why}") if why else None


def _again(s: Signals, state: Conversation) -> Decision | None:
    """The last section shorter or once more, where nothing else is asked."""
    wish = next((act for act in s.acts.all if act in ("shorter", "repeat")), None)
    if wish is None or state.topic is None or state.section is None:
        return None
    act = Section(state.topic, state.section, short=wish == "shorter", again=wish == "repeat")
    return Decision(Outcome.ANSWER, (act,), why=wish)


def not_ours(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A subject that is surely meant goes before a topic that sounds alike; a likely one where no topic answers."""
    if place_of(m.text, m.knowledge):
        return None  # where an editor put exactly these words goes before any frame
    subject = surely_beyond(m.text, m.knowledge)
    if subject is None and s.ranking.verdict == "admit":
        subject = beyond(m.text, m.knowledge)
    if subject is None:
        return None
    kept = {} if state.topic in subject.topics else {"topic": None, "section": None}
    noted = NotUnderstood(m.text, m.lang)
    return Decision(Outcome.FALLBACK, (Admit(subject.id),), why=subject.id, events=(noted,), changes=kept)


MOST = 3
"""Sections that are offered; a person beside them."""
IN_SHORT = 2
"""Those of them that are told in short: who asked once is not only asked back."""


def offer(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Buttons of the likeliest sections; topics where their first section is meant and no two are of one."""
    if s.ranking.verdict != "offer":
        return None
    if not s.ranking.either and (instead := _not_theirs(s.ranking.candidates[0], m, s)):
        return instead
    likely = _likely(m, s)
    if not likely:
        return None
    choices = tuple(_button(one, likely, s) for one in likely)
    key = "clarify.one" if len(choices) == 1 else "clarify.many"
    told = () if s.ranking.either else tuple((one.topic, one.section) for one in likely[:IN_SHORT])
    act = Offer((*choices, person_button(s.lang)), key, likely=told)
    return Decision(Outcome.CLARIFY, (act,), why="several are likely")


def _likely(m: Message, s: Signals) -> list[Candidate]:
    """The likeliest that are for this person: one section of each topic, or several where all are of one."""
    fit = (one for one in s.ranking.candidates if not _not_theirs(one, m, s))
    found, best = list(islice(fit, MOST)), dict[str, Candidate]()
    for one in found:
        best.setdefault(one.topic, one)
    return found if len(best) == 1 else list(best.values())


def _button(one: Candidate, likely: list[Candidate], s: Signals) -> Choice:
    topic = s.knowledge.topics[one.topic]
    alone = sum(other.topic == one.topic for other in likely) == 1
    if alone:
        return topic_button(topic, s.knowledge, s.lang, one.section)
    return section_button(topic, topic.section_or_first(one.section), s.knowledge, s.lang)


FELT = {"worries": "thread-worries-far"}
"""Acts that are met with a sentence of their own, in place of "I do not know that"."""


def admit(m: Message, s: Signals, state: Conversation) -> Decision:
    """Always something; kept for the editors, and a case where we failed twice."""
    if felt := next((FELT[act] for act in s.acts.all if act in FELT), None):
        said = Say("", ReplyKind.ANSWER, words=s.knowledge.texts[felt])
        return Decision(Outcome.SMALLTALK, (said,), why="felt")
    weak = state.weak + 1
    events: tuple[Event, ...] = (NotUnderstood(m.text, m.lang),) if m.text.strip() else ()
    if weak >= WEAK_IN_A_ROW:
        events = (*events, CaseNeeded(reason="weak_answers", level=Level.PRIORITY))
    topic = state.topic if "other_matter" not in s.acts.all or "complains" in s.acts.said else None
    return Decision(Outcome.FALLBACK, (Admit(topic=topic),), why="nothing", events=events, changes={"weak": weak})
