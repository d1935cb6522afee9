"""What is asked next of the event that was shown, or of the forum whose topic is open: one field of it, as of today."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.aspects import aspects_in
from bot.dialogue.calendar import replies
from bot.dialogue.calendar.evidence import LIMITS
from bot.dialogue.calendar.fields import FIELDS
from bot.dialogue.calendar.offers import event_of_topic
from bot.dialogue.calendar.turns import about, one, save_event, show_event
from bot.dialogue.calendar.words import GENERIC, Asked
from bot.dialogue.compose import answer
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.hearing import Hearing
from knowledge import calendar
from knowledge.frames import fold
from knowledge.schema.calendar import Event
from knowledge.schema.topics import Aspect, Section, Topic

Tell = Callable[[Hearing, Event], Turn]
Told = tuple[Topic, Section]
SHORT = 9
"""Words of a question about the event that was just shown."""
ELSEWHERE = frozenset({"online"})
"""Places that say how one takes part, not where."""
OF_ANY = GENERIC | {"call", "session", "dialogue", "delegation"}
"""Nouns by which the open event itself may be called."""
TOPICS_OWN = frozenset({"how", "access", "status"})
"""What an open topic tells better than its event."""
OF_LIMITS = frozenset({"when", "until", "past", "next", "save"})
"""What is asked of them."""
LABELS = dict.fromkeys(("when", "until", "past"), frozenset(tokens("cuando fecha fechas plazo plazos")))
"""Words on the button of a section that tells a field."""
PLAIN = frozenset({Aspect.WHAT, Aspect.HOW})
"""Aspects that the event itself tells."""
TYING = frozenset(tokens("y e o pero tambien and or but also what el la los las lo de"))
"""Words with which one goes on to another subject: `y de migración?`, `what about women`."""
MOST = 2
"""Topics that tell of an event itself; those behind them tell of forums at large."""
MONTH = 7
"""Characters of a partial date that has a month."""


def open_event(hearing: Hearing) -> Event | None:
    """The event that was shown, else the one that the open topic speaks of."""
    state = hearing.conversation
    if state.event is not None:
        return hearing.knowledge.events.get(state.event)
    return event_of_topic(state.topic, hearing) if state.topic else None


def ask_of_open(asked: Asked) -> str | None:
    """What is asked of the open event by a message that names nothing else; None where nothing is."""
    named = asked.named or asked.topics or asked.organisers or asked.strangers or set(asked.places) - ELSEWHERE
    other = asked.dates.spans or asked.unknown or set(asked.kinds) - OF_ANY
    if named or other or ((asked.plural or "all" in asked.asks) and "save" not in asked.asks):
        return None
    asks = asked.asks - {"next"} if asked.asks & {"which", "list"} else asked.asks
    return next((ask for ask in ASKS if ask in asks or ask in asked.places), None)


def go_on(ask: str, event: Event, hearing: Hearing) -> Turn | None:
    """What the open event says of it; None where the open topic has words of its own for that."""
    undated = event.kind in LIMITS and ask not in OF_LIMITS  # a procedure is the topic's, its deadline the calendar's
    own = hearing.conversation.event is None and (undated or _is_topics_own(ask, event, hearing))
    return None if own else ASKS[ask](hearing, event)


def of_open_forum(asked: Asked, event: Event, hearing: Hearing) -> Asked:
    """`¿Y en 2018?` of the same forum, unless all of it is asked for; `¿y de migración?` of another subject."""
    said = asked.named or asked.places or asked.kinds or asked.unknown or asked.strangers
    shown = hearing.conversation.event is not None
    if said or asked.plural:
        return asked
    if asked.topics:
        # A subject alone goes on from an event, not from a topic, which may have it too.
        ties = shown and tokens(hearing.text)[0] in TYING
        return replace(asked, kinds=("forum",), asks=asked.asks | {"list"}) if ties else asked
    if shown and not asked.dates.spans and asked.asks & {"next", "all"}:
        return replace(asked, kinds=("forum",))  # `¿y cuál sigue?`
    if event.series is None or not asked.dates.spans or asked.asks & {"which", "list", "all"}:
        return asked
    if not asked.dates.year_said and not asked.asks & {"past", "when", "next"}:
        return asked  # `¿y en abril?`: whatever is in it
    return replace(asked, series=(event.series,), asks=asked.asks | {"when"})


def _is_topics_own(ask: str, event: Event, hearing: Hearing) -> bool:
    """Whether the open topic has words of its own for it, or another matter is meant."""
    understood = hearing.understood
    if not understood.clear:
        return False
    if understood.topics[0].topic != hearing.conversation.topic:
        return not understood.from_context
    return ask in TOPICS_OWN and not understood.gap and _told_by_aspect(event, hearing) is None


def _field(name: str) -> Tell:
    """The event's own field; where it has none, the section of the forum's topic that says so of itself."""

    def tell(hearing: Hearing, event: Event) -> Turn:
        told = None if _knows(name, event, hearing) else _told_by_label(name, event, hearing)
        return _section(hearing, event, *told) if told else _lines(name, hearing, event)

    return tell


def _borrowed(name: str, otherwise: Tell | None = None) -> Tell:
    """What the event does not say and the topic of its forum may: the section that speaks of it."""

    def tell(hearing: Hearing, event: Event) -> Turn:
        told = _told_by_words(name, event, hearing)
        return (
            _section(hearing, event, *told)
            if told
            else otherwise(hearing, event)
            if otherwise
            else _lines(name, hearing, event)
        )

    return tell


def _how(hearing: Hearing, event: Event) -> Turn:
    """How to take part; the section of the forum's topic where that has one for what is asked: cost, who, papers."""
    told = _told_by_aspect(event, hearing)
    return _section(hearing, event, *told) if told else show_event(hearing, event.id, "how")


