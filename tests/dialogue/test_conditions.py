"""What is told of a case, an age, years, who or where somebody is, gets the sentences that decide it."""

import pytest

from bot.dialogue.words.years import Of, Years, years_in
from knowledge.model import Knowledge
from tests.support.talk import Talk

DENIALS = ("No encontré eso", "Gracias por contarme", "I did not find", "Thank you for telling me")
PENSION = "vivo en Zacatecas y trabaje en el empaque en California, me toca pension del seguro social de alla?"
RAISED = "no tengo papeles en mexico y crie a una sobrina que si es mexicana, me puedo regularizar por familia?"
BORN = "mi abuelita nacio en la sierra de Durango y nunca la asentaron, no tiene acta"


def _after(knowledge: Knowledge, *turns: str) -> Talk:
    talk = Talk(knowledge)
    for turn in turns:
        talk.say(turn)
    return talk


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ((PENSION, "fueron unos 12 años"), "unos 10 años"),
        ((PENSION, "todo con un seguro prestado, nunca tuve numero propio"), "Si nunca tuvo un número propio"),
        ((PENSION, "ya cumpli 63"), "62 años"),
        ((BORN, "ya tiene 84 años"), "no hay edad límite"),
        (("pasaporte mexicano", "es para mi abuelo, tiene 77"), "mayores de 60 años"),
        (("pasaporte mexicano para mi niña", "ella tiene 4 años, el papa no va a querer firmar"), "un solo padre"),
        (("my daughter needs a mexican passport", "she is 6 and her dad refuses to sign"), "A parent who cannot come"),
        (("my son needs a mexican passport", "he is 8 and his mom does not want to sign"), "A parent who cannot come"),
    ],
)
def test_the_sentence_that_decides_is_said(turns: tuple[str, ...], said: str, knowledge: Knowledge) -> None:
    talk = _after(knowledge, *turns)
    assert said in talk.said
    assert not any(denial in talk.said for denial in DENIALS)


def test_what_no_section_speaks_of_is_named(knowledge: Knowledge) -> None:
    talk = _after(knowledge, "como recupero mi ropa y mi celular que me quitaron al deportarme", "tiene 3 años")
    assert "Gracias por contarme" not in talk.said


def test_the_same_is_said_again_with_the_sentence_that_decides(knowledge: Knowledge) -> None:
    talk = _after(knowledge, RAISED, "soy su tia, no su mama", "entonces yo puedo pedir la residencia por ella?")
    assert "custodia o representación legal" in talk.said


@pytest.mark.parametrize(
    ("told", "section"),
    [
        ("ella vive en su rancho con mi tio, yo ando en Denver", "in-mexico"),
        ("yo vivo en Denver y ella esta conmigo", None),
    ],
)
def test_where_the_one_is_whom_it_is_about_counts(told: str, section: str | None, knowledge: Knowledge) -> None:
    talk = _after(knowledge, BORN, told)
    assert (talk.conversation.section == "in-mexico") == (section == "in-mexico")
    assert talk.conversation.country == "US"


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("tiene 71", Years(Of.AGE, 71)),
        ("mi hijo de 15 se quedo", None),
        ("y el chiquito de 3", Years(Of.AGE, 3)),
        ("como 10 años y pico", Years(Of.LENGTH, 10)),
        ("tengo 12 años viviendo aca", Years(Of.LENGTH, 12)),
        ("tengo 3 hijos", None),
        ("se murio hace 4 años", None),
        ("she is 9 years old", Years(Of.AGE, 9)),
        ("I worked there for 8 years", Years(Of.LENGTH, 8)),
    ],
)
def test_years_that_are_told(text: str, years: Years | None, knowledge: Knowledge) -> None:
    assert years_in(text, knowledge) == years


