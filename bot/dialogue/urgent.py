"""What we say in danger: help first, once per danger, always with a number."""

from dataclasses import replace
from datetime import date, timedelta

from bot.conversation import (
    CaseNeeded,
    Choice,
    Conversation,
    Danger,
    Event,
    Kind,
    Outcome,
    PlaceGiven,
    RemindLater,
    Reply,
    ReplyKind,
    ToldDanger,
    Turn,
)
from bot.dialogue.aspects import aspects_in
from bot.dialogue.commands import command_in, flow_question, open_question, person_line
from bot.dialogue.hearing import Hearing
from bot.dialogue.payload import make
from bot.dialogue.phrasing import spell_out
from bot.dialogue.talk import smalltalk_in
from bot.texts import say
from knowledge.freshness import is_withdrawn
from knowledge.schema.base import Confidence, Level
from knowledge.schema.facts import Contact, Serves
from knowledge.schema.topics import Aspect
from knowledge.schema.urgent import Category

ONCE_FOR = timedelta(minutes=30)
STILL_FOR = timedelta(hours=1)
"""How long after a help text what is not understood is about that danger."""
ANOTHER, ASKED = 0.6, 0.3
"""Likelihood from which a message after a help text is another matter; the same where it asks by an aspect."""
YES = frozenset({"si", "sip", "yes", "yeah", "yep", "simon", "claro"})
SILENCE_MINUTES = 10
ANYWHERE = "*"
UNITED_STATES = "US"


def is_new(danger: Danger, hearing: Hearing) -> bool:
    """Whether the help text is owed: another category, a higher level, or half an hour later."""
    told = [t for t in hearing.conversation.told if t.category == danger.category and hearing.now - t.at < ONCE_FOR]
    return not told or danger.level.rank < min(t.level.rank for t in told)


def answer_danger(hearing: Hearing) -> Turn | None:
    """The turn of a message that speaks of danger, None where it does not."""
    danger = hearing.danger
    if danger is None:
        return None
    if is_new(danger, hearing):
        return give_help(hearing, danger)
    if _is_claimed(hearing.conversation):
        return hearing.turn(Outcome.SILENT)
    return _again(hearing, danger)


def give_help(hearing: Hearing, danger: Danger) -> Turn:
    """Help text, numbers, who reads this, the one question; a case for a person."""
    knowledge, state = hearing.knowledge, hearing.conversation
    category = knowledge.categories[danger.category]
    told = tuple(t for t in state.told if t.category != danger.category)
    told += (ToldDanger(category=danger.category, level=danger.level, at=hearing.now),)
    state = state.having(told=told)
    hearing = replace(hearing, conversation=state, danger=danger)
    flow = _flow_after(category, state)
    replies = [_now(hearing, category), _numbers(hearing, category), _who_reads(hearing, category)]
    answers = state.answers
    events: list[Event] = [_case(danger, state)]
    if flow is not None:
        asked = {q.id for q in knowledge.flows[flow].questions}
        answers = {k: v for k, v in answers.items() if k not in asked}
        replies.append(flow_question(hearing, flow, answers))
        if knowledge.flows[flow].silence is not None:
            events.append(RemindLater(flow, SILENCE_MINUTES))
    return hearing.turn(
        Outcome.URGENT,
        *replies,
        events=tuple(events),
        flow=flow,
        answers=answers,
        checking=None,
        told=told,
        located_at=None,
    )


def _case(danger: Danger, state: Conversation) -> CaseNeeded:
    return CaseNeeded("danger", danger.level, danger.category, danger.rule, danger.words, state.country)


def _flow_after(category: Category, state: Conversation) -> str | None:
    if category.help.flow == "where" and state.country is not None:
        return None
    return category.help.flow


def _again(hearing: Hearing, danger: Danger) -> Turn:
    """The same danger within half an hour: one line with the number, then the open question."""
    help_text = hearing.knowledge.categories[danger.category].help
    text = hearing.fill(help_text.again.say(hearing.lang))
    replies = [Reply(ReplyKind.HELP, text)]
    replies += open_question(hearing)
    return hearing.turn(Outcome.URGENT, *replies, events=(_case(danger, hearing.conversation),))


