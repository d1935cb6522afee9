"""One message in, one turn out: a pure function of state, message, knowledge and now."""

from datetime import datetime

from bot.conversation import (
    CaseNeeded,
    Conversation,
    Danger,
    Heard,
    InboundMessage,
    Kind,
    Level,
    Outcome,
    Reading,
    Reply,
    ReplyKind,
    Turn,
)
from bot.dialogue.calendar import answer_calendar, is_only_calendar
from bot.dialogue.commands import command_in, language_shown, run_command, who_answers
from bot.dialogue.compose import fill_for
from bot.dialogue.danger import SCORER
from bot.dialogue.danger_context import read_conversation
from bot.dialogue.directory import answer_directory
from bot.dialogue.directory_offers import answer_shared_place
from bot.dialogue.feedback import ask_feedback
from bot.dialogue.flows import answer_open_question
from bot.dialogue.hearing import Hearing
from bot.dialogue.language import foreign_in, language_of
from bot.dialogue.signals import read_signals
from bot.dialogue.smalltalk import answer_smalltalk
from bot.dialogue.taps import answer_tap
from bot.dialogue.topics import answer_foreign, answer_topic, clarify, fall_back
from bot.dialogue.understanding import Understanding, understand
from bot.dialogue.urgent import answer_check, answer_danger, answer_in_danger, answer_location, ask_check, stay
from bot.texts import say
from knowledge.calendar import HOME
from knowledge.model import Knowledge
from knowledge.schema.base import Lang

LONGEST_TEXT = 4096
HEARD = 4
"""How many of a person's messages are remembered for what is said in several."""

STEPS = (
    answer_danger,
    answer_shared_place,
    answer_location,
    ask_check,
    answer_in_danger,
    run_command,
    answer_tap,
    answer_check,
    answer_open_question,
    answer_foreign,
    answer_calendar,
    answer_directory,
    stay,
    answer_topic,
    answer_smalltalk,
    clarify,
)
"""The visible order: urgent, command, open question, another language, calendar, directory, topic, small talk, clarify;
then fallback."""

STILL_OURS = frozenset({"leave", "delete"})
"""Commands that work while a person holds the case."""

WORDLESS = {
    Kind.VOICE: "voice",
    Kind.PHOTO: "photo",
    Kind.STICKER: "sticker",
    Kind.CONTACT: "contact",
    Kind.OTHER: "other",
}
"""What is said of a message without words."""


def take_turn(conversation: Conversation, message: InboundMessage, knowledge: Knowledge, now: datetime) -> Turn:
    """The new state, neutral replies and events. Never raises for any message."""
    hearing = _hear(conversation, message, knowledge, now)
    if message.kind is Kind.BLOCKED:
        return _nothing(hearing)
    if message.kind is Kind.GROUP:
        return _private_only(hearing)
    if conversation.case is not None and conversation.case.claimed:
        return _claimed(hearing)
    return _greeted(ask_feedback(_answer(hearing), hearing), hearing)


def _answer(hearing: Hearing) -> Turn:
    if not hearing.text.strip() and hearing.message.kind in WORDLESS:
        return _wordless(hearing)
    for step in STEPS:
        if turn := step(hearing):
            return turn
    return fall_back(hearing)


def _hear(conversation: Conversation, message: InboundMessage, knowledge: Knowledge, now: datetime) -> Hearing:
    text = message.text[:LONGEST_TEXT] if message.kind is not Kind.GROUP else ""
    signals = read_signals(text, knowledge)
    message_lang = language_shown(text) or language_of(text, knowledge)
    # Whoever holds the case reads along: only what a message says by itself is new danger then.
    held = conversation.case is not None and conversation.case.claimed
    before = conversation.having(heard=()) if held else conversation
    # A command is no report: "/salir" must leave, whatever the words look like.
    commanded = command_in(text, knowledge) is not None
    danger, check = (None, None) if commanded else read_conversation(text, before, knowledge, now)
    if (
        (danger or check)
        and not before.told
        and _only_asks_calendar(text, danger or check, message_lang, knowledge, now)
    ):
        danger, check = None, None
    if held and danger is not None and danger.rule == SCORER:
        danger = None  # a person reads along, so the bot breaks in only where a rule is sure
    foreign = foreign_in(text, knowledge)
    if foreign is not None:
        check = None  # the word in the person's own language holds the number
    heard = (*conversation.heard, Heard(text=text, at=now))[-HEARD:] if text.strip() else conversation.heard
    state = conversation.having(
        lang=_reply_lang(conversation, message_lang, message.lang),
        left=False,
        minor=conversation.minor or signals.minor,
        fears_government=conversation.fears_government or signals.fears_government,
        country=signals.country or conversation.country,
        heard=heard,
    )
    return Hearing(
        message=message,
        conversation=state,
        knowledge=knowledge,
        now=now,
        text=text,
        message_lang=message_lang,
        lang=state.lang or "es",
        understood=understand(text, conversation, knowledge, now) if text.strip() else Understanding(()),
        danger=danger,
        check=check,
        foreign=foreign if foreign in knowledge.foreign else None,
    )


