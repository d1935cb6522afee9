"""The ordinary question: not ours, answered, offered, admitted; and what is said of the answer and the talk itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from bot.conversation import CaseNeeded, Choice, Conversation, Event, Kind, NotUnderstood, Outcome, ReplyKind, Said
from bot.conversation.payload import make, pages_in
from bot.dialogue.decision import Admit, Decision, Definition, ForOthers, Nearest, Offer, Remark, Say, Section
from bot.dialogue.errand_effects import unsaid_in
from bot.dialogue.message import Message
from bot.dialogue.person.told import closed, closed_to, of_foreigners, reachable
from bot.dialogue.places.nearest import sections_away, states_named
from bot.dialogue.rendering.words import menu_choices, person_button, section_button, topic_button, topic_buttons
from bot.dialogue.signals import MayDecide, Signals
from bot.dialogue.signals.acts import COMPLAINS
from bot.dialogue.signals.found import Candidate
from bot.dialogue.taps import COMMANDS, remarked, wants_person
from bot.dialogue.thresholds import AS_LIKELY, AS_NEAR, WEAK_IN_A_ROW
from bot.dialogue.words.questions import names_nothing, questions_in
from bot.dialogue.words.talk import beyond, surely_beyond
from knowledge.brevity import sentences
from knowledge.schema.base import Level


def answer(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The section that leads."""
    if (term := s.ranking.term) is not None:
        if s.ranking.reached and (instead := _not_theirs(_leading(s), m, s)):
            return instead
        reach = reachable(term.reach, s.person, "", m.knowledge, dialled=True) if s.ranking.reached else ()
        return with_others(Decision(Outcome.ANSWER, (Definition(term.id, tuple(reach)),), why="a term"), m, s)
    if s.ranking.verdict != "answer":
        return None
    best = next((one for one in (_leading(s), *s.ranking.others) if not _not_theirs(one, m, s)), None)
    if best is None:
        return _not_theirs(_leading(s), m, s)
    first = Section(best.topic, best.section, gap=s.ranking.gap if best is s.ranking.candidates[0] else None)
    said = with_others(Decision(Outcome.ANSWER, (*_of_state(s, best), first), f"leads with {best.score:.2f}"), m, s)
    return replace(said, acts=(*said.acts, *_left(best, m, s)))


def _of_state(s: Signals, best: Candidate | None = None) -> tuple[Say, ...]:
    """That nothing is said of the state that was told, where what leads is of others and its text does not name it."""
    state, section = s.knowledge.regions.get(s.ranking.unsaid), s.knowledge.section(best.id) if best else None
    told = sentences(section.text.es) if state and section else ()
    if state is None or any(state.id in states_named(one, s.knowledge) for one in told):
        return ()
    return (Say("answer.no_state", ReplyKind.ANSWER, values={"state": state.name.say(s.lang)}),)


def _left(best: Candidate, m: Message, s: Signals) -> tuple[Say, ...]:
    """That another question has no sure answer, and what it may be of."""
    named = (_button(one, [best, one], s) for one in reversed(s.ranking.left) if not _not_theirs(one, m, s))
    choices = tuple(reversed({its.label: its for its in named}.values()))  # of another topic one is enough
    return (Say("wants.left", ReplyKind.CLARIFY, choices=choices),) if choices else ()


def with_others(said: Decision, m: Message, s: Signals) -> Decision:
    """What answers one of several questions, and in short what surely answers the others."""
    given = {f"{act.topic}/{act.section}" for act in said.acts if isinstance(act, Section | Nearest)}
    new = (one for one in s.ranking.others if not (one.id in given or _not_theirs(one, m, s) or _is_elsewhere(one, s)))
    others = (Section(one.topic, one.section, head="wants.second", short=True) for one in new)
    return replace(said, acts=(*said.acts, *others))


def _leading(s: Signals) -> Candidate:
    """The likeliest; where that tells of elsewhere, of its topic or for foreigners as it is what tells of here."""
    first, *others = s.ranking.candidates
    near = [one for one in others if one.topic == first.topic and one.score >= AS_NEAR * first.score]
    theirs = [one for one in (first, *others) if of_foreigners(s.knowledge.topics[one.topic], one.section)]
    there = (one for one in (*near, *(theirs if first in theirs else ())) if not _is_elsewhere(one, s))
    lead = next(there, first) if _is_elsewhere(first, s) else first
    untold = s.person.country is None and s.situation.matter_country is None
    return _untold(lead, near, s) if untold else lead


def _untold(first: Candidate, near: Sequence[Candidate], s: Signals) -> Candidate:
    """Of sections as likely, each for another country, what its topic tells first, where nobody said which."""
    topic = s.knowledge.topics[first.topic]
    likely = [one for one in near if one.topic == first.topic and one.score >= AS_LIKELY * first.score]
    alike = [one.section for one in likely if not _is_elsewhere(one, s)]
    tied = [one for one in topic.sections if one.id in (first.section, *alike)]
    lands = [one.where or topic.where for one in tied]
    return first if None in lands or len({*lands}) == 1 else replace(first, section=tied[0].id)


