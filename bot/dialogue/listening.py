"""What is read in a message before anything is answered: language, danger, who writes, what it is about."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversation import Conversation, Danger, Doubt, Heard, InboundMessage, Kind
from bot.dialogue.bearing.threads import with_earlier
from bot.dialogue.calendar.answer import is_only_calendar
from bot.dialogue.commands import command_in, language_shown, language_wished
from bot.dialogue.danger.context import read_conversation
from bot.dialogue.danger.doubt import borne_out, doubt_left
from bot.dialogue.danger.foreign import foreign_danger
from bot.dialogue.danger.judging import SCORER, SHOWN_WORDS, judge
from bot.dialogue.danger.whose import with_moves
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import ANOTHER, read_signals
from bot.dialogue.person.told import MEXICO
from bot.dialogue.ranking.context import turned_to
from bot.dialogue.refuge import fears_government, of_safe_consulate
from bot.dialogue.thread.complaints import barred_by, parted
from bot.dialogue.thread.conditions import for_who_tells
from bot.dialogue.thread.lands import asked_there, held_there, without_town, without_twins
from bot.dialogue.thread.second_need import with_ours
from bot.dialogue.thread.stays import staying
from bot.dialogue.understanding import Understanding, understand
from bot.dialogue.whereabouts import citizen_said, country_had, country_in_danger, country_said, has_come_back
from bot.dialogue.words.afterwards import NAMED, milder, named, renamed
from bot.dialogue.words.language import foreign_in, language_of, prevailing, shown
from bot.dialogue.words.talk import is_courtesy, smalltalk_in, without_opening
from knowledge.calendar import HOME
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.turned import Milder

LONGEST_TEXT = 4096
SWITCHES, SWITCHES_MIXED = 2, 4
"""Words of the other language that change the one we answer in, and where both were spoken lately."""
CLAUSE = 3
"""Words of the language spoken so far by which a mixed message stays in it."""
NEARLY = 0.05
"""Likelihood of danger from which what its words make harmless is met as such; in the tuning halves none is so between
this and a check."""
HEARD = 4
"""How many of a person's messages are remembered for what is said in several."""


def hear(conversation: Conversation, message: InboundMessage, knowledge: Knowledge, now: datetime) -> Hearing:
    """The message as the steps of the engine see it; what a group says is not read."""
    whole = message.text[:LONGEST_TEXT] if message.kind is not Kind.GROUP else ""
    message_lang = _language(whole, knowledge)
    text = without_opening(whole, knowledge)
    doubt = doubt_left(text, conversation, knowledge, now)
    danger, check = _danger_in(text, message_lang, conversation, doubt, knowledge, now)
    harmless = _harmless(danger or check or _nearly(text, knowledge), text, conversation, knowledge, now)
    danger, check = (None, None) if harmless is not None else (danger, check)
    text = parted(text, knowledge)
    told = foreign_danger(text, knowledge) if command_in(text, knowledge) is None else None
    foreign, danger = told or (foreign_in(text, knowledge), danger)  # the scorer knows no words of these languages
    check = None if foreign is not None else check  # the word in the person's own language holds the number
    state = _with_signals(text, conversation, danger.category if danger is not None else None, knowledge)
    wished = language_wished(text, knowledge)
    state = state.having(
        lang=wished or _reply_lang(whole, conversation, message.lang, knowledge),
        lang_chosen=conversation.lang_chosen or wished is not None,
        left=False,
        barred=barred_by(text, conversation, knowledge),
        heard=_heard(text, conversation, now),
        doubt=doubt,
    )
    person = conversation.having(country=state.country, citizen=state.citizen)
    understood = _understood(text, whole, person, knowledge, now)
    understood = of_safe_consulate(understood, text, conversation, state, knowledge)
    return Hearing(
        message=message,
        conversation=_left(state, text, knowledge) if understood.turned else state,
        knowledge=knowledge,
        now=now,
        text=text,
        message_lang=message_lang,
        lang=state.lang or "es",
        understood=understood,
        danger=danger,
        check=check,
        harmless=harmless,
        foreign=foreign if foreign in knowledge.foreign else None,
    )


def _understood(text: str, whole: str, person: Conversation, knowledge: Knowledge, now: datetime) -> Understanding:
    """What a text is about; the courtesy in front of it may have said that it is another matter."""
    turned = turned_to(whole, knowledge) is not None and turned_to(text, knowledge) is None
    if not text.strip():
        return Understanding(())
    if there := asked_there(text, person, knowledge):
        return there
    found = with_ours(understand(text, person, knowledge, now, turned=turned), text, knowledge)
    found = without_town(found, text, person, knowledge)
    found = without_twins(staying(found, text, person, knowledge), text, person, knowledge)
    return held_there(for_who_tells(found, text, person, knowledge), text, person, knowledge)


def _left(state: Conversation, text: str, knowledge: Knowledge) -> Conversation:
    """Without the topic that was open, whatever comes of what was said to be another matter."""
    return state.having(topic=None, section=None, shown=(), earlier=with_earlier(state, text, knowledge))


def _language(text: str, knowledge: Knowledge) -> str:
    """Of a message; a command names its own."""
    return language_shown(text) or ("other" if text.startswith("/") else language_of(text, knowledge))


