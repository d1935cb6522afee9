"""An errand that is asked for: to be led through it, beside another one, or a letter of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.conversation import KEPT, Conversation, Outcome, Progress
from bot.dialogue import errands, message
from bot.dialogue.decision import Decision, Offer, Step
from bot.dialogue.errand_questions import told_in_mexico
from bot.dialogue.message import Message
from bot.dialogue.person.told import closed_to
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.ranking.section_words import said_in
from bot.dialogue.rendering.words import way_in
from bot.dialogue.signals import Signals
from bot.dialogue.signals.found import Ranking
from bot.dialogue.thresholds import ANSWER_OPEN
from bot.dialogue.words.payload import pages_in, read
from bot.dialogue.words.talk import surely_beyond
from knowledge import hearing_steps as hearing
from knowledge import hearing_turns
from knowledge.frames import fold
from knowledge.hearing_clauses import named_before
from knowledge.hearing_steps import Wish, named_in
from knowledge.procedures import behind_section, covers, offered_with, section_of
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import Show


def asked_to_begin(named: Collection[str], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Its first step or question; which one, where several are meant."""
    before = named_before([fold(one.text) for one in state.heard], state.topic, s.knowledge)
    said = {name for one in state.heard for name in named_in(fold(one.text), s.knowledge)}
    offered = [s.knowledge.procedures[one] for one in errands_offered(state) if one and one in s.knowledge.procedures]
    offered = [one for one in offered if one.id in said] or offered  # "to renew it" was said
    if len(offered) == 1 and not named and Wish.TURNS not in hearing.wishes_in(m.letters, s.knowledge):
        return _one_of(offered, m, s, state)
    rest = hearing.beside_wish(Wish.START, m.letters, s.knowledge)
    asked = message.read(replace(m.inbound, text=rest), s.knowledge)  # bare words for steps are of no matter
    ranking = (s if rest == m.letters else s.of(asked, state)).ranking
    sure = [(one.topic, one.section) for one in ranking.candidates[:1] if one.score >= ANSWER_OPEN]
    sure += [(state.topic, state.section)] if state.topic and state.section and not named else []
    spoken = [s.knowledge.procedures[one] for one in named or before] or _spoken_of(rest, ranking, s, state)
    spoken = [one for one in spoken if one.id in said] or spoken
    found = [one for one in spoken if all(covers(one, *place, s.knowledge) for place in sure)]
    strange = surely_beyond(m.text, s.knowledge)  # "el pasaporte americano": not ours, and not the Mexican one
    found = [one for one in found if strange is None or set(one.topics).isdisjoint(strange.topics)]
    known, places = s.knowledge, ((one, *section_of(one, Aspect.WHAT, s.knowledge)) for one in found)
    theirs = [one for one, topic, at in places if closed_to(known.topics[topic], at, s.person, m.text, known) is None]
    elsewhere = [told for one in theirs if (told := told_in_mexico(one, s))]
    if elsewhere and len(elsewhere) == len(theirs):
        return Decision(Outcome.ANSWER, (elsewhere[0],), why="it is told to who is in Mexico")
    return _one_of(theirs[:KEPT], m, s, state)


def _one_of(theirs: Sequence[Procedure], m: Message, s: Signals, state: Conversation) -> Decision | None:
    if len(theirs) == 1:
        return errands.begun_with(theirs[0], s, state)
    choices = tuple(way_in(one, s, state, named=True) for one in theirs)
    return Decision(Outcome.CLARIFY, (Offer(choices, "steps.which"),), why="which procedure") if choices else None


def _spoken_of(rest: str, ranking: Ranking, s: Signals, state: Conversation) -> list[Procedure]:
    """What stands behind the section that the words are surely of, else behind the one that is open."""
    surely = ranking.verdict == "answer" and bool(said_in(rest, ranker_of(s.knowledge), s.knowledge))
    surely = surely or Wish.TURNS in hearing.wishes_in(s.message.letters, s.knowledge)
    sure = [(one.topic, one.section) for one in ranking.candidates[:1] if surely]
    offered = (
        offered_with(one[0], one[1] or "", s.knowledge) or (behind_section(*one, s.knowledge) if one in sure else ())
        for one in (*sure, (state.topic, state.section))
        if one[0]
    )
    meant = {one.id: one for page in pages_in(state.offered) for one in offered_with(*page, s.knowledge)}
    return list(next(filter(None, offered), meant.values()))


def errands_offered(state: Conversation) -> list[str | None]:
    """For each choice on offer the errand that it begins or goes on with."""
    taps = (read(one.payload) for one in state.offered)
    return [tap.parts[0] if tap and tap.kind == "z" and tap.parts[1:] in ((), ("g",)) else None for tap in taps]


def beside(named: Sequence[str], s: Signals) -> Decision:
    """Two side by side, or all that open a door without consultative status; nothing is begun."""
    names = named or [one.id for one in s.knowledge.procedures.values() if one.without_ecosoc]
    act = Step(Progress(procedure=names[0], at=s.now), Show.COMPARE if named else Show.DOORS, " ".join(names))
    return Decision(Outcome.QUESTION, (act,), why=act.view)


def letter_of(
    named: Collection[str], ours: Progress | None, m: Message, s: Signals, state: Conversation
) -> Decision | None:
    """The model of a letter of the procedure that is named, or is open; it begins none."""
    begun = {one.procedure: one for one in state.steps}
    for name in (*named, *((ours.procedure,) if ours else ())):
        progress = begun.get(name) or Progress(procedure=name, at=s.now)
        if (found := hearing_turns.letter_in(m.letters, s.knowledge.procedures[name], progress.step)) is not None:
            shown = errands.shown_of(progress, s, state, view=Show.LETTER, about=found.id, why="a letter")
            return shown if name in begun else replace(shown, changes={})
    return None
