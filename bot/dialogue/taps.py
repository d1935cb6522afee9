"""What a command, a button or an option leads to: flows and their effects, events of the calendar."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2s

from bot.conversation import (
    CaseNeeded,
    Choice,
    Conversation,
    DeletionConfirmed,
    LeftConversation,
    Outcome,
    Progress,
    Reminding,
    ReplyKind,
)
from bot.conversation.payload import make
from bot.dialogue import errands, in_errand
from bot.dialogue.decision import Decision, Events, Line, Remark, Say, Section, Sources
from bot.dialogue.directory import near_office
from bot.dialogue.message import Message
from bot.dialogue.rendering.words import MEXICO, events_in, menu_button, menu_choices, who_answers
from bot.dialogue.signals import MayDecide, Signals
from bot.texts import say
from knowledge import calendar
from knowledge.hearing_steps import Wish
from knowledge.reminding import STOP, wishes_in
from knowledge.schema.base import Lang, Level
from knowledge.schema.flows import Flow
from knowledge.schema.talk import SmallTalk
from knowledge.telling_facts import told_back
from knowledge.telling_steps import Show

ERASING, LANGUAGE = "delete", "language"
"""Flows that commands start."""


def _start(name: str, m: Message, s: Signals, state: Conversation) -> Decision:
    """Ask the first question of a flow, whatever was answered before; while somebody may read, erase at once."""
    if name == ERASING and state.danger is not None and state.danger.reader != "none":
        return _erase(m, s, state, unasked=True)
    flow = s.knowledge.flows[name]
    asked = {question.id for question in flow.questions}
    answers = {question: option for question, option in state.answers.items() if question not in asked}
    changes = {"flow": name, "answers": answers}
    return Decision(Outcome.COMMAND, _open_question(flow, answers, s), why=f"flow {name}", changes=changes)


def _open_question(flow: Flow, answers: dict[str, str], s: Signals) -> tuple[Say, ...]:
    """The question that is open, with its options as choices; nothing where all are answered."""
    question = flow.open_question(answers)
    if question is None:
        return ()
    taps = ((option.label.say(s.lang), make("q", flow.id, question.id, option.id)) for option in question.options)
    choices = tuple(Choice(label=label, payload=payload) for label, payload in taps)
    return (Say("", ReplyKind.QUESTION, words=question.ask, choices=choices),)


def _speak(lang: Lang, state: Conversation, *, again: bool) -> Decision:
    """Answer in this language from here on, and the last answer too, where it is wanted again."""
    changed = {"lang": lang, "lang_chosen": True, "flow": None if state.flow == LANGUAGE else state.flow}
    if again and state.topic is not None and state.section is not None:
        act = Section(state.topic, state.section, again=True, lang=lang)
        return Decision(Outcome.ANSWER, (act,), why="language", changes=changed)
    said = Say("language.changed", choices=menu_button(lang), lang=lang)
    return Decision(Outcome.COMMAND, (said,), why="language", changes=changed)


def option_chosen(
    m: Message, s: Signals, state: Conversation, flow_id: str, question_id: str, option_id: str
) -> Decision:
    """Keep the answer, say what its option says, do its effect, ask what is open then."""
    flow = s.knowledge.flows[flow_id]
    question = {q.id: q for q in flow.questions}[question_id]
    option = {o.id: o for o in question.options}[option_id]
    if option.effect is not None:
        return EFFECTS[option.effect](m, s, state)
    answers = {**state.answers, question_id: option_id}
    asked = _open_question(flow, answers, s)
    changes = {"answers": answers, "flow": flow_id if asked else None}
    said = (Say("", ReplyKind.QUESTION, words=option.say),) if option.say else ()
    return Decision(Outcome.QUESTION, (*said, *asked), why=f"{flow_id}: {option_id}", changes=changes)


def _erase(m: Message, s: Signals, state: Conversation, *, unasked: bool = False) -> Decision:
    seed = f"{m.inbound.channel}:{m.inbound.delivery_id}:{s.now.isoformat()}"
    code = blake2s(seed.encode(), digest_size=4).hexdigest().upper()  # it says nothing about the person
    if state.in_danger:  # whoever reads along learns nothing from it
        confirmed = DeletionConfirmed(code, unasked=unasked)
        return Decision(Outcome.COMMAND, (Line("line.erased"),), why="erased", events=(confirmed,))
    key = "erased.case_open" if state.case is not None and state.case.category else "erased"
    said = Say(key, values={"code": code, "date": s.now.date().isoformat()})
    return Decision(Outcome.COMMAND, (said,), why="erased", events=(DeletionConfirmed(code),))


EFFECTS: Mapping[str, Callable[[Message, Signals, Conversation], Decision]] = {
    "erase": _erase,
    "speak-es": lambda m, s, state: _speak("es", state, again=False),
    "speak-en": lambda m, s, state: _speak("en", state, again=False),
}


def more(m: Message, s: Signals, state: Conversation, start: str, packed: str, version: str, _: str = "") -> Decision:
    """The next events of a list that is tapped on. ValueError where the calendar has others by now."""
    ordered = calendar.in_order(events_in(packed, version, s.knowledge), s.today)
    if not 0 <= int(start) < len(ordered):
        raise ValueError("there is no more")
    return events_shown(tuple(event.id for event in ordered), "", s, int(start))


def events_shown(ids: tuple[str, ...], asked: str, s: Signals, start: int = 0) -> Decision:
    """Events by a tap, from `start` on; `asked`: what of the one."""
    first = s.knowledge.events[ids[start]]
    act = Events(ids, asked=asked, offset=start)
    return Decision(Outcome.ANSWER, (act,), why="tapped", changes={"event": first.id, "topic": None, "section": None})


def leave(m: Message, s: Signals, state: Conversation) -> Decision:
    """One neutral line: whoever reads the phone learns nothing. No reminder is left; BAJA keeps them for ALTA."""
    stops = STOP in wishes_in(m.letters, s.knowledge)
    kept = state.reminding.having(muted=True) if stops else Reminding(muted=state.reminding.muted)
    gone = {"flow": None, "doubt": None, "heard": (), "wants": (), "topic": None, "section": None, "reminding": kept}
    changes = {**gone, "left": True, "greeted": True}
    return Decision(Outcome.COMMAND, (Say("left"),), why="leaves", events=(LeftConversation(),), changes=changes)


def step_tapped(
    m: Message, s: Signals, state: Conversation, name: str, does: str, about: str = "", option: str = ""
) -> Decision:
    """A button of a procedure. KeyError for one that is gone, or whose step, paper or question is."""
    procedure = s.knowledge.procedures[name]
    ours = next((one for one in state.steps if one.procedure == name), Progress(procedure=name, at=s.now))
    known = {one.id for items in (procedure.steps, procedure.papers, procedure.questions) for one in items}
    if about and about not in known:
        raise KeyError(about)
    there, mark = ours.having(step=about), Wish.LACKS if about in ours.has else Wish.HAS
    moves: Mapping[str, Callable[[], Decision]] = {
        "g": lambda: errands.begun_with(procedure, s, state),
        "d": lambda: errands.moved_on(there, s, state, about),
        "l": lambda: errands.put_off(there, s, state),
        "p": lambda: errands.opened(ours, s, state, about),
        "b": lambda: errands.shown_of(there, s, state, view=Show.BRING),
        "m": lambda: errands.shown_of(ours, s, state, view=Show.LIST),
        "f": lambda: errands.shown_of(ours, s, state, view=Show.FORWARD),
        "h": lambda: in_errand.with_papers(ours, {about: mark}, s, state),
        "a": lambda: errands.answered(ours, s, state, about, option),
    }
    return moves[does]()


def _said(key: str, choices: tuple[Choice, ...], *more: str, **values: object) -> Decision:
    return Decision(Outcome.COMMAND, (Say(key, values=values, choices=choices, more=more),), why=key)


def wants_person(m: Message, s: Signals, state: Conversation) -> Decision:
    """Whether somebody reads this, which is promised only while on duty, and who answers now; a case either way."""
    # Who fears their government, or is of another country, is not sent to a line that it runs for its own.
    mexicans = not s.person.fears_government and s.person.citizen in (None, MEXICO)
    nobody = "person.nobody.ask" if mexicans else "person.nobody.refuge"
    if state.in_danger and state.danger is not None and state.danger.level is Level.CRITICAL:
        nobody = "person.nobody.danger"
    key = "person.on_duty" if state.desk.on_duty else nobody
    said = Say(key, values={"opens": _opening(s)}, choices=() if state.in_danger else menu_button(s.lang))
    wanted = CaseNeeded(reason="person", level=Level.PRIORITY)
    return Decision(Outcome.COMMAND, (said,), why="wants a person", events=(wanted,))


def _opening(s: Signals) -> str:
    """When somebody reads again: the desk's time and its zone, as the person may be elsewhere; empty: nobody will."""
    if (opens := s.state.desk.opens_at) is None:
        return ""
    days = (opens.date() - s.now.astimezone(opens.tzinfo).date()).days
    weekday = say("weekdays", s.lang).split(", ")[opens.weekday()]
    day = {0: say("day.today", s.lang), 1: say("day.tomorrow", s.lang)}.get(days, weekday)
    return say("person.opens", s.lang, day=day, hour=f"{opens:%H:%M}", zone=f"{opens:%Z}")