def _who_reads(hearing: Hearing, category: Category) -> Reply:
    nobody = category.help.nobody
    if nobody is None or hearing.conversation.desk.on_duty:
        return Reply(ReplyKind.HELP, person_line(hearing))
    return Reply(ReplyKind.HELP, hearing.fill(nobody.say(hearing.lang)))


def _now(hearing: Hearing, category: Category) -> Reply:
    words = category.help.now_minor if hearing.conversation.minor else category.help.now
    own = f"{hearing.knowledge.foreign[hearing.foreign]}\n\n" if hearing.foreign is not None else ""
    return Reply(ReplyKind.HELP, hearing.fill(own + words.say(hearing.lang)))


def _numbers(hearing: Hearing, category: Category) -> Reply:
    """The lines that can be reached from the person's country (unknown: all), then what else helps."""
    state, lang, knowledge = hearing.conversation, hearing.lang, hearing.knowledge
    fitting = (
        one for one in category.help.contacts if _fits(knowledge.contacts[one.contact], state, hearing.now.date())
    )
    lines = [hearing.fill(f"{one.lead.say(lang)} {{{one.contact}}}") for one in fitting]
    country = category.help.after_by_country.get(state.country or UNITED_STATES)
    after = [hearing.fill(words.say(lang)) for words in (country, category.help.after) if words is not None]
    return Reply(ReplyKind.HELP, "\n\n".join(filter(None, ("\n".join(lines), "\n".join(after)))))


def numbers_for_told(hearing: Hearing) -> Reply | None:
    """The numbers of the last danger told, for the country that is now known."""
    if not hearing.conversation.told:
        return None
    numbers = _numbers(hearing, hearing.knowledge.categories[hearing.conversation.told[-1].category])
    first = hearing.fill(say("country.first", hearing.lang))
    return Reply(ReplyKind.HELP, f"{first}\n\n{numbers.text}")


def _fits(contact: Contact, state: Conversation, today: date) -> bool:
    """Reachable from where the person is, and never their own government for who fears it."""
    if state.fears_government and contact.serves is not Serves.EVERYBODY:
        return False
    if contact.confidence is Confidence.LOW or is_withdrawn(contact, today):
        return False
    return state.country is None or bool({state.country, ANYWHERE} & set(contact.works_from))


def ask_check(hearing: Hearing) -> Turn | None:
    """One short question with the number in it, where we are unsure whether somebody is in danger."""
    check = hearing.check
    if check is None or lately_told(hearing) is not None or smalltalk_in(hearing.text, hearing.knowledge):
        return None  # the number is there, or in the answer to a bare cry for help
    category = hearing.knowledge.categories[check.category]
    options = (("yes", say("yes", hearing.lang)), ("no", say("no", hearing.lang)))
    choices = tuple(Choice(label=label, payload=make("k", check.category, option)) for option, label in options)
    reply = Reply(ReplyKind.CHECK, hearing.fill(category.check.say(hearing.lang)), choices)
    return hearing.turn(Outcome.CHECK, reply, check=check.category, checking=check.category)


def confirmed(hearing: Hearing, category_id: str) -> Turn:
    """The check was answered with yes."""
    level = Level(hearing.knowledge.categories[category_id].level)
    words = hearing.conversation.heard[-2].text if len(hearing.conversation.heard) > 1 else ""
    danger = Danger(category_id, level.raised() if hearing.conversation.minor else level, "check", words[:200])
    return give_help(hearing, danger)


def lately_told(hearing: Hearing) -> Category | None:
    """The danger that the conversation is still about."""
    told = [t for t in hearing.conversation.told if hearing.now - t.at < STILL_FOR]
    return hearing.knowledge.categories.get(told[-1].category) if told else None


