"""Events of the calendar as replies: one in full or one field of it, many in short, none; into the person's own."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.conversation import TAKES_FILES, Block, Choice, Conversation, Document, Part, Reply, ReplyKind, Role
from bot.conversation.payload import version
from bot.dialogue.decision import Events
from bot.dialogue.message import Message
from bot.dialogue.rendering.words import Rendered, button, event_button, first_filled, make_more, topic_buttons
from bot.dialogue.signals import Signals
from bot.texts import say
from knowledge import calendar
from knowledge.addresses import contact_names
from knowledge.citing import source_line, source_list
from knowledge.deadlines import Limit, after, limit_of, until
from knowledge.ical import can_be_entered, one_entry
from knowledge.reminding import ahead_of, late_for
from knowledge.schema.calendar import Event, last_day

PAGE = 3
"""Events of a list that are shown at once."""
DAY = 10
"""Characters of a date that is a day."""
MAY_KNOW_MORE = ("dgvosc-web",)
PLACE = ("calendar.where", "calendar.no_place")
TAKE_PART = ("calendar.take_part", "calendar.no_way")
CLOCK = ("calendar.clock_ahead", "calendar.clock_behind")
DEADLINE = ("calendar.deadline_on", "calendar.deadline_likely", "calendar.deadline", "calendar.no_deadline")
"""Lines of one event: of their keys the first that its facts can fill."""
TAKING_PART = ("how", "access", "status", "age")
"""Asked of who may come and how: answered together, with the topics that tell more."""
NOT_OURS = ("calendar.stranger", "calendar.other_edition")
"""Heads of what we do not have."""


def render_events(act: Events, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The events of one act; what is shown is remembered, the next known one is not."""
    events = [s.knowledge.events[one] for one in act.ids]
    if act.next_known or len(events) > 1:
        shown = events[:PAGE] if act.next_known else calendar.page(events, act.offset, PAGE)
        return Rendered((_many(act, events, shown, s),), () if act.next_known else tuple(one.id for one in shown))
    (event,) = events
    if act.asked == "save":
        return Rendered((_saved(event, m, s),), act.ids)
    return Rendered((_field(act.asked, event, s) if act.asked else _in_full(act.head, event, s),), act.ids)


def _known(event: Event, s: Signals) -> dict[str, str]:
    """What the lines of an event are filled with; empty: it is not known."""
    url, limit, ahead = s.state.desk.public_url, event.deadline, calendar.hours_ahead(event) or 0
    topic, day = event.topics[0], calendar.days(limit.on, None, s.lang) if limit and limit.on else ""
    return {
        "title": event.title.say(s.lang),
        "when": calendar.when(event, s.knowledge, s.lang),
        "place": event.place.say(s.lang) if event.place else "",
        "organiser": event.organiser.say(s.lang) if event.organiser else "",
        "way": event.take_part.say(s.lang) if event.take_part else "",
        "ahead": f"{ahead:g}" if ahead > 0 else "",
        "behind": f"{-ahead:g}" if ahead < 0 else "",
        "deadline": limit.says.say(s.lang) if limit else "",
        "date": "" if limit and limit.inferred else day,
        "likely": day if limit and limit.inferred else "",
        "topic": s.knowledge.calendar_words[topic].name.say(s.lang),
        "link": url and f"{url}/calendar.ics?id={event.id}&lang={s.lang}",
        "every": url and f"{url}/calendar.ics?topic={topic}&lang={s.lang}",
    }


def _line(event: Event, s: Signals, *keys: str) -> str:
    return first_filled(keys, _known(event, s), s.lang)


def _sources(events: Sequence[Event], s: Signals) -> Part:
    """Empty where nothing was found at all, which the notes of the event say."""
    sourced = [event.id for event in events if event.sources]
    return Part(Role.SOURCE, source_line(sourced, s.knowledge, s.lang) if sourced else "")