def _only_asks_calendar(
    text: str, danger: Danger | None, message_lang: str, knowledge: Knowledge, now: datetime
) -> bool:
    """Whether the scorer alone finds danger, and the words that it finds are an event's name and a date."""
    scored = danger is not None and danger.rule == SCORER
    today = now.astimezone(HOME).date()
    return scored and is_only_calendar(text, knowledge, today, english=message_lang == "en")


def _reply_lang(conversation: Conversation, message_lang: str, app_lang: Lang | None) -> Lang | None:
    if conversation.lang_chosen:
        return conversation.lang
    if message_lang == "es":
        return "es"
    if message_lang == "en":
        return "en"
    return conversation.lang or app_lang or ("es" if message_lang == "mixed" else None)


def _nothing(hearing: Hearing) -> Turn:
    return Turn(hearing.conversation, (), (), Reading(hearing.message_lang, hearing.lang, Outcome.SILENT))


def _private_only(hearing: Hearing) -> Turn:
    """A group reads along: nothing of substance is said there."""
    reply = Reply(ReplyKind.COMMAND, say("group", hearing.lang, link=hearing.message.payload))
    return Turn(hearing.conversation, (reply,), (), Reading(hearing.message_lang, hearing.lang, Outcome.COMMAND))


def _claimed(hearing: Hearing) -> Turn:
    """A person holds the case: the bot is silent, except for new danger, and for leaving or erasing."""
    if turn := answer_danger(hearing) or answer_location(hearing):
        return turn
    erasing = hearing.conversation.flow == "delete"
    if command_in(hearing.text, hearing.knowledge) in STILL_OURS or erasing:
        turn = run_command(hearing) or answer_tap(hearing) or answer_open_question(hearing)
        if turn is not None:
            return turn
    return hearing.turn(Outcome.SILENT, offered=hearing.conversation.offered)


def _wordless(hearing: Hearing) -> Turn:
    key = WORDLESS[hearing.message.kind]
    if hearing.conversation.told:
        key = "wordless.danger"
    from_content = say(key, hearing.lang)
    text = hearing.fill(from_content)
    return hearing.turn(Outcome.QUESTION, Reply(ReplyKind.QUESTION, text), offered=hearing.conversation.offered)


def _greeted(turn: Turn, hearing: Hearing) -> Turn:
    """First contact: who answers, that it is free, what is kept; after the help text, never before it."""
    if turn.conversation.greeted or hearing.conversation.greeted or turn.reading.outcome is Outcome.SILENT:
        return turn
    notice = Reply(ReplyKind.NOTICE, say("first_contact", hearing.lang, who=who_answers(hearing)))
    first, *rest = turn.replies or (notice,)
    helping = turn.reading.outcome in (Outcome.URGENT, Outcome.CHECK)
    replies = (*turn.replies, notice) if helping else (notice, first, *rest)
    return Turn(turn.conversation.having(greeted=True), replies, turn.events, turn.reading)


def after_silence(conversation: Conversation, flow_id: str, knowledge: Knowledge, now: datetime) -> Reply | None:
    """The decided next line when the open question of a flow met silence; None where nothing is open any more."""
    flow = knowledge.flows.get(flow_id)
    if flow is None or flow.silence is None or conversation.flow != flow_id or conversation.left:
        return None
    if conversation.case is not None and conversation.case.claimed:
        return None
    lang = conversation.lang or "es"
    return Reply(ReplyKind.HELP, fill_for(flow.silence.say(lang), conversation, knowledge, lang, now.date()))


def last_resort(conversation: Conversation, knowledge: Knowledge, now: datetime) -> Turn:
    """What is said when the engine failed: the emergency number, always."""
    lang = conversation.lang or "es"
    text = fill_for(say("last_resort", lang), conversation, knowledge, lang, now.date())
    reading = Reading("other", lang, Outcome.FALLBACK)
    # Nobody knows what the message said: a person should look.
    needed = CaseNeeded(reason="failure", level=Level.URGENT)
    return Turn(conversation, (Reply(ReplyKind.FALLBACK, text),), (needed,), reading)