def _is_elsewhere(one: Candidate, s: Signals) -> bool:
    """Whether a section tells of where neither the person nor their matter is: who is back asks of wages over there."""
    matter = s.situation.matter_country
    if matter is not None and matter.value != s.person.country:
        return False
    return one.section in closed(s.knowledge.topics[one.topic], s.person, s.message.text, s.knowledge)


def _not_theirs(one: Candidate, m: Message, s: Signals) -> Decision | None:
    """What is said instead of an answer that is not for this person."""
    why = closed_to(s.knowledge.topics[one.topic], one.section, s.person, m.text, m.knowledge)
    act = ForOthers(one.topic, refuge=why == "refuge")
    return Decision(Outcome.CLARIFY, (act,), why=f"not theirs: {why}") if why else None


def not_ours(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A subject that is surely meant goes before a topic that sounds alike; a likely one where no topic answers."""
    subject = surely_beyond(m.text, m.knowledge)
    if subject is None and s.ranking.verdict == "admit":
        subject = beyond(m.text, m.knowledge)
    if subject is None:
        return None
    noted = NotUnderstood(m.text, m.lang)
    choices = topic_buttons(subject.topics, s) or menu_choices(s.knowledge, s.lang)
    said = Say("", ReplyKind.FALLBACK, words=subject.reply, choices=choices, more=("beyond.person",))
    left = {"topic": None, "section": None}
    return Decision(Outcome.FALLBACK, (said,), why=subject.id, events=(noted,), changes=left)


def nameless(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A question without a word of any matter, where none is open: of what is asked; or it is of what is not ours."""
    waits = state.asked_place or state.event or state.consulate or state.in_errand or state.in_danger
    if waits or not names_nothing(m.text, m.knowledge):
        return None
    last = state.wants[-1] if state.wants else None
    offered = {topic for topic, _ in pages_in(state.offered)}
    subject = beyond(last.text, m.knowledge) if last and last.answer is None else None
    if subject is not None and offered <= {*subject.topics}:
        said = Say("beyond.neither", ReplyKind.FALLBACK)
        return Decision(Outcome.FALLBACK, (said,), "of what is not ours", changes={"wants": state.wants})
    if offered or state.said_before.shown or s.ranking.verdict == "answer":
        return None
    asked = Say("clarify.nameless", ReplyKind.CLARIFY, choices=menu_choices(s.knowledge, s.lang))
    return Decision(Outcome.CLARIFY, (asked,), "names nothing", changes={"wants": state.wants})


LOST = 4
"""Words of who says alone that nothing is understood; longer ones tell what is not: a letter that came."""
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
    theirs = [one for one in s.ranking.candidates if not _not_theirs(one, m, s)]
    likely = _spread([one for one in theirs if not _is_elsewhere(one, s)] or theirs)
    choices = tuple(_button(one, likely, s) for one in likely)
    several = not s.ranking.either and len(questions_in(m.text, m.knowledge)) > 1  # both may be asked
    key = "clarify.one" if len(choices) == 1 else "clarify.several" if several else "clarify.many"
    told = () if s.ranking.either else tuple((one.topic, one.section) for one in likely[:IN_SHORT])
    act = Offer((*choices, person_button(s.lang)), key, likely=told)
    return Decision(Outcome.CLARIFY, (*_of_state(s), act), why="several are likely")


def _spread(likely: Iterable[Candidate]) -> list[Candidate]:
    """The first: one section of each topic, or several where all are of one."""
    found, best = list(islice(likely, MOST)), dict[str, Candidate]()
    for one in found:
        best.setdefault(one.topic, one)
    return found if len(best) == 1 else list(best.values())


def _button(one: Candidate, likely: list[Candidate], s: Signals) -> Choice:
    topic = s.knowledge.topics[one.topic]
    alone = sum(other.topic == one.topic for other in likely) == 1
    if alone:
        return topic_button(topic, s.knowledge, s.lang, one.section)
    return section_button(topic, topic.section_or_first(one.section), s.knowledge, s.lang)


def admit(m: Message, s: Signals, state: Conversation) -> Decision:
    """Always something; kept for the editors, and a case where we failed twice."""
    if "worries" in s.acts.all:  # in place of "I do not know that"
        said = Say("", ReplyKind.ANSWER, words=s.knowledge.texts["thread-worries-far"])
        return Decision(Outcome.SMALLTALK, (said,), why="felt")
    weak = state.weak + 1
    events: tuple[Event, ...] = (NotUnderstood(m.text, m.lang),) if m.text.strip() else ()
    if weak >= WEAK_IN_A_ROW:
        events = (*events, CaseNeeded(reason="weak_answers", level=Level.PRIORITY))
    topic = state.topic if "other_matter" not in s.acts.all or "complains" in s.acts.said else None
    acts = (*_of_state(s), Admit(topic=topic))
    return Decision(Outcome.FALLBACK, acts, why="nothing", events=events, changes={"weak": weak})


def _again(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The last section once more, or shorter; else what a definition led to, or what can be asked here."""
    if state.topic is None and state.asked_place is None and (led := pages_in(state.offered)):
        return Decision(Outcome.ANSWER, (Section(*led[0], short=True),), why="shorter")
    if state.topic is None or state.section is None:
        lost = s.acts.said and state.turns and len(m.letters.split()) <= LOST
        return Decision(Outcome.SMALLTALK, (Remark("what-can-you-do"),), why="nothing to say again") if lost else None
    shorter = "repeat" not in s.acts.all
    whole = make("s", state.topic, state.section)
    if shorter and (state.weak or any(choice.payload.startswith(whole) for choice in state.offered)):
        return _no_shorter(m, s, state)
    act = Section(state.topic, state.section, short=shorter, again=not shorter)
    return Decision(Outcome.ANSWER, (act,), why="shorter" if shorter else "again")


def _no_shorter(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Whoever does not understand the short form either is asked for the word or step; then a person is there."""
    if state.weak:
        return wants_person(m, s, state)
    asks = Say("again.which", ReplyKind.CLARIFY, choices=(*state.offered[1:], person_button(s.lang)))
    return Decision(Outcome.CLARIFY, (asks,), why="no shorter", changes={"weak": 1})


def _more(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """All of what was said in short, else what was not said yet of the open topic."""
    topic = s.knowledge.topics.get(state.topic or "")
    if topic is None:
        return None
    whole = make("s", topic.id, state.section or "")
    if any(choice.payload.startswith(whole) for choice in state.offered):
        return Decision(Outcome.ANSWER, (Section(topic.id, state.section or "", again=True),), why="all of it")
    shut = closed(topic, s.person, m.text, s.knowledge) | sections_away(topic, s.person, m.text, s.knowledge)
    near = [one.section for one in s.before_last.candidates if one.topic == topic.id] if s.before_last else []
    unsaid = (one for one in (*near, *(one.id for one in topic.sections)) if one not in shut)
    new = next((one for one in unsaid if f"{topic.id}/{one}" not in state.said_before.shown), None)
    if new is None:
        return Decision(Outcome.FALLBACK, (Admit(topic=topic.id),), why="all was said")
    return Decision(Outcome.ANSWER, (Section(topic.id, new),), why="more of it")


def _not_that(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What else the last want may have meant; to who complains again, a person."""
    if s.before_last is None:
        return None
    if state.weak:
        return wants_person(m, s, state)
    said = state.said_before.shown
    likely = _spread([one for one in s.before_last.candidates if one.id not in said and not _not_theirs(one, m, s)])
    if unsaid := unsaid_in(likely, s, state):
        return unsaid
    choices = (*(_button(one, likely, s) for one in likely), person_button(s.lang))
    told = tuple((one.topic, one.section) for one in likely[:1])
    wants = (*state.wants[:-1], state.wants[-1].model_copy(update={"complained": True}))
    changes = {"weak": 1, "wants": wants}
    return Decision(Outcome.CLARIFY, (Offer(choices, "clarify.sorry", likely=told),), why="not that", changes=changes)


OF_THE_TALK: Mapping[str, MayDecide] = COMMANDS | {
    "complains": _not_that,
    "drops": lambda *_: Decision(  # nothing goes on from what is left
        Outcome.SMALLTALK,
        (Remark("ok"),),
        why="left",
        changes={"topic": None, "section": None} | {"wants": (), "said_before": Said()},
    ),
    "more": _more,
    "repeat": _again,
    "shorter": _again,
}
"""What may be said of the talk itself, by the command or the act."""
BESIDE = COMPLAINS | {"next"}
"""Acts beside whose explicit words a matter is often named."""


def of_the_talk(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What is said of the talk itself, and of no matter; it wants nothing that could be answered later."""
    righted = s.acts.righted
    beside = frozenset[str]() if righted.rejects and not righted.meant else BESIDE
    name = next((act for act in s.acts.said if act in OF_THE_TALK and act not in beside), None)
    waits = state.flow is not None or state.asked_place is not None or s.danger.likely is not None
    if name is None and not (waits or righted.meant) and m.command is None and m.inbound.kind is Kind.TEXT:
        name = s.acts.of_talk
    if talk := next((one for one in s.knowledge.smalltalk if one.id == name), None):
        return remarked(talk, state)
    said = OF_THE_TALK.get(name or "")
    decision = said(m, s, state) if said else None
    return decision and replace(decision, changes={"wants": state.wants, **decision.changes})
