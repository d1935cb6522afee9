"""What is said beside answers: interface texts, small talk, choices, questions, what we do not know."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.conversation import Choice, Conversation, Reply, ReplyKind
from bot.dialogue import decision as acts
from bot.dialogue.message import Message
from bot.dialogue.person.signals import ANOTHER
from bot.dialogue.person.told import to_ask
from bot.dialogue.rendering import words as shared
from bot.dialogue.rendering.words import MEXICO, Rendered
from bot.dialogue.signals import Signals
from bot.dialogue.thresholds import WEAK_IN_A_ROW
from bot.dialogue.words.payload import make
from bot.texts import say
from knowledge.addresses import contact_names, put
from knowledge.reminding import event_of, title_of, values_of
from knowledge.schema.base import Level
from knowledge.schema.topics import Section, Topic
from knowledge.wording import country

HELP_BY = {"MX": ("foreign.help.mx",), "US": ("foreign.help.us",)}
"""By where somebody says that they are: nobody in one country is sent to a telephone of the other one."""
HELP_ANYWHERE = ("foreign.help.mx", "foreign.help.us")
OPENED = "reminders.head"
LISTS = frozenset({"reminders.list", "reminders.which_ends", OPENED})
"""Lines in front of a list of reminders."""
MOST_SECTIONS = 3
"""Buttons of the open topic."""


def render_say(act: acts.Say, m: Message, s: Signals, state: Conversation) -> Rendered:
    """An interface text with its values, or words of content."""
    lang = act.lang or s.lang
    text = say(act.key, lang, **act.values) if act.words is None else act.words.say(lang)
    return Rendered((Reply(act.kind, shared.filled(text, s), act.choices),))


def render_reminders(act: acts.Reminders, m: Message, s: Signals, state: Conversation) -> Rendered:
    """One that is told alone by title and days, else a line each; buttons that open the matter, or end the reminder."""
    lang, known, lines = s.lang, (s.knowledge, s.lang, s.today), []
    said: dict[str, str] = {}
    for one in act.items:
        said = values_of(one.about, one.day, one.leads, *known)
        said["days"] = say("reminders.day" if one.leads == (1,) else "reminders.days", lang, days=said["leads"])
        keys = filter(None, ("" if one.day else "reminders.no_day", "reminders.changed" if one.changed else ""))
        line = filter(None, (said["title"], said["when"], *(say(key, lang) for key in keys)))
        lines.append(f"• {' · '.join(line)}")
    if act.key not in LISTS:
        return Rendered((Reply(ReplyKind.QUESTION, say(act.key, lang, **said)),))
    choices = tuple(choice for one in act.items if (choice := _of_reminder(one.about, act.key, s)))
    return Rendered((Reply(ReplyKind.QUESTION, "\n".join((say(act.key, lang), *lines)), choices),))


def _of_reminder(about: str, key: str, s: Signals) -> Choice | None:
    """What leads on from a reminder that was opened: its procedure, event or topic; in a list the end of it."""
    name, event = about.split("/")[1], s.knowledge.events.get(event_of(about, s.knowledge, s.today))
    if key != OPENED:
        title = title_of(about, s.knowledge, s.lang, s.today)
        return Choice(label=say("reminders.end", s.lang, title=title), payload=make("r", "x", about))
    if name in s.knowledge.procedures:
        return Choice(label=say("steps.go", s.lang), payload=make("z", name, "g"))
    if event is not None:
        return shared.event_button(event, s.lang)
    return next(iter(shared.topic_buttons([name], s)), None)


def render_privacy(act: acts.Privacy, m: Message, s: Signals, state: Conversation) -> Rendered:
    """What is kept, and the facts that are known of this person."""
    desk = s.state.desk
    text = say(
        "privacy", s.lang, who=shared.who_answers(s),
        questions=desk.questions_days, cases=desk.cases_days, unanswered=desk.unanswered_days,
    )  # fmt: skip
    if facts := ", ".join(dict.fromkeys(_facts(s))):
        text = f"{text}\n\n{say('privacy.facts', s.lang, facts=facts)}"
    held = (s.knowledge.procedures.get(one.procedure) for one in state.steps)
    if titles := ", ".join(one.title.say(s.lang) for one in held if one is not None):
        veiled = say("privacy.steps_veiled", s.lang) if state.watched else ""
        text = f"{text}\n\n{veiled or say('privacy.steps', s.lang, titles=titles)}"
    if count := len(state.reminding.items):
        text = f"{text}\n\n{say('privacy.reminders', s.lang, count=count)}"
    return Rendered((Reply(ReplyKind.COMMAND, shared.filled(text, s), shared.menu_button(s.lang)),))


def _facts(s: Signals) -> Iterator[str]:
    """What is known of the person in words: places and papers by their names."""
    for name, value in s.situation.shown().items():
        if isinstance(value, str):
            coded = name in ("country", "nationality", "matter_country")
            if value != ANOTHER:
                yield country(value, s.lang) if coded else value
        else:
            yield from value


def render_person(act: acts.PersonLine, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Whether somebody reads this, which is promised only while on duty, and who answers now."""
    person, desk = s.person, s.person.desk
    # Who fears their government, or is of another country, is not sent to a line that it runs for its own.
    mexicans = not person.fears_government and person.citizen in (None, MEXICO)
    nobody = "person.nobody.ask" if mexicans else "person.nobody.refuge"
    if state.in_danger and state.danger is not None and state.danger.level is Level.CRITICAL:
        nobody = "person.nobody.danger"
    said = shared.filled(say("person.on_duty" if desk.on_duty else nobody, s.lang), s)
    if desk.opens_at is not None and not desk.on_duty:
        said = f"{said} {_opening(desk.opens_at, s)}"
    choices = () if state.in_danger else shared.menu_button(s.lang)
    return Rendered((Reply(ReplyKind.COMMAND, said, choices),))


