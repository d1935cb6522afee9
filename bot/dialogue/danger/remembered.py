"""What is remembered of an open danger: how far it is, whose, where, and what was said of it."""

from collections.abc import Collection

from bot.conversation import CaseNeeded, Conversation, Danger, ToldDanger
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import MAY_BE_MEXICAN
from knowledge.model import Knowledge
from knowledge.schema.care import Line, Phase
from knowledge.schema.turned import Worse
from knowledge.schema.urgent import Category

AT_THE_BORDER = frozenset({"lost"})
"""Dangers where a named place may lie on either side: the desert of Sonora is in Arizona, too."""


def told_of(hearing: Hearing, category: Category) -> ToldDanger:
    """What is remembered of an open danger."""
    return next(told for told in reversed(hearing.conversation.told) if told.category == category.id)


def phase_of(state: Conversation, category_id: str) -> str | None:
    """How far a danger was told to be; None where nothing says it."""
    return next((told.phase for told in state.told if told.category == category_id), None)


def in_phase(told: ToldDanger, knowledge: Knowledge) -> Category:
    """The danger that was told, with the topics that fit how far it is."""
    category, phase = knowledge.categories[told.category], named_phase(told.category, told.phase, knowledge)
    own = phase is not None and phase.topics
    return category.model_copy(update={"topics": own}) if own else category


def named_phase(category: str, phase: str | None, knowledge: Knowledge) -> Phase | None:
    """What the content says of this phase of a danger."""
    care = knowledge.care.get(category)
    return next((one for one in care.phases if one.id == phase), None) if care is not None else None


def may_end(told: ToldDanger, ended: Line | str, knowledge: Knowledge) -> bool:
    """Whether a line or course, or words that no line answers, may end a danger of the kind that was told."""
    only = enders_of(told, knowledge)
    return told.over or not only or (isinstance(ended, Line) and ended.id in only)


def enders_of(told: ToldDanger, knowledge: Knowledge) -> Collection[str]:
    """The only lines and courses that end a danger of the kind that was told; empty: any that ends the danger."""
    phase = named_phase(told.category, told.phase, knowledge)
    return phase.ended_by if phase is not None else ()


def with_told(hearing: Hearing, told: ToldDanger) -> Hearing:
    """The message heard where this is remembered of its danger."""
    every = tuple(told if one.category == told.category else one for one in hearing.conversation.told)
    return hearing.with_state(hearing.conversation.having(told=every))


def noted(hearing: Hearing, category: Category, line: Line | Worse) -> Hearing:
    """The message heard where this was said."""
    told = told_of(hearing, category)
    said = (*(one for one in told.said if one != line.id), line.id)
    return with_told(hearing, told.model_copy(update={"said": said}))


def is_afar(state: Conversation, told: ToldDanger) -> bool:
    """Whether whoever writes is known to be in another country than the danger: their emergency number is not its."""
    return told.other and None not in (state.country, told.where) and state.country != told.where


def is_apart(state: Conversation, told: ToldDanger) -> bool:
    """Whether they are in another country, or may be: where who is lost at the border is, is seldom told."""
    unknown = told.category in AT_THE_BORDER and told.other and told.where is None and state.country is not None
    return unknown or is_afar(state, told)


def is_foreign(state: Conversation, told: ToldDanger) -> bool:
    """Whether the one in danger is known to be no Mexican, nor of a country where family often is."""
    return told.foreign if told.other else state.citizen not in MAY_BE_MEXICAN


def idle_in(state: Conversation, told: ToldDanger | None, knowledge: Knowledge) -> Collection[str]:
    """What is no help where a danger surely is; who writes from afar keeps all numbers that they can reach."""
    if told is None or not told.sure or is_afar(state, told) or told.category not in knowledge.care:
        return ()
    return knowledge.care[told.category].idle.get(told.where or "", ())


def case_of(danger: Danger, state: Conversation) -> CaseNeeded:
    """What is kept of a danger for whoever takes the case."""
    return CaseNeeded("danger", danger.level, danger.category, danger.rule, danger.words, state.country)