@pytest.mark.parametrize(
    ("years", "text", "near"),
    [
        (Years(Of.AGE, 71), "Sirve a cualquier edad.", True),
        (Years(Of.AGE, 5), "Antes de cumplir tres años, un año; de 3 a 17, seis.", True),
        (Years(Of.AGE, 5), "Tienen descuento los mayores de 60 años.", False),
        (Years(Of.AGE, 66), "Tienen descuento los mayores de 60 años.", True),
        (Years(Of.LENGTH, 10), "diez años, 209 USD", False),
        (Years(Of.LENGTH, 10), "quien trabajó allá unos 10 años", True),
        (Years(Of.AGE, 9), "Tarda de 5 a 10 semanas.", False),
    ],
)
def test_sentences_that_speak_to_years(years: Years, text: str, near: bool) -> None:
    assert (years.nearness(text) >= 0.4) is near


def test_what_another_thing_costs_is_not_the_topics_own_price(knowledge: Knowledge) -> None:
    talk = _after(knowledge, "pasaporte mexicano para mi niña", "el papa no quiere firmar", "y cuanto sale lo del juez")
    assert "no dicen cuánto cuesta" in talk.said
    assert talk.conversation.section == "one-parent"
    assert "La cita es gratis" in _after(knowledge, "pasaporte mexicano", "y cuanto cuesta la cita").said


@pytest.mark.parametrize(
    "text", ["y eso donde se arregla aqui en mexico", "pero donde se arregla eso estando en mexico"]
)
def test_what_is_asked_of_that_alone_stays_with_the_open_matter(text: str, knowledge: Knowledge) -> None:
    talk = _after(knowledge, "como pido desde Jalisco mi pension del seguro social gringo", text)
    assert talk.conversation.topic == "seguridad-social-exterior"
    assert "Unidad de Beneficios Federales" in talk.said


def test_a_matter_in_mexico_gets_no_topic_of_the_other_country(knowledge: Knowledge) -> None:
    wages = "somos de Venezuela, vivimos en Puebla y en el taller no nos han pagado un mes"
    talk = _after(knowledge, wages, "tambien se quemo el brazo trabajando ahi y el jefe no lo llevo al doctor")
    assert talk.conversation.topic != "indemnizacion-laboral"


def test_two_towns_and_may_i_go_is_no_question_where(knowledge: Knowledge) -> None:
    asked = "ya pedi refugio en Tapachula, cuanto tardan en resolver"
    talk = _after(knowledge, asked, "mi hermana vive en Monterrey, me puedo ir con ella")
    assert "no es permiso para viajar" in talk.said


def test_a_word_of_ours_is_explained_alone(knowledge: Knowledge) -> None:
    refused = "la directora no recibe a mi hija sin papeles, vivimos en Oaxaca"
    talk = _after(knowledge, refused, "y el control escolar ese que es")
    assert "Control Escolar es el área" in talk.said
    assert "CNDH" not in talk.said


def test_simpler_puts_a_list_in_lines_and_keeps_what_decides(knowledge: Knowledge) -> None:
    family = "soy de Honduras, vivo sin papeles en Saltillo con mi hija mexicana, como me regularizo"
    talk = _after(knowledge, family, "pero mi pasaporte esta vencido", "no le entiendo nada")
    assert "\n• " in talk.said
    assert "pasaporte vencido" in talk.said


def test_a_step_that_names_a_lacked_paper_is_answered_for_who_lacks_it(knowledge: Knowledge) -> None:
    refused = "la directora no recibe a mi hija, vivimos en Oaxaca"
    doctor = "tampoco tenemos seguro social, en qué centro de salud la ve un doctor"
    talk = _after(knowledge, refused, "no tiene curp", doctor)
    assert "Si le falta la CURP" in talk.said


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("quiero renovar mi pasaporte pero nomas traigo la matricula vencida, me la aceptan?", "pasaporte"),
        ("i need a consular id but i have an expired passport, does it work?", "matricula-consular"),
    ],
)
def test_what_is_asked_for_opens_not_what_one_has(text: str, topic: str, knowledge: Knowledge) -> None:
    assert _after(knowledge, text).conversation.topic == topic
