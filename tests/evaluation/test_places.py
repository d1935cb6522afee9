"""A section of another state than the one that was told is never the answer, told at once or some turns before.

No sentence is labelled by hand: what teaches a section of one state is asked without its place.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from bot.cli.predict import predict
from bot.dialogue.places.words import read_places
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS, Lang
from knowledge.schema.topics import Section, Topic

TODAY = date(2026, 11, 29)
LIVES = {"es": "vivo en {place}", "en": "i live in {place}"}
BETWEEN = {"es": ("cuanto cuesta el pasaporte", "gracias"), "en": ("how much is a mexican passport", "thanks")}
STATES = {"US": ("US-TX", "US-CA", "US-OH"), "CA": ("CA-BC", "CA-ON", "CA-MB"), "MX": ("MX-OAX", "MX-JAL", "MX-CHP")}
SHORTEST = 4
"""Words that must be left of a phrase without its place."""
OWN = 0.5
"""Share of talks with the state of the section itself that this section, or one of that state, answers."""


def _without_place(text: str, knowledge: Knowledge) -> str:
    """A phrase without the names of places and the words that lead to them; empty where too little is left."""
    said = read_places(text, knowledge)
    words = list(said.words) if said else []
    gone = {*said.of_places, *(one.at - 1 for one in said.named)} if said else set()
    left = [word for at, word in enumerate(words) if at not in gone]
    return " ".join(left) if len(left) >= SHORTEST else ""


def _asked(knowledge: Knowledge) -> Iterator[tuple[Topic, Section, Lang, str]]:
    """The first phrase of each language of every section of a state that stands without its place."""
    for topic in knowledge.topics.values():
        for section in (one for one in topic.sections if topic.states_of(one)):
            phrases = knowledge.phrases[topic.id].sections.get(section.id) if topic.id in knowledge.phrases else None
            for lang in LANGS:
                texts: Sequence[str] = getattr(phrases, lang, ())
                if bare := next(filter(None, (_without_place(one, knowledge) for one in texts)), ""):
                    yield topic, section, lang, bare


def _answered(turns: list[str], lang: Lang, knowledge: Knowledge) -> tuple[Topic, Section] | None:
    last = predict({"turns": turns, "lang": lang}, knowledge, TODAY)
    topic = knowledge.topics.get(next(iter(last["answered"]), ""))
    return (topic, topic.section_or_first(f"{last['section']}".rpartition("/")[2])) if topic else None


@pytest.mark.parametrize("later", [False, True])
def test_no_section_of_another_state_answers(later: bool, knowledge: Knowledge) -> None:
    own: list[bool] = []
    for number, (topic, section, lang, bare) in enumerate(_asked(knowledge)):
        theirs = sorted(topic.states_of(section))
        others = [one for one in STATES[theirs[0][:2]] if one not in theirs]
        for state in (theirs[0], others[number % len(others)]):
            told = LIVES[lang].format(place=knowledge.regions[state].name.say(lang))
            found = _answered([told, *(BETWEEN[lang] if later else ()), bare], lang, knowledge)
            states = found[0].states_of(found[1]) if found else frozenset()
            by_name = found and any(fold(one) in bare for names in found[0].names.values() for one in names)
            assert not found or found[0].is_of({state}, found[1]) or (found[0].region and by_name), (told, bare)
            own += [state in states] if state == theirs[0] else []
    print(f"own state's section: {sum(own)} of {len(own)}")
    assert sum(own) / len(own) >= OWN
