"""Policy 2: the whole message is a command, a tap, or an offered choice in words."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import AnswerRated, Conversation, Kind, NotUnderstood, Outcome, ReplyKind
from bot.dialogue import directory, in_errand, reminders, taps
from bot.dialogue.beginning import errands_offered
from bot.dialogue.decision import Decision, Offer, Say, Section, Sources
from bot.dialogue.message import Message, wish_in
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.protocols.reader import may_command
from bot.dialogue.rendering.words import menu_choices, topic_buttons
from bot.dialogue.signals import Signals
from bot.dialogue.taps import COMMANDS
from bot.dialogue.words import payload
from bot.dialogue.words.questions import pieces_of
from knowledge.choosing import chosen_in
from knowledge.hearing_picks import picked_and_more
from knowledge.hearing_steps import Wish, wishes_in
from knowledge.reminding import ON
from knowledge.reminding import wishes_in as wished
from knowledge.renamed import called_now
from knowledge.schema.directory import CONSULATE

BESIDE_A_WISH = 3
"""Words beside the wish for a language that ask for nothing else: `sorry`, `mucho`."""
CRY = "help"
"""A command whose plain words, "ayuda", are a cry in an open danger."""
STILL_OURS = frozenset({"leave", "delete"})
"""Commands that work while a person holds the case."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A command by its name, a tap by its payload, an offered choice by what it carries, a wish for a language."""
    if not may_command(m, s, state):
        return None
    name = m.command
    again = state.reminding.muted and ON in wished(m.letters, m.knowledge)  # START, on which carriers act too
    if ((name == CRY and state.in_danger) or again) and not m.text.startswith("/"):
        return None
    if state.claimed and name not in STILL_OURS and state.flow != taps.ERASING:
        return None
    if name is not None:
        return COMMANDS[name](m, s, state)
    if m.inbound.kind is Kind.TAP:
        gone = Say("button.gone", choices=menu_choices(s.knowledge, s.lang))
        return _tapped(m.inbound.payload, m, s, state) or Decision(Outcome.COMMAND, (gone,), why="old button")
    begins = [one.payload for one, name in zip(state.offered, errands_offered(state), strict=True) if name]
    if len(begins) == 1 and not state.in_errand and Wish.YES in wishes_in(m.letters, m.knowledge):  # what was offered
        return _tapped(begins[0], m, s, state)
    if (picked := s.acts.picked) and not in_errand.says_more(m, s, state):
        return _tapped(picked.payload, m, s, state)
    wish = wish_in(m.text, m.knowledge)
    if wish is None or len(m.letters.split()) - len(wish.words.split()) > BESIDE_A_WISH:
        return None
    return COMMANDS[wish.key](m, s, state)


def picked(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A choice by its number, or in words one of the errands we asked about; what is beside it is read after it."""
    if m.inbound.kind is not Kind.TEXT:
        return None
    labels, names = [one.label for one in state.offered], errands_offered(state)
    going = state.steps[-1].procedure if state.in_errand else None  # "i enrolled them" chooses no enrolment anew
    asked = [one if one != going else None for one in names] if state.steps or all(names) else []
    pieces = pieces_of(m.text, m.knowledge)
    found = picked_and_more(m.text, labels, m.knowledge) or chosen_in(pieces, asked, m.knowledge)
    tapped = _tapped(state.offered[found[0]].payload, m, s, state) if found else None
    return replace(tapped, again=found[1]) if tapped and found else None


def _tapped(carried: str, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What a button means; None for one whose content is gone, or of another version."""
    tap = payload.read(carried)
    run = TAPS.get(tap.kind) if tap else None
    try:
        return run(m, s, state, *tap.parts) if run and tap else None
    except (KeyError, TypeError, ValueError, StopIteration):
        return None


def _section(m: Message, s: Signals, state: Conversation, topic: str, section: str = "", _: str = "") -> Decision:
    topic, _, section = called_now(f"{topic}/{section}", s.knowledge).partition("/")
    held = s.knowledge.topics[topic].section_or_first(section)
    return Decision(Outcome.ANSWER, (Section(topic, held.id, again=True),))


def _group(m: Message, s: Signals, state: Conversation, group_id: str) -> Decision:
    group = next(one for one in s.knowledge.menu if one.id == group_id)
    choices = topic_buttons(group.topics, s)
    return Decision(Outcome.COMMAND, (Offer(choices, title=group.title),), why="menu")


def _rated(m: Message, s: Signals, state: Conversation, topic: str, section: str, rating: str) -> Decision:
    """Kept without who said it; a no keeps the question too, for the editors."""
    helped = {"yes": True, "no": False}[rating]
    asked = () if helped or not state.heard else (NotUnderstood(state.heard[-1].text, s.lang),)
    said = Say("feedback.thanks" if helped else "feedback.sorry", ReplyKind.SMALLTALK)
    events = (AnswerRated(topic, section, helped, s.lang), *asked)
    return Decision(Outcome.SMALLTALK, (said,), why="rated", events=events)


TAPS: dict[str, Callable[..., Decision | None]] = {
    "s": _section,
    "t": lambda m, s, state, topic, _version="": _section(m, s, state, topic),
    "o": lambda m, s, state, topic, section, _version="": Decision(
        Outcome.ANSWER, (Sources(s.knowledge.topics[topic].id, section),), why="sources"
    ),
    "l": lambda m, s, state, topic, section: Decision(
        Outcome.ANSWER, (Section(topic, section, again=True, lang="es"),), why="in Spanish, once"
    ),
    "d": lambda m, s, state, term: Decision(
        Outcome.ANSWER, (Sources(s.knowledge.glossary[term].topic, term=term),), why="sources of a term"
    ),
    "g": _group,
    "c": lambda m, s, state, name: COMMANDS[name](m, s, state),
    "q": taps.option_chosen,
    "f": _rated,
    **taps.CALENDAR,
    "z": taps.step_tapped,
    "r": reminders.tapped,
    "p": lambda m, s, state, name, what="": directory.near_office(name, s, state, "sources" if what == "o" else ""),
    "n": lambda m, s, state, region, start="0", kind=CONSULATE: directory.of_region(
        s.knowledge.regions[region], s.knowledge.place_kinds[kind], s, state, int(start)
    ),
    "w": lambda m, s, state, town, kind=CONSULATE: directory.near(
        gazetteer_of(s.knowledge).towns[int(town)], s.knowledge.place_kinds[kind], s, state
    ),
    "y": lambda m, s, state, _: directory.find_mine(s, state),
}