def _in_full(head: str, event: Event, s: Signals) -> Reply:
    """One event with all that is known of it; of what is over nothing that is still to be done."""
    over = event.ends is not None and event.ends < s.today
    clock = "" if over else _line(event, s, *CLOCK)
    facts = (_when(event, s), _line(event, s, *PLACE), clock, _line(event, s, "calendar.organiser"))
    others = (calendar.other_dates(other, s.lang) for other in event.other_dates)
    check = "calendar.check_call" if event.kind == "deadline" else "calendar.check"
    blocks = (
        Part(Role.ANSWER, head and say(head, s.lang)),
        Part(Role.TITLE, event.title.say(s.lang)),
        Part(Role.ANSWER, late_for(event, s.message.letters, s.knowledge, s.lang, s.today)),
        Part(Role.ANSWER, "\n".join(filter(None, facts))),
        "" if over and event.take_part is None else _line(event, s, *TAKE_PART),
        "" if over and event.deadline is None else _deadline(event, s),
        " ".join((*((event.notes.say(s.lang),) if event.notes else ()), *others)),
        Part(Role.NEXT, "" if over else f"➡ {say(check, s.lang)}"),
        _sources((event,), s),
    )
    return Reply.of(ReplyKind.ANSWER, blocks, _choices(event, s))


def _where_to_ask(s: Signals) -> Part:
    contacts = contact_names(MAY_KNOW_MORE, s.knowledge, s.lang, s.today)
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
    passing = "" if event.history else _tense(event.begins if event.exact else None, event.ends, s)
    return f"{_line(event, s, 'calendar.when')} {passing}".strip()


def _deadline(event: Event, s: Signals) -> str:
    """Until when, and whether that is over; a day that is only a pattern is called so."""
    passing = _passing(limit_of(event, s.knowledge), s) if event.closes else ""
    return f"{_line(event, s, *DEADLINE)} {passing}".strip()


def _passing(limit: Limit | None, s: Signals) -> str:
    """Where today stands to a deadline: what is still possible after it."""
    if limit is None or not (len(limit.on) == DAY or limit.begins <= s.today):
        return say("calendar.limit_ahead", s.lang) if limit else ""
    tense = _tense(limit.begins if len(limit.on) == DAY else None, limit.ends, s)
    return " ".join(filter(None, (tense, after(limit, s.knowledge, s.lang, s.today))))


def _earlier(event: Event, s: Signals) -> list[str]:
    """The edition before, as an event of its own or as a date beside this one."""
    before = [_line(one, s, "calendar.before") for one in calendar.editions_before(event, s.knowledge)[:1]]
    return [*before, *(calendar.other_dates(other, s.lang) for other in event.other_dates)]


def _past(event: Event, s: Signals) -> Sequence[Block]:
    """Whether it was: with the edition before, or the one that comes where it is over."""
    limit = _deadline(event, s) if event.deadline else ""
    if event.begins is None or event.begins > s.today:
        return (say("calendar.not_yet", s.lang), _when(event, s), limit, *_earlier(event, s))
    later = calendar.edition_after(event, s.knowledge, s.today)
    return (_when(event, s), limit, _line(later, s, "calendar.coming") if later else "")


def _way_in(event: Event, s: Signals) -> Sequence[Block]:
    """How to take part, with the topics that say what to register."""
    further = say("calendar.leads", s.lang) if topic_buttons(event.leads, s) else _where_to_ask(s)
    return (_line(event, s, *TAKE_PART), _deadline(event, s), further)


FIELDS: Mapping[str, Callable[[Event, Signals], Sequence[Block]]] = {
    "when": lambda event, s: (_when(event, s), _line(event, s, *CLOCK)),
    "where": lambda event, s: (_line(event, s, *PLACE), "" if event.place else _where_to_ask(s)),
    "until": lambda event, s: (_deadline(event, s), *(() if event.closes else (_when(event, s), _where_to_ask(s)))),
    "past": _past,
    "attendance": lambda event, s: (
        _line(event, s, *PLACE),
        *(() if "online" in event.where else (say("calendar.no_online", s.lang), _where_to_ask(s))),
    ),
    "organiser": lambda event, s: (_line(event, s, "calendar.organiser"),),
    "before": lambda event, s: ("\n".join(_earlier(event, s)),),
    "next": lambda event, s: (say("calendar.no_next", s.lang), _when(event, s), _where_to_ask(s)),
    "source": lambda event, s: (source_list((event.id,), s.knowledge, s.lang),),
    "theme": lambda event, s: (event.notes.say(s.lang) if event.notes else "",),
    **dict.fromkeys(TAKING_PART, _way_in),
}
"""What may be asked of one event, and the lines that answer it; of any other no source says anything."""


