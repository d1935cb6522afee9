"""Who only says who they are is welcomed and told what such people ask for; who asks is answered."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.introducing import introduces
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("hola, soy profesora de primaria en una comunidad de Hidalgo", "acceso-educacion-sin-documentos"),
        ("buenas, soy cubana y vivo en Monterrey", "condicion-refugiado"),
        ("bonjou, soy haitiana, hablo poco español, estoy en Puebla", "condicion-refugiado"),
        ("hi, I'm a nurse at a small clinic in Yuma", "promocion-salud-migrantes"),
        ("somos un albergue en Saltillo", "osc-lineamientos-participacion"),
        ("me llamo Eulalia Xochihua y vivo en Dallas", "guia-detencion-autoridad"),
        ("trabajo en el campo en Yakima", "salarios-no-pagados"),
        ("im 15 and i live in Tulsa with my grandma", "plan-eventualidades"),
        ("tengo 14 años y vivo en Houston con mis tíos", "plan-eventualidades"),
    ],
)
def test_an_introduction_is_welcomed(text: str, offered: str, talk: Talk) -> None:
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.SMALLTALK
    assert turn.conversation.topic is None
    assert any(offered in choice.payload for choice in turn.conversation.offered), talk.said
    assert "?" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "soy maestra y quiero inscribir a un niño sin acta",
        "soy hondureño y necesito papeles",
        "vivo en la calle con mis hijos",
        "soy de Oaxaca, perdí mi pasaporte",
        "soy deportado",
        "matrícula consular",
        "somos un albergue y buscamos apoyo",
        "soy viuda, me quitaron a mis hijos",
        "albergue en Tapachula",
    ],
)
def test_who_needs_something_introduces_nothing(text: str, knowledge: Knowledge) -> None:
    assert not introduces(text, knowledge)


def test_in_the_middle_of_a_matter_it_is_told_for_that(talk: Talk) -> None:
    talk.say("cómo saco la matrícula consular")
    assert talk.say("soy de Puebla y vivo en Fresno").reading.outcome is not Outcome.SMALLTALK


@pytest.mark.parametrize("text", ["me da pena preguntar", "no se ni como empezar", "im embarrassed to ask"])
def test_who_is_shy_is_encouraged(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK
    assert "911" in talk.said


@pytest.mark.parametrize("text", ["mándame un recordatorio por favor", "can you set a reminder"])
def test_a_reminder_is_honestly_refused(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK
    assert "no puedo mandar recordatorios" in talk.said.lower() or "cannot send reminders" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "bonjou mwen soy de Haiti, hablo poco español",
        "bonswa, soy haitiano y hablo poquito español",
        "bonjou",
        "bonjour",
    ],
)
def test_who_speaks_little_spanish_is_told_which_languages_there_are(talk: Talk, text: str) -> None:
    talk.say(text)
    assert "panyòl ak anglè" in talk.said
    assert "¿Qué necesita?" in talk.said
