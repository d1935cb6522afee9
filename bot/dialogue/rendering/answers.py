"""Sections as replies: title, words with their values, steps, age, next step, source; short when said before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.conversation import Choice, Conversation, Reply, ReplyKind
from bot.dialogue import decision as acts
from bot.dialogue.decision import Definition, ForOthers, Sources
from bot.dialogue.message import Message
from bot.dialogue.person.told import MAY_BE_MEXICAN, closed, leads_to_government, serves, to_ask, told_by
from bot.dialogue.rendering.directory import with_consulate
from bot.dialogue.rendering.talk import render_for_others
from bot.dialogue.rendering.words import (
    FIND_CONSULATE,
    Rendered,
    emergency,
    event_button,
    fill_for,
    in_plain_words,
    section_button,
    topic_button,
)
from bot.dialogue.signals import Signals
from bot.dialogue.words.payload import make, read, version
from bot.texts import say
from knowledge import calendar
from knowledge.addresses import PLACEHOLDER, contact_names, put
from knowledge.brevity import short_form
from knowledge.citing import age_note, source_line, source_list
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.notices import in_front_of
from knowledge.render import fill
from knowledge.schema.base import Lang, Words
from knowledge.schema.facts import ContactKind
from knowledge.schema.glossary import Term
from knowledge.schema.topics import Aspect, People, Section, Topic
from knowledge.wording import month

SECTION_BUTTONS = 3
FOR_OFFICES = frozenset({"osc_participation", "osc_calendar", "local_gov", "government_tool"})
"""Catalogue categories whose readers work with sources: only their answers offer them by a button."""
TOPIC_BUTTONS = 1
_VERDICT = re.compile(r"(?:Sí|Yes)[.,;:]?\s+|No[.,;:]\s+")
"""How a text begins that answers the one question it was written for."""
CONSULATES_IN = (None, "US", "CA", "PR")
"""Where a person may be for whom the directory has a consulate; nobody said = anywhere."""


def answer(
    topic: Topic,
    section: Section,
    conversation: Conversation,
    knowledge: Knowledge,
    lang: Lang,
    today: date,
    *,
    gap: Aspect | None = None,
    first: str = "",
    in_thread: bool = False,
    short: bool = False,
) -> Reply:
    """The reply of one section, behind `first`; `gap`: no source answers it; `in_thread`: without its "Sí: "."""
    said = [short_form(section, lang)] if short else _said_of(section, lang, in_thread=in_thread)
    here = emergency(conversation.country, knowledge, lang, today)
    filled = [fill(text, knowledge, lang, today, here) for text in said]
    asked = to_ask(topic, conversation, "", knowledge)
    ask, head = contact_names(asked, knowledge, lang, today), _head(topic, section, lang)
    gone = topic.withdrawn or any(one.withdrawn for one in filled)
    referred = (
        "" if gap is None else gap_line(topic, gap, asked, knowledge, lang, today),
        put(knowledge.texts["withdrawn"].say(lang), {"contacts": ask}) if gone else "",
    )
    blocks = [first, *referred]
    if not gone:
        text, *steps = (one.text for one in filled)
        blocks += [text, "\n".join(steps)]
        blocks.append(age_note([item for one in filled for item in one.used], asked, knowledge, lang, today))
    blocks.append(_behind(section, knowledge, lang))
    do = fill(_step(topic, section, asked, conversation, knowledge).say(lang), knowledge, lang, today, here)
    blocks.append("" if do.withdrawn else f"➡ {do.text}")
    body = in_plain_words("\n\n".join(filter(None, blocks)), head, knowledge, lang)
    bubble = (*_notices(topic, conversation, knowledge, lang, today), head, body)
    find = find_consulate(" ".join((*referred, do.text)), topic, conversation, knowledge, lang)
    dated = [event_button(event, lang)] if (event := calendar.next_of(topic.id, knowledge, today)) else []
    whole = (_whole_button(topic, section, knowledge, lang),) if short else ()
    choices = (*whole, *_choices(topic, section, find, conversation, knowledge, lang), *dated)
    source = source_line(section.sources, knowledge, lang, section.text.es)
    return Reply(ReplyKind.ANSWER, "\n\n".join((*bubble, source)), choices)


def _said_of(section: Section, lang: Lang, *, in_thread: bool) -> list[str]:
    """Its text and steps; to a question in a thread, which may not be its own, a "Sí: " would be a false yes."""
    text = section.text.say(lang)
    if in_thread and (begun := _VERDICT.match(text)):
        text = f"{text[begun.end()].upper()}{text[begun.end() + 1 :]}"
    return [text, *(f"{n}. {step.say(lang)}" for n, step in enumerate(section.steps, 1))]


def _head(topic: Topic, section: Section, lang: Lang) -> str:
    """What the answer is of: the title of a section that has one goes first, as its topic may be called otherwise."""
    title = topic.title.say(lang)
    if section.id == topic.sections[0].id:
        return title if topic.who is None or section is not topic.sections[0] else f"{title}\n{topic.who.say(lang)}"
    return title if section.title is None else f"{section.title.say(lang)} · {title}"


def _step(
    topic: Topic, section: Section, asked: Sequence[str], conversation: Conversation, knowledge: Knowledge
) -> Words:
    """What to do; and whom anybody may ask, where it sends to those who do not serve this person."""
    step, told = section.do or topic.do, told_by(conversation, "", knowledge)
    named = [name for name in PLACEHOLDER.findall(step.es) if name in knowledge.contacts]
    theirs = People.FOREIGNERS in topic.people or topic.id in knowledge.directory.others_consulates
    consulate = told.foreign and not theirs and bool(set(knowledge.directory.consulate) & set(fold(step.es).split()))
    served = not named or any(serves(name, conversation, told, knowledge) for name in named)
    if served and not consulate:
        return step
    contacts = ", ".join(f"{{{name}}}" for name in asked)
    said = knowledge.texts["step-for-anybody"]
    others = Words(es=put(said.es, {"contacts": contacts}), en=put(said.en, {"contacts": contacts}))
    return Words(es=f"{step.es} {others.es}", en=f"{step.en} {others.en}")


def gap_line(topic: Topic, gap: Aspect, asked: Sequence[str], knowledge: Knowledge, lang: Lang, today: date) -> str:
    """That no source answers an aspect, and who of those to ask does; a phone is the one of those who do."""
    reached = [name for name in asked if gap is Aspect.PHONE and knowledge.contacts[name].kind is not ContactKind.WEB]
    ask = contact_names(reached or asked, knowledge, lang, today)
    if reached:
        return put(knowledge.texts["reach"].say(lang), {"contacts": ask})
    missing = knowledge.aspects[gap].gap.say(lang)
    return put(knowledge.texts["gap"].say(lang), {"gap": missing, "contacts": ask})


def _notices(topic: Topic, conversation: Conversation, knowledge: Knowledge, lang: Lang, today: date) -> Iterator[str]:
    """What the editors put in front of the topic."""
    for notice in in_front_of(topic.id, knowledge, today):
        yield fill_for(say("notice", lang, text=notice.text.say(lang)), conversation, knowledge, lang, today)


def find_consulate(
    said: str, topic: Topic, conversation: Conversation, knowledge: Knowledge, lang: Lang
) -> tuple[Choice, ...]:
    """A way into the directory, where these words send the person to a consulate of Mexico."""
    directory = knowledge.directory
    elsewhere = topic.id in directory.others_consulates or conversation.country not in CONSULATES_IN
    another = conversation.citizen not in MAY_BE_MEXICAN and People.FOREIGNERS not in topic.people
    if elsewhere or another or conversation.fears_government or not set(directory.consulate) & set(fold(said).split()):
        return ()
    return (Choice(label=say("directory.find", lang), payload=FIND_CONSULATE),)


def _behind(section: Section, knowledge: Knowledge, lang: Lang) -> str:
    """That the Spanish words are newer than these; empty where they are not."""
    if section.changed is None or not section.is_behind(lang):
        return ""
    date_said = month(section.changed.es.isoformat(), lang)
    return put(knowledge.texts["translation-older"].say(lang), {"date": date_said})


def definition(term: Term, conversation: Conversation, knowledge: Knowledge, lang: Lang, today: date) -> Reply:
    """The sentence of an acronym or official name, and the button of the topic to go on to."""
    topic = knowledge.topics[term.topic]
    said = fill(term.says.say(lang), knowledge, lang, today, emergency(conversation.country, knowledge, lang, today))
    ask = contact_names(topic.ask, knowledge, lang, today)
    words = put(knowledge.texts["withdrawn"].say(lang), {"contacts": ask}) if said.withdrawn else said.text
    age = age_note(said.used, topic.ask, knowledge, lang, today)
    text = "\n\n".join(filter(None, (words, age, source_line(term.sources, knowledge, lang, term.says.es))))
    sources_button = Choice(label=say("button.sources", lang), payload=make("d", term.id))
    return Reply(ReplyKind.ANSWER, text, (topic_button(topic, knowledge, lang, term.section), sources_button))


def _choices(
    topic: Topic,
    shown: Section,
    find: tuple[Choice, ...],
    conversation: Conversation,
    knowledge: Knowledge,
    lang: Lang,
) -> tuple[Choice, ...]:
    """What people ask next: other sections, their consulate, the sources where these are read, a neighbour."""
    shut = closed(topic, conversation, "", knowledge)
    others = [s for s in topic.sections if s is not shown and s.id not in shut][:SECTION_BUTTONS]
    neighbours = [knowledge.topics[t] for t in topic.next if t in knowledge.topics][:TOPIC_BUTTONS]
    spanish = Choice(label=say("button.spanish", lang), payload=make("l", topic.id, shown.id))
    rows = (row for section in topic.sections for row in section.covers)
    why = Choice(label=say("button.sources", lang), payload=make("o", topic.id, shown.id, version(knowledge, topic.id)))
    newer = [spanish] if shown.is_behind(lang) else []
    return (
        *(section_button(topic, s, knowledge, lang) for s in others),
        *find,
        *newer,
        *([why] if any(knowledge.catalogue[row].category in FOR_OFFICES for row in rows) else []),
        *(topic_button(t, knowledge, lang) for t in neighbours),
    )


def sources(title: str, cited: Sequence[str], back: Choice, knowledge: Knowledge, lang: Lang) -> Reply:
    """Where what was said of `title` comes from, in full."""
    text = f"{say('sources.head', lang, title=title)}\n\n{source_list(cited, knowledge, lang)}"
    return Reply(ReplyKind.ANSWER, text, (back,))


CHOICES = 4
"""Choices under an answer, at most."""


def render_section(act: acts.Section, m: Message, s: Signals, state: Conversation) -> Rendered:
    """One section: its short form to who reads little, where it was shown before and was not asked for again."""
    topic = s.knowledge.topics[act.topic]
    section = topic.section_or_first(act.section)
    if s.person.fears_government and leads_to_government(topic, section.id, s.knowledge):
        return render_for_others(ForOthers(topic.id, refuge=True), m, s, state)
    shown = f"{topic.id}/{section.id}"
    lang = "es" if act.lang == "es" else s.lang
    before = shown in state.said_before.shown
    if act.short or (before and not act.again and act.lang is None):
        key = act.head or ("said.short" if act.short else "said.before")
        if (brief := _short(topic, section, say(key, lang), s, state)) is not None:
            return Rendered((brief,), (shown,))
    head = say(act.head, lang) if act.head else ""
    options = {"in_thread": state.topic == topic.id, "short": s.situation.reads is not None and not before}
    reply = answer(topic, section, s.person, s.knowledge, lang, s.today, gap=act.gap, first=head, **options)
    reply = with_consulate(reply, topic.id, m, s)
    return Rendered((replace(reply, choices=_open_to(reply.choices, s)[:CHOICES]),), (shown,))


def _open_to(choices: Sequence[Choice], s: Signals) -> tuple[Choice, ...]:
    """The choices that lead nobody to the government that they fear."""
    if not s.person.fears_government:
        return tuple(choices)
    return tuple(choice for choice in choices if not _to_government(choice, s))


def _to_government(choice: Choice, s: Signals) -> bool:
    tap = read(choice.payload)
    topic = s.knowledge.topics.get(tap.parts[0]) if tap is not None and tap.kind in ("t", "s") else None
    section = tap.parts[1] if tap is not None and tap.kind == "s" else ""
    return topic is not None and leads_to_government(topic, section, s.knowledge)


def _whole_button(topic: Topic, section: Section, knowledge: Knowledge, lang: Lang) -> Choice:
    """The button that gives all of a section that was said in short."""
    return section_button(topic, section, knowledge, lang).model_copy(update={"label": say("button.whole", lang)})


def _short(topic: Topic, section: Section, head: str, s: Signals, state: Conversation) -> Reply | None:
    """Its short form and its next step, and the sections that were not shown; None: an editor has stopped it."""
    step = _step(topic, section, to_ask(topic, s.person, "", s.knowledge), s.person, s.knowledge)
    here = emergency(s.person.country, s.knowledge, s.lang, s.today)
    text = f"{head} {short_form(section, s.lang)}\n\n➡ {step.say(s.lang)}"
    said = fill(text, s.knowledge, s.lang, s.today, here)
    if topic.withdrawn or said.withdrawn:
        return None
    passed = (*state.said_before.shown, f"{topic.id}/{section.id}")
    left = [one for one in topic.sections if f"{topic.id}/{one.id}" not in passed]
    buttons = (section_button(topic, one, s.knowledge, s.lang) for one in left[: CHOICES - 1])
    choices = (_whole_button(topic, section, s.knowledge, s.lang), *buttons)
    return Reply(ReplyKind.ANSWER, said.text, _open_to(choices, s))


def render_sources(act: Sources, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Where an answer or the sentence of a term comes from, in full."""
    topic, term = s.knowledge.topics[act.topic], s.knowledge.glossary.get(act.term or "")
    section = topic.section_or_first((term.section if term else act.section) or "")
    title, cited = (topic.title.say(s.lang), section.sources) if term is None else (term.terms[0], term.sources)
    back = topic_button(topic, s.knowledge, s.lang, section.id)
    return Rendered((sources(title, cited, back, s.knowledge, s.lang),))


def render_definition(act: Definition, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The sentence of a term."""
    return Rendered((definition(s.knowledge.glossary[act.term], s.person, s.knowledge, s.lang, s.today),))