def _next(hearing: Hearing, event: Event) -> Turn:
    """The next edition of the same forum, where the open one is over; else the open one."""
    if event.ends is None or event.ends > hearing.today:
        return one(hearing, event)
    later = (each for each in replies.coming(hearing) if each.series == event.series and each.series and each != event)
    found = next(later, None)
    return one(hearing, found) if found else _lines("next", hearing, event)


def _lines(name: str, hearing: Hearing, event: Event) -> Turn:
    sources = replies.sources_of((event,), hearing.knowledge, hearing.lang)
    blocks = (event.title.say(hearing.lang), *FIELDS[name](hearing, event), sources)
    choices = (replies.event_button(event, hearing.lang), *replies.event_choices(hearing, event))
    return about(event, hearing, Reply(ReplyKind.ANSWER, "\n\n".join(filter(None, blocks)), choices))


def _section(hearing: Hearing, event: Event, topic: Topic, section: Section) -> Turn:
    reply = answer(topic, section, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date())
    return hearing.turn(
        Outcome.ANSWER,
        reply,
        answered=(topic.id,),
        found=(event.id,),
        event=event.id,
        topic=topic.id,
        section=section.id,
    )


def _knows(name: str, event: Event, hearing: Hearing) -> bool:
    """Whether the event has that field, a date closer than the year."""
    if name in ("when", "past"):
        month = len(event.start or event.usual or "") >= MONTH
        return month or bool(calendar.editions_before(event, hearing.knowledge))
    limit = event.deadline.on if event.deadline else None
    return {"until": limit, "where": event.place}.get(name, name) is not None


def _told_by_label(name: str, event: Event, hearing: Hearing) -> Told | None:
    """`Cuándo sale`, `Fechas y espera`: the section whose button says so."""
    labels = LABELS.get(name, frozenset())
    titled = [(topic, each) for topic in _topics_of(event, hearing)[:1] for each in topic.sections if each.title]
    return next(((t, each) for t, each in titled if each.title and labels & set(tokens(each.title.es))), None)


def _told_by_aspect(event: Event, hearing: Hearing) -> Told | None:
    topics = _topics_of(event, hearing)[:1]
    asked = [aspect for aspect in aspects_in(hearing.text, hearing.knowledge) if aspect not in PLAIN]
    return next(((topic, each) for topic in topics for each in topic.sections if each.aspect in asked), None)


def _told_by_words(name: str, event: Event, hearing: Hearing) -> Told | None:
    """The first section in whose text one of the word's hints stands."""
    hints = hearing.knowledge.calendar_words[name].hints
    for topic in _topics_of(event, hearing):
        for section in topic.sections:
            text = f" {fold(f'{section.text.es} {section.text.en}')}"
            if any(f" {hint}" in text for hint in hints):
                return topic, section
    return None


def _topics_of(event: Event, hearing: Hearing) -> list[Topic]:
    """The topic that is open, where it tells of the event, then those that tell most of it."""
    opened = hearing.conversation.topic
    ids = dict.fromkeys((*((opened,) if opened in event.leads else ()), *event.leads[:MOST]))
    return [hearing.knowledge.topics[each] for each in ids if each in hearing.knowledge.topics]


ASKS: Mapping[str, Tell] = {
    "save": lambda hearing, event: save_event(hearing, event.id),
    "source": _field("source"),
    "expenses": _borrowed("expenses"),
    "visa": _borrowed("visa"),
    "age": _borrowed("age", _how),
    "fee": _borrowed("fee"),
    "until": _field("until"),
    "before": _field("before"),
    "organiser": _field("organiser"),
    "attendance": _field("attendance"),
    "online": _field("attendance"),
    "access": _borrowed("access", _how),
    "status": _borrowed("access", _how),
    "where": _field("where"),
    "past": _field("past"),
    "next": _next,
    "when": _field("when"),
    "how": _how,
}
"""What may be asked of an open event, the surest sign first, and what tells it."""
