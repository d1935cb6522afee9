"""What is asked next of the event that was shown, or of the forum whose topic is open: one field of it, as of today."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.calendar import replies
from bot.dialogue.calendar.evidence import LIMITS
from bot.dialogue.calendar.fields import FIELDS
from bot.dialogue.calendar.offers import event_of_topic
from bot.dialogue.calendar.rivals import RIVAL
from bot.dialogue.calendar.turns import MOST, about, home_of, one, save_event, show_event
from bot.dialogue.calendar.vocabulary import LINKS, singular
from bot.dialogue.calendar.words import GENERIC, Asked
from bot.dialogue.compose import answer, event_button
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.aspects import aspects_in
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
LACKING = frozenset(tokens("sin no without not"))
"""Words with which one says that a status is missing."""
MISSING = frozenset({"access", "status"})
REGISTERED = ("registrad", "inscrit", "acreditad", "registered", "accredited")
"""How the words begin that say who has one."""
STATUSES = ("ecosoc", "estatus", "status", "icso")
"""The same of the status itself."""
BEFORE = 4
"""Words before those among which the lack is said."""
STATUS = "ecosoc-deadline"
"""The series of the status itself: named in passing where a forum is open."""
OF_ONE_FORUM = frozenset({"people", "language", "fee", "visa"})
"""What a forum's own topic alone can say: that of a status speaks of its form, of its own fee."""
OF_THE_STAY = frozenset({"people", "language", "side", "theme", "expenses", "visa", "fee"})
"""Asked of the forum's own time, whichever year is said with it: `qué tema toca el otro año`."""
_CLAUSE = re.compile(r"[,.;:?!\n]+")
MONTH = 7
"""Characters of a partial date that has a month."""


def open_event(hearing: Hearing) -> Event | None:
    """The event that was shown, else the one that the open topic speaks of."""
    state = hearing.conversation
    if state.event is not None:
        return hearing.knowledge.events.get(state.event)
    return event_of_topic(state.topic, hearing) if state.topic else None


def asks_of_open(asked: Asked) -> list[str]:
    """What is asked of the open event by a message that names nothing else, the surest first."""
    of_the_stay = bool(asked.asks & OF_THE_STAY)
    organised = asked.organisers and not of_the_stay  # `¿la ONU paga el viaje?`
    named = asked.named or asked.topics or organised or asked.strangers or set(asked.places) - ELSEWHERE
    dated = asked.dates.spans and not of_the_stay
    other = dated or asked.unknown or set(asked.kinds) - OF_ANY
    if named or other or ((asked.plural or "all" in asked.asks) and "save" not in asked.asks):
        return []
    asks = asked.asks - {"next"} if asked.asks & {"which", "list"} else asked.asks
    return [ask for ask in ASKS if ask in asks or ask in asked.places]


def lacks_status(asked: Asked, event: Event, hearing: Hearing) -> Turn | None:
    """`No tenemos ECOSOC, somos de Chiapas y …`: how one comes to the forum that was shown, whatever else is told."""
    of_status = STATUS in asked.series and _is_lacking(STATUSES, hearing.text)
    # `Pero no estamos registradas`: that part of a forum's topic which is for the registered is not theirs.
    said = asked.asks & MISSING or of_status or _is_lacking(REGISTERED, hearing.text)
    if hearing.conversation.event is None or not said or set(asked.series) - {STATUS} or event.series == STATUS:
        return None
    return ASKS["access"](hearing, event)


def _is_lacking(begins: tuple[str, ...], text: str) -> bool:
    """Whether a "no" or "without" stands before a word that begins so: `el de ecosoc no salió` lacks nothing."""
    clauses = [tokens(clause) for clause in _CLAUSE.split(text)]
    said = ((words, at) for words in clauses for at, word in enumerate(words) if word.startswith(begins))
    return any(not LACKING.isdisjoint(words[max(0, at - BEFORE) : at]) for words, at in said)


def called_short(asked: Asked, event: Event, hearing: Hearing) -> Asked:
    """`La asamblea general` where that of the OAS is open: a name that its title has too is that forum's."""
    if len(asked.series) != 1 or asked.editions or asked.organisers or event.series in (None, *asked.series):
        return asked
    title = {singular(word) for word in tokens(f"{event.title.es} {event.title.en}")}
    names = hearing.knowledge.calendar_words[asked.series[0]].names
    said = [name for each in names if (name := {singular(word) for word in tokens(each)}) <= asked.words]
    short = said and all(name - LINKS <= title for name in said)
    return replace(asked, series=(event.series,)) if short and event.series else asked


