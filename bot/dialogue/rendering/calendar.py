"""Events of the calendar as replies: one in full or one field of it, many in short, none; into the person's own."""

from collections.abc import Sequence
from datetime import date

from bot.conversation import TAKES_FILES, Choice, Conversation, Document, Reply, ReplyKind
from bot.dialogue.calendar_taps import make_more
from bot.dialogue.decision import Events
from bot.dialogue.message import Message
from bot.dialogue.rendering import event_fields as say_of
from bot.dialogue.rendering.buttons import event_button, topic_button
from bot.dialogue.rendering.rendered import Rendered
from bot.dialogue.signals import Signals
from bot.dialogue.words.payload import make, version
from bot.texts import say
from knowledge import calendar
from knowledge.citing import source_line
from knowledge.ical import as_calendar, can_be_entered
from knowledge.schema.calendar import Event, last_day

PAGE = 3
"""Events of a list that are shown at once."""
NOT_OURS = ("calendar.stranger", "calendar.other_edition")
"""Heads of what we do not have."""


def render_events(act: Events, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The events of one act; what is shown is remembered, the next known one is not."""
    events = [s.knowledge.events[one] for one in act.ids]
    if act.next_known:
        return Rendered((_nothing(act, events, s),))
    if len(events) > 1:
        shown = page(events, act.offset)
        return Rendered((_many(act, events, shown, s),), tuple(event.id for event in shown))
    (event,) = events
    if act.asked == "save":
        reply = _saved(event, m, s)
    elif act.asked in ("how", "access", "status", "age"):
        reply = _how(event, s)
    elif act.asked in say_of.FIELDS and state.event == event.id:
        reply = _field(act.asked, event, s)
    else:
        reply = _in_full(event, _head(act, s) or _whether_past(act, event, s), s)
    return Rendered((reply,), (event.id,))


def _blocks(*blocks: str) -> str:
    return "\n\n".join(filter(None, blocks))


def _head(act: Events, s: Signals) -> str:
    return say(act.head, s.lang) if act.head else ""


def page(events: Sequence[Event], start: int) -> Sequence[Event]:
    """Three of many; the last one alone is not kept back."""
    left = len(events) - start
    return events[start : start + (left if left == PAGE + 1 else PAGE)]


def _sources(events: Sequence[Event], s: Signals) -> str:
    """Empty where nothing was found at all, which the notes of the event say."""
    sourced = [event.id for event in events if event.sources]
    return source_line(sourced, s.knowledge, s.lang) if sourced else ""


def _in_full(event: Event, head: str, s: Signals) -> Reply:
    """One event with all that is known of it; of what is over nothing that is still to be done."""
    over = event.ends is not None and event.ends < s.today
    facts = (
        say_of.when(event, s),
        say_of.where(event, s),
        "" if over else say_of.local_time(event, s),
        say_of.organiser(event, s),
    )
    others = (calendar.other_dates(other, s.lang) for other in event.other_dates)
    check = "calendar.check_call" if event.kind == "deadline" else "calendar.check"
    text = _blocks(
        head,
        event.title.say(s.lang),
        "\n".join(filter(None, facts)),
        "" if over and event.take_part is None else say_of.taking_part(event, s),
        "" if over and event.deadline is None else say_of.deadline(event, s),
        " ".join((*((event.notes.say(s.lang),) if event.notes else ()), *others)),
        "" if over else f"➡ {say(check, s.lang)}",
        _sources((event,), s),
    )
    return Reply(ReplyKind.ANSWER, text, _choices(event, s))


def _whether_past(act: Events, event: Event, s: Signals) -> str:
    """Whether it was already, where that is asked: it goes before all else."""
    if act.asked != "past" or event.history or event.begins is None:
        return ""
    later = say("calendar.not_yet", s.lang) if event.begins > s.today else ""
    return later or say_of.tense(event.begins if event.exact else None, event.ends, s)


def _field(name: str, event: Event, s: Signals) -> Reply:
    """One field of the event that was shown."""
    text = _blocks(event.title.say(s.lang), *say_of.FIELDS[name](event, s), _sources((event,), s))
    return Reply(ReplyKind.ANSWER, text, (event_button(event, s.lang), *_choices(event, s)))


def _how(event: Event, s: Signals) -> Reply:
    """How to take part, with the topics that say what to register."""
    topics = [s.knowledge.topics[lead] for lead in event.leads if lead in s.knowledge.topics]
    further = say("calendar.leads", s.lang) if topics else say_of.where_to_ask(s)
    text = _blocks(event.title.say(s.lang), say_of.taking_part(event, s), say_of.deadline(event, s), further)
    return Reply(ReplyKind.ANSWER, text, tuple(topic_button(one, s.knowledge, s.lang) for one in topics[:PAGE]))


def _choices(event: Event, s: Signals) -> tuple[Choice, ...]:
    """How to take part, what to register, into my calendar."""
    how = Choice(label=say("button.take_part", s.lang), payload=make("e", event.id, "how"))
    leads = [lead for lead in event.leads if lead in s.knowledge.topics][:1]
    register = (make("t", lead, version(s.knowledge, lead)) for lead in leads)
    save = (make("i", event.id),) if can_be_entered(event) and not event.history else ()
    return (
        how,
        *(Choice(label=say("button.register", s.lang), payload=payload) for payload in register),
        *(Choice(label=say("button.save", s.lang), payload=payload) for payload in save),
    )


def _in_short(event: Event, s: Signals) -> str:
    """Two lines: title; when and where, whether that is over, and until when one can register."""
    place = event.place.say(s.lang) if event.place else ""
    said = ". ".join(filter(None, (calendar.when(event, s.knowledge, s.lang), place)))
    passing = not event.history and event.ends is not None and event.ends <= s.today
    now = say_of.tense(event.begins, event.ends, s) if passing else ""
    line = " ".join(filter(None, (f"{said[:1].upper()}{said[1:]}.", now, _limit(event, s))))
    return f"• {event.title.say(s.lang)}\n  {line}"


def _limit(event: Event, s: Signals) -> str:
    limit = event.deadline
    if event.kind == "deadline" or limit is None or limit.on is None or last_day(limit.on) < s.today:
        return ""
    key = "calendar.limit_likely" if limit.inferred else "calendar.limit"
    return say(key, s.lang, date=calendar.days(limit.on, None, s.lang))


def _many(act: Events, events: Sequence[Event], shown: Sequence[Event], s: Signals) -> Reply:
    """Three of many, with buttons for each and for the next three."""
    left = len(events) - act.offset - len(shown)
    head = _head(act, s) or say("calendar.many", s.lang, count=len(events))
    text = _blocks(head, *(_in_short(event, s) for event in shown), _sources(shown, s))
    choices = tuple(event_button(event, s.lang) for event in shown)
    if left:
        payload = make_more(act.offset + PAGE, events, s.knowledge)
        choices = (*choices, Choice(label=say("button.more", s.lang, count=left), payload=payload))
    return Reply(ReplyKind.ANSWER, text, choices)


def _nothing(act: Events, events: Sequence[Event], s: Signals) -> Reply:
    """No event answers: it is said, with what is known instead and where to ask."""
    head = _head(act, s)
    if not head:
        days = ", ".join(_span_said(span, s) for span in act.span.split(",") if span)
        head = say("calendar.empty_then", s.lang, dates=days) if days else say("calendar.empty", s.lang)
        head += f" {say('calendar.next_known', s.lang)}" if events else ""
    kind = ReplyKind.FALLBACK if act.head in NOT_OURS else ReplyKind.ANSWER
    text = _blocks(head, *(_in_short(event, s) for event in events[:PAGE]), say_of.where_to_ask(s))
    return Reply(kind, text, tuple(event_button(event, s.lang) for event in events[:PAGE]))


def _span_said(span: str, s: Signals) -> str:
    """`abril de 2027`, `2027`, `26–28 de febrero de 2018`."""
    first, last = map(date.fromisoformat, span.split("/"))
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if first.day == 1 and last == last_day(f"{first:%Y-%m}"):
        return calendar.days(f"{first:%Y-%m}", None, s.lang)
    return calendar.days(first.isoformat(), last.isoformat(), s.lang)


def _saved(event: Event, m: Message, s: Signals) -> Reply:
    """For the person's own calendar: the file itself where the channel takes one, else a link, else a word that not."""
    address, title, topic = s.state.desk.public_url, event.title.say(s.lang), event.topics[0]
    values = {
        "title": title,
        "topic": s.knowledge.calendar_words[topic].name.say(s.lang),
        "link": f"{address}/calendar.ics?id={event.id}&lang={s.lang}",
        "every": f"{address}/calendar.ics?topic={topic}&lang={s.lang}",
    }
    if not can_be_entered(event):
        return Reply(ReplyKind.ANSWER, say("calendar.no_day", s.lang, title=title))
    if m.inbound.channel in TAKES_FILES:
        file = Document(name=f"{event.id}.ics", content=as_calendar([event], s.knowledge, s.lang, title).decode())
        key = "calendar.file_every" if address else "calendar.file"
        return Reply(ReplyKind.ANSWER, say(key, s.lang, **values), document=file)
    return Reply(ReplyKind.ANSWER, say("calendar.link" if address else "calendar.no_link", s.lang, **values))
