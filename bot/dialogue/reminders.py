"""Reminders in conversation: asked for, listed, ended, opened, in words or by taps; the day and the town of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.conversation import NEAR, Choice, Conversation, Outcome, Reminder, Reminding, ReplyKind
from bot.conversation.reminders import BEFORE, OF_STEP, OWN, leads_for
from bot.dates.reading import dates_in
from bot.dialogue.decision import Act, Decision, Events, Say
from bot.dialogue.errands import last_of, moves, open_in
from bot.dialogue.message import Message, read
from bot.dialogue.places.nearest import place_meant
from bot.dialogue.places.words import read_places
from bot.dialogue.rendering.words import button, event_button, topic_buttons
from bot.dialogue.signals import MayDecide, Signals
from bot.dialogue.signals.calendar.query import calendar_query
from bot.dialogue.thresholds import ASIDE_OTHER
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import MARKS, pieces_of
from bot.texts import say
from knowledge import hearing_steps as hearing
from knowledge import reminding as words
from knowledge.errand_bounds import BRIEF
from knowledge.frames import fold
from knowledge.hearing_clauses import ASKING
from knowledge.ical import can_be_entered

OPENED = "reminders.head"
"""In front of what waited."""
PLACE = 5
"""Words of a message that answers where somebody is."""


def heard_of_reminders(m: Message, s: Signals, state: Conversation, steps: MayDecide) -> Decision | None:
    """What words do with reminders, or answer to what we asked of one; `steps`: what hears the same of an errand."""
    ours, before = state.reminding, spell_out(state.heard[-1].text, s.knowledge.spelling) if state.heard else ""
    said = words.wishes_in(m.letters, s.knowledge, before)
    if words.SEE in said and ours.items:
        return opened(m, s, state) if any(one.ready for one in ours.items) else _listed("reminders.list", ours.items, s)
    if words.ON in said and (ours.muted or ours.items):
        return _decided("reminders.on", ours.having(muted=False), count=len(ours.items))
    if words.ASK in said:
        return _asked_beside(m, s, state, steps)
    if len(m.letters.split()) > BRIEF:
        return None
    if said & words.ENDS and ours.items and (ended := _cancelled(said, m, s, state)):
        return ended
    if said & {words.LIST, words.CANCEL}:
        return _listed("reminders.list", ours.items, s)
    if ours.asking is not None and state.turns - ours.asked_day == 1 and (day := _day_in(m, s)):
        again, ahead = ours.having(asked_day=state.turns), day - timedelta(days=sum(ours.asking.leads))
        own = ahead if ahead > s.today else day
        return _set(ours.asking, own, OWN, s, state) if day > s.today else _decided("reminders.day_ahead", again)
    return _placed(m, s, state) if ours.asked_town is not None and state.turns - ours.asked_town == 1 else None


def _asked_beside(m: Message, s: Signals, state: Conversation, steps: MayDecide) -> Decision | None:
    """A reminder of the step that is meant by then, and what the same message tells of the open errand."""
    wish, told = words.apart(pieces_of(m.text, s.knowledge), s.knowledge)
    beside = steps(replace(m, text=told), s, state) if told and open_in(s, state) else None
    asks = "?" in told or not ASKING.isdisjoint(hearing.wishes_in(fold(told), s.knowledge))
    moved = beside if beside and (asks or moves(beside, state.steps[-1])) else None
    if len((wish if open_in(s, state) else m.letters).split()) > BRIEF:
        return None
    changes, acts = (moved.changes, moved.acts) if moved else ({}, ())
    found = asked(m, s, state, _matter(replace(m, text=wish), s, state.having(**changes)))
    more = told if asks and moved is None else None  # "recuérdeme, ¿y cuándo es la asamblea?"
    return replace(found, acts=(*found.acts, *acts), changes={**changes, **found.changes}, again=more)


def _decided(key: str, changed: Reminding | None = None, /, **values: object) -> Decision:
    changes = {} if changed is None else {"reminding": changed}
    return Decision(Outcome.QUESTION, (Say(key, ReplyKind.QUESTION, values),), why=key, changes=changes)


def _listed(key: str, items: Sequence[Reminder], s: Signals) -> Decision:
    """A line for each, and a button that opens the matter, or ends the reminder; that there is none."""
    lines = []
    for one in items:
        told, more = _told_of(one, s), {"reminders.no_day": not one.day, "reminders.changed": one.changed}
        line = (told["title"], told["when"], *(say(key, s.lang) for key, holds in more.items() if holds))
        lines.append(f"• {' · '.join(filter(None, line))}")
    choices = tuple(choice for one in items if (choice := _leads_on(one.about, key, s)))
    said = Say(key if items else "reminders.none", ReplyKind.QUESTION, {"items": "\n".join(lines)}, choices)
    return Decision(Outcome.QUESTION, (said,), why=said.key)


def _told_of(one: Reminder, s: Signals) -> dict[str, str]:
    """What the texts of one reminder are filled with."""
    said = words.values_of(one.about, one.day, one.leads, s.knowledge, s.lang, s.today)
    days = say("reminders.day" if one.leads == (1,) else "reminders.days", s.lang, days=said["leads"])
    return {**said, "days": days}


def _leads_on(about: str, key: str, s: Signals) -> Choice | None:
    """What leads on from a reminder that was opened: its procedure, event or topic; in a list the end of it."""
    name, event = about.split("/")[1], s.knowledge.events.get(words.event_of(about, s.knowledge, s.today))
    if key != OPENED:
        title = words.title_of(about, s.knowledge, s.lang, s.today)
        return button("reminders.end", s.lang, "r", "x", about, title=title)
    if name in s.knowledge.procedures:
        return button("steps.go", s.lang, "z", name, "g")
    return event_button(event, s.lang) if event else next(iter(topic_buttons([name], s)), None)


def opened(m: Message, s: Signals, state: Conversation) -> Decision:
    """What waited, told whole; afterwards it waits no more."""
    waited = [one for one in state.reminding.items if one.ready]
    return replace(_listed(OPENED, waited, s), why="opened", changes={"reminding": state.reminding.read()})


def _cancelled(said: set[str], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """All, the only one, or those that are named; else which is asked. What may be of another matter ends none."""
    held, bare = [one.about for one in state.reminding.items], state.having(event=None, topic=None)

    def meant(names: Sequence[str]) -> set[str]:
        found = [_matter(replace(m, text=one), s, bare) for one in names]
        return {one for one in held if any(words.same(one, other, s.knowledge, s.today) for other in found)}

    ends, stay = (meant(names) if names else None for names in words.named_apart(m.letters, s.knowledge))
    if words.CANCEL not in said and ends == set():
        return None
    gone = words.ended(said, held, ends, stay)
    return _ended(gone, state) if gone else _listed("reminders.which_ends", state.reminding.items, s)


def _ended(gone: Sequence[str], state: Conversation) -> Decision:
    """That they end, and how many are left."""
    left = tuple(one for one in state.reminding.items if one.about not in gone)
    key = "reminders.gone_left" if left else "reminders.all_gone" if len(gone) > 1 else "reminders.gone"
    return _decided(key, state.reminding.having(items=left, asking=None), count=len(left))


def _matter(m: Message, s: Signals, state: Conversation) -> str:
    """What the words name: a forum, a procedure, a topic; where they name nothing, what is open; empty for none."""
    left, last = words.matter_in(m.letters, s.knowledge), last_of(s, state)
    here = last if last is not None and state.turns - last.turn <= NEAR and last.step else None
    if here is not None and (step := words.step_meant(left, m.letters, here.procedure, here.answers, s.knowledge)):
        return step
    alone = s.of(read(replace(m.inbound, text=left), s.knowledge), Conversation(lang=state.lang))
    query = calendar_query(alone.message, alone, state) if left else None
    ranked = alone.ranking.candidates if here else ()
    if here and not (hearing.named_in(left, s.knowledge) or any(one.score >= ASIDE_OTHER for one in ranked)):
        return words.step_open(here, s.knowledge)  # "en 15 días, para ver si contestaron"
    if query is not None and query.strength >= s.knowledge.calendar_weights["least"]:
        for event in (one for one in query.events if not s.knowledge.events[one].history):
            return words.of_event(event, m.letters, s.knowledge)
    if step := words.step_named(left, {one.procedure: one.step for one in state.steps}, s.knowledge):
        return step
    if left and alone.ranking.candidates and alone.ranking.verdict == "answer":
        return words.about(words.TOPIC, alone.ranking.candidates[0].topic)
    if here is not None:
        return words.step_open(here, s.knowledge)
    if state.event in s.knowledge.events:
        return words.of_event(state.event or "", m.letters, s.knowledge)
    return words.about(words.TOPIC, state.topic or "") if state.topic in s.knowledge.topics else ""


def asked(m: Message, s: Signals, state: Conversation, matter: str) -> Decision:
    """One more; that it cannot be, where nothing can be sent later; the day, where only the person can say it."""
    ours, event = state.reminding, words.event_of(matter, s.knowledge, s.today)
    if m.inbound.channel not in state.desk.reminds_on:
        held = event and can_be_entered(s.knowledge.events[event])
        what = words.by_hand(matter, _day_in(m, s), s.knowledge, s.lang, s.today)
        cannot = Say("reminders.by_hand", values={"what": what}) if what and not held else Say("reminders.cannot")
        told: tuple[Act, ...] = (cannot, *([Events((event,), "save")] if held else []))
        return Decision(Outcome.COMMAND, told, why="nothing can be sent", changes={"event": event or state.event})
    if ours.muted or not matter:
        return _decided("reminders.muted" if ours.muted else "reminders.which")
    one, day = Reminder(about=matter, made=s.today), _day_in(m, s)
    if day is not None and day > s.today:
        return _set(one, day, OWN, s, state)
    if words.is_own(matter, s.knowledge, s.today):
        one = one.having(leads=words.leads_in(m.letters, s.knowledge)[:1])
        return _decided("reminders.what_day", ours.having(asking=one, asked_day=state.turns))
    among = OF_STEP if matter.startswith(words.STEP) else BEFORE
    return _set(one, None, words.leads_in(m.letters, s.knowledge)[: len(among)] or among, s, state)


def _day_in(m: Message, s: Signals) -> date | None:
    """The one day that is named, or so many days before it."""
    spans = (span for part in MARKS.split(m.text) for span in dates_in(part, s.today, english=m.lang == "en").spans)
    days = [one.first for one in spans if one.days == 1]  # "la mandé ayer, avíseme el lunes"
    return max(days) - timedelta(days=sum(words.leads_in(m.letters, s.knowledge)[:1])) if days else None


def _set(one: Reminder, own: date | None, among: tuple[int, ...], s: Signals, state: Conversation) -> Decision:
    """It is kept, and said; once we ask where they are, as nobody is woken."""
    day = own.isoformat() if own else words.day_of(one.about, s.knowledge, s.today) or ""
    one = one.having(day=day, own=own is not None, leads=among if own else leads_for(day, among, s.today))
    if day and not one.leads:
        return _decided("reminders.too_late", **_told_of(one, s))
    ours = state.reminding.plus(one)
    told = s.situation.town.value if s.situation.town else ours.town
    asks = not told and ours.asked_town is None
    key = "reminders.set_own" if own else "reminders.set" if day else "reminders.unpublished"
    kept = ours.having(town=told, asked_town=state.turns if asks else ours.asked_town)
    decision, where = _decided(key, kept, **_told_of(one, s)), Say("reminders.where", ReplyKind.QUESTION)
    return replace(decision, acts=(*decision.acts, where)) if asks else decision


def _placed(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The town that answers where they are, in their words: whoever sends looks up its clock."""
    said = read_places(m.text, s.knowledge) if len(m.letters.split()) <= PLACE else None
    if said is None or said.unknown or place_meant(said.named, s.knowledge) is None:
        return None
    return _decided("reminders.town", state.reminding.having(town=m.text.strip()))


def tapped(m: Message, s: Signals, state: Conversation, does: str, matter: str = "") -> Decision | None:
    """A button: see, end, or be reminded of what is still there."""
    if does == "v":
        return opened(m, s, state)
    if does == "a" and words.day_of(matter, s.knowledge, s.today) is None:
        return None
    return asked(m, s, state, matter) if does == "a" else _ended((matter,), state)
