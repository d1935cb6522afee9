"""A kind about a death opens only where words say that somebody died: of the living nobody is mourned."""

from itertools import product

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk

OF_DEATH = ("death", "death_far", "death_beside", "suicide_loss", "baby_loss", "remains")
WHOM = ("mi papá", "la señora que viene conmigo", "mi niña")
LIVES = (
    "{} está en terapia intensiva y no sabemos qué va a pasar",
    "{} tomó veneno pero está consciente, ya va para urgencias",
    "{} se quiso colgar y alcanzamos a cortar la cuerda, respira",
    "casi se nos muere {} anoche, ya abrió los ojos",
    "{} cayó del puente y está con vida, la están operando",
    "si {} se muere va a ser culpa mía, lleva días sin contestar",
)
LIVES_EN = (
    "my uncle shot himself, he is alive and they are operating",
    "we found my friend hanging, he still has a pulse",
    "my grandma is dying of cancer and i cant travel",
    "they revived my dad, he is on a breathing machine",
    "my cousin almost drowned, she is awake now",
)
DIED = (
    "mi abuela falleció anoche en Chicago y no sé qué hacer con su cuerpo",
    "encontré a mi hermano colgado, ya está frío y tieso",
    "el muchacho que caminaba con nosotros se murió anoche en el desierto",
    "my wife passed away this morning, we are in Houston",
    "my best friend killed himself last night",
    "me llamaron de la morgue por mi esposo",
)


@pytest.mark.parametrize("said", [*(text.format(whom) for whom, text in product(WHOM, LIVES)), *LIVES_EN])
def test_nobody_alive_is_mourned(said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(said)
    danger = talk.conversation.danger
    assert danger is None or (danger.kind not in OF_DEATH and danger.category != "death")


@pytest.mark.parametrize("said", DIED)
def test_a_death_is_mourned(said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(said)
    danger = talk.conversation.danger
    assert danger is not None
    assert danger.state == "open"
    assert (danger.kind or danger.category) in OF_DEATH


def test_every_kind_of_death_needs_that_it_is_told(knowledge: Knowledge) -> None:
    kinds = [one for one in knowledge.protocols.values() if one.of == "death" or one.id == "remains"]
    assert all("death_told" in one.needs for one in kinds)
    assert {name for one in kinds for name in one.needs} <= knowledge.readings.keys()
