"""The first help text fits who writes: from another country, inside with the others, under 18, or in no danger."""

import pytest

from bot.conversation import Outcome

US_SHELTER, WOMEN_MX, CIAM_ABROAD = "1 800 799 7233", "079, opción 1", "+1 520 623 7874"
SEARCH_MX = "+52 55 1309 9024"


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("mi papa anda perdido en el desierto de arizona sin agua, nosotros vivimos en oaxaca", "911 (Estados Unidos)"),
        ("mi hermana se desmayo en puebla y yo estoy en chicago", "911 (México)"),
        ("su marido esta golpeando a mi hija en dallas, yo vivo en leon guanajuato", "911 (Estados Unidos)"),
        ("tienen amarrado a mi tio en reynosa, yo estoy en atlanta", "911 (México)"),
    ],
)
def test_who_writes_from_another_country_is_told_who_can_dial_there(talk, text, there):
    assert talk.say(text).reading.outcome is Outcome.URGENT
    first = talk.turns[-1].replies[0].text
    assert talk.conversation.told[-1].other
    assert there in first
    assert "no llega allá" in first


@pytest.mark.parametrize(
    "text",
    [
        "mi cuñado viene caminando sin agua y el pollero lo dejo, yo estoy en morelia",
        "mi hijo se quedo sin agua en el monte, yo vivo en tlaxcala",
    ],
)
def test_who_is_lost_nobody_knows_on_which_side_is_to_dial_too(talk, text):
    talk.say(text)
    first = talk.turns[-1].replies[0].text
    assert talk.conversation.told[-1].other
    assert "la persona misma" in first
    assert "no llega allá" in first
    assert "Mande aquí su ubicación" not in talk.said


def test_who_is_in_it_too_is_not_far_away(talk):
    talk.say("mi cuñado ya no puede caminar, estamos cerca de altar y no hay agua")
    assert not talk.conversation.told[-1].other
    assert "no llega allá" not in talk.said


def test_who_takes_reports_of_that_country_from_abroad_comes_first(talk):
    talk.say("mi primo desaparecio entre saltillo y monterrey, no contesta, yo estoy en san antonio texas")
    numbers = talk.turns[-1].replies[1].text.splitlines()
    assert SEARCH_MX in numbers[0]


@pytest.mark.parametrize("place", ["vivo en toluca", "estoy en mexico, en iztapalapa"])
def test_in_ones_own_danger_only_numbers_of_that_country_are_given(talk, place):
    talk.say(place)
    talk.say("mi novio me esta golpeando")
    assert WOMEN_MX in talk.said
    assert US_SHELTER not in talk.said
    assert CIAM_ABROAD not in talk.said
    talk.say("cuanto cobra el refugio?")
    assert US_SHELTER not in talk.said


def test_lines_of_care_give_all_numbers_while_the_country_is_unknown(talk):
    talk.say("mi novio me esta golpeando")
    talk.say("cuanto cobra el refugio?")
    assert US_SHELTER in talk.said
    assert WOMEN_MX in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "aqui en la finca habemos 20, a un muchacho que se quiso salir lo golpearon, nadie puede irse",
        "uno se quiso escapar y lo regresaron a golpes. ya nadien sale",
        "there are 9 of us in the camp, a guy tried to leave and they beat him, nobody gets out",
    ],
)
def test_a_worker_inside_is_no_relative(talk, text):
    assert talk.say(text).reading.urgent.category == "kidnapping"
    assert not talk.conversation.told[-1].other


def test_a_relative_who_tells_of_the_others_is_one(talk):
    talk.say("mi hermano esta encerrado en un campo en florida, dice que a uno que se quiso ir lo golpearon")
    assert talk.conversation.told[-1].other


@pytest.mark.parametrize(
    "texts",
    [
        ["tengo 14 años", "mi padrastro entra a mi cuarto de noche"],
        ["i am 13 and my stepdad comes to my room at night"],
    ],
)
def test_a_minor_gets_few_simple_lines(talk, texts):
    for text in texts:
        talk.say(text)
    assert talk.conversation.minor
    assert not talk.conversation.told[-1].other
    numbers = talk.turns[-1].replies[1].text
    assert WOMEN_MX not in numbers
    assert CIAM_ABROAD not in numbers
    assert "DIF" in numbers
    assert "conteste en persona" not in talk.said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("le conte a mi mama y dice que son mentiras", "te creo"),
        ("no puedo llamar a la policia, nadie me cree", "te creo"),
        ("me puedo ir a vivir con mi abuelita?", "con desconocidos"),
        ("si voy al dif me van a encerrar?", "DIF"),
    ],
)
def test_a_minor_is_led_to_a_safe_adult(talk, text, said):
    talk.say("tengo 14 años y mi tio me toca")
    talk.say(text)
    assert said in talk.said
    assert talk.conversation.told[-1].category == "violence"


def test_an_adult_keeps_the_lines_of_adults(talk):
    talk.say("mi marido me pega")
    talk.say("me puedo ir a vivir con mi abuelita?")
    assert "Buscar a un adulto" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "mi hermano se cayo del andamio en abril y ya no puede trabajar",
        "me quebre la pierna en el trabajo en febrero y el patron no quiere pagar",
        "my dad fell off a ladder in may and still can't work",
    ],
)
def test_who_was_hurt_months_ago_is_not_hurt_now(talk, text):
    reading = talk.say(text).reading
    assert reading.urgent is None
    assert reading.check is None


@pytest.mark.parametrize(
    "text", ["mi hermano se cayo del andamio y no se mueve", "me operaron en abril y ahorita estoy sangrando mucho"]
)
def test_who_is_hurt_now_is(talk, text):
    assert talk.say(text).reading.urgent.category == "medical"


@pytest.mark.parametrize(
    "text",
    [
        "buenas soy salvadoreña estoy en tapachula con mis 3 cipotes y no se que hacer",
        "quiero viajar a saltillo en bus con mi guagua pero dicen que en el camino bajan a la gente",
        "me deportaron hace una semana y no quieren agarrar a mi niña en la primaria del pueblo",
    ],
)
def test_children_at_ones_side_and_a_road_asked_about_are_no_danger(talk, text):
    reading = talk.say(text).reading
    assert reading.urgent is None
    assert reading.check is None


@pytest.mark.parametrize(
    "text",
    [
        "estoy en tapachula con mis hijos y se perdio el mas chiquito",
        "ando en tijuana con mis hijos y perdí a la más chiquita en el mercado",
        "voy en el bus a saltillo y nos bajaron unos hombres armados",
    ],
)
def test_beside_a_danger_they_are(talk, text):
    assert talk.say(text).reading.urgent is not None
