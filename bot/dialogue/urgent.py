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
from bot.dialogue.commands import flow_question, open_question, person_line
from bot.dialogue.hearing import Hearing
from bot.dialogue.payload import make
from bot.texts import say
from knowledge.freshness import is_withdrawn
from knowledge.schema.base import Confidence, Level
from knowledge.schema.facts import Contact, Serves
from knowledge.schema.urgent import Category

ONCE_FOR = timedelta(minutes=30)
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
    if check is None or any(t.category == check.category for t in hearing.conversation.told):
        return None
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
