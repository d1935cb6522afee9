"""What is said beside answers: interface texts, small talk, choices, questions, what we do not know."""

from collections.abc import Sequence

from bot.conversation import Choice, Conversation, Part, Reply, ReplyKind, Role
from bot.dialogue import decision as acts
from bot.dialogue.message import Message
from bot.dialogue.person.told import reachable
from bot.dialogue.rendering import words as shared
from bot.dialogue.rendering.words import Rendered
from bot.dialogue.signals import Signals
from bot.dialogue.thresholds import WEAK_IN_A_ROW
from bot.texts import say
from knowledge.addresses import contact_names, put
from knowledge.citing import source_list
from knowledge.schema.topics import Section, Topic

HELP_IN = {"MX": "foreign.help.mx", "US": "foreign.help.us"}
"""By where somebody says that they are: nobody in one country is sent to a telephone of the other one."""


def render_say(act: acts.Say, m: Message, s: Signals, state: Conversation) -> Rendered:
    """An interface text with its values, or words of content, and what is known beside it."""
    lang = act.lang or s.lang
    text = say(act.key, lang, **act.values) if act.words is None else act.words.say(lang)
    behind = filter(None, (shared.first_filled((key,), act.values, lang) for key in act.more))
    return shared.replied(act.kind, "\n\n".join((text.strip(), *behind)), s, act.choices)


def render_remark(act: acts.Remark, m: Message, s: Signals, state: Conversation) -> Rendered:
    """An answer to small talk; where it leads back, with what of the open topic was not shown."""
    talk = next(one for one in s.knowledge.smalltalk if one.id == act.id)
    words = talk.reply if talk.untold is None or state.danger is not None else talk.untold
    text = ((talk.again if state.remark == act.id else None) or words).say(s.lang)
    choices = (*shared.topic_buttons(talk.topics, s), *(shared.menu_button(s.lang) if talk.menu else ()))
    if act.back:
        topic = s.knowledge.topics.get(state.topic or "")
        choices = (_unshown(topic, s, state) or _buttons(topic, topic.sections, s)) if topic else ()
        title = topic.title.say(s.lang) if topic else ""
        text = f"{text} {shared.first_filled(('remark.back', 'remark.tell'), {'title': title}, s.lang)}"
    return shared.replied(ReplyKind.SMALLTALK, text, s, choices)


def _unshown(topic: Topic, s: Signals, state: Conversation) -> tuple[Choice, ...]:
    return _buttons(topic, [one for one in topic.sections if f"{topic.id}/{one.id}" not in state.said_before.shown], s)


def _buttons(topic: Topic, sections: Sequence[Section], s: Signals) -> tuple[Choice, ...]:
    return tuple(shared.section_button(topic, one, s.knowledge, s.lang) for one in sections)


def render_admit(act: acts.Admit, m: Message, s: Signals, state: Conversation) -> Rendered:
    """That we do not know it, and who does."""
    choices = (shared.person_button(s.lang), *shared.menu_button(s.lang))
    if act.topic is not None:
        topic = s.knowledge.topics[act.topic]
        key = "thread-unsure-again" if state.weak else "thread-unsure"
        contacts = contact_names(reachable(topic.ask, s.person, m.text, s.knowledge), s.knowledge, s.lang, s.today)
        text = put(s.knowledge.texts[key].say(s.lang), {"contacts": contacts})
        choices = (*_unshown(topic, s, state), choices[0])
    elif state.weak + 1 >= WEAK_IN_A_ROW:
        text = f"{say('fallback.twice', s.lang)}\n\n{say('beyond.person', s.lang)}"
    else:
        own, choices = s.knowledge.foreign.get(m.foreign or ""), shared.menu_choices(s.knowledge, s.lang)
        theirs = own and f"{own.say(on_duty=state.desk.on_duty)}\n\n{say('fallback.foreign', s.lang)}"
        text = theirs or say("fallback", s.lang, doors=shared.doors(s))
    return shared.replied(ReplyKind.FALLBACK, text, s, choices)


def render_for_others(act: acts.ForOthers, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Help for anybody, in place of an answer that ends at a door which is not theirs."""
    instead = s.knowledge.topics[act.topic].instead
    if act.refuge:
        instead = (s.knowledge.directory.refuge,)
        text = "\n\n".join((say("directory.fears", s.lang), say("refuge.lines", s.lang)))
    elif instead:
        where = [s.person.country] if s.person.country in HELP_IN else [*HELP_IN]
        there = " ".join(say(HELP_IN[country], s.lang) for country in where)
        text = say("foreign.help", s.lang, there=there)
    else:
        text = f"{say('foreign.papers', s.lang)} {shared.doors(s)}".strip()
    return shared.replied(ReplyKind.CLARIFY, text, s, shared.topic_buttons(instead, s))


def render_sources(act: acts.Sources, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Where an answer or the sentence of a term comes from, in full."""
    topic, term, v = s.knowledge.topics[act.topic], s.knowledge.glossary.get(act.term or ""), shared.voice_of(s)
    section = topic.section_or_first((term.section if term else act.section) or "")
    title, cited = (topic.title.say(v.lang), section.sources) if term is None else (term.terms[0], term.sources)
    blocks = (Part(Role.TITLE, v.say("sources.head", title=title)), source_list(cited, v.knowledge, v.lang))
    back = shared.topic_button(topic, v.knowledge, v.lang, section.id)
    return Rendered((Reply.of(ReplyKind.ANSWER, blocks, (back,)),))
