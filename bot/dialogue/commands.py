"""The chat commands: as a whole message only; plain words for them count too."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2s

from bot.conversation import (
    CaseNeeded,
    Choice,
    LeftConversation,
    Outcome,
    Reply,
    ReplyKind,
    Turn,
)
from bot.dialogue.compose import menu_choices
from bot.dialogue.doors import is_mexicans
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.payload import make
from bot.dialogue.words.phrasing import spell_out
from bot.texts import say
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.base import Lang, Level
from knowledge.schema.flows import Flow

# What a person may type, in both languages -> the command.
SLASHES = {
    "/start": "start",
    "/ayuda": "help",
    "/help": "help",
    "/menu": "menu",
    "/idioma": "language",
    "/language": "language",
    "/persona": "person",
    "/person": "person",
    "/borrar": "delete",
    "/delete": "delete",
    "/privacidad": "privacy",
    "/privacy": "privacy",
    "/salir": "leave",
    "/leave": "leave",
    "/stop": "leave",
}


BESIDE_A_WISH = 3
"""Words beside the wish for a language that ask for nothing else: `sorry`, `mucho`."""
ASKED_ASIDE = 2
"""Messages after a help text from which its open question is no longer asked beside what is none of that danger."""
SPANISH = frozenset({"/ayuda", "/idioma", "/persona", "/borrar", "/privacidad", "/salir"})
ENGLISH = SLASHES.keys() - SPANISH - {"/start", "/menu"}


def language_shown(text: str) -> Lang | None:
    """The language that a typed command shows: `/help` is English, `/menu` says nothing."""
    name = text.split()[0].split("@")[0].lower() if text.startswith("/") else ""
    return "es" if name in SPANISH else "en" if name in ENGLISH else None


@lru_cache(maxsize=4)
def _plain(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((command.id, frame) for command in knowledge.commands for frame in command.frames)


def command_in(text: str, knowledge: Knowledge) -> str | None:
    """The command that a whole message is, or None."""
    words = text.split()
    if words and words[0].startswith("/"):
        name = SLASHES.get(words[0].split("@")[0].lower())
        if len(words) == 1 or name == "start":
            return name
        text = text.lstrip(" /")  # "/idioma inglés" is said in words
    found = _plain(knowledge).first(spell_out(text, knowledge.spelling)) if len(words) <= 10 else None
    return found.key if found else None


@lru_cache(maxsize=4)
def _wishes(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((command.id, frame) for command in knowledge.commands for frame in command.within)


def language_wished(text: str, knowledge: Knowledge) -> Lang | None:
    """The language that somebody asks for, also inside a longer message; the one named last."""
    wishes = list(_wishes(knowledge).find(spell_out(text, knowledge.spelling)))
    last = max(wishes, key=lambda wish: wish.end, default=None)
    return LANGUAGES[last.key] if last else None


def _said(hearing: Hearing, key: str, **values: object) -> Turn:
    text = hearing.fill(say(key, hearing.lang, **values))
    return hearing.turn(Outcome.COMMAND, Reply(ReplyKind.COMMAND, text, menu_button(hearing.lang)))


def menu_button(lang: Lang) -> tuple[Choice, ...]:
    """The button that shows what can be asked."""
    return (Choice(label=say("button.menu", lang), payload=make("c", "menu")),)


def who_answers(hearing: Hearing) -> str:
    """One sentence: who stands behind this chat."""
    operated_by = hearing.conversation.desk.operated_by
    key = "about.operated_by" if operated_by else "about.nobody"
    return say(key, hearing.lang, operated_by=operated_by)


def _start(hearing: Hearing) -> Turn:
    text = say("start", hearing.lang, who=who_answers(hearing))
    return _with_menu(hearing, text, greeted=True)


def _menu(hearing: Hearing) -> Turn:
    return _with_menu(hearing, say("menu.head", hearing.lang))


def _with_menu(hearing: Hearing, text: str, *, greeted: bool = False) -> Turn:
    filled = hearing.fill(text)
    state = hearing.conversation.greeted or greeted
    reply = Reply(ReplyKind.COMMAND, filled, menu_choices(hearing.knowledge, hearing.lang))
    return hearing.turn(Outcome.COMMAND, reply, greeted=state)


def person_line(hearing: Hearing, *, asked: bool = False) -> str:
    """Whether somebody will read this: promised only while on duty. `asked`: no danger, so say who answers now."""
    state = hearing.conversation
    if state.desk.on_duty:
        key = "person.on_duty"
    elif not asked:
        key = "person.nobody.minor" if state.minor else "person.nobody"
    else:
        # Who fears their government, or is of another country, is not sent to a line that it runs for its own.
        key = "person.nobody.ask" if is_mexicans(state) else "person.nobody.refuge"
    said = hearing.fill(say(key, hearing.lang))
    opens = state.desk.opens_at
    return said if state.desk.on_duty or opens is None else f"{said} {_opening(opens, hearing)}"


def _opening(opens: datetime, hearing: Hearing) -> str:
    """When somebody reads again: the desk's time and its zone, as the person may be elsewhere."""
    days = (opens.date() - hearing.now.astimezone(opens.tzinfo).date()).days
    weekday = say("weekdays", hearing.lang).split(", ")[opens.weekday()]
    day = {0: say("today", hearing.lang), 1: say("tomorrow", hearing.lang)}.get(days, weekday)
    return say("person.opens", hearing.lang, day=day, hour=f"{opens:%H:%M}", zone=f"{opens:%Z}")


