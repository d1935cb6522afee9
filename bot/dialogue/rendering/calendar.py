"""Events of the calendar as replies: one in full or one field of it, many in short, none; into the person's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from bot.conversation import TAKES_FILES, Block, Choice, Conversation, Document, Part, Reply, ReplyKind, Role
from bot.dialogue.decision import Events
from bot.dialogue.message import Message
from bot.dialogue.rendering.words import Rendered, event_button, make_more, topic_buttons
from bot.dialogue.signals import Signals
from bot.dialogue.words.payload import make, version
from bot.texts import say
from knowledge import calendar
from knowledge.addresses import contact_names
from knowledge.citing import source_line, source_list
from knowledge.deadlines import Limit, after, limit_of, until
from knowledge.ical import can_be_entered, one_entry
from knowledge.reminding import ahead_of
from knowledge.schema.base import Words
from knowledge.schema.calendar import Event, last_day

PAGE = 3
"""Events of a list that are shown at once."""
DAY = 10
"""Characters of a date that is a day."""
ASK = ("dgvosc-web",)
"""Who may know more."""
TOLD = {
    "place": ("calendar.where", "calendar.no_place"),
    "organiser": ("calendar.organiser", ""),
    "take_part": ("calendar.take_part", "calendar.no_way"),
}
"""Lines that hold what an event says in words, and those where no source says it."""
TAKING_PART = ("how", "access", "status", "age")
"""Asked of who may come and how: answered together, with the topics that tell more."""
NOT_OURS = ("calendar.stranger", "calendar.other_edition")
"""Heads of what we do not have."""


def render_events(act: Events, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The events of one act; what is shown is remembered, the next known one is not."""
    events = [s.knowledge.events[one] for one in act.ids]
    if act.next_known:
        return Rendered((_nothing(act, events, s),))
    if len(events) > 1:
        shown = calendar.page(events, act.offset, PAGE)
        return Rendered((_many(act, events, shown, s),), tuple(event.id for event in shown))
    (event,) = events
    if act.asked == "save":
        reply = _saved(event, m, s)
    else:
        reply = _field(act.asked, event, s) if act.asked else _in_full(event, act.head and say(act.head, s.lang), s)
    return Rendered((reply,), (event.id,))


def _sources(events: Sequence[Event], s: Signals) -> Part:
    """Empty where nothing was found at all, which the notes of the event say."""
    sourced = [event.id for event in events if event.sources]
    return Part(Role.SOURCE, source_line(sourced, s.knowledge, s.lang) if sourced else "")


def _in_full(event: Event, head: str, s: Signals) -> Reply:
    """One event with all that is known of it; of what is over nothing that is still to be done."""
    over = event.ends is not None and event.ends < s.today
    facts = (
        _when(event, s),
        _told("place", event, s),
        "" if over else _local_time(event, s),
        _told("organiser", event, s),
    )
    others = (calendar.other_dates(other, s.lang) for other in event.other_dates)
    check = "calendar.check_call" if event.kind == "deadline" else "calendar.check"
    blocks = (
        Part(Role.ANSWER, head),
        Part(Role.TITLE, event.title.say(s.lang)),
        Part(Role.ANSWER, "\n".join(filter(None, facts))),
        "" if over and event.take_part is None else _told("take_part", event, s),
        "" if over and event.deadline is None else _deadline(event, s),
        " ".join((*((event.notes.say(s.lang),) if event.notes else ()), *others)),
        Part(Role.NEXT, "" if over else f"➡ {say(check, s.lang)}"),
        _sources((event,), s),
    )
    return Reply.of(ReplyKind.ANSWER, blocks, _choices(event, s))


def _where_to_ask(s: Signals) -> Part:
    contacts = contact_names(ASK, s.knowledge, s.lang, s.today)
    return Part(Role.NEXT, f"➡ {say('calendar.ask_at', s.lang, contacts=contacts)}")


def _tense(first: date | None, last: date | None, s: Signals) -> str:
    """Whether it is over, goes on, or how many days are left; `first` is None where the day is not known."""
    if last is not None and last < s.today:
        return say("calendar.over", s.lang)
    if first is None or last is None:
        return ""
    if first > s.today:
        left = (first - s.today).days
        return say("calendar.tomorrow" if left == 1 else "calendar.days_left", s.lang, days=left)
    if last > s.today:
        return say("calendar.going_on", s.lang)
    return say("calendar.is_today" if first == last else "calendar.ends_today", s.lang)


def _when(event: Event, s: Signals) -> str:
    """Its dates as far as they are known, and where today stands to them; that 2018 is past need not be said."""
    said = say("calendar.when", s.lang, when=calendar.when(event, s.knowledge, s.lang))
    passing = "" if event.history else _tense(event.begins if event.exact else None, event.ends, s)
    return f"{said} {passing}".strip()


