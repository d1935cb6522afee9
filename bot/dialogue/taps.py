"""Buttons, and the words that mean one: an old button still resolves, or explains."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product

from rapidfuzz import fuzz

from bot.conversation import Choice, Kind, Outcome, Reply, ReplyKind, Turn
from bot.dialogue import feedback
from bot.dialogue.calendar import turns as calendar
from bot.dialogue.commands import COMMANDS, menu_button
from bot.dialogue.compose import answer, definition_sources, menu_choices, sources, topic_button
from bot.dialogue.directory import offers as directory_offers
from bot.dialogue.flows import choose
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.check_question import calm, confirmed
from bot.dialogue.pending import asked_section
from bot.dialogue.thread.other_topic import ASKED
from bot.dialogue.words import payload
from bot.dialogue.words.phrasing import spell_out
from bot.texts import say

YES = frozenset({"si", "sip", "simon", "claro", "eso", "si eso", "si por favor", "yes", "yeah", "yep", "yes please"})
"""What chooses the first button where we asked whether that is meant."""
SURE = 90
"""Likeness (0-100) from which words mean a button's label."""
COUNTED = (
    ("uno", "una", "primera", "primero", "one", "first"),
    ("dos", "segunda", "segundo", "two", "second"),
    ("tres", "tercera", "tercero", "three", "third"),
    ("cuatro", "cuarta", "cuarto", "four", "fourth"),
    ("cinco", "quinta", "quinto", "five", "fifth"),
    ("seis", "sexta", "sexto", "six", "sixth"),
    ("siete", "septima", "septimo", "seven", "seventh"),
    ("ocho", "octava", "octavo", "eight", "eighth"),
    ("nueve", "novena", "noveno", "nine", "ninth"),
    ("diez", "decima", "decimo", "ten", "tenth"),
)
"""As many choices as a channel numbers."""
ORDINALS = {
    f"{before}{word}{after}": at
    for at, words in enumerate(COUNTED)
    for word in (*words, str(at + 1))
    for before, after in product(
        (
            "",
            "la ",
            "el ",
            "the ",
            "numero ",
            "la numero ",
            "el numero ",
            "opcion ",
            "la opcion ",
            "number ",
            "option ",
        ),
        ("", " one"),
    )
    if word != "una" or before.startswith("la")  # "una" alone is an article
}
MORE = frozenset(
    {"mas", "ver mas", "more", "show more", "see more", "muestrame mas", "siguientes", "los siguientes", "next"}
)
"""Words for the choice that shows more of a list."""
_COUNT = re.compile(r"\s*\(\d+\)$")
"""How many are left, behind a label."""


def meant_choice(hearing: Hearing) -> Choice | None:
    """The offered choice that a text means: its number, or its label."""
    said = spell_out(hearing.text, hearing.knowledge.spelling)
    offered = hearing.conversation.offered
    if said in YES and _asked_whether(hearing):
        return next(iter(offered), None)
    number = ORDINALS.get(said)
    if number is not None:
        return offered[number] if number < len(offered) else None
    if not said or len(said) > 60:
        return None
    said = spell_out(_COUNT.sub("", hearing.text.strip()), hearing.knowledge.spelling) or said
    labels = [(spell_out(_COUNT.sub("", choice.label), hearing.knowledge.spelling), choice) for choice in offered]
    if said in MORE:
        return next((choice for label, choice in labels if label in MORE), None)
    scored = [(fuzz.ratio(said, label), choice) for label, choice in labels]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= SURE else None


def _asked_whether(hearing: Hearing) -> bool:
    """Whether we asked last if the first that we offered is meant: another topic, or the only one that may be."""
    state = hearing.conversation
    first, *others = state.offered or (None,)
    alone = first is not None and first.payload.startswith(payload.make("t", ""))
    only = alone and tuple(others) in (menu_button("es"), menu_button("en"))
    return only or (state.weak > 0 and state.remark == ASKED)


def answer_tap(hearing: Hearing) -> Turn | None:
    """The turn of a tapped button, or of words that mean an offered one."""
    if hearing.message.kind is Kind.TAP:
        tap = payload.read(hearing.message.payload)
        return (_resolve(hearing, tap) if tap else None) or _gone(hearing)
    choice = meant_choice(hearing)
    tap = payload.read(choice.payload) if choice else None
    return _resolve(hearing, tap) if tap else None


def _resolve(hearing: Hearing, tap: payload.Tap) -> Turn | None:
    kind = TAPS.get(tap.kind)
    try:
        return kind(hearing, *tap.parts) if kind else None
    except (KeyError, TypeError, ValueError):
        # Content that is gone, or parts of another version: the person is told, nothing breaks.
        return None


def _gone(hearing: Hearing) -> Turn:
    reply = Reply(ReplyKind.COMMAND, say("button.gone", hearing.lang), menu_choices(hearing.knowledge, hearing.lang))
    return hearing.turn(Outcome.COMMAND, reply)


def _section(hearing: Hearing, topic_id: str, section_id: str, _version: str = "") -> Turn:
    topic = hearing.knowledge.topics[topic_id]
    section = topic.section_or_first(section_id)
    reply = answer(topic, section, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date())
    return hearing.turn(Outcome.ANSWER, reply, answered=(topic.id,), topic=topic.id, section=section.id)


def _topic(hearing: Hearing, topic_id: str, version: str = "") -> Turn:
    return _section(hearing, topic_id, asked_section(hearing.knowledge.topics[topic_id], hearing).id, version)


def _sources(hearing: Hearing, topic_id: str, section_id: str, _version: str = "") -> Turn:
    topic = hearing.knowledge.topics[topic_id]
    section = topic.section_or_first(section_id)
    reply = sources(topic, section, hearing.knowledge, hearing.lang)
    return hearing.turn(Outcome.ANSWER, reply, answered=(topic.id,), topic=topic.id, section=section.id)


def _spanish(hearing: Hearing, topic_id: str, section_id: str) -> Turn:
    """The same answer in Spanish, once: the language of the conversation stays."""
    return _section(replace(hearing, lang="es"), topic_id, section_id)


def _definition(hearing: Hearing, term_id: str) -> Turn:
    term = hearing.knowledge.glossary[term_id]
    reply = definition_sources(term, hearing.knowledge, hearing.lang)
    return hearing.turn(Outcome.ANSWER, reply, answered=(term.topic,), topic=term.topic)


def _group(hearing: Hearing, group_id: str) -> Turn:
    group = {g.id: g for g in hearing.knowledge.menu}[group_id]
    choices = tuple(topic_button(hearing.knowledge.topics[t], hearing.knowledge, hearing.lang) for t in group.topics)
    return hearing.turn(Outcome.COMMAND, Reply(ReplyKind.COMMAND, group.title.say(hearing.lang), choices))


def _command(hearing: Hearing, name: str) -> Turn:
    return COMMANDS[name](hearing)


def _check(hearing: Hearing, category_id: str, option: str) -> Turn:
    return confirmed(hearing, category_id) if option == "yes" else calm(hearing, category_id)


TAPS: dict[str, Callable[..., Turn]] = {
    "s": _section,
    "t": _topic,
    "o": _sources,
    "l": _spanish,
    "d": _definition,
    "g": _group,
    "c": _command,
    "q": choose,
    "k": _check,
    feedback.KIND: feedback.rate,
    **calendar.TAPS,
    **directory_offers.TAPS,
}
