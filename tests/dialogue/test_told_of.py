"""Who tells of somebody else in danger is spoken to as the one who helps; whoever is in it is never."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.danger.told_of import tells_of_other
from tests.support.talk import Talk

OTHERS = [
    ("self_harm", "mi amiga se quiere matar"),
    ("self_harm", "my brother says he'll kill himself"),
    ("self_harm", "i'm scared, my friend wants to die"),
    ("self_harm", "mi roomie dejo una nota de despedida y no contesta"),
    ("self_harm", "mi mama dice que ya no quiere vivir"),
    ("detention", "se llevaron a mi mamá de la corte"),
    ("deportation", "a mi esposo lo sacan mañana"),
    ("lost", "mi hermano está perdido en el desierto, me mandó su ubicación"),
    ("violence", "mi vecina está gritando, su esposo la golpea"),
    ("violence", "le está pegando a mi mamá mi padrastro"),
    ("destitution", "hay una señora con su bebé durmiendo afuera de la iglesia"),
    ("child", "CPS se llevó a mis hijos"),
    ("child", "mi hija cruzó sola y la tiene la patrulla fronteriza"),
]
OWN = [
    ("self_harm", "me quiero matar"),
    ("self_harm", "mi amigo se mató y yo también me quiero matar"),
    ("self_harm", "mi familia estaría mejor sin mí"),
    ("self_harm", "díganle a mi mamá que la quiero"),
    ("self_harm", "i told my sister goodbye, i bought pills"),
    ("detention", "nos pararon y tienen a mi esposo aquí afuera"),
    ("detention", "ice is at my door and my husband is here"),
    ("deportation", "nos aventaron por el puente con mi hijo"),
    ("lost", "se quedó atrás mi primo y no tenemos agua"),
    ("violence", "mi ex viene por mí y por mi hija"),
    ("destitution", "no tengo dónde dormir con mi hija"),
    ("child", "no encuentro a mi niño y el DIF no contesta, se me perdió en el parque"),
    ("child", "un hombre se llevó a mi hija"),
]


@pytest.mark.parametrize(("category", "text"), OTHERS)
def test_somebody_else_is_told_of(knowledge, category, text):
    assert tells_of_other([text], category, knowledge)


@pytest.mark.parametrize(("category", "text"), OWN)
def test_whoever_is_in_it_is_never_taken_for_the_one_who_helps(knowledge, category, text):
    assert not tells_of_other([text], category, knowledge)


def test_one_message_of_ones_own_outweighs_the_others(knowledge):
    assert not tells_of_other(["mi amiga se quiere matar", "y yo también quiero morirme"], "self_harm", knowledge)


def test_the_one_who_helps_is_spoken_to_until_the_end(talk):
    other = talk.knowledge.categories["self_harm"].other
    assert talk.say("mi amiga se quiere matar, no sé qué hacer").reading.outcome is Outcome.URGENT
    assert other.now.es.split("{")[0] in talk.said
    assert "¿Esa persona está a salvo" in talk.said
    talk.say("es que ella es muy callada")
    assert "Aquí sigo con usted" in talk.said
    talk.say("ya ni me deja en visto")
    assert "pida que vayan a ver cómo está" in talk.said
    talk.say("no")
    assert "diga dónde puede estar" in talk.said


def test_whoever_wants_to_die_is_spoken_to_themselves(talk):
    talk.say("me quiero matar")
    assert talk.knowledge.categories["self_harm"].help.now.es.split("{")[0] in talk.said
    assert "¿Está a salvo ahora mismo?" in talk.said


@pytest.mark.parametrize(
    "turns",
    [
        ("mi tío trae grillete y dice que ya para qué vive",),
        ("mi cuñado está en un centro de detención, dice que para qué sigue",),
        ("mi hija está detenida y ya no le ve sentido a nada",),
        ("my uncle is in ice custody, he keeps saying there is no point anymore",),
        ("ice agarró a mi esposo en el trabajo", "me habló y dice que ya para qué"),
        ("ice took my husband from work", "he called me, he says what is the point of living"),
    ],
)
def test_who_sees_no_reason_to_go_on_comes_before_where_they_are_held(talk: Talk, turns: tuple[str, ...]) -> None:
    for text in turns:
        turn = talk.say(text)
    asked = turn.reading.check == "self_harm"
    assert asked or (talk.conversation.told[-1].category == "self_harm" and talk.conversation.told[-1].other)
    assert "911" in talk.said


def test_it_is_asked_about_where_nothing_else_sounds_like_danger(talk: Talk) -> None:
    reading = talk.say("my dad wears an ankle monitor, he asks me what is the point of living like this").reading
    assert "self_harm" in (reading.check, reading.urgent and reading.urgent.category)
    assert "911" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "mi primo está detenido y el abogado dice que no tiene caso",
        "mi primo está detenido y dice que para qué sigue pagando abogado",
        "my cousin is in ice custody and says there is no point in appealing",
    ],
)
def test_who_sees_no_point_in_a_step_of_the_case_is_detained(talk: Talk, text: str) -> None:
    reading = talk.say(text).reading
    assert reading.check == "detention" or [told.category for told in talk.conversation.told] == ["detention"]
