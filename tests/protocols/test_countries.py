"""A kind of some countries is found there alone, and a correction of the country chooses again (P10)."""

import pytest

from bot.dialogue.protocols.told import kind_of
from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk

BUS = "nos bajaron del autobus los de migracion y nos piden papeles"
MEXICAN = {"mx_checkpoint"}


def _kind(talk: DangerTalk) -> str | None:
    assert talk.state.danger is not None
    return talk.state.danger.kind or talk.state.danger.category


@pytest.mark.parametrize("said", [BUS, "un reten de migracion nos tiene parados", "INM stopped us at a checkpoint"])
def test_a_kind_of_mexico_is_not_found_in_the_united_states(said: str, knowledge: Knowledge) -> None:
    kind = kind_of(said, "detention", knowledge, at="US")
    assert kind not in MEXICAN
    assert kind is None or knowledge.protocols[kind].holds_in("US")


def test_a_correction_of_the_country_chooses_the_kind_again(knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(f"{BUS} en Tapachula")
    assert _kind(talk) in MEXICAN
    said = "\n".join(reply.text for reply in talk.say("no, estoy en Arizona"))
    assert _kind(talk) not in MEXICAN
    assert "pido refugio" not in said
    assert "México" not in said
    assert talk.state.danger is not None
    assert talk.state.danger.danger_at == "US"


def test_a_kind_of_the_united_states_is_not_kept_in_mexico(knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say("ice esta tocando la puerta de mi casa")
    assert _kind(talk) == "ice_door"
    talk.say("es migracion de mexico, estamos en Tijuana")
    assert knowledge.protocols[_kind(talk) or ""].holds_in("MX")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("encontre a mi hermano colgado en su cuarto, ya esta muerto", "suicide_loss"),
        ("my best friend killed himself last night, i found him, hes dead", "suicide_loss"),
        ("tengo 13 y voy en el carro de un señor que conoci en un juego y no me deja bajar", "child_lured"),
    ],
)
def test_who_writes_of_it_gets_the_words_for_it(said: str, kind: str, knowledge: Knowledge) -> None:
    category = "violence" if kind == "child_lured" else "self_harm"
    assert kind_of(said, category, knowledge) == kind


def test_a_woman_whose_partner_threatens_is_not_spoken_to_as_a_child(knowledge: Knowledge) -> None:
    said = "he found the apartment, sent me a pic of our front door and one of his gun"
    assert kind_of(said, "violence", knowledge) != "child_lured"