def _person(hearing: Hearing) -> Turn:
    reply = Reply(ReplyKind.COMMAND, person_line(hearing, asked=True), menu_button(hearing.lang))
    return hearing.turn(Outcome.COMMAND, reply, events=(CaseNeeded(reason="person", level=Level.PRIORITY),))


def _flow(flow_id: str) -> Callable[[Hearing], Turn]:
    def start(hearing: Hearing) -> Turn:
        answers = afresh(hearing.knowledge.flows[flow_id], hearing.conversation.answers)
        reply = flow_question(hearing, flow_id, answers)
        return hearing.turn(Outcome.COMMAND, reply, flow=flow_id, answers=answers)

    return start


def afresh(flow: Flow, answers: dict[str, str]) -> dict[str, str]:
    """The answers without those of this flow: it begins anew."""
    asked = {question.id for question in flow.questions}
    return {question: option for question, option in answers.items() if question not in asked}


def flow_question(hearing: Hearing, flow_id: str, answers: dict[str, str]) -> Reply:
    """The open question of a flow, with its options as choices."""
    question = hearing.knowledge.flows[flow_id].open_question(answers)
    if question is None:
        raise ValueError(f"the flow {flow_id!r} has no open question")
    choices = (
        Choice(label=o.label.say(hearing.lang), payload=make("q", flow_id, question.id, o.id)) for o in question.options
    )
    asked = (question.ask_minor if hearing.conversation.minor else None) or question.ask
    return Reply(ReplyKind.QUESTION, hearing.fill(asked.say(hearing.lang)), tuple(choices))


def open_question(hearing: Hearing) -> list[Reply]:
    """The question that is still open, to be asked again; none where it was not, or its flow is gone."""
    flow = hearing.knowledge.flows.get(hearing.conversation.flow or "")
    if flow is None or not flow.repeat or flow.open_question(hearing.conversation.answers) is None:
        return []
    return [flow_question(hearing, flow.id, hearing.conversation.answers)]


def open_question_aside(hearing: Hearing) -> list[Reply]:
    """The same beside an answer to another matter: there not a third time, whether it was ever meant or not."""
    told = hearing.conversation.told[-1:]
    since = [heard for heard in hearing.conversation.heard if told and heard.at > told[0].at]
    return open_question(hearing) if len(since) < ASKED_ASIDE else []


def _speak(lang: Lang) -> Callable[[Hearing], Turn]:
    def change(hearing: Hearing) -> Turn:
        reply = Reply(ReplyKind.COMMAND, say("language.changed", lang), menu_button(lang))
        open_still = None if hearing.conversation.flow == "language" else hearing.conversation.flow
        again = open_question(replace(hearing, lang=lang)) if open_still else []
        return hearing.turn(Outcome.COMMAND, reply, *again, lang=lang, lang_chosen=True, flow=open_still)

    return change


def _leave(hearing: Hearing) -> Turn:
    # One neutral line: whoever reads the phone learns nothing.
    reply = Reply(ReplyKind.COMMAND, say("left", hearing.lang))
    hearing = hearing.with_state(
        hearing.conversation.having(flow=None, checking=None, doubt=None, heard=(), topic=None, section=None)
    )
    return hearing.turn(Outcome.COMMAND, reply, events=(LeftConversation(),), left=True, greeted=True)


def receipt(hearing: Hearing) -> str:
    """A short code for the person; it says nothing about them."""
    seed = f"{hearing.message.channel}:{hearing.message.delivery_id}:{hearing.now.isoformat()}"
    return blake2s(seed.encode(), digest_size=4).hexdigest().upper()


LANGUAGES: dict[str, Lang] = {"spanish": "es", "english": "en"}

COMMANDS: dict[str, Callable[[Hearing], Turn]] = {
    "start": _start,
    "help": lambda hearing: _said(hearing, "help"),
    "menu": _menu,
    "language": _flow("language"),
    **{command: _speak(lang) for command, lang in LANGUAGES.items()},
    "person": _person,
    "delete": _flow("delete"),
    "privacy": lambda hearing: _said(hearing, "privacy", who=who_answers(hearing)),
    "leave": _leave,
}


def run_command(hearing: Hearing) -> Turn | None:
    """The command's turn, where the message is one."""
    name = command_in(hearing.text, hearing.knowledge)
    return COMMANDS[name](hearing) if name else None


def grant_language(hearing: Hearing) -> Turn | None:
    """The wish for a language, where the message says hardly anything else and nothing of it is surely understood."""
    spelled = spell_out(hearing.text, hearing.knowledge.spelling)
    wish = max(_wishes(hearing.knowledge).find(spelled), key=lambda one: one.end - one.start, default=None)
    if wish is None or len(f" {spelled} "[: wish.start].split() + f" {spelled} "[wish.end :].split()) > BESIDE_A_WISH:
        return None
    return _speak(LANGUAGES[wish.key])(hearing)