def go_on(ask: str, event: Event, hearing: Hearing) -> Turn | None:
    """What the open event says of it; None where the open topic has words of its own for that."""
    undated = event.kind in LIMITS and ask not in OF_LIMITS  # a procedure is the topic's, its deadline the calendar's
    # `¿Cuándo nos avisan?` is not when it closes.
    waits = event.kind in LIMITS and Aspect.DURATION in aspects_in(hearing.text, hearing.knowledge)
    own = hearing.conversation.event is None and (undated or waits or _is_topics_own(ask, event, hearing))
    return None if own else ASKS[ask](hearing, event)


def of_open_forum(asked: Asked, event: Event, hearing: Hearing) -> Asked:
    """`¿Y en 2018?` of the same forum, unless all of it is asked for; `¿y de migración?` of another subject."""
    said = asked.named or asked.places or asked.kinds or asked.unknown or asked.strangers
    shown = hearing.conversation.event is not None
    if said or asked.plural or "own" in asked.asks:
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
        return not understood.from_context and understood.best >= RIVAL
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
        if told := _told_by_words(name, event, hearing):
            return _section(hearing, event, *told)
        return otherwise(hearing, event) if otherwise else _lines(name, hearing, event)

    return tell


def _how(hearing: Hearing, event: Event) -> Turn:
    """How to take part; the section of the forum's topic where that has one for what is asked: cost, who, papers."""
    told = _told_by_aspect(event, hearing)
    return _section(hearing, event, *told) if told else show_event(hearing, event.id, "how")


def _access(hearing: Hearing, event: Event) -> Turn:
    """Who may come: without a status, where that is said to be missing; else as the forum itself says."""
    lacking = not LACKING.isdisjoint(tokens(hearing.text))
    return (_borrowed("access", _how) if lacking else _how)(hearing, event)


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
    choices = (event_button(event, hearing.lang), *replies.event_choices(hearing, event))
    return about(event, hearing, Reply(ReplyKind.ANSWER, "\n\n".join(filter(None, blocks)), choices))


def _section(hearing: Hearing, event: Event, topic: Topic, section: Section) -> Turn:
    """A section that tells of the event; one of another topic leaves the forum's own open."""
    home = home_of(event, hearing) if topic.id != hearing.conversation.topic else None
    reply = answer(topic, section, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date())
    return hearing.turn(
        Outcome.ANSWER,
        reply,
        answered=(topic.id,),
        found=(event.id,),
        event=event.id,
        topic=home or topic.id,
        section=section.id if home in (None, topic.id) else None,
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
    """The section in whose text one of the word's hints stands, the surest hint first."""
    topics = _topics_of(event, hearing)
    if name in OF_ONE_FORUM:
        topics = [topic for topic in topics if topic.id == home_of(event, hearing)]
    sections = [(topic, each) for topic in topics for each in topic.sections]
    for hint in hearing.knowledge.calendar_words[name].hints:
        for topic, each in sections:
            if f" {hint}" in f" {fold(f'{each.text.es} {each.text.en}')}":
                return topic, each
    return None


def _topics_of(event: Event, hearing: Hearing) -> list[Topic]:
    """The topic that is open, where it tells of the event, then those that tell most of it."""
    opened = hearing.conversation.topic
    ids = dict.fromkeys((*((opened,) if opened in event.leads else ()), *event.leads[:MOST]))
    return [hearing.knowledge.topics[each] for each in ids if each in hearing.knowledge.topics]


ASKS: Mapping[str, Tell] = {
    "save": lambda hearing, event: save_event(hearing, event.id),
    "source": _field("source"),
    "theme": _field("theme"),
    "side": _borrowed("side"),
    "people": _borrowed("people"),
    "language": _borrowed("language"),
    "expenses": _borrowed("expenses"),
    "visa": _borrowed("visa"),
    "age": _borrowed("age", _how),
    "fee": _borrowed("fee"),
    "before": _field("before"),
    "organiser": _field("organiser"),
    "attendance": _field("attendance"),
    "online": _field("attendance"),
    "access": _access,
    "status": _borrowed("access", _how),
    "where": _field("where"),
    "until": _field("until"),
    "past": _field("past"),
    "next": _next,
    "when": _field("when"),
    "how": _how,
}
"""What may be asked of an open event, the surest sign first, and what tells it."""
