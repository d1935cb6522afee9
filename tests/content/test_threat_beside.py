"""A threat told beside an ordinary question is asked about as it is alone."""

import pytest

from bot.dialogue.danger.judging import judged
from tests.support.content import content


@pytest.mark.parametrize(
    "text",
    [
        "me escribió mi ex: ya sé dónde estás, voy por los niños. ¿muevo la cita?",
        "gracias. me escribió que ya sabe dónde vivo y que viene por mi hijo. ¿la cita del acta la cambio?",
    ],
)
def test_a_threat_beside_an_ordinary_question_is_asked_about(text: str) -> None:
    reading = judged(text, content())
    assert reading is not None
    assert reading.sure or reading.unsure
