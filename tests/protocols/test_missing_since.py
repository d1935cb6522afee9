"""Who has been missing for less than a month is searched for as lost now; for longer, as missing for long."""

import pytest

from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk
from tests.support.talk import Talk

RECENT, LONG = "missing_recent", "missing_long"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("mi hijo se fue al norte ace 3 semanas y no me a marcado", RECENT),
        ("hace 20 dias desaparecio mi hija en el camino", RECENT),
        ("my nephew crossed two weeks ago and we havent heard from him", RECENT),
        ("hace dos meses que no se de mi hijo, iba a cruzar por altar", LONG),
        ("my dad crossed six months ago and nothing, he is missing", LONG),
        ("mi hermano vivia hace dos años en texas, ahora cruzo y hace cuatro dias no contesta", RECENT),
    ],
)
def test_the_days_that_were_told_choose_how_a_search_begins(said: str, kind: str, knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(said)
    assert talk.state.danger is not None
    assert talk.state.danger.kind == kind


def test_who_has_no_internet_is_told_numbers_and_no_pages(knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say("mi hijo cruzo por sonora hace tres semanas y no contesta, soy de veracruz")
    said = " ".join(reply.text for reply in talk.say("no tengo internet pa paginas, deme telefonos por favor"))
    assert "por llamada" in said
    assert "800 028 7783" in said
    assert "http" not in said


@pytest.mark.parametrize(
    ("said", "over"),
    [
        ("he is not missing, he just doesnt talk to me because we are separated", True),
        ("dicen que no esta perdido, que ya va a llegar", False),
        ("no se si esta perdido o que le paso", False),
        ("no contesta", False),
    ],
)
def test_who_is_not_missing_is_searched_for_no_more(said: str, over: bool, knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say("mi hermano cruzo por sonora hace tres dias y no contesta")
    talk.say(said)
    assert talk.state.danger is not None
    assert (talk.state.danger.state == "over") is over


def test_the_other_parent_who_left_and_does_not_answer_is_not_searched_for(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("mi hija necesita su pasaporte mexicano y su papá no quiere firmar")
    talk.say("no sé dónde anda, se fue y ya no contesta. qué orden de un juez necesito?")
    assert talk.conversation.danger is None or talk.conversation.danger.state == "asked"


def test_one_who_left_for_the_desert_is(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("mi hija necesita su pasaporte mexicano y su papá no quiere firmar")
    talk.say("su papá se fue cruzando por el desierto hace cuatro días y ya no contesta")
    assert talk.conversation.danger is not None
    assert talk.conversation.danger.state == "open"
