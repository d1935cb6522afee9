"""Messages that no section answers: other channels, commands, taps, choices, our own question, courtesy."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from bot.conversation import AnswerRated, Conversation, Kind, NotUnderstood, Outcome, ReplyKind, payload
from bot.dialogue import directory, in_errand, reminders, taps
from bot.dialogue.decision import Admit, Decision, Offer, Say, Section, Sources
from bot.dialogue.errand_questions import errands_offered
from bot.dialogue.errands import following, open_in
from bot.dialogue.in_errand import kept_in_errand
from bot.dialogue.message import Message, wish_in
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.person.signals import citizen_alone, place_alone, places_apart
from bot.dialogue.person.told import WHERE, told_by
from bot.dialogue.places.nearest import kind_asked, place_said
from bot.dialogue.protocols.reader import may_command
from bot.dialogue.ranking.glossary import place_of
from bot.dialogue.rendering.words import menu_choices, topic_buttons
from bot.dialogue.signals import Signals
from bot.dialogue.signals.acts import ALONE, talk_meant
from bot.dialogue.taps import COMMANDS, option_chosen, remarked
from bot.dialogue.thresholds import TALK, TALK_SURE
from bot.dialogue.words.phrasing import heard_of
from bot.dialogue.words.questions import pieces_of
from knowledge.choosing import chosen_in
from knowledge.frames import FrameSet
from knowledge.hearing_picks import picked_and_more
from knowledge.hearing_steps import Wish, wishes_in
from knowledge.model import Knowledge
from knowledge.reminding import ON
from knowledge.reminding import wishes_in as wished
from knowledge.renamed import called_now
from knowledge.schema.directory import CONSULATE
from knowledge.schema.introductions import Introduced
from knowledge.schema.topics import Everyday

BESIDE_A_WISH = 3
"""Words beside the wish for a language that ask for nothing else: `sorry`, `mucho`."""
CRY = "help"
"""A command whose plain words, "ayuda", are a cry in an open danger."""
STILL_OURS = frozenset({"leave", "delete"})
"""Commands that work while a person holds the case."""
WORDLESS = frozenset({Kind.VOICE, Kind.PHOTO, Kind.STICKER, Kind.CONTACT, Kind.OTHER})
"""Messages without words; of each the line of `locales` by its name."""


def channel(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Who blocks us is told nothing; a group reads along; what we cannot hear or see is asked for in words."""
    kind = m.inbound.kind
    if kind is Kind.BLOCKED:
        return Decision(Outcome.SILENT, why="blocked us")
    if kind is Kind.GROUP:
        return Decision(Outcome.COMMAND, (Say("group", values={"link": m.inbound.payload}),), why="a group")
    if kind not in WORDLESS or m.text.strip() or state.claimed:
        return None
    key = "wordless.danger" if state.in_danger else kind.value
    asked = (Say(key, ReplyKind.QUESTION),)
    return Decision(Outcome.QUESTION, asked, why="no words", changes={"offered": state.offered})


