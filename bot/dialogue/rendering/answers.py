"""Sections as replies: title, words with their values, steps, age, next step, source; short when said before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from zlib import crc32

from bot.conversation import Choice, Conversation, Part, Reply, ReplyKind, Role
from bot.conversation.parts import led
from bot.conversation.payload import make, pages_in, version
from bot.dialogue import decision as acts
from bot.dialogue.directory import NEAREST_IN
from bot.dialogue.message import Message
from bot.dialogue.person.signals import places_acted
from bot.dialogue.person.told import MAY_BE_MEXICAN, closed, leads_to_government, reachable, serves, told_by
from bot.dialogue.places.nearest import of_others, of_theirs, sections_away, states_told
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.ranking.sections import own_keys, said_in, sections_of
from bot.dialogue.rendering import words as shared
from bot.dialogue.rendering.directory import with_consulate
from bot.dialogue.rendering.talk import render_admit, render_for_others
from bot.dialogue.rendering.words import FIND_CONSULATE, Rendered, Voice
from bot.dialogue.signals import Signals
from bot.dialogue.thresholds import AS_TELLING, NEAR, OWN_MATTER, TELLS
from bot.dialogue.words.questions import NAMING, asked_of
from knowledge import brevity
from knowledge.addresses import PLACEHOLDER, put
from knowledge.brevity import fitting, sentences, short_form
from knowledge.citing import age_note, source_line
from knowledge.frames import fold, frames_of
from knowledge.held_aspects import held_by
from knowledge.model import Knowledge
from knowledge.notices import in_front_of
from knowledge.plain_words import in_plain_words
from knowledge.schema.base import Lang, Words
from knowledge.schema.facts import ContactKind
from knowledge.schema.topics import Aspect, People, Section, Topic
from knowledge.wording import month

SECTION_BUTTONS, TOPIC_BUTTONS = 3, 1
FOR_OFFICES = frozenset({"osc_participation", "osc_calendar", "local_gov", "government_tool"})
"""Catalogue categories whose readers work with sources: only their answers offer them by a button."""
_VERDICT = re.compile(r"(?:Sí|Yes)[.,;:]?\s+|No[.,;:]\s+")
"""How a text begins that answers the one question it was written for."""


def answer(
    topic: Topic,
    section: Section,
    v: Voice,
    *,
    gap: Aspect | None = None,
    first: str = "",
    in_thread: bool = False,
    short: bool = False,
    states: frozenset[str] = frozenset(),
) -> Reply:
    """The reply of one section, behind `first`; `gap`: no source answers it; `in_thread`: without its "Sí: "."""
    here = of_theirs(section.text, states, v.knowledge) if states else section.text
    said = [short_form(section, v.lang)] if short else _said_of(here.say(v.lang), section, v.lang, in_thread=in_thread)
    filled = [v.fill(text) for text in said]
    asked = reachable(topic.ask, v.person, "", v.knowledge)
    gone = topic.withdrawn or any(one.withdrawn for one in filled)
    referred = ("" if gap is None else gap_line(gap, asked, v), shared.withdrawn(asked, v) if gone else "")
    body = [Part(Role.ANSWER, one) for one in (first, *referred)]
    if not gone:
        steps = "\n".join(one.text for one in filled[1:])
        body += [*led(filled[0].text, v.fill(sentences(said[0])[0]).text), Part(Role.MORE, steps)]
        used = [item for one in filled for item in one.used]
        body.append(Part(Role.NOTE, age_note(used, asked, v.knowledge, v.lang, v.today)))
    do, changed = v.fill(_step(topic, section, asked, v).say(v.lang)), section.changed
    older = changed is not None and section.is_behind(v.lang) and month(f"{changed.es}", v.lang)
    behind = put(v.knowledge.texts["translation-older"].say(v.lang), {"date": older}) if older else ""
    who = topic.who.say(v.lang) if topic.who and section is topic.sections[0] else ""
    body += [Part(Role.NOTE, behind), Part(Role.NOTE, who), Part(Role.NEXT, "" if do.withdrawn else f"➡ {do.text}")]
    head = _head(topic, section, v.lang)
    plain = in_plain_words([one.text for one in body], head, v.knowledge, v.lang)
    body = [one._replace(text=text) for one, text in zip(body, plain, strict=True)]
    cited = section.cited if here == section.text else section.sources
    source = Part(Role.SOURCE, source_line(cited, v.knowledge, v.lang, here.es))
    find = find_consulate(" ".join((*referred, do.text)), topic, v)
    whole = (_whole_button(topic, section, v),) if short else ()
    choices = (*whole, *_choices(topic, section, find, v))
    notices = (v.say("notice", text=one.text.say(v.lang)) for one in in_front_of(topic.id, v.knowledge, v.today))
    warned = (Part(Role.ANSWER, v.filled(one)) for one in notices)
    return Reply.of(ReplyKind.ANSWER, (*warned, Part(Role.TITLE, head), *body, source), choices)


def _said_of(text: str, section: Section, lang: Lang, *, in_thread: bool) -> list[str]:
    """Its text and steps; to a question in a thread, which may not be its own, a "Sí: " would be a false yes."""
    if in_thread and (begun := _VERDICT.match(text)):
        text = f"{text[begun.end()].upper()}{text[begun.end() + 1 :]}"
    return [text, *(f"{n}. {step.say(lang)}" for n, step in enumerate(section.steps, 1))]


def _head(topic: Topic, section: Section, lang: Lang) -> str:
    """What the answer is of: the title of a section that has one goes first, as its topic may be called otherwise."""
    title, first = topic.title.say(lang), section.id == topic.sections[0].id
    return title if first or section.title is None else f"{section.title.say(lang)} · {title}"


def _step(topic: Topic, section: Section, asked: Sequence[str], v: Voice) -> Words:
    """What to do; and whom anybody may ask, where it sends to those who do not serve this person."""
    step, told, knowledge = section.do or topic.do, told_by(v.person, "", v.knowledge), v.knowledge
    named = [name for name in PLACEHOLDER.findall(step.es) if name in knowledge.contacts]
    theirs = People.FOREIGNERS in topic.people or topic.id in knowledge.directory.others_consulates
    served = not named or any(serves(name, v.person, told, knowledge) for name in named)
    if served and not (told.foreign and not theirs and _names_consulate(step.es, knowledge)):
        return step
    contacts = ", ".join(f"{{{name}}}" for name in asked)
    said = knowledge.texts["step-for-anybody"]
    others = Words(es=put(said.es, {"contacts": contacts}), en=put(said.en, {"contacts": contacts}))
    return Words(es=f"{step.es} {others.es}", en=f"{step.en} {others.en}")


def _names_consulate(text: str, knowledge: Knowledge) -> bool:
    return not set(knowledge.directory.consulate).isdisjoint(fold(text).split())


def gap_line(gap: Aspect, asked: Sequence[str], v: Voice) -> str:
    """That no source answers an aspect, and who of those to ask does; a phone is the one of those who do."""
    contacts = v.knowledge.contacts
    reached = [name for name in asked if gap is Aspect.PHONE and contacts[name].kind is not ContactKind.WEB]
    values = {"gap": v.knowledge.aspects[gap].gap.say(v.lang), "contacts": shared.names_of(reached or asked, v)}
    return put(v.knowledge.texts["reach" if reached else "gap"].say(v.lang), values)


def render_definition(act: acts.Definition, m: Message, s: Signals, state: Conversation) -> Rendered:
    """A term in its sentence, behind how an institution is reached that is asked for; and the topic to go on to."""
    term, v = s.knowledge.glossary[act.term], shared.voice_of(s)
    topic, said = v.knowledge.topics[term.topic], v.fill(term.says.say(v.lang))
    blocks = (
        Part(Role.TITLE, term.name.say(v.lang) if act.reach else ""),
        v.filled(gap_line(Aspect.PHONE, act.reach, v)) if act.reach else "",
        shared.withdrawn(topic.ask, v) if said.withdrawn else said.text,
        Part(Role.NOTE, age_note(said.used, topic.ask, v.knowledge, v.lang, v.today)),
        Part(Role.SOURCE, source_line(term.sources, v.knowledge, v.lang, term.says.es)),
    )
    sources = Choice(label=v.say("button.sources"), payload=make("d", term.id))
    choices = (shared.topic_button(topic, v.knowledge, v.lang, term.section), sources)
    return Rendered((Reply.of(ReplyKind.ANSWER, blocks, choices),))


def find_consulate(said: str, topic: Topic, v: Voice) -> tuple[Choice, ...]:
    """A way into the directory, where these words send the person to a consulate of Mexico."""
    elsewhere = topic.id in v.knowledge.directory.others_consulates or v.person.country not in NEAREST_IN
    another = v.person.citizen not in MAY_BE_MEXICAN and People.FOREIGNERS not in topic.people
    if elsewhere or another or v.person.fears_government or not _names_consulate(said, v.knowledge):
        return ()
    return (Choice(label=v.say("directory.find"), payload=FIND_CONSULATE),)


def _choices(topic: Topic, shown: Section, find: tuple[Choice, ...], v: Voice) -> Iterator[Choice]:
    """What people ask next: other sections, their consulate, the sources where these are read, a neighbour."""
    shut = closed(topic, v.person, "", v.knowledge) | sections_away(topic, v.person, "", v.knowledge)
    others = [one for one in topic.sections if one is not shown and one.id not in shut]
    yield from (shared.section_button(topic, one, v.knowledge, v.lang) for one in others[:SECTION_BUTTONS])
    yield from find
    if shown.is_behind(v.lang):
        yield Choice(label=v.say("button.spanish"), payload=make("l", topic.id, shown.id))
    if any(v.knowledge.catalogue[row].category in FOR_OFFICES for one in topic.sections for row in one.covers):
        payload = make("o", topic.id, shown.id, version(v.knowledge, topic.id))
        yield Choice(label=v.say("button.sources"), payload=payload)
    yield from shared.topic_buttons(topic.next, v)[:TOPIC_BUTTONS]


def render_section(act: acts.Section, m: Message, s: Signals, state: Conversation) -> Rendered:
    """One section: its short form to who reads little, where it was shown before and was not asked for again."""
    topic = s.knowledge.topics[act.topic]
    section = topic.section_or_first(act.section)
    if s.person.fears_government and leads_to_government(topic, section.id, s.knowledge):
        return render_for_others(acts.ForOthers(topic.id, refuge=True), m, s, state)
    shown = f"{topic.id}/{section.id}"
    v = shared.voice_of(s, act.lang)
    before = shown in state.said_before.shown  # and not in short alone
    before = before and (section.id == state.section or _whole_button(topic, section, v) not in state.offered)
    again = before and not act.again and act.lang is None
    if (act.short or again) and (brief := _short(act, topic, section, s, state)) is not None:
        words = f"{shown}#{crc32(brief.text.encode()):x}"
        if act.short or words not in state.said_before.shown:
            return Rendered((brief,), (shown, words))
        if m.letters not in {fold(one.text) for one in state.wants}:  # it answers something else
            return render_admit(acts.Admit(topic=topic.id), m, s, state)
    several = len(topic.states_of(section)) > 1  # it goes through states: only theirs are said
    states = states_told(s.message.text, s.situation, 0, s.knowledge) if several else frozenset[str]()
    options = {"in_thread": state.topic == topic.id, "short": s.situation.reads is not None and not before}
    reply = answer(topic, section, v, gap=act.gap, first=v.say(act.head) if act.head else "", states=states, **options)
    reply = with_consulate(reply, topic.id, m, s)
    return Rendered((replace(reply, choices=_open_to(reply.choices, s)),), (shown,))


def _open_to(choices: Sequence[Choice], s: Signals) -> tuple[Choice, ...]:
    """The choices that lead nobody to the government that they fear."""
    if not s.person.fears_government:
        return tuple(choices)
    known = [page for page in pages_in(choices) if page[0] in s.knowledge.topics]
    theirs = {page for page in known if leads_to_government(s.knowledge.topics[page[0]], page[1], s.knowledge)}
    return tuple(one for one in choices if theirs.isdisjoint(pages_in([one])))


def _whole_button(topic: Topic, section: Section, v: Voice) -> Choice:
    """The button that gives all of a section that was said in short."""
    button = shared.section_button(topic, section, v.knowledge, v.lang)
    return button.model_copy(update={"label": v.say("button.whole")})


def _relevant(section: Section, s: Signals) -> tuple[str, float]:
    """Its sentences that speak of what is said, with those they lean on, none of elsewhere, and the share they tell."""
    said = said_in(s.acts.righted.meant or s.message.text, ranker_of(s.knowledge), s.knowledge)
    parts, leans = sentences(brevity.said(section, s.lang)), frames_of(s.knowledge.follow_ups.leans)
    told = s.situation.matter_country or s.situation.country
    here = [one for one in parts if not told or {told.value}.issuperset(places_acted(one, s.knowledge))] or parts
    states = states_told(s.message.text, s.situation, 0, s.knowledge)
    parts = [one for one in here if not of_others(one, states, s.knowledge)] or here
    shares = [sum(one.rarity for one in said if one.keys & own_keys(part, s.knowledge)) for part in parts]
    least = max(shares, default=0.0) * AS_TELLING
    chosen = {at for at, share in enumerate(shares) if least and share >= least}
    asked = NAMING.intersection(asked_of(s.message.aspects))
    holding = {at for at, part in enumerate(parts) if not asked.isdisjoint(held_by(part, s.knowledge))}
    chosen = chosen & holding or holding or chosen
    chosen |= {at - 1 for at in chosen if at and leans.first(fold(parts[at]))}
    chosen |= {at + 1 for at in chosen if parts[at].endswith("?") or at == max(chosen)}
    text = " ".join(fitting([part for at, part in enumerate(parts) if at in chosen]))
    keys, whole = own_keys(text, s.knowledge), sum(one.rarity for one in said)
    return text, 1.0 if holding else sum(one.rarity for one in said if one.keys & keys) / whole if whole else 0.0


def _short(act: acts.Section, topic: Topic, section: Section, s: Signals, state: Conversation) -> Reply | None:
    """Its short form, or what it says of this, its next step, what was not shown; None: stopped, or nothing nearer."""
    v = shared.voice_of(s)
    asked, whole = reachable(topic.ask, v.person, "", v.knowledge), _whole_button(topic, section, v)
    gap = "" if act.gap is None else gap_line(act.gap, asked, v)
    part, tells = ("", 0.0) if act.short else _relevant(section, s)
    beside = _nearest_unsaid(topic, section, s, state) if part and not gap and tells < TELLS else None
    step = f"➡ {_step(topic, section, asked, v).say(v.lang)}"
    if act.beside:
        short, step = brevity.beside_danger(section, v.lang, step, act.beside)
        part = f"{v.say('said.short')} {short}"
    elif not part and not act.short and section.id == state.section and whole in state.offered:  # it was said in short
        if s.message.asks and not gap:
            return None
        part = "" if gap else s.knowledge.texts["noted"].say(v.lang)
    elif not part:
        part = f"{v.say(act.head or 'said.short')} {short_form(section, v.lang)}"
    elif s.message.asks and not gap:  # for what all of it did not tell
        part, step = _untold(part if tells >= TELLS or _is_meant(topic, section, s) else "", beside, asked, v), ""
    told, then = v.fill("\n\n".join(filter(None, (gap, part)))), v.fill(step)
    if topic.withdrawn or told.withdrawn or then.withdrawn:
        return None
    passed = (*state.said_before.shown, f"{topic.id}/{section.id}")
    left = [one for one in topic.sections if f"{topic.id}/{one.id}" not in passed]
    left = sorted(left, key=lambda one: one is not beside)
    buttons = (shared.section_button(topic, one, v.knowledge, v.lang) for one in left[:SECTION_BUTTONS])
    blocks = (told.text, Part(Role.NEXT, then.text))
    return Reply.of(ReplyKind.ANSWER, blocks, _open_to((whole, *buttons), s))


def _is_meant(topic: Topic, section: Section, s: Signals) -> bool:
    """Whether a message by itself surely asks for a section: what that said is not denied."""
    alone = ranker_of(s.knowledge).alone(s.acts.righted.meant or s.message.text)
    return bool(alone[sections_of(s.knowledge).place_of[f"{topic.id}/{section.id}"]] >= OWN_MATTER)


def _nearest_unsaid(topic: Topic, found: Section, s: Signals, state: Conversation) -> Section | None:
    """What was not said yet and is likeliest, of no other country than what was found: of the aspect asked, if any."""
    shown, asked = state.said_before.shown, asked_of(s.message.aspects)
    likely = [one for one in s.ranking.candidates if one.topic == topic.id and one.id not in shown]
    left = [(topic.section_or_first(one.section), one.score) for one in likely]
    left = [(one, score) for one, score in left if found.where in (None, one.where) or one.where is None]
    fits = (one for one, score in left if score >= NEAR[0] and one.aspect in asked)
    return next(fits, next((one for one, score in left if score >= NEAR[1]), None))


def _untold(part: str, beside: Section | None, asked: Sequence[str], v: Voice) -> str:
    """What was said before of what is asked, or that no source has it; who knows; and what is nearest to it."""
    key = "all-i-have" if part else "thread-unsure"
    text = put(v.knowledge.texts[key].say(v.lang), {"told": part, "contacts": shared.names_of(asked, v)})
    if beside is None:
        return text
    return f"{text} {put(v.knowledge.texts['nearest'].say(v.lang), {'told': short_form(beside, v.lang)})}"


TOLD = {"clarify.one": "clarify.one.told", "clarify.many": "clarify.many.told"}
"""The line above what is offered -> the one where it is told in short."""


def render_offer(act: acts.Offer, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Choices that lead on; above them what the likeliest say nearest to what is asked."""
    v, told = shared.voice_of(s), list[str]()
    for (name, one), choice in zip(act.likely, act.choices, strict=False):
        topic = s.knowledge.topics[name]
        section = topic.section_or_first(one)
        said = v.fill(_relevant(section, s)[0] or short_form(section, v.lang))
        if not topic.withdrawn and not said.withdrawn:
            told.append(f"• {choice.label}: {said.text}")
    head = act.title.say(v.lang) if act.title else v.say(TOLD.get(act.key, act.key) if told else act.key)
    text = "\n\n".join((head, *told, *([v.say("clarify.other")] if told else [])))
    return Rendered((Reply(ReplyKind.CLARIFY, text, act.choices),))
