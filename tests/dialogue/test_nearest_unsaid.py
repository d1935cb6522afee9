"""What is told as nearest to a question that was answered before holds where that answer does."""

from knowledge.model import Knowledge
from tests.support.talk import Talk


def test_who_works_in_mexico_is_not_sent_to_an_office_of_the_united_states(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    said = [
        "soy de honduras y estoy en monterrey",
        "en la obra donde ando el maistro no me pago la semana",
        "la del trabajo te digo, la del maistro que no me pago",
    ]
    turns = [talk.say(one) for one in said]
    assert list(turns[-1].reading.answered) == ["salarios-no-pagados"]
    assert "1 866 487 9243" not in " ".join(reply.text for reply in turns[-1].replies)
