"""An errand that is asked for: to be led through it, beside another one, or a letter of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import cast

from bot.conversation import Conversation, Outcome, Progress
from bot.dialogue import errands, in_errand
from bot.dialogue.decision import Decision, Offer, Step
from bot.dialogue.message import Message
from bot.dialogue.person.told import closed_to
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.ranking.section_words import said_in
from bot.dialogue.rendering.words import way_in
from bot.dialogue.signals import Signals
from bot.dialogue.signals.sections import shown_in
from bot.dialogue.thresholds import STEPS_LIKELY
from bot.dialogue.words.talk import surely_beyond
from knowledge import hearing_papers
from knowledge import hearing_steps as hearing
from knowledge.asked_steps import wishes_asked
from knowledge.frames import fold
from knowledge.procedures import offered_with, section_of
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import Show


def asked_to_begin(named: Collection[str], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Its first step or question; which one, where several are meant."""
    found = [s.knowledge.procedures[one] for one in named or _named_before(s, state)]
    found = found or _spoken_of(s, state) or _likeliest(s)
    strange = surely_beyond(m.text, s.knowledge)  # "el pasaporte americano": not ours, and not the Mexican one
    found = [one for one in found if strange is None or set(one.topics).isdisjoint(strange.topics)]
    theirs = [one for one in found if not _closed(one, m, s)]
    if len(theirs) > 1:
        choices = tuple(way_in(one, s, state, named=True) for one in theirs[: errands.KEPT])
        return Decision(Outcome.CLARIFY, (Offer(choices, "steps.which"),), why="which procedure")
    return _with_answers(errands.begun_with(theirs[0], s, state), m, s) if theirs else None


def _with_answers(begun: Decision, m: Message, s: Signals) -> Decision:
    """With what its steps tell of what is asked beside the wish to begin: "paso a paso, ¿y cuánto cuesta?"."""
    act, asked = cast(Step, begun.acts[-1]), in_errand.told_and_asked(m)[1]
    plain = (one for one in asked if wishes_asked(one.letters, s.knowledge).isdisjoint(errands.SHOWN))
    told = (errands.told_beside(act.progress, one, s) for one in plain)
    return replace(begun, acts=(replace(act, beside=tuple(one for one in told if isinstance(one, tuple))),))


def _named_before(s: Signals, state: Conversation) -> tuple[str, ...]:
    """The matter that was named last, in the message before or while the open topic is of it."""
    for back, heard in enumerate(reversed(state.heard)):
        named = hearing.named_in(fold(heard.text), s.knowledge)
        if theirs := tuple(one for one in named if not back or state.topic in s.knowledge.procedures[one].topics):
            return theirs
    return ()


def _likeliest(s: Signals) -> list[Procedure]:
    """What stands behind the likeliest section that has any: who wants steps of something is after one of ours."""
    if not said_in(hearing.beside_start(s.message.letters, s.knowledge), ranker_of(s.knowledge), s.knowledge):
        return []
    behind = (_all_of(one.topic, one.section, s) for one in s.ranking.candidates if one.score >= STEPS_LIKELY)
    return list(next(filter(None, behind), ()))


def _spoken_of(s: Signals, state: Conversation) -> list[Procedure]:
    """What stands behind the section that the words are surely of, else behind the one that is open."""
    telling = said_in(hearing.beside_start(s.message.letters, s.knowledge), ranker_of(s.knowledge), s.knowledge)
    surely = telling and s.ranking.verdict == "answer"  # bare words for steps are of no matter
    sure = [(one.topic, one.section) for one in s.ranking.candidates[:1] if surely]
    matter = [(one, part) for one, _, part in (shown.partition("/") for shown in shown_in(state, s.knowledge)[-1:])]
    opened = (state.topic, state.section)
    here = (opened, *sure) if sure and sure[0][0] == state.topic else (*sure, opened)  # "paso a paso, como le hago"
    places = [(one, part) for one, part in (*here, *(matter if state.in_danger else ())) if one]
    offered = (_all_of(*one, s) if one in sure else offered_with(one[0], one[1] or "", s.knowledge) for one in places)
    return list(next(filter(None, offered), ()))


def _all_of(topic: str, section: str, s: Signals) -> Sequence[Procedure]:
    """The procedures of a section; where it speaks of its topic at large, or has none, all of the topic."""
    at_large = s.knowledge.topics[topic].section_or_first(section).aspect in in_errand.COMMON
    found = () if at_large else offered_with(topic, section, s.knowledge)
    return found or tuple(one for one in s.knowledge.procedures.values() if topic in one.topics)


def _closed(procedure: Procedure, m: Message, s: Signals) -> bool:
    topic, section = section_of(procedure, Aspect.WHAT, s.knowledge)
    return closed_to(s.knowledge.topics[topic], section, s.person, m.text, s.knowledge) is not None


def beside(named: Sequence[str], s: Signals) -> Decision:
    """Two side by side, or all that open a door without consultative status; nothing is begun."""
    names = named or [one.id for one in s.knowledge.procedures.values() if one.without_ecosoc]
    act = Step(Progress(procedure=names[0], at=s.now), Show.COMPARE if named else Show.DOORS, " ".join(names))
    return Decision(Outcome.QUESTION, (act,), why=act.view)


def joined_at(name: str, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Where somebody stands who says what they did and asks what is next: "ya mandé la carta a la OEA, ¿ahora qué?"."""
    order = [one.id for one in s.knowledge.procedures[name].steps]
    did = hearing.steps_done_in(m.letters, name, order, s.knowledge)
    return errands.moved_on(Progress(procedure=name, at=s.now), s, state, *did) if did else None


def letter_of(
    named: Collection[str], ours: Progress | None, m: Message, s: Signals, state: Conversation
) -> Decision | None:
    """The model of a letter of the procedure that is named, or is open."""
    begun = {one.procedure: one for one in state.steps}
    if not named:  # "carta de invitación": by its own words in any errand
        every = s.knowledge.procedures.values()
        named = [one.id for one in every if hearing_papers.letter_named(m.letters, one)]
    for name in (*named, *((ours.procedure,) if ours else ())):
        progress = begun.get(name) or Progress(procedure=name, at=s.now)
        if (found := hearing_papers.letter_in(m.letters, s.knowledge.procedures[name], progress.step)) is not None:
            return errands.shown_of(progress, s, state, view=Show.LETTER, about=found.id, why="a letter")
    return None