def _privacy(m: Message, s: Signals, state: Conversation) -> Decision:
    """What is kept, and the facts that are known of this person."""
    desk, held = state.desk, (s.knowledge.procedures.get(one.procedure) for one in state.steps)
    titles = ", ".join(one.title.say(s.lang) for one in held if one is not None)
    facts, names = told_back(s.situation.kept(), s.knowledge, s.lang), ("privacy.facts", "privacy.steps")
    names = ("privacy.facts_veiled", "privacy.steps_veiled") if state.watched else names
    more = (name for name, kept in zip(names, (facts, titles), strict=True) if kept)
    return _said(
        "privacy", menu_button(s.lang), *more, "privacy.reminders",
        who=who_answers(s), facts=facts, titles=titles, count=len(state.reminding.items),
        questions=desk.questions_days, cases=desk.cases_days, unanswered=desk.unanswered_days,
    )  # fmt: skip


def _whence(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Where the open consulate or section comes from; of an event its own policy says it."""
    if state.consulate is not None:
        return near_office(state.consulate, s, state, "sources")
    here = state.topic if state.event is None and state.topic in s.knowledge.topics else None
    return None if here is None else Decision(Outcome.ANSWER, (Sources(here, state.section or ""),), why="sources")


COMMANDS: dict[str, MayDecide] = {
    "start": lambda m, s, state: replace(
        _said("start", menu_choices(s.knowledge, s.lang), who=who_answers(s)), changes={"greeted": True}
    ),
    "help": lambda m, s, state: _said("help", menu_button(s.lang)),
    "menu": lambda m, s, state: _said("menu.head", menu_choices(s.knowledge, s.lang)),
    "language": partial(_start, LANGUAGE),
    "spanish": lambda m, s, state: _speak("es", state, again=True),
    "english": lambda m, s, state: _speak("en", state, again=True),
    "person": wants_person,
    "delete": partial(_start, ERASING),
    "privacy": _privacy,
    "leave": leave,
    "sources": _whence,
}


def remarked(talk: SmallTalk, state: Conversation) -> Decision:
    """What content says to small talk; something else where it was just said."""
    again = state.remark == talk.id and talk.again is not None
    changes = {"remark": "" if again else talk.id}
    return Decision(Outcome.SMALLTALK, (Remark(talk.id, back=talk.back),), why=talk.id, changes=changes)