def _told(what: str, event: Event, s: Signals) -> str:
    """The line with what an event says in words; where no source has them, the other line, if there is one."""
    key, unsaid = TOLD[what]
    words: Words | None = getattr(event, what)
    if words is None:
        return say(unsaid, s.lang) if unsaid else ""
    return say(key, s.lang, said=words.say(s.lang))


def _local_time(event: Event, s: Signals) -> str:
    """How far the place's clock is from Mexico City's."""
    ahead = calendar.hours_ahead(event)
    key = "calendar.clock_ahead" if ahead and ahead > 0 else "calendar.clock_behind"
    return say(key, s.lang, hours=f"{abs(ahead):g}") if ahead else ""


def _deadline(event: Event, s: Signals) -> str:
    """Until when, and whether that is over; a day that is only a pattern is called so."""
    limit = event.deadline
    if limit is None:
        return say("calendar.no_deadline", s.lang)
    if limit.on is None:
        return say("calendar.deadline", s.lang, deadline=limit.says.say(s.lang))
    key = "calendar.deadline_likely" if limit.inferred else "calendar.deadline_on"
    said = say(key, s.lang, date=calendar.days(limit.on, None, s.lang), deadline=limit.says.say(s.lang))
    return f"{said} {_passing(limit_of(event, s.knowledge), s)}".strip()


def _passing(limit: Limit | None, s: Signals) -> str:
    """Where today stands to a deadline: what is still possible after it."""
    if limit is None or not (len(limit.on) == DAY or limit.begins <= s.today):
        return say("calendar.limit_ahead", s.lang) if limit else ""
    tense = _tense(limit.begins if len(limit.on) == DAY else None, limit.ends, s)
    return " ".join(filter(None, (tense, after(limit, s.knowledge, s.lang, s.today))))


def _edition(key: str, event: Event, s: Signals) -> str:
    """Another edition of the same forum, in a line."""
    return say(key, s.lang, title=event.title.say(s.lang), when=calendar.when(event, s.knowledge, s.lang))


def _earlier(event: Event, s: Signals) -> list[str]:
    """The edition before, as an event of its own or as a date beside this one."""
    before = [_edition("calendar.before", one, s) for one in calendar.editions_before(event, s.knowledge)[:1]]
    return [*before, *(calendar.other_dates(other, s.lang) for other in event.other_dates)]


def _until(event: Event, s: Signals) -> Iterable[Block]:
    known = event.deadline is not None and event.deadline.on is not None
    return (_deadline(event, s),) if known else (_deadline(event, s), _when(event, s), _where_to_ask(s))


def _past(event: Event, s: Signals) -> Iterable[Block]:
    """Whether it was: with the edition before, or the one that comes where it is over."""
    limit = _deadline(event, s) if event.deadline else ""
    if event.begins is None or event.begins > s.today:
        return (say("calendar.not_yet", s.lang), _when(event, s), limit, *_earlier(event, s))
    later = calendar.edition_after(event, s.knowledge, s.today)
    return (_when(event, s), limit, _edition("calendar.coming", later, s) if later else "")


def _way_in(event: Event, s: Signals) -> Iterable[Block]:
    """How to take part, with the topics that say what to register."""
    further = say("calendar.leads", s.lang) if topic_buttons(event.leads, s) else _where_to_ask(s)
    return (_told("take_part", event, s), _deadline(event, s), further)


FIELDS: Mapping[str, Callable[[Event, Signals], Iterable[Block]]] = {
    "when": lambda event, s: (_when(event, s), _local_time(event, s)),
    "where": lambda event, s: (_told("place", event, s), "" if event.place else _where_to_ask(s)),
    "until": _until,
    "past": _past,
    "attendance": lambda event, s: (
        _told("place", event, s),
        *(() if "online" in event.where else (say("calendar.no_online", s.lang), _where_to_ask(s))),
    ),
    "organiser": lambda event, s: (_told("organiser", event, s),),
    "before": lambda event, s: ("\n".join(_earlier(event, s)),),
    "next": lambda event, s: (say("calendar.no_next", s.lang), _when(event, s), _where_to_ask(s)),
    "source": lambda event, s: (source_list((event.id,), s.knowledge, s.lang),),
    "theme": lambda event, s: (event.notes.say(s.lang) if event.notes else "",),
    **dict.fromkeys(TAKING_PART, _way_in),
}
"""What may be asked of one event, and the lines that answer it; of any other no source says anything."""


