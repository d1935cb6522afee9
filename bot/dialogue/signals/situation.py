"""What is known of a person, with what a message tells: the last word counts."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from bot.conversation import Conversation, Known, Situation
from bot.dialogue.danger.classifiers import Group, likeliest
from bot.dialogue.language import language_of, prevailing, shown, wholly
from bot.dialogue.message import Message, typed
from bot.dialogue.person.signals import ANOTHER, MEXICO, place_alone, read_signals, speaks_of
from bot.dialogue.person.told import nationality_said
from bot.dialogue.places.nearest import (
    country_implied,
    mentions,
    place_presumed,
    place_said,
    state_of_matter,
    town_told,
)
from bot.dialogue.signals.acts import put_right
from bot.dialogue.thresholds import IS_ANOTHER, SWITCHES, SWITCHES_MIXED
from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import FrameSet, framed
from knowledge.model import Knowledge
from knowledge.schema.base import Lang

THING, PAPER = "THING", "PAPER"
"""Where the words for a paper stand in the frames, and those for any."""
LEARNED = (Group.FOR_WHOM, Group.AGE_GROUP, Group.STATUS)
"""Facts of whom the matter is about."""


def situation_with(message: Message, state: Conversation) -> Situation:
    """The facts of the conversation and those of the message; of what is put right only what is meant counts."""
    if message.empty:
        return state.situation
    knowledge = message.knowledge
    text = put_right(message.text, knowledge).meant or message.text
    facts = _told(text, state, knowledge)
    before, found = state.situation, dict[str, Known | None]()
    if facts.get("country", state.country) != state.country:  # who was deported asks of where they lived
        found = {"town": None, "matter_town": before.town or before.matter_town}
    found |= {name: Known(value=value, turn=state.turns) for name, value in facts.items()}
    told = message.person if text == message.text else read_signals(text, knowledge)
    flags = {"minor": True} if told.minor else {}
    flags |= {} if told.fears_government is None else {"fears_government": told.fears_government}
    return before.model_copy(update={**found, **flags, **_things(text, state, knowledge)})


def _told(text: str, state: Conversation, knowledge: Knowledge) -> Mapping[str, str]:
    """Facts of one value that a text tells."""
    spelled, nationality = spell_out(text, knowledge.spelling), nationality_said(text, knowledge)
    if nationality == ANOTHER and state.citizen not in (None, MEXICO):
        nationality = None  # "no somos mexicanos" is no news of who said which they are
    open_to = state.asked_place is not None or state.wants or state.in_danger or state.in_errand
    said, stood = place_said(text, knowledge, state.country)
    country = said or (place_alone(text, knowledge) if open_to else None)
    if country is None and state.country is None:
        country = country_implied(". ".join([*(one.text for one in state.heard[:1]), text]), knowledge)
        country = country or place_presumed(text, knowledge)
    home = country or state.country
    found = {"country": country, "nationality": nationality, "matter_country": _matter(text, said, home, knowledge)}
    if country:
        found["town"] = town_told(text, country, knowledge, stood)
    before = state.situation.town
    found["matter_town"] = state_of_matter(text, found.get("town") or (before.value if before else None), knowledge)
    reads = framed(knowledge, "facts_of_a_person", "reads").first(spelled)
    found["reads"] = reads.key if reads else None
    for group in LEARNED:
        known: Known | None = getattr(state.situation, group)
        found[group] = likeliest(text, group, knowledge, known.value if known else None, IS_ANOTHER)
    return {name: value for name, value in found.items() if value}


def _matter(text: str, said: str | None, home: str | None, knowledge: Knowledge) -> str | None:
    """Where something is done, where a text says so and that is one country; else where the writer is `said` to be."""
    places = {one.country for one in mentions(text, knowledge) if one.is_of_matter} | ({said} if said else set())
    places |= {MEXICO} if speaks_of("back", text, knowledge) else set()
    elsewhere = places - {home}
    return next(iter(elsewhere or places)) if len(elsewhere or places) == 1 else None


@lru_cache(maxsize=8)
def _papers(name: str, knowledge: Knowledge) -> FrameSet[str]:
    facts = knowledge.facts_of_a_person
    every = f"({'|'.join(chain.from_iterable(facts.things.values()))})"
    frames = [frame.replace(PAPER, every) for frame in getattr(facts, name)]
    called = {thing: f"({'|'.join(words)})" for thing, words in facts.things.items()}
    return FrameSet((thing, frame.replace(THING, words)) for thing, words in called.items() for frame in frames)


def _things(text: str, state: Conversation, knowledge: Knowledge) -> dict[str, tuple[Known, ...]]:
    """What they have and lack: what is told now takes the place of what was told before."""
    spelled = spell_out(text, knowledge.spelling)
    lacks = {match.key for match in _papers("lacks", knowledge).find(spelled)}
    has = {match.key for match in _papers("has", knowledge).find(spelled)} - lacks
    now = lacks | has
    if not now:
        return {}

    def kept(before: tuple[Known, ...], told: set[str]) -> tuple[Known, ...]:
        fresh = (Known(value=value, turn=state.turns) for value in sorted(told))
        return (*(known for known in before if known.value not in now), *fresh)

    return {"has": kept(state.situation.has, has), "lacks": kept(state.situation.lacks, lacks)}


STEADY = 3
"""Messages in one language after which a phrase of the other one, beside a word of it, changes nothing."""
CLAUSE = 3
"""Words of the language spoken so far by which a mixed message stays in it."""


def language_spoken(message: Message, state: Conversation) -> Lang | None:
    """The language of the answer: who mixes both is not answered now in one and now in the other."""
    knowledge, app_lang = message.knowledge, message.inbound.lang
    if state.lang_chosen:
        return state.lang
    if message.whole.startswith("/"):
        return typed(message.whole)[1] or state.lang or app_lang
    lang, words = prevailing(message.whole, knowledge)
    if state.lang is None:
        return lang or app_lang or ("es" if message.lang == "mixed" else None)
    if message.lang == "mixed" and shown(state.lang, message.whole, knowledge) >= CLAUSE:
        return state.lang  # a whole clause of it: who mixes both has not gone over to the other
    spoken = [language_of(heard.text, knowledge) for heard in state.heard]
    steady = len(spoken) >= STEADY and {*spoken} <= {state.lang, "other"}
    if steady and shown(state.lang, message.whole, knowledge) >= 1:
        return state.lang  # a phrase of the other one in a steady talk
    mixes = len({*spoken} - {"other"}) > 1 or "mixed" in spoken
    others = len(spoken) - spoken.count("other") - spoken.count(lang or "")
    gone_over = message.lang == lang and (state.in_danger or spoken[-1:] == [lang] or spoken.count(lang) >= others)
    if mixes and not gone_over:
        return lang if words >= SWITCHES_MIXED else state.lang
    return lang if lang and (words >= SWITCHES or wholly(lang, message.whole, knowledge)) else state.lang
