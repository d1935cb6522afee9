"""What is asked beside a doubtful danger is answered in short behind the check; what is over is not asked about."""

import pytest

from bot.conversation import Danger, Outcome
from bot.dialogue import listening
from knowledge.schema.base import Level
from tests.support.talk import Talk

WAGES = "el contratista no me quiso pagar dos semanas de la obra en Puebla y dice que si reclamo llama a migracion"


def test_a_clear_question_is_answered_behind_the_check(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        doubtful = Danger("kidnapping", Level.CRITICAL, "scorer", "")
        patched.setattr(listening, "read_conversation", lambda *_: (None, doubtful))
        turn = talk.say(WAGES)
    assert turn.reading.outcome is Outcome.CHECK
    check, *rest = turn.replies[:2]
    assert "911" in check.text
    assert check.choices
    assert rest
    assert not rest[0].choices
    talk.say("no")
    assert talk.conversation.topic == "salarios-no-pagados"


@pytest.mark.parametrize(
    "text",
    [
        "en la casa del migrante tenemos a una muchacha que se cayó hace dos meses, ya salió del hospital, "
        "¿a dónde la canalizamos para rehabilitación?",
        "he got hurt on the train two months ago and was discharged from the hospital, where do we refer him for rehab",
    ],
)
def test_harm_that_is_over_is_not_asked_about(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.outcome not in (Outcome.CHECK, Outcome.URGENT)


@pytest.mark.parametrize(
    "text",
    [
        "there are two guys w vests banging on our door asking for my uncle and he wants to hide",
        "unos hombres golpean la puerta y preguntan por mi hermano, no sé quiénes son",
    ],
)
def test_who_bangs_on_the_door_for_somebody_is_treated_as_an_authority(text: str, talk: Talk) -> None:
    turn = talk.say(text)
    assert turn.reading.urgent is not None
    assert turn.reading.urgent.category == "detention"


def test_an_armed_one_at_the_door_is_violence(talk: Talk) -> None:
    turn = talk.say("my ex is banging on the door with a gun asking for me and says he will kill me")
    assert turn.reading.urgent is not None
    assert turn.reading.urgent.category == "violence"
