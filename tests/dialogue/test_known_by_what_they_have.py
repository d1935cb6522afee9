"""What only one country has says where who has it is, and its rules hold from then on."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "ya me dieron la tarjeta humanitaria y lavo platos en un hotel",
        "traigo mi tarjeta de visitante por razones humanitarias, trabajo en una bodega",
        "llevo cuatro meses con mi tramite en la comar",
        "we have our humanitarian card and work at a hotel",
    ],
)
def test_pay_is_not_asked_for_in_the_united_states(talk, text):
    talk.say(text)
    assert talk.conversation.country == "MX"
    english = text.startswith("we")
    talk.say("the hotel did not pay me my wages" if english else "no me han pagado mi sueldo de dos meses")
    for said in ("1 866 487 9243", "7.25", "OSHA"):
        assert said not in talk.said
    talk.say("can he call immigration if I complain?" if english else "y si me quejo llama a migracion?")
    for said in ("1 866 487 9243", "7.25", "OSHA"):
        assert said not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "que es la tarjeta humanitaria",
        "mi primo en tapachula tiene tarjeta humanitaria",
        "a mi primo le dieron su tarjeta humanitaria",
        "vivo en chicago y tuve tarjeta humanitaria en mexico",
        "que hace la comar",
        "entre con parole humanitario",
    ],
)
def test_what_is_only_spoken_of_tells_no_country(talk, text):
    talk.say(text)
    assert talk.conversation.country != "MX"
