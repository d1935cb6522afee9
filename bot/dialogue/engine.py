"""One message in, one turn out: a pure function of state, message, knowledge and now."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.conversation import (
    CaseNeeded,
    Conversation,
    InboundMessage,
    Level,
    Outcome,
    Reading,
    Reply,
    ReplyKind,
    Turn,
)
from bot.dialogue.claimed import leave_to_holder
from bot.dialogue.commands import grant_language, run_command, who_answers
from bot.dialogue.compose import fill_for
from bot.dialogue.danger.grown_worse import answer_worse
from bot.dialogue.danger.help_text import answer_danger
from bot.dialogue.directory.answer import answer_directory
from bot.dialogue.directory.offers import answer_shared_place
from bot.dialogue.feedback import ask_feedback
from bot.dialogue.flows import answer_open_question
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.after_help import (
    answer_surely_in_danger,
    calendar_in_calm,
    go_on_in_danger,
    run_command_in_danger,
    stay_with_danger,
)
from bot.dialogue.in_danger.became import answer_became
from bot.dialogue.in_danger.calm import answer_after, answer_feared, answer_harmless, answer_no_end, hear_calm
from bot.dialogue.in_danger.check_open import with_number
from bot.dialogue.in_danger.check_question import answer_check, ask_check
from bot.dialogue.in_danger.denied import hear_denied
from bot.dialogue.in_danger.earlier import go_back_in_danger
from bot.dialogue.in_danger.line_said import with_line_again
from bot.dialogue.in_danger.surely_asked import answer_question_and_asked, answer_surely_asked
from bot.dialogue.introducing import welcome
from bot.dialogue.listening import hear
from bot.dialogue.location import answer_location, repeat_typed
from bot.dialogue.message_kinds import answer_wordless, lead_out_of_group, pass_over_block
from bot.dialogue.pending import answer_pending
from bot.dialogue.smalltalk import answer_smalltalk
from bot.dialogue.taps import answer_tap
from bot.dialogue.thread.asked_again import rather_answered
from bot.dialogue.topics import admit_unknown, answer_foreign, answer_script, answer_topic, clarify, fall_back
from bot.texts import say
from knowledge.model import Knowledge

APART = (pass_over_block, lead_out_of_group, leave_to_holder)
"""Tried before all else; nothing is added to these turns: no first contact, no "¿Le sirvió?"."""

STEPS = (
    answer_wordless,  # there is nothing to read
    # Danger is never kept waiting by anything that a message could mean besides.
    answer_worse,  # what came to pass after a help text, before what the same words would repeat of it
    hear_denied,  # what we heard wrong is no danger that goes on
    answer_surely_asked,  # where no danger is told: no guess, and no sign of calm
    hear_calm,  # what is over in plain words is not what the scorer alone makes of them
    answer_no_end,  # before a question of ours takes it for a yes
    answer_feared,  # fear of what may come, which sounds like it
    answer_became,  # with what is asked of it
    answer_danger,
    answer_harmless,
    repeat_typed,
    go_on_in_danger,
    answer_shared_place,  # in calm, or where we asked for a place: the nearest consulate; else the next
    answer_location,
    ask_check,
    answer_script,
    # A whole message that we know to the letter, or that answers what we asked, is no guess.
    run_command_in_danger,  # before the command itself, whose `help` is a list of commands without the number
    run_command,
    answer_tap,
    answer_check,
    answer_question_and_asked,
    answer_open_question,
    # From here on a message is interpreted: the narrower the subject, the earlier, and each steps back where unsure.
    answer_foreign,  # of a language that is none of ours any topic would be a guess
    answer_surely_in_danger,
    calendar_in_calm,  # an event's own dates, before what a topic says of events at large
    answer_directory,  # the consulate that was named, before what a topic says of consulates at large
    go_back_in_danger,  # to what was spoken of before the danger, where that is named
    stay_with_danger,  # after a help text only a clear question of its own leads elsewhere
    answer_after,  # of what came of a danger that is over
    admit_unknown,  # what we surely do not know, before who says who they are and before any guess
    answer_pending,  # what follows our question which topic is meant, and answers it not
    welcome,  # who only says who they are asks for no topic
    answer_topic,
    answer_smalltalk,  # a greeting is no doubtful topic
    grant_language,
    clarify,
)
"""What a message may be, in the order in which it is tried: the first step that makes a turn of it ends the search.
Where none does, `fall_back` admits it."""


def take_turn(conversation: Conversation, message: InboundMessage, knowledge: Knowledge, now: datetime) -> Turn:
    """The new state, neutral replies and events. Never raises for any message."""
    hearing = hear(conversation, message, knowledge, now)
    if turn := _first_turn(APART, hearing):
        return turn
    turn = with_number(rather_answered(_first_turn(STEPS, hearing) or fall_back(hearing), hearing), hearing)
    return _greeted(ask_feedback(with_line_again(turn, hearing), hearing), hearing)


def _first_turn(steps: Iterable[Callable[[Hearing], Turn | None]], hearing: Hearing) -> Turn | None:
    return next(filter(None, (step(hearing) for step in steps)), None)


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
    if flow is None or flow.silence is None or conversation.flow != flow_id:
        return None
    if conversation.left or conversation.claimed:
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
