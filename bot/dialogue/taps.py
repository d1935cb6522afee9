"""Buttons, and the words that mean one: an old button still resolves, or explains."""

from collections.abc import Callable
from dataclasses import replace

from rapidfuzz import fuzz

from bot.conversation import Choice, Kind, Outcome, Reply, ReplyKind, Turn
from bot.dialogue import calendar, directory, feedback, payload
from bot.dialogue.commands import COMMANDS
from bot.dialogue.compose import answer, definition_sources, menu_choices, sources, topic_button
from bot.dialogue.flows import choose
from bot.dialogue.hearing import Hearing
from bot.dialogue.phrasing import spell_out
from bot.dialogue.urgent import calm, confirmed
from bot.texts import say

SURE = 90
"""Likeness (0-100) from which words mean a button's label."""
ORDINALS = {
    **dict.fromkeys(
        (
            "1",
            "uno",
            "la uno",
            "el uno",
            "la 1",
            "el 1",
            "la primera",
            "el primero",
            "primera",
            "primero",
            "one",
            "the first",
            "first",
            "first one",
            "the first one",
        ),
        0,
    ),
    **dict.fromkeys(
        (
            "2",
            "dos",
            "la dos",
            "el dos",
            "la 2",
            "el 2",
            "la segunda",
            "el segundo",
            "segunda",
            "segundo",
            "two",
            "the second",
            "second",
            "second one",
            "the second one",
        ),
        1,
    ),
    **dict.fromkeys(
        (
            "3",
            "tres",
            "la tres",
            "el tres",
            "la 3",
            "el 3",
            "la tercera",
            "el tercero",
            "tercera",
            "tercero",
            "three",
            "the third",
            "third",
            "third one",
            "the third one",
        ),
        2,
    ),
    **dict.fromkeys(("4", "cuatro", "la cuatro", "la 4", "la cuarta", "four", "the fourth"), 3),
    **dict.fromkeys(("5", "cinco", "la cinco", "la 5", "la quinta", "five", "the fifth"), 4),
    **dict.fromkeys(("6", "seis", "la seis", "la 6", "la sexta", "six", "the sixth"), 5),
}


def meant_choice(hearing: Hearing) -> Choice | None:
    """The offered choice that a text means: its number, or its label."""
    said = spell_out(hearing.text, hearing.knowledge.spelling)
    offered = hearing.conversation.offered
    number = ORDINALS.get(said)
    if number is not None:
        return offered[number] if number < len(offered) else None
    if not said or len(said) > 60:
        return None
    scored = [(fuzz.ratio(said, spell_out(c.label, hearing.knowledge.spelling)), c) for c in offered]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= SURE else None


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
    section = topic.section(section_id) or topic.sections[0]
    reply = answer(topic, section, hearing.conversation, hearing.knowledge, hearing.lang, hearing.now.date())
    return hearing.turn(Outcome.ANSWER, reply, answered=(topic.id,), topic=topic.id, section=section.id)


def _topic(hearing: Hearing, topic_id: str, version: str = "") -> Turn:
    return _section(hearing, topic_id, hearing.knowledge.topics[topic_id].sections[0].id, version)


def _sources(hearing: Hearing, topic_id: str, section_id: str, _version: str = "") -> Turn:
    topic = hearing.knowledge.topics[topic_id]
    section = topic.section(section_id) or topic.sections[0]
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
    **directory.TAPS,
}