def _field(name: str, event: Event, s: Signals) -> Reply:
    """One field of the event; where no source says it, that, and where to ask."""
    told = [line for line in (FIELDS[name](event, s) if name in FIELDS else ()) if line]
    lines = told or (say(f"calendar.no_{name}", s.lang), _where_to_ask(s))
    blocks = (Part(Role.TITLE, event.title.say(s.lang)), *lines)
    if name in TAKING_PART:
        return Reply.of(ReplyKind.ANSWER, blocks, topic_buttons(event.leads, s)[:PAGE])
    choices = (event_button(event, s.lang), *_choices(event, s))
    return Reply.of(ReplyKind.ANSWER, (*blocks, _sources((event,), s)), choices)


def _choices(event: Event, s: Signals) -> tuple[Choice, ...]:
    """How to take part, what to register, a reminder where one can be sent and is not set, into my calendar."""
    found = [("button.take_part", make("e", event.id, "how"))]
    for lead in [lead for lead in event.leads if lead in s.knowledge.topics][:1]:
        found.append(("button.register", make("t", lead, version(s.knowledge, lead))))
    matter = ahead_of(event, s.knowledge, s.today) if s.message.inbound.channel in s.state.desk.reminds_on else ""
    if matter and all(one.about != matter for one in s.state.reminding.items):
        found.append(("button.remind", make("r", "a", matter)))
    if can_be_entered(event) and not event.history:
        found.append(("button.save", make("i", event.id)))
    return tuple(Choice(label=say(key, s.lang), payload=payload) for key, payload in found)


def _in_short(event: Event, s: Signals, asked: str = "") -> str:
    """Two lines: title; when and where, whether that is over, and until when one can register; or its deadline."""
    if asked == "until" and (limit := limit_of(event, s.knowledge)):
        said = until(limit, s.knowledge, s.lang)
        return f"• {limit.title.say(s.lang)}\n  {said[:1].upper()}{said[1:]}. {_passing(limit, s)}".rstrip()
    place = event.place.say(s.lang) if event.place else ""
    said = ". ".join(filter(None, (calendar.when(event, s.knowledge, s.lang), place)))
    passing = not event.history and event.ends is not None and event.ends <= s.today
    now = _tense(event.begins, event.ends, s) if passing else ""
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
    head = say(act.head, s.lang) if act.head else say("calendar.many", s.lang, count=len(events))
    told = [_in_short(event, s, act.asked) for event in shown]
    choices = tuple(event_button(event, s.lang) for event in shown)
    if left:
        payload = make_more(act.offset + PAGE, events, s.knowledge)
        choices = (*choices, Choice(label=say("button.more", s.lang, count=left), payload=payload))
    return Reply.of(ReplyKind.ANSWER, (head, *told, _sources(shown, s)), choices)


def _nothing(act: Events, events: Sequence[Event], s: Signals) -> Reply:
    """No event answers: it is said, with what is known instead and where to ask."""
    head = act.head and say(act.head, s.lang)
    if not head:
        days = ", ".join(calendar.span_said(span, s.lang) for span in act.span.split(",") if span)
        head = say("calendar.empty_then", s.lang, dates=days) if days else say("calendar.empty", s.lang)
        head += f" {say('calendar.next_known', s.lang)}" if events else ""
    kind = ReplyKind.FALLBACK if act.head in NOT_OURS else ReplyKind.ANSWER
    told = [_in_short(event, s) for event in events[:PAGE]]
    choices = tuple(event_button(event, s.lang) for event in events[:PAGE])
    return Reply.of(kind, (head, *told, _where_to_ask(s)), choices)


def _saved(event: Event, m: Message, s: Signals) -> Reply:
    """For the person's own calendar: the file itself where the channel takes one, else a link, else a word that not."""
    address, title, topic = s.state.desk.public_url, event.title.say(s.lang), event.topics[0]
    values = {
        "title": title,
        "when": calendar.when(event, s.knowledge, s.lang),
        "topic": s.knowledge.calendar_words[topic].name.say(s.lang),
        "link": f"{address}/calendar.ics?id={event.id}&lang={s.lang}",
        "every": f"{address}/calendar.ics?topic={topic}&lang={s.lang}",
    }
    if can_be_entered(event) and m.inbound.channel in TAKES_FILES:
        file = Document(name=f"{event.id}.ics", content=one_entry(event, s.knowledge, s.lang, s.today))
        key = "calendar.file_every" if address else "calendar.file"
        return Reply(ReplyKind.ANSWER, say(key, s.lang, **values), document=file)
    key = "calendar.link" if address else "calendar.no_link"
    return Reply(ReplyKind.ANSWER, say(key if can_be_entered(event) else "calendar.no_day", s.lang, **values))