def answer_in_danger(hearing: Hearing) -> Turn | None:
    """`help` and `person` after a help text: not the list of commands, and never without the number."""
    category = lately_told(hearing)
    command = command_in(hearing.text, hearing.knowledge)
    if category is None or command not in ("help", "person"):
        return None
    if command == "help":
        return _still_here(hearing, category)
    asked = CaseNeeded(reason="person", level=Level.PRIORITY)
    said = (Reply(ReplyKind.HELP, person_line(hearing)), _numbers(hearing, category))
    return hearing.turn(Outcome.COMMAND, *said, *open_question(hearing), events=(asked,))


def stay(hearing: Hearing) -> Turn | None:
    """What follows a help text and is no clear question of its own is about the danger: never clarify or fallback."""
    category = lately_told(hearing)
    if category is None:
        return None
    talk = smalltalk_in(hearing.text, hearing.knowledge)
    if category.check_no is None and (_is_another(hearing) or talk):
        return None
    return _still_here(hearing, category)


def _still_here(hearing: Hearing, category: Category) -> Turn:
    """The line of this danger that goes on, and the question that is open."""
    again = Reply(ReplyKind.HELP, hearing.fill(category.help.again.say(hearing.lang)))
    asked = Aspect.PHONE in aspects_in(hearing.text, hearing.knowledge)
    numbers = (_numbers(hearing, category),) if asked else ()
    return hearing.turn(Outcome.QUESTION, again, *numbers, *open_question(hearing))


def answer_check(hearing: Hearing) -> Turn | None:
    """Words after a check question: yes is danger; where a no has a line of its own, all else is danger too."""
    category = hearing.knowledge.categories.get(hearing.conversation.checking or "")
    if category is None:
        return None
    first = next(iter(spell_out(hearing.text, hearing.knowledge.spelling).split()), "")
    if first in YES or (category.check_no is not None and not _is_another(hearing)):
        return confirmed(hearing, category.id)
    return None


def _is_another(hearing: Hearing) -> bool:
    """Whether a message in danger asks a question of its own; less is needed where it asks for a cost, a paper …"""
    understood = hearing.understood
    if aspects_in(hearing.text, hearing.knowledge):
        return understood.best >= ASKED
    # Read together with the report, everything sounds like a question about it.
    return understood.clear and understood.best >= ANOTHER and not understood.from_context


def calm(hearing: Hearing, category_id: str) -> Turn:
    """The check was answered with no."""
    own = hearing.knowledge.categories[category_id].check_no
    text = hearing.fill(own.say(hearing.lang)) if own is not None else say("check.calm", hearing.lang)
    return hearing.turn(Outcome.QUESTION, Reply(ReplyKind.QUESTION, text), checking=None)


def answer_location(hearing: Hearing) -> Turn | None:
    """A shared place: repeated as decimal degrees to read to the emergency operator; kept only in a case."""
    place = hearing.message.location
    if hearing.message.kind is not Kind.LOCATION or place is None:
        return None
    state = hearing.conversation
    given = (PlaceGiven(place.latitude, place.longitude),)
    if (state.located_at is not None and hearing.now - state.located_at < ONCE_FOR) or _is_claimed(state):
        # A live location moves on in silence, and a person who holds the case sees it there.
        return hearing.turn(Outcome.SILENT, events=given, offered=state.offered)
    in_danger = bool(state.told) or state.case is not None
    degrees = f"{place.latitude:.5f}, {place.longitude:.5f}"
    text = hearing.fill(say("location.danger" if in_danger else "location.calm", hearing.lang, degrees=degrees))
    outcome, kind = (Outcome.URGENT, ReplyKind.HELP) if in_danger else (Outcome.QUESTION, ReplyKind.QUESTION)
    events = given if in_danger else ()
    return hearing.turn(outcome, Reply(kind, text), events=events, offered=state.offered, located_at=hearing.now)


def _is_claimed(state: Conversation) -> bool:
    return state.case is not None and state.case.claimed
