"""What is said of events: one in full, many in short, and the buttons that lead on."""

from collections.abc import Sequence
from hashlib import blake2s

from bot.conversation import TAKES_FILES, Choice, Document, Reply, ReplyKind
from bot.dialogue.calendar import facts
from bot.dialogue.compose import event_button
from bot.dialogue.dates.reading import Problem
from bot.dialogue.dates.spans import Span
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.payload import make
from bot.dialogue.words.payload import version as topic_version
from bot.texts import say
from knowledge import calendar
from knowledge.addresses import contact_names
from knowledge.citing import source_names
from knowledge.ical import as_calendar, can_be_entered
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.calendar import Event, first_day, last_day

PAGE = 3
ASK = ("dgvosc-web",)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def coming(hearing: Hearing) -> list[Event]:
    """All events that are not over."""
    return calendar.upcoming(hearing.knowledge, hearing.today)


def ids_version(knowledge: Knowledge) -> str:
    """Four characters that change with the events there are."""
    return blake2s("|".join(sorted(knowledge.events)).encode(), digest_size=2).hexdigest()


def packed(events: Sequence[Event], knowledge: Knowledge) -> str:
    """Events as one short word: a bit for each id, in base 36."""
    numbers = {event_id: n for n, event_id in enumerate(sorted(knowledge.events))}
    mask, digits = sum(1 << numbers[event.id] for event in events), ""
    while mask:
        mask, rest = divmod(mask, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def unpacked(word: str, knowledge: Knowledge) -> list[Event]:
    """The events of such a word. ValueError where it is none."""
    mask = int(word, 36)
    ids = sorted(knowledge.events)
    if mask < 0 or mask >> len(ids):
        raise ValueError("more events than there are")
    return [knowledge.events[event_id] for n, event_id in enumerate(ids) if mask >> n & 1]


def in_full(hearing: Hearing, event: Event, head: str = "") -> Reply:
    """One event with all that is known of it."""
    knowledge, lang = hearing.knowledge, hearing.lang
    over = event.ends is not None and event.ends < hearing.today
    lines = [
        facts.when(event, hearing),
        facts.where(event, hearing),
        facts.local_time(event, hearing) if not over else "",
        facts.organiser(event, hearing),
    ]
    blocks = [
        head,
        event.title.say(lang),
        "\n".join(filter(None, lines)),
        "" if over and event.take_part is None else facts.taking_part(event, lang),
        "" if over and event.deadline is None else facts.deadline(event, hearing),
        " ".join(
            filter(None, [event.notes.say(lang) if event.notes else "", *_others(event, lang)]),
        ),
        "" if over else "➡ " + say("calendar.check_call" if event.kind == "deadline" else "calendar.check", lang),
        sources_of((event,), knowledge, lang),
    ]
    return Reply(ReplyKind.ANSWER, "\n\n".join(filter(None, blocks)), event_choices(hearing, event))


def sources_of(events: Sequence[Event], knowledge: Knowledge, lang: Lang) -> str:
    """The line of sources; empty where nothing was found at all, which the notes of the event say."""
    sourced = [event.id for event in events if event.sources]
    return source_names(sourced, knowledge, lang) if sourced else ""


def another_year(events: Sequence[Event], spans: Sequence[Span], hearing: Hearing) -> Reply | None:
    """What is known of an edition that is no event of its own, and the next one; None where nothing is."""
    lang, knowledge = hearing.lang, hearing.knowledge
    for event in events:
        for other in event.other_dates:
            first, last = first_day(other.start), last_day(other.end or other.start)
            if any(span.first <= last and first <= span.last for span in spans):
                said = " ".join(filter(None, (calendar.other_dates(other, lang), facts.tense(first, last, hearing))))
                moment = calendar.when(event, knowledge, lang)
                then = say("calendar.coming", lang, title=event.title.say(lang), when=moment)
                text = "\n\n".join(filter(None, (said, then, sources_of((event,), knowledge, lang))))
                return Reply(ReplyKind.ANSWER, text, (event_button(event, lang), *event_choices(hearing, event)))
    return None


def _others(event: Event, lang: Lang) -> list[str]:
    return [calendar.other_dates(other, lang) for other in event.other_dates]


def event_choices(hearing: Hearing, event: Event) -> tuple[Choice, ...]:
    """How to take part, what to register, into my calendar."""
    knowledge, lang = hearing.knowledge, hearing.lang
    choices = [Choice(label=say("button.take_part", lang), payload=make("e", event.id, "how"))]
    leads = [lead for lead in event.leads if lead in knowledge.topics]
    if leads:
        payload = make("t", leads[0], topic_version(knowledge, leads[0]))
        choices.append(Choice(label=say("button.register", lang), payload=payload))
    if can_be_entered(event) and not event.history:
        choices.append(Choice(label=say("button.save", lang), payload=make("i", event.id)))
    return tuple(choices)


def in_short(event: Event, hearing: Hearing) -> str:
    """Two lines: title; when and where, and whether that is over or ends today."""
    lang = hearing.lang
    place = event.place.say(lang) if event.place else ""
    said = ". ".join(filter(None, (calendar.when(event, hearing.knowledge, lang), place)))
    passing = not event.history and event.ends is not None and event.ends <= hearing.today
    now = f" {facts.tense(event.begins, event.ends, hearing)}" if passing else ""
    return f"• {event.title.say(lang)}\n  {said[:1].upper()}{said[1:]}.{now}{_limit(event, hearing)}"


def _limit(event: Event, hearing: Hearing) -> str:
    """The day until which one can register, where it is known and to come."""
    limit = event.deadline
    if event.kind == "deadline" or limit is None or limit.on is None or last_day(limit.on) < hearing.today:
        return ""
    key = "calendar.limit_likely" if limit.inferred else "calendar.limit"
    return " " + say(key, hearing.lang, date=calendar.days(limit.on, None, hearing.lang))


def led_by(subject: str, events: Sequence[Event]) -> tuple[Sequence[Event], str]:
    """Those of the subject before the others, and the subject; "" where it tells none of them from another."""
    ordered = sorted(events, key=lambda event: subject not in event.topics)
    tells = subject in ordered[0].topics and subject not in ordered[-1].topics
    return (ordered, subject) if tells else (events, "")


def page(events: Sequence[Event], start: int) -> Sequence[Event]:
    """Three of many; the last one alone is not kept back."""
    left = len(events) - start
    return events[start : start + (left if left == PAGE + 1 else PAGE)]


def many(hearing: Hearing, events: Sequence[Event], start: int = 0, head: str = "", first: str = "") -> Reply:
    """Three of many, with buttons for each and for the next three; `first`: the subject of those that stand first."""
    shown, lang = page(events, start), hearing.lang
    left = len(events) - start - len(shown)
    if first and not head and not start:
        subject = hearing.knowledge.calendar_words[first].name.say(lang)
        head = say("calendar.many_first", lang, count=len(events), subject=subject)
    head = head or say("calendar.many", lang, count=len(events))
    blocks = [head, *(in_short(event, hearing) for event in shown)]
    blocks.append(sources_of(shown, hearing.knowledge, lang))
    choices = [event_button(event, lang) for event in shown]
    if left:
        rest = packed(events, hearing.knowledge), ids_version(hearing.knowledge), *((first,) if first else ())
        more = make("m", str(start + PAGE), *rest)
        choices.append(Choice(label=say("button.more", lang, count=left), payload=more))
    return Reply(ReplyKind.ANSWER, "\n\n".join(filter(None, blocks)), tuple(choices))


def where_to_ask(hearing: Hearing) -> str:
    """The office that may know more."""
    contacts = contact_names(ASK, hearing.knowledge, hearing.lang, hearing.today)
    return say("calendar.ask_at", hearing.lang, contacts=contacts)


def nothing(hearing: Hearing, reason: str, beside: Sequence[Event]) -> Reply:
    """No event answers: it is said, with what is known instead and where to ask."""
    blocks = [reason, *(in_short(event, hearing) for event in beside), "➡ " + where_to_ask(hearing)]
    return Reply(
        ReplyKind.ANSWER, "\n\n".join(blocks), tuple(event_button(event, hearing.lang) for event in beside[:PAGE])
    )


def spans_said(spans: Sequence[Span], lang: Lang) -> str:
    """`abril de 2027`, `2027`, `26–28 de febrero de 2018`."""
    return ", ".join(_span_said(span, lang) for span in spans)


def _span_said(span: Span, lang: Lang) -> str:
    first, last = span.first, span.last
    whole_month = first.day == 1 and (last.month, last.year) == (first.month, first.year) and last.day >= 28
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if whole_month:
        return calendar.days(f"{first:%Y-%m}", None, lang)
    return calendar.days(first.isoformat(), last.isoformat(), lang)


PROBLEMS = {
    "day": "calendar.no_such_day",
    "year": "calendar.no_such_year",
    "order": "calendar.wrong_order",
    "clash": "calendar.clash",
    "weekday": "calendar.wrong_weekday",
    "language": "calendar.other_language",
    "ambiguous": "calendar.ambiguous",
}


def which_date(hearing: Hearing, problem: Problem) -> Reply:
    """A date that cannot be: a question back."""
    words = problem.words
    if problem.kind == "language":
        words = calendar.days(f"2000-{words}", None, hearing.lang).rsplit(" ", 1)[0].removesuffix(" de")
    if problem.kind == "weekday":
        words = calendar.days(words, None, hearing.lang)
    return Reply(ReplyKind.QUESTION, say(PROBLEMS[problem.kind], hearing.lang, said=words))


def saved(hearing: Hearing, event: Event) -> Reply:
    """For the person's own calendar: the file itself where the channel takes one, else a link, else a word that not."""
    knowledge, lang, address = hearing.knowledge, hearing.lang, hearing.conversation.desk.public_url
    title, topic = event.title.say(lang), event.topics[0]
    link = f"{address}/calendar.ics?id={event.id}&lang={lang}"
    every = f"{address}/calendar.ics?topic={topic}&lang={lang}"
    values = {"title": title, "topic": knowledge.calendar_words[topic].name.say(lang), "link": link, "every": every}
    if not can_be_entered(event):
        return Reply(ReplyKind.ANSWER, say("calendar.no_day", lang, title=title))
    if hearing.message.channel in TAKES_FILES:
        file = Document(name=f"{event.id}.ics", content=as_calendar([event], knowledge, lang, title).decode())
        words = say("calendar.file_every" if address else "calendar.file", lang, **values)
        return Reply(ReplyKind.ANSWER, words, document=file)
    return Reply(ReplyKind.ANSWER, say("calendar.link" if address else "calendar.no_link", lang, **values))
