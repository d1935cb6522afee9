"""A word that nothing of ours knows becomes the one that it is but for a letter; all else stays as it was said."""

import pytest

from bot.dialogue.message import spelled
from knowledge.model import Knowledge

PUT_RIGHT = {
    "qiero sacar la matricla en Houston": "qiero sacar la matricula en Houston",
    "perdi mi pasaorte, que hago?": "perdi mi pasaporte, que hago?",
    "Pasaorte nuevo": "pasaporte nuevo",
    "i need a lawyer for my deportatiom hearing": "i need a lawyer for my deportation hearing",
}
AS_SAID = (
    "me biolaron anoche",  # known by ear
    "Vivo en Tegucigalpa y trabajo en Escondido",
    "le hablé al señor Matricla",  # a capital inside: a name
    "escriba a matricla@consulado.mx o https://matricla.mx/citas",
    "saqen",  # too short
)


@pytest.mark.parametrize(("said", "heard"), PUT_RIGHT.items())
def test_one_letter_off_is_put_right(said: str, heard: str, knowledge: Knowledge) -> None:
    assert spelled(said, knowledge) == heard


@pytest.mark.parametrize("said", AS_SAID)
def test_all_else_stays_as_it_was_said(said: str, knowledge: Knowledge) -> None:
    assert spelled(said, knowledge) == said
