"""What stands beside an end, and what ends a reader's silence: whole talks through the walk."""

import pytest

from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk

AFTER = [
    (
        [
            "mi niño no despierta, hace mucho calor en el desierto",
            "ya nos subieron a la ambulancia. pero mi prima se quedo atras en el monte",
        ],
        ("open", "lost"),
        ["911"],
    ),
    (
        ["mi tio se desmayo y no respira", "ya llego la ambulancia. dicen que se murio"],
        ("open", "death"),
        ["Lo siento"],
    ),
    (
        ["se quema la casa, hay mucho humo", "ya salimos todos, apagaron el fuego. no tenemos donde dormir hoy"],
        ("open", "destitution"),
        ["dormir"],
    ),
    (
        [
            "un señor esta acuchillando a otro afuera",
            "no soy el señor, lo veo desde arriba",
            "hay un hombre tirado desangrandose",
        ],
        ("open", None),
        [],
    ),
]


@pytest.mark.parametrize(("says", "danger", "must"), AFTER, ids=["left behind", "a death", "no roof", "a witness"])
def test_what_stands_beside_an_end(
    says: list[str], danger: tuple[str, str | None], must: list[str], knowledge: Knowledge
) -> None:
    talk = DangerTalk(knowledge)
    replies = [talk.say(one) for one in says][-1]
    text = "\n".join(one.text for one in replies)
    state, category = danger
    assert talk.state.danger is not None
    assert talk.state.danger.state == state, text
    assert category in (None, talk.state.danger.category), text
    assert all(one in text for one in must), text
    assert "trámite" not in text