def _opening(opens: datetime, s: Signals) -> str:
    """When somebody reads again: the desk's time and its zone, as the person may be elsewhere."""
    days = (opens.date() - s.now.astimezone(opens.tzinfo).date()).days
    weekday = say("weekdays", s.lang).split(", ")[opens.weekday()]
    day = {0: say("today", s.lang), 1: say("tomorrow", s.lang)}.get(days, weekday)
    return say("person.opens", s.lang, day=day, hour=f"{opens:%H:%M}", zone=f"{opens:%Z}")


def render_question(act: acts.Question, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The open question of a flow, with its options as choices."""
    question = s.knowledge.flows[act.flow].open_question(dict(act.answers))
    if question is None:
        raise ValueError(f"the flow {act.flow!r} has no open question")
    options = (
        Choice(label=o.label.say(s.lang), payload=make("q", act.flow, question.id, o.id)) for o in question.options
    )
    asked = (question.ask_minor if s.person.minor else None) or question.ask
    return Rendered((Reply(ReplyKind.QUESTION, shared.filled(asked.say(s.lang), s), tuple(options)),))


def render_remark(act: acts.Remark, m: Message, s: Signals, state: Conversation) -> Rendered:
    """An answer to small talk; where it leads back, with what of the open topic was not shown."""
    talk = next(one for one in s.knowledge.smalltalk if one.id == act.id)
    words = talk.reply if talk.untold is None or state.danger is not None else talk.untold
    again = talk.again if state.remark == act.id else None
    text = shared.filled((again or words).say(s.lang), s)
    choices = (*shared.topic_buttons(talk.topics, s), *(shared.menu_button(s.lang) if talk.menu else ()))
    if act.back:
        behind, choices = _what_was_open(s, state)
        text = f"{text} {behind}"
    return Rendered((Reply(ReplyKind.SMALLTALK, text, choices),))


def _what_was_open(s: Signals, state: Conversation) -> tuple[str, tuple[Choice, ...]]:
    topic = s.knowledge.topics.get(state.topic or "")
    if topic is None:
        return say("remark.tell", s.lang), ()
    choices = _unshown(topic, s, state) or _buttons(topic, topic.sections, s)
    return say("remark.back", s.lang, title=topic.title.say(s.lang)), choices


def _unshown(topic: Topic, s: Signals, state: Conversation) -> tuple[Choice, ...]:
    return _buttons(topic, [one for one in topic.sections if f"{topic.id}/{one.id}" not in state.said_before.shown], s)


def _buttons(topic: Topic, sections: Sequence[Section], s: Signals) -> tuple[Choice, ...]:
    return tuple(shared.section_button(topic, one, s.knowledge, s.lang) for one in sections[:MOST_SECTIONS])


def render_welcome(act: acts.Welcome, m: Message, s: Signals, state: Conversation) -> Rendered:
    """What people such as the writer ask for."""
    group = s.knowledge.introductions.groups[act.group]
    choices = shared.topic_buttons(group.topics, s)
    return Rendered((Reply(ReplyKind.SMALLTALK, shared.filled(group.reply.say(s.lang), s), choices),))


def render_admit(act: acts.Admit, m: Message, s: Signals, state: Conversation) -> Rendered:
    """That we do not know it, and who does."""
    if act.subject is not None:
        subject = next(one for one in s.knowledge.beyond if one.id == act.subject)
        text = "\n\n".join((subject.reply.say(s.lang), say("beyond.person", s.lang)))
        choices = shared.topic_buttons(subject.topics, s)
        return Rendered(
            (Reply(ReplyKind.FALLBACK, shared.filled(text, s), choices or shared.menu_choices(s.knowledge, s.lang)),)
        )
    person = (shared.person_button(s.lang), *shared.menu_button(s.lang))
    if act.topic is not None:
        topic = s.knowledge.topics[act.topic]
        key = "thread-unsure-again" if state.weak else "thread-unsure"
        contacts = contact_names(to_ask(topic, s.person, m.text, s.knowledge), s.knowledge, s.lang, s.today)
        text = put(s.knowledge.texts[key].say(s.lang), {"contacts": contacts})
        return Rendered((Reply(ReplyKind.FALLBACK, shared.filled(text, s), (*_unshown(topic, s, state), person[0])),))
    if state.weak + 1 >= WEAK_IN_A_ROW:
        text = say("fallback.twice", s.lang)
        return Rendered(
            (Reply(ReplyKind.FALLBACK, shared.filled(f"{text}\n\n{say('beyond.person', s.lang)}", s), person),)
        )
    text = say("fallback", s.lang, doors=shared.doors(s))
    if m.foreign is not None and m.foreign in s.knowledge.foreign:
        own = s.knowledge.foreign[m.foreign].say(on_duty=state.desk.on_duty)
        text = f"{own}\n\n{say('fallback.foreign', s.lang)}"
    return Rendered((Reply(ReplyKind.FALLBACK, shared.filled(text, s), shared.menu_choices(s.knowledge, s.lang)),))


def render_for_others(act: acts.ForOthers, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Help for anybody, in place of an answer that ends at a door which is not theirs."""
    topic = s.knowledge.topics[act.topic]
    choices = shared.topic_buttons(topic.instead, s)
    if act.refuge:
        choices = shared.topic_buttons([s.knowledge.directory.refuge], s)
        text = "\n\n".join((say("directory.fears", s.lang), say("refuge.lines", s.lang)))
    elif topic.instead:
        there = " ".join(say(key, s.lang) for key in HELP_BY.get(s.person.country or "", HELP_ANYWHERE))
        text = say("foreign.help", s.lang, there=there)
    else:
        text = f"{say('foreign.papers', s.lang)} {shared.doors(s)}".strip()
    return Rendered((Reply(ReplyKind.CLARIFY, shared.filled(text, s), choices),))
