"""Death and violence in words: who tells of none is not condoled with, and who works or studies is no victim."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.ranking.ours import untold_topics
from tests.support.talk import Talk

REMAINS = "traslado-restos"


@pytest.mark.parametrize(
    "text",
    [
        "tengo 16 y mi mamá me quiere mandar sola en avión con mi abuelita a durango, ocupo permiso",
        "how much would it cost the family to bring my sick uncle back to mexico",
        "im 17 flying alone to my grandma in jalisco, do i need a permission letter",
    ],
)
def test_who_tells_of_no_death_is_not_led_to_remains(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.conversation.topic != REMAINS
    assert REMAINS not in " ".join(choice.payload for choice in talk.conversation.offered)


@pytest.mark.parametrize(
    "text",
    ["se nos murió mi tío en chicago, cómo lo llevamos al pueblo", "my dad passed away, how do we bring him home"],
)
def test_who_tells_of_one_is(talk: Talk, text: str) -> None:
    assert REMAINS not in untold_topics(talk.conversation, text, talk.knowledge)
    talk.say(text)
    talk.say("y cuánto cuesta llevarlo a méxico" if "tío" in text else "how much does it cost to take him to mexico")
    assert REMAINS not in untold_topics(talk.conversation, "y cuánto cuesta", talk.knowledge)


def test_a_permit_to_visit_is_no_grave_news(talk: Talk) -> None:
    talk.say("y para ir a verlo me dan permiso o visa")
    assert "Lo siento" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "maltrato y golpes en las casas de la colonia. quién capacita en veracruz",
        "we want somebody to train our group on domestic violence",
        "mi tesina es de secuestro de migrantes, dónde hay cifras",
        "reporter here, any statistics on violence against migrants by state",
    ],
)
def test_who_works_or_studies_gets_no_text_for_victims(talk: Talk, text: str) -> None:
    turn = talk.say(text)
    assert turn.reading.urgent is None
    assert turn.reading.outcome is Outcome.FALLBACK
    assert talk.labels[0] == talk.knowledge.topics["prevencion-violencia-migrantes"].title.say(
        talk.conversation.lang or "es"
    )


def test_that_it_is_a_study_is_taken_up_and_not_said_twice(talk: Talk) -> None:
    talk.say("my paper is on kidnapping of migrants, where do i find figures")
    first = talk.said
    talk.say("figures, nobody is kidnapped")
    assert talk.said != first


@pytest.mark.parametrize(
    "text",
    [
        "mi esposo me golpea, quién me capacita para un trabajo",
        "secuestraron a mi primo, hay cifras",
        "secuestraron a mi hermana en Reynosa. dónde veo cifras de eso",
    ],
)
def test_a_danger_that_is_told_goes_before(talk: Talk, text: str) -> None:
    assert talk.say(text).reading.outcome in (Outcome.URGENT, Outcome.CHECK)