def _danger_in(
    text: str,
    message_lang: str,
    conversation: Conversation,
    doubt: Doubt | None,
    knowledge: Knowledge,
    now: datetime,
) -> tuple[Danger | None, Danger | None]:
    """The danger that a message reports, and the one to ask about; at most one of them."""
    if command_in(text, knowledge) is not None:
        return None, None  # a command is no report: "/salir" must leave, whatever the words look like
    # Whoever holds the case reads along: only what a message says by itself is new danger then.
    heard = () if conversation.claimed else conversation.heard
    telling = tuple(one for one in heard if not is_courtesy(one.text, knowledge))
    danger, check = read_conversation(text, conversation.having(heard=telling), knowledge, now)
    if (found := danger or check) and (
        left := _not_mild(found, text, telling, conversation, knowledge, now)
    ) != telling:
        danger, check = read_conversation(text, conversation.having(heard=left), knowledge, now)
    if doubt is not None and not (doubt.closed or conversation.claimed):
        danger, check = borne_out(text, doubt, danger, check, knowledge)
    found = danger or check
    name = named(text, knowledge)
    if found is None:
        return None, _hopeless(name, text, conversation, knowledge)
    # What is named and graver than what a rule finds comes first: who is held, and sees no reason to go on.
    if name is not None and (found.rule == SCORER or knowledge.categories[name].level.rank < found.level.rank):
        danger, check = (renamed(one, name, knowledge) if one is not None else None for one in (danger, check))
    if found.rule != SCORER:
        return danger, check
    talk = smalltalk_in(text, knowledge)
    if talk is not None and talk.calm:
        return None, None
    today = now.astimezone(HOME).date()
    if not conversation.told and is_only_calendar(text, knowledge, today, english=message_lang == "en"):
        return None, None  # what the scorer finds are an event's name and a date
    # While a person reads along, the bot breaks in only where a rule is sure.
    return None if conversation.claimed else danger, check


def _not_mild(
    found: Danger, text: str, telling: Sequence[Heard], state: Conversation, knowledge: Knowledge, now: datetime
) -> Sequence[Heard]:
    """What was told without what its own words make harmless, also with this behind it; all in an open danger."""
    if any(not told.over for told in state.told):
        return telling
    today = now.astimezone(HOME).date()
    mild = (milder(found.category, f"{one.text}. {text}", state, knowledge, today) is not None for one in telling)
    return tuple(one for one, harmless in zip(telling, mild, strict=True) if not harmless)


def _hopeless(name: str | None, text: str, conversation: Conversation, knowledge: Knowledge) -> Danger | None:
    """What is asked about though nothing else in the message sounds like it: who is said to see no reason to live."""
    if name is None or conversation.claimed or knowledge.categories[name].check_no is None:
        return None
    return Danger(name, knowledge.categories[name].level, NAMED, text[:SHOWN_WORDS])


def _nearly(text: str, knowledge: Knowledge) -> Danger | None:
    """What a message by itself is not doubtful enough to be asked about: what is met kindly must not hang on that."""
    alone = judge(text, knowledge) if command_in(text, knowledge) is None else None
    return alone.danger if alone is not None and alone.likelihood >= NEARLY else None


def _harmless(
    danger: Danger | None, text: str, conversation: Conversation, knowledge: Knowledge, now: datetime
) -> Milder | None:
    """What makes the danger that was read none; in an open danger nothing does."""
    if danger is None or any(not told.over for told in conversation.told):
        return None
    return milder(danger.category, text, conversation, knowledge, now.astimezone(HOME).date())


def _with_signals(text: str, conversation: Conversation, danger: str | None, knowledge: Knowledge) -> Conversation:
    """The state with what a message says about its writer, and of an open danger; once said, it stays.

    In danger a place alone says where they are, also where we did not ask last.
    """
    signals = read_signals(text, knowledge)
    country = signals.country
    if conversation.country is None:
        country = country_said(text, knowledge) or country_in_danger(text, conversation, knowledge)
        country = country or country_had(text, knowledge)
        if country is None and has_come_back(text, conversation, knowledge):
            country = MEXICO
    citizen = citizen_said(text, knowledge)
    if citizen == ANOTHER and conversation.citizen not in (None, MEXICO):
        citizen = None  # "no somos mexicanos" is no news of who said which they are
    state = conversation.having(
        minor=conversation.minor or signals.minor,
        fears_government=fears_government(text, conversation, knowledge),
        country=country or conversation.country,
        citizen=citizen or conversation.citizen,
    )
    return state if command_in(text, knowledge) is not None else with_moves(text, state, danger, knowledge)


def _heard(text: str, conversation: Conversation, now: datetime) -> tuple[Heard, ...]:
    return (*conversation.heard, Heard(text=text, at=now))[-HEARD:] if text.strip() else conversation.heard


def _reply_lang(text: str, conversation: Conversation, app_lang: Lang | None, knowledge: Knowledge) -> Lang | None:
    """The language of the answer: who mixes both is not answered now in one and now in the other."""
    if conversation.lang_chosen:
        return conversation.lang
    if text.startswith("/"):
        return language_shown(text) or conversation.lang or app_lang
    lang, words = prevailing(text, knowledge)
    if conversation.lang is None:
        mixed = language_of(text, knowledge) == "mixed"
        return lang or app_lang or ("es" if mixed else None)
    if language_of(text, knowledge) == "mixed" and shown(conversation.lang, text, knowledge) >= CLAUSE:
        return conversation.lang  # a whole clause of it: who mixes both has not gone over to the other
    spoken = {language_of(heard.text, knowledge) for heard in conversation.heard} - {"other"}
    needed = SWITCHES_MIXED if len(spoken) > 1 or "mixed" in spoken else SWITCHES
    return lang if lang and words >= needed else conversation.lang