def _field(name: str, event: Event, s: Signals) -> Reply:
    """One field of the event; where no source says it, that, and where to ask."""
    late = late_for(event, s.message.letters, s.knowledge, s.lang, s.today)
    told = [line for line in (late, *(FIELDS[name](event, s) if name in FIELDS else ())) if line]
    lines = told or (say(f"calendar.no_{name}", s.lang), _where_to_ask(s))
    blocks = (Part(Role.TITLE, event.title.say(s.lang)), *lines)
    if name in TAKING_PART:
        return Reply.of(ReplyKind.ANSWER, blocks, topic_buttons(event.leads, s)[:PAGE])
    choices = (event_button(event, s.lang), *_choices(event, s))
    return Reply.of(ReplyKind.ANSWER, (*blocks, _sources((event,), s)), choices)


def _choices(event: Event, s: Signals) -> tuple[Choice, ...]:
    """How to take part, what to register, a reminder where one can be sent and is not set, into my calendar."""
    found = [button("button.take_part", s.lang, "e", event.id, "how")]
    for lead in [lead for lead in event.leads if lead in s.knowledge.topics][:1]:
        found.append(button("button.register", s.lang, "t", lead, version(s.knowledge, lead)))
    matter = ahead_of(event, s.knowledge, s.today) if s.message.inbound.channel in s.state.desk.reminds_on else ""
    if matter and all(one.about != matter for one in s.state.reminding.items):
        found.append(button("button.remind", s.lang, "r", "a", matter))
    if can_be_entered(event) and not event.history:
        found.append(button("button.save", s.lang, "i", event.id))
    return tuple(found)


def _in_short(event: Event, s: Signals, asked: str) -> str:
    """Two lines: title; when and where, whether that is over, and until when one can register; or its deadline."""
    limit, ahead = limit_of(event, s.knowledge), event.closes
    if asked == "until" and limit:
        title, said, behind = limit.title, until(limit, s.knowledge, s.lang), [_passing(limit, s)]
    else:
        title, said = event.title, ". ".join(filter(None, (_known(event, s)["when"], _known(event, s)["place"])))
        passing = not event.history and event.ends is not None and event.ends <= s.today
        opens = event.kind != "deadline" and ahead and last_day(ahead) >= s.today
        behind = [
            _tense(event.begins, event.ends, s) if passing else "",
            _line(event, s, "calendar.limit", "calendar.limit_likely") if opens else "",
        ]
    return f"• {title.say(s.lang)}\n  {' '.join(filter(None, (f'{said[:1].upper()}{said[1:]}.', *behind)))}"


def _many(act: Events, events: Sequence[Event], shown: Sequence[Event], s: Signals) -> Reply:
    """Three of many, with buttons for each and for the next three; where none answers, what is near and who knows."""
    told = [_in_short(event, s, "" if act.next_known else act.asked) for event in shown]
    choices = tuple(event_button(event, s.lang) for event in shown)
    if act.next_known:
        kind = ReplyKind.FALLBACK if act.head in NOT_OURS else ReplyKind.ANSWER
        return Reply.of(kind, (_head(act, s), *told, _where_to_ask(s)), choices)
    if left := len(events) - act.offset - len(shown):
        payload = make_more(act.offset + PAGE, events, s.knowledge)
        choices = (*choices, Choice(label=say("button.more", s.lang, count=left), payload=payload))
    return Reply.of(ReplyKind.ANSWER, (_head(act, s), *told, _sources(shown, s)), choices)


def _head(act: Events, s: Signals) -> str:
    """How many there are, or that there is none, for which days."""
    if act.head or not act.next_known:
        return say(act.head or "calendar.many", s.lang, count=len(act.ids))
    days = ", ".join(calendar.span_said(span, s.lang) for span in act.span.split(",") if span)
    empty = first_filled(("calendar.empty_then", "calendar.empty"), {"dates": days}, s.lang)
    return f"{empty} {say('calendar.next_known', s.lang)}" if act.ids else empty


def _saved(event: Event, m: Message, s: Signals) -> Reply:
    """For the person's own calendar: the file itself where the channel takes one, else a link, else a word that not."""
    if not can_be_entered(event):
        return Reply(ReplyKind.ANSWER, _line(event, s, "calendar.no_day"))
    if m.inbound.channel not in TAKES_FILES:
        return Reply(ReplyKind.ANSWER, _line(event, s, "calendar.link", "calendar.no_link"))
    file = Document(name=f"{event.id}.ics", content=one_entry(event, s.knowledge, s.lang, s.today))
    return Reply(ReplyKind.ANSWER, _line(event, s, "calendar.file_every", "calendar.file"), document=file)
