"""A secretary registers her organisation with ECOSOC over three weeks, on two phones, through real storage."""

import re
from datetime import timedelta

from bot.conversation import Desk, InboundMessage, Kind
from bot.storage.checklists import LETTERS
from bot.texts import say
from bot.turn import handle_message
from tests.storage.conftest import NOW
from tests.support.content import content

DESK = Desk(public_url="https://ventanilla.example")
OFFICE, OWN = "5215550000001", "5215550000002"


class Phones:
    """What is said on each, days after the beginning."""

    def __init__(self, world):
        self._store = world.store
        self._count = 0

    async def say(self, phone, text, day=0):
        self._count += 1
        at = NOW + timedelta(days=day, minutes=self._count)
        message = InboundMessage("whatsapp", f"w{self._count}", phone, Kind.TEXT, at, text)
        turn = await handle_message(message, self._store, content(), DESK, at)
        assert turn is not None
        return "\n".join(reply.text for reply in turn.replies)


async def test_three_weeks_on_two_phones(world):
    phones = Phones(world)
    await phones.say(OFFICE, "qué requisitos piden para el estatus consultivo de ECOSOC")
    assert "dos años" in await phones.say(OFFICE, "quiero verlo paso a paso")
    assert "Paso 1 de 6" in await phones.say(OFFICE, "sí")
    assert "Paso 2 de 6" in await phones.say(OFFICE, "ya vimos la sesión")
    assert "Estatutos" in await phones.say(OFFICE, "ya tenemos los estatutos")
    given = await phones.say(OFFICE, "deme el código para otro teléfono")
    [code] = re.findall(rf"\b[{LETTERS}]{{6}}\b", given)
    assert "https://ventanilla.example/checklist" in given

    assert "Paso 2 de 6" in await phones.say(OWN, code.lower(), day=6)
    assert "Tiene: Estatutos" in await phones.say(OWN, "qué nos falta", day=6)
    assert "Paso 3 de 6" in await phones.say(OWN, "ya juntamos todos los papeles", day=8)

    assert "Paso 3 de 6" in await phones.say(OFFICE, "buenas, ¿en qué íbamos?", day=14)
    assert "Paso 4 de 6" in await phones.say(OFFICE, "ya mandamos la solicitud", day=14)
    assert "Paso 4 de 6" in await phones.say(OWN, "en qué iba", day=20)
    assert "pregunte en" in await phones.say(OWN, "no nos contestan", day=20)

    wrong = await phones.say(OWN, "XXXXXX", day=21)
    assert wrong == say("steps.wrong_code", "es")
    await phones.say(OFFICE, "borrar", day=21)
    await phones.say(OFFICE, "sí", day=21)
    assert (await phones.say("5215550000003", code, day=21)).startswith(say("steps.wrong_code", "es"))
    assert "Paso 4 de 6" in await phones.say(OWN, "en qué iba", day=21)
