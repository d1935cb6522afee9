"""Policy 3: danger is told, or one is open: the next words of its protocol."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation import CaseNeeded, Conversation, Event, Kind, OpenDanger, Outcome, PlaceGiven
from bot.dialogue.decision import Act, Decision, Help, Line, Place
from bot.dialogue.message import Message, place_in
from bot.dialogue.protocols.facts import facts_of
from bot.dialogue.protocols.opening import open_danger, turn_of
from bot.dialogue.protocols.reader import may_command
from bot.dialogue.protocols.turn import Walked, first_words, said
from bot.dialogue.protocols.walk import walk
from bot.dialogue.signals import Signals
from bot.dialogue.thresholds import OWN_MATTER
from knowledge.schema.base import Level

FEW_WORDS = 4
"""Words with which a question has a subject of its own: "y ahora qué hago" is of the danger."""
LONG_SILENCE = timedelta(hours=48)
"""After which it is asked first how it is (P3)."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Help where danger is told; else the walk through the one that is open."""
    if state.danger is None or not state.in_danger:
        return _told(m, s, state)
    if state.claimed:
        return _told(m, s, state) if s.danger.danger and s.danger.danger.category != state.danger.category else None
    return _walked(state.danger, m, s, state)


def _told(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The first words; where nobody's life is at stake, what was asked beside it is answered behind them."""
    if s.danger.danger is None:
        return None
    walked = open_danger(s.danger.danger, m, s, state)
    beside = walked.help and m.asks and walked.danger.level is not Level.CRITICAL and s.ranking.verdict == "answer"
    return _decided(replace(walked, aside=beside), m, s, state)


def _walked(danger: OpenDanger, m: Message, s: Signals, state: Conversation) -> Decision | None:
    place = place_in(m)
    if m.empty and place is None and m.inbound.kind is not Kind.TAP:
        return _silent(danger) if danger.reader != "none" else None
    if not may_command(m, s, state) and (m.command is not None or m.inbound.kind is Kind.TAP):
        return Decision(Outcome.URGENT, (Line("line.reading"),)) if danger.reader == "reading" else _silent(danger)
    if s.now - danger.heard_at > LONG_SILENCE and s.danger.danger is None:
        return _decided(_come_back(danger, s), m, s, state)
    turn = turn_of(danger, m, s, state, own_matter=_is_own_matter(danger, m, s), shared=place is not None)
    walked = walk(turn)
    if walked.spent and danger.level is not Level.CRITICAL:
        return None  # nothing of the protocol is left to say, and no life is at stake: an ordinary conversation
    decision = _decided(walked, m, s, state, heard=turn.heard)
    if not walked.aside:
        return decision
    alone = walk(replace(turn, own_matter=False))
    return replace(decision, otherwise=_decided(alone, m, s, state, heard=turn.heard))


def _silent(danger: OpenDanger) -> Decision:
    return Decision(Outcome.SILENT, why="somebody may read", changes={"danger": danger})


def _come_back(danger: OpenDanger, s: Signals) -> Walked:
    """P3: after two days the danger is asked about before anything else."""
    neutral = danger.category in s.knowledge.triage.neutral
    line = "line.alone_again" if neutral else "line.safe_now"
    return Walked(danger.having(asked=line, heard_at=s.now), (line,), why="after a long silence")


def _is_own_matter(danger: OpenDanger, m: Message, s: Signals) -> bool:
    """Whether a message clearly asks for something that is no part of the danger, or for a person."""
    if "person" in s.acts.all:
        return True
    if danger.level is Level.PRIORITY and s.danger.danger is None:
        return s.ranking.verdict == "answer"
    if not m.asks or s.danger.likely is not None or s.ranking.verdict != "answer":
        return False
    return s.ranking.candidates[0].score >= OWN_MATTER and len(m.letters.split()) >= FEW_WORDS


def _decided(
    walked: Walked, m: Message, s: Signals, state: Conversation, heard: frozenset[str] = frozenset()
) -> Decision:
    """The acts, the facts to be remembered, and what a person should know."""
    danger = walked.danger
    danger = danger.having(heard=(*danger.heard, *sorted(heard.difference(danger.heard))))
    acts: list[Act] = []
    events: list[Event] = []
    if (place := place_in(m)) is not None:
        acts.append(Place(place.latitude, place.longitude, in_danger=True))
        events.append(PlaceGiven(place.latitude, place.longitude))
    if walked.help:
        facts = facts_of(danger, s.situation, on_duty=state.desk.on_duty)
        first, second = first_words(danger, facts, s.knowledge)
        acts.append(Help(danger.category, danger.kind, (*walked.head, *first), second))
        danger = said(danger, (*walked.head, *first, *second))
    elif walked.ids:
        acts.append(Line(walked.ids[0], walked.ids[1:]))
        danger = said(danger, walked.ids)
    events += _case(walked, s, state)
    changes = {"danger": danger} | ({"topic": None, "section": None} if walked.help and not walked.aside else {})
    outcome = Outcome.URGENT if acts else Outcome.SILENT
    again = m.text if walked.aside else walked.again
    return Decision(outcome, tuple(acts), why=walked.why, events=tuple(events), changes=changes, again=again)


def _case(walked: Walked, s: Signals, state: Conversation) -> tuple[Event, ...]:
    """A case for a person where a danger is opened, becomes another, or is graver than it was."""
    before, danger, found = state.danger, walked.danger, s.danger.danger
    graver = before is None or not state.in_danger or danger.level.rank < before.level.rank
    if not (walked.new or graver):
        return ()
    rule = found.rule if found else danger.rule or walked.why
    words = found.words if found else danger.told
    return (CaseNeeded("danger", danger.level, danger.category, rule, words, danger.danger_at),)