def held(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Silence, whatever is said."""
    return Decision(Outcome.SILENT, why="a person holds the case") if state.claimed else None


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> dict[tuple[str, str], FrameSet[str]]:
    return {
        (flow.id, question.id): FrameSet((o.id, frame) for o in question.options for frame in o.frames)
        for flow in knowledge.flows.values()
        for question in flow.questions
    }


def question(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The option of the open flow that the words mean."""
    flow = s.knowledge.flows.get(state.flow or "")
    question = flow.open_question(state.answers) if flow else None
    if flow is None or question is None:
        return None
    found = _frames(s.knowledge)[flow.id, question.id].first(m.letters)
    return option_chosen(m, s, state, flow.id, question.id, found.key) if found else None


def unsure(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Where they stand in the open errand, or small talk that was learned, where nothing answers surely."""
    return None if m.empty or m.inbound.kind is not Kind.TEXT else kept_in_errand(m, s, state) or _talk(m, s, state)


def _talk(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Small talk in words of their own: never where a danger may be told, or something of ours waits for an answer."""
    told = s.danger.likely is not None or (state.danger is not None and state.danger.state != "over")
    if told or state.asked_place is not None or state.in_errand or set(s.acts.all) - ALONE or s.ranking.term:
        return None
    sure = s.ranking.verdict == "answer" and s.ranking.everyday is not Everyday.SMALLTALK
    if sure and state.topic is not None:
        return None
    best, margin = talk_meant(m.text, s.knowledge)
    if margin < (TALK_SURE if sure else TALK) or (best == Everyday.FAR and state.topic is not None):
        return None
    return next((remarked(talk, state) for talk in s.knowledge.smalltalk if talk.id == best), None)


def other_language(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Our one sentence in that language, where we have it."""
    if m.foreign is None:
        return None
    return Decision(Outcome.FALLBACK, (Admit(),), why=m.foreign, events=(NotUnderstood(m.whole, m.lang),))


def courtesy(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A greeting, thanks, a laugh; an introduction, where nothing is open; an answer in short to who reads little."""
    if m.smalltalk is not None and m.smalltalk.id == "reads-little" and state.topic and state.section:
        return Decision(Outcome.ANSWER, (Section(state.topic, state.section, short=True),), why="reads little")
    if m.smalltalk is not None:
        ours = open_in(s, state) if state.in_errand and m.smalltalk.id in ("bare-answer", "unsure") else None
        return following(ours, s, state) if ours else remarked(m.smalltalk, state)  # "sí", to "¿aquí o en México?"
    if state.topic is None and state.asked_place is None and not state.wants and introduces(m):
        group = group_of(m, s.person)
        said = Say("", ReplyKind.SMALLTALK, words=group.reply, choices=topic_buttons(group.topics, s))
        return Decision(Outcome.SMALLTALK, (said,), why="introduces themselves")
    return None


NAME = 3
"""Words of a name behind "me llamo"."""
LONGEST = 24
"""Words of a message that may only introduce; longer ones tell a story."""


def introduces(m: Message) -> bool:
    """Whether a message only says who its writer is, or where; the bare name of a place may ask for anything there."""
    text, knowledge, said = m.text, m.knowledge, m.person
    if place_of(text, knowledge):
        return False
    if place_said(text, knowledge)[0] and place_alone(text, knowledge) and kind_asked(text, knowledge) is None:
        return True
    if said.citizen is not None and citizen_alone(text, knowledge):
        return True
    held, heard = knowledge.introductions, " ".join(m.ear)
    needs, tells = (heard_of(one).first(heard) is not None for one in (held.needs, held.tells))
    if said.asks or needs or not tells or len(heard.split()) > LONGEST:
        return False
    known = heard_of((*held.words, *held.tells))
    if (found := heard_of(held.named).first(heard)) is not None:  # the words of a name may be any
        padded = f" {heard} "
        heard = " ".join((padded[: found.end], *padded[found.end :].split()[NAME:]))
    named = places_apart(heard, knowledge)
    return all(is_place or word.isdigit() or known.first(word) for word, is_place in named)


def group_of(m: Message, person: Conversation) -> Introduced:
    """The first group that somebody is of; the last is anybody's."""
    heard = " ".join(m.ear)
    people = told_by(person, m.text, m.knowledge).people
    here = WHERE.get(person.country or "")
    return next(
        group
        for group in m.knowledge.introductions.groups
        if (not group.words or heard_of(group.words).first(heard) is not None)
        and (group.people is None or (people is not None and group.people in people))
        and (group.where is None or group.where is here)
    )


def command(m: Message, s: Signals, state: Conversation) -> Decision | None:
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
    "e": lambda m, s, state, event, what="all": taps.events_shown((event,), what if what == "how" else "", s),
    "m": taps.more,
    "i": lambda m, s, state, event: taps.events_shown((event,), "save", s),
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
