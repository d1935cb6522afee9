"""An item as a person would see it, with its sources and dates: `ventanilla kb show ID`."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from knowledge.addresses import address
from knowledge.calendar import other_dates, when
from knowledge.citing import age_note, source_list
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
from knowledge.schema.topics import Aspect, Section, Topic
from knowledge.schema.urgent import Category


def show(knowledge: Knowledge, item_id: str, lang: Lang, today: date) -> str:
    """Everything that has this id. LookupError, with the id and those like it, where nothing has."""
    parts: list[str] = []
    if topic := knowledge.topics.get(item_id):
        parts.append(_topic(topic, knowledge, lang, today))
    if item := knowledge.dated(item_id):
        parts.append(_dated(item, knowledge, lang, today))
    if category := knowledge.categories.get(item_id):
        parts.append("\n".join(_category(category, knowledge, lang, today)))
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
    named = (knowledge.categories, knowledge.flows, knowledge.glossary, knowledge.events)
    return [item_id for register in (knowledge.topics, *dated, *named) for item_id in register]


def _head(kind: str, item_id: str, name: str, knowledge: Knowledge) -> str:
    return f"{kind} {item_id}: {name}  ({Spot(_KINDS[kind], item_id).place(knowledge)})"


_KINDS = {
    **{"topic": "topics", "fact": "facts", "contact": "contacts", "category": "categories", "flow": "flows"},
    "term": "glossary",
    "event": "events",
}


def _topic(topic: Topic, knowledge: Knowledge, lang: Lang, today: date) -> str:
    head = _head("topic", topic.id, topic.title.say(lang), knowledge)
    who = topic.who.say(lang) if topic.who else ""
    return "\n\n".join(
        (f"{head}\n{who}".strip(), *(_section(topic, section, knowledge, lang, today) for section in topic.sections))
    )


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
    def said(text: str) -> str:
        return fill(text, knowledge, lang, today).text

    given = category.help
    yield _head("category", category.id, category.label.say(lang), knowledge)
    yield f"level {category.level}; reviewed by {category.reviewed_by or 'no professional yet'}"
    yield f"[check] {said(category.check.say(lang))}"
    yield f"[now] {said(given.now.say(lang))}"
    yield f"[now, under 18] {said(given.now_minor.say(lang))}"
    for move, words in given.now_for.items():
        yield f"[now, for {move}] {said(words.say(lang))}"
    if given.now_afar is not None:
        yield f"[now, from another country] {said(given.now_afar.say(lang))}"
    for item in given.contacts:
        yield f"- {said(item.lead.say(lang))} {address(knowledge.contacts[item.contact], knowledge, lang)}"
    if given.after is not None:
        yield f"[after] {said(given.after.say(lang))}"
    for country, words in given.after_by_country.items():
        yield f"[after, {country}] {said(words.say(lang))}"
    if category.other is not None:
        for name, words in (("now", category.other.now), ("now, under 18", category.other.now_minor)):
            yield f"[{name}, of somebody else] {said(words.say(lang))}"
    for line in knowledge.care[category.id].lines if category.id in knowledge.care else ():
        spoken = said(line.say.say(lang)) if line.say else ""
        then = f"→ {line.section or line.numbers}" if line.section or line.numbers else ""
        yield " ".join(filter(None, (f"[line {line.id}]", spoken, then)))
    for flow in category.flows():
        yield from _flow(knowledge.flows[flow], knowledge, lang, today)
    yield source_list([item.contact for item in given.contacts], knowledge, lang)


def _flow(flow: Flow, knowledge: Knowledge, lang: Lang, today: date) -> Iterator[str]:
    def said(text: str) -> str:
        return fill(text, knowledge, lang, today).text

    yield _head("flow", flow.id, "asked again" if flow.repeat else "asked once", knowledge)
    for question in flow.questions:
        yield f"[{question.id}] {said(question.ask.say(lang))}"
        for option in question.options:
            then = (said(option.say.say(lang)) if option.say else "", f"({option.effect})" if option.effect else "")
            yield " ".join(("-", option.label.say(lang), *(f"→ {part}" for part in then if part)))
    if flow.silence is not None:
        yield f"[no answer] {said(flow.silence.say(lang))}"


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
