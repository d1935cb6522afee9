"""An item as a person would see it, with its sources and dates: `ventanilla kb show ID` or `TOPIC/SECTION`."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from knowledge.addresses import address
from knowledge.calendar import other_dates, when
from knowledge.citing import age_note, source_line, source_list
from knowledge.freshness import is_due, is_withdrawn, review_by
from knowledge.ical import can_be_entered
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.render import answer, fill
from knowledge.schema.base import Dated, Lang
from knowledge.schema.calendar import Event
from knowledge.schema.facts import Contact, Fact
from knowledge.schema.flows import Flow
from knowledge.schema.glossary import Term
from knowledge.schema.protocols import Protocol, Says
from knowledge.schema.topics import Aspect, Section, Topic
from knowledge.schema.urgent import Category


def show(knowledge: Knowledge, item_id: str, lang: Lang, today: date) -> str:
    """Everything that has this id. LookupError, with the id and those like it, where nothing has."""
    parts: list[str] = []
    if topic := knowledge.topics.get(item_id):
        parts.append(_topic(topic, knowledge, lang, today))
    parts += _one_section(item_id, knowledge, lang, today)
    if item := knowledge.dated(item_id):
        parts.append(_dated(item, knowledge, lang, today))
    if category := knowledge.categories.get(item_id):
        parts.append("\n".join(_category(category, knowledge, lang, today)))
    if protocol := knowledge.protocols.get(item_id):
        parts.append("\n".join(_protocol(protocol, knowledge, lang)))
    if flow := knowledge.flows.get(item_id):
        parts.append("\n".join(_flow(flow, knowledge, lang, today)))
    if term := knowledge.glossary.get(item_id):
        parts.append(_term(term, knowledge, lang, today))
    if event := knowledge.events.get(item_id):
        parts.append("\n".join(_event(event, knowledge, lang)))
    if not parts:
        like = get_close_matches(item_id, _ids(knowledge), n=5)
        raise LookupError(repr(item_id) + (f"; like it: {', '.join(like)}" if like else ""))
    return "\n\n".join(parts)


def _ids(knowledge: Knowledge) -> list[str]:
    dated = (knowledge.facts, knowledge.contacts)
    named = (knowledge.categories, knowledge.protocols, knowledge.flows, knowledge.glossary, knowledge.events)
    return [item_id for register in (knowledge.topics, *dated, *named) for item_id in register]


def _head(kind: str, item_id: str, name: str, knowledge: Knowledge) -> str:
    return f"{kind} {item_id}: {name}  ({Spot(_KINDS[kind], item_id).place(knowledge)})"


_KINDS = {
    **{"topic": "topics", "fact": "facts", "contact": "contacts", "category": "categories", "flow": "flows"},
    "protocol": "protocols",
    "term": "glossary",
    "event": "events",
}


def _topic(topic: Topic, knowledge: Knowledge, lang: Lang, today: date) -> str:
    head = _head("topic", topic.id, topic.title.say(lang), knowledge)
    who = topic.who.say(lang) if topic.who else ""
    return "\n\n".join(
        (f"{head}\n{who}".strip(), *(_section(topic, section, knowledge, lang, today) for section in topic.sections))
    )


def _one_section(item_id: str, knowledge: Knowledge, lang: Lang, today: date) -> Iterator[str]:
    """A section that is named TOPIC/SECTION: its words, the source line under them, and what stands behind it."""
    if section := knowledge.section(item_id):
        topic = knowledge.topics[item_id.partition("/")[0]]
        shown = source_line(section.cited, knowledge, lang, section.text.es)
        yield f"{_section(topic, section, knowledge, lang, today)}\n\nsource line: {shown}"
        items = (knowledge.dated(source) for source in section.sources)
        yield from (_dated(item, knowledge, lang, today) for item in items if item)


def _section(topic: Topic, section: Section, knowledge: Knowledge, lang: Lang, today: date) -> str:
    title = section.title or knowledge.aspects[section.aspect or Aspect.WHAT].button
    said = answer(topic, section, knowledge, lang, today)
    ended = ["! withdrawn: a value in it is past its last day"] if said.withdrawn else []
    note = age_note(said.used, topic.ask, knowledge, lang, today)
    sources = source_list(section.sources, knowledge, lang)
    blocks = (f"[{section.id}] {title.say(lang)}", *ended, said.text, note, sources)
    return "\n".join(block for block in blocks if block)


def _term(term: Term, knowledge: Knowledge, lang: Lang, today: date) -> str:
    said = fill(term.says.say(lang), knowledge, lang, today).text
    leads = "/".join(filter(None, (term.topic, term.section)))
    who = f"{leads} says what it is" if term.own else f"leads to {leads}"
    head = _head("term", term.id, f"{', '.join(term.terms)}: {term.name.say(lang)}", knowledge)
    return "\n".join((head, said, who, source_list(term.sources, knowledge, lang)))


def _dated(item: Dated, knowledge: Knowledge, lang: Lang, today: date) -> str:
    if isinstance(item, Contact):
        lines = [_head("contact", item.id, item.name.say(lang), knowledge), address(item, knowledge, lang)]
        lines.append(f"serves {item.serves}" + (f"; {item.hours.say(lang)}" if item.hours else ""))
    else:
        states = item.states if isinstance(item, Fact) else ""
        valued = isinstance(item, Fact) and item.value is not None
        lines = [_head("fact", item.id, states, knowledge)]
        lines += [fill(f"{{{item.id}}}", knowledge, lang, today).text] if valued else []
    state = "withdrawn" if is_withdrawn(item, today) else "to be looked at again" if is_due(item, today) else "fresh"
    lines.append(
        f"as of {item.as_of or 'no date'}, seen {item.seen}, review by {review_by(item)}, "
        f"valid until {item.valid_until or 'no end known'}, confidence {item.confidence}: {state}"
    )
    lines += [f"editors only: {item.conflicts}"] if item.conflicts else []
    return "\n".join((*lines, source_list((item.id,), knowledge, lang)))


def _category(category: Category, knowledge: Knowledge, lang: Lang, today: date) -> Iterator[str]:
    yield _head("category", category.id, category.label.say(lang), knowledge)
    yield f"level {category.level}; reviewed by {category.reviewed_by or 'no professional yet'}"
    for name in ("check", "check_minor", "check_no"):
        if (words := getattr(category, name)) is not None:
            yield f"[{name}] {fill(words.say(lang), knowledge, lang, today).text}"
    for protocol in knowledge.protocols.values():
        if protocol.of == category.id and not protocol.general:
            yield f"→ protocol {protocol.id}"


def _protocol(protocol: Protocol, knowledge: Knowledge, lang: Lang) -> Iterator[str]:
    """Texts as they are written: who writes, and from where, decides on their numbers."""
    yield _head("protocol", protocol.id, protocol.of, knowledge)
    yield f"level {protocol.level}; reviewed by {protocol.reviewed_by or 'no professional yet'}"
    for name in ("first", "first_minor", "other", "other_minor", "second"):
        if says := getattr(protocol, name):
            yield f"[{name}] {_written(says, lang)}"
    for name in ("care", "care_other"):
        yield from (f"[{name} {n}] {_written(one.says, lang)}" for n, one in enumerate(getattr(protocol, name)))
    for name in ("ask", "ask_other"):
        if (ask := getattr(protocol, name)) is not None:
            yield f"[{name}] {_written(ask.says, lang) or 'stands in the first bubble'}"
    yield f"[end] {protocol.end.means}"
    yield from (f"source: {source}" for source in protocol.src)


def _written(says: Says, lang: Lang) -> str:
    return " ".join(clause.say(lang) for clause in says)


def _flow(flow: Flow, knowledge: Knowledge, lang: Lang, today: date) -> Iterator[str]:
    def said(text: str) -> str:
        return fill(text, knowledge, lang, today).text

    yield _head("flow", flow.id, "asked again" if flow.repeat else "asked once", knowledge)
    for question in flow.questions:
        yield f"[{question.id}] {said(question.ask.say(lang))}"
        for option in question.options:
            then = (said(option.say.say(lang)) if option.say else "", f"({option.effect})" if option.effect else "")
            yield " ".join(("-", option.label.say(lang), *(f"→ {part}" for part in then if part)))


def _event(event: Event, knowledge: Knowledge, lang: Lang) -> Iterator[str]:
    yield _head("event", event.id, event.title.say(lang), knowledge)
    yield f"status {event.status}: {when(event, knowledge, lang)}"
    yield "; ".join(
        (f"{event.kind} of {', '.join(event.topics)}", event.place.say(lang) if event.place else "no place known")
    )
    if event.take_part is not None:
        yield f"[taking part] {event.take_part.say(lang)}"
    if event.deadline is not None:
        yield f"[deadline] {event.deadline.on or 'no day'}: {event.deadline.says.say(lang)}"
    if event.notes is not None:
        yield f"[notes] {event.notes.say(lang)}"
    yield from (other_dates(other, lang) for other in event.other_dates)
    yield from (f"→ {lead}{'' if lead in knowledge.topics else ' (not written yet)'}" for lead in event.leads)
    entered = "stands in calendar.ics" if can_be_entered(event) and not event.history else "not in calendar.ics"
    yield f"as of {event.as_of or 'no date'}, seen {event.seen}, confidence {event.confidence}"
    yield f"{entered}, sequence {event.sequence}"
    yield from [f"editors only: {event.conflicts}"] if event.conflicts else []
    if event.sources:
        yield source_list((event.id,), knowledge, lang)
