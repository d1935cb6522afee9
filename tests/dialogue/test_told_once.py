"""What a person told of themselves is kept and used: age, children, country; nobody is sent back to a number."""

import re

import pytest

from bot.conversation import Outcome

LIFELINE = "800 911 2000"
USTED = re.compile(
    r"(?<!que )\b(usted|llame|diga|dígame|pida|vaya|marque|busque|tiene que|le di|quédese|pregunte)\b", re.IGNORECASE
)
ABROAD = "+1 520 623 7874"
FOR_US_ALONE = ("211", "1 520 623 7874 (desde Estados Unidos y Canadá)")


def said(turn):
    return "\n".join(reply.text for reply in turn.replies)


@pytest.mark.parametrize(
    "turns",
    [
        ("tengo 14 años y estoy sola en tijuana, un señor me viene siguiendo", "vengo de honduras", "y quien me ayuda"),
        ("tengo 16 y ando solo en tapachula sin donde dormir", "ya fui a un albergue y esta lleno", "soy salvadoreño"),
        ("soy un niño de 13 años y estoy perdido en monterrey", "traigo a mi hermanito", "no se donde estoy"),
    ],
)
def test_who_is_a_minor_is_not_called_usted(talk, turns):
    for text in turns:
        turn = talk.say(text)
        assert talk.conversation.minor
        assert not USTED.search(said(turn)), said(turn)


@pytest.mark.parametrize("text", ["me prestaron un celular, a quien le marco", "a quien llamo", "y a donde hablo"])
def test_a_minor_who_asks_whom_to_call_gets_numbers(talk, text):
    talk.say("tengo 15 años, estoy sola en laredo y tengo miedo de un hombre que me sigue")
    assert "911" in said(talk.say(text))
    assert "También estas ayudas" in talk.said
    assert "(desde" in talk.said


@pytest.mark.parametrize(
    "plan", ["ayer pense en tirarme del puente", "anoche junte las pastillas para ya no despertar"]
)
def test_after_a_plan_the_number_stands_in_each_line(talk, plan):
    talk.say(plan)
    for text in ("no", "me siento muy sola", "no se que hacer", "a donde hablo"):
        turn = talk.say(text)
        assert LIFELINE in said(turn), (text, said(turn))
        assert "arriba" not in said(turn)


@pytest.mark.parametrize("text", ["si, estoy en mi cuarto", "si aqui estoy con mi hermana", "yes i am in my room"])
def test_where_somebody_safe_is_answers_the_question(talk, text):
    talk.say("quiero quitarme la vida")
    talk.say(text)
    assert talk.conversation.answers.get("safe-now") == "yes"
    assert not talk.conversation.offered


@pytest.mark.parametrize("text", ["me siento muy mal", "ando bien triste", "i feel so alone"])
def test_how_somebody_feels_is_no_yes(talk, text):
    talk.say("quiero quitarme la vida")
    turn = talk.say(text)
    assert talk.conversation.answers.get("safe-now") != "yes"
    assert "Me alegra" not in said(turn)


def test_a_line_far_above_is_said_again(talk):
    talk.say("mi marido me pega, vivo en dallas")
    talk.remember(told=tuple(one.model_copy(update={"since": 3}) for one in talk.conversation.told))
    turn = talk.say("no quiero denunciarlo")
    assert "1 800 799 7233" in said(turn)


@pytest.mark.parametrize(
    "text",
    [
        "traigo a mi bebe de 5 meses y no tenemos donde dormir hoy",
        "estoy en celaya con mis tres hijos y no hemos comido nada",
        "my kids and i have nowhere to sleep tonight, we are in puebla",
    ],
)
def test_nobody_is_asked_whether_children_are_with_them(talk, text):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.URGENT
    assert "si viene con niños" not in said(turn)
    assert "whether there are children" not in said(turn)


@pytest.mark.parametrize(
    "text", ["no tengo donde dormir hoy, estoy en celaya", "me robaron todo y no tengo que comer, ando sin mis hijos"]
)
def test_who_told_of_no_children_is_asked(talk, text):
    assert "si viene con niños" in said(talk.say(text))


@pytest.mark.parametrize(
    "text",
    ["me asaltaron en el metro de madrid y no traigo nada", "me robaron todo en londres y no traigo ni para comer"],
)
def test_who_was_robbed_abroad_gets_no_numbers_of_others(talk, text):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.URGENT
    assert ABROAD in said(turn)
    assert not any(number in said(turn) for number in FOR_US_ALONE)
    assert "número local de emergencias" in said(turn)


@pytest.mark.parametrize(
    "asks", ["telefono del consulado", "el telefono de emergencia del consulado de {}?", "necesito mi pasaporte"]
)
@pytest.mark.parametrize("town", ["londres", "paris"])
def test_no_consulate_of_ours_is_known_there(talk, asks, town):
    talk.say(f"vivo en {town}")
    turn = talk.say(asks.format(town))
    assert "Mi directorio solo tiene" in said(turn)
    assert ABROAD in said(turn)


@pytest.mark.parametrize(
    "text", ["vivo en leon guanajuato, donde saco mi pasaporte", "vivo en leon, donde saco el pasaporte"]
)
def test_leon_is_in_mexico(talk, text):
    talk.say(text)
    assert not any(label.startswith("Consulado:") for label in talk.labels)


@pytest.mark.parametrize(
    "first",
    ["soy hondureña y estoy en tapachula", "soy de cuba y ando en cancun", "vivo en puebla, soy colombiano"],
)
def test_who_is_in_mexico_is_told_of_checks_in_mexico(talk, first):
    talk.say(first)
    turn = talk.say("que hago si me para migracion en la calle")
    assert turn.reading.answered[0] in ("ley-migracion", "estacion-migratoria")


@pytest.mark.parametrize(
    "text",
    [
        "eso es de estados unidos, yo ando en tapachula",
        "that is for the us, i am in mexico",
        "no, eso es de alla de estados unidos, yo estoy en puebla",
    ],
)
def test_a_country_put_right_answers_the_same_for_it(talk, text):
    talk.say("que hago si me para la migra en la calle")
    assert talk.conversation.topic == "guia-detencion-autoridad"
    turn = talk.say(text)
    assert turn.reading.answered == ("ley-migracion",)


def test_who_is_in_the_united_states_keeps_its_rights(talk):
    talk.say("estoy en chicago")
    assert talk.say("que hago si me para la migra en la calle").reading.answered == ("guia-detencion-autoridad",)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("mi sobrina de 12 viaja sola con mi hermana a barcelona, que papeles lleva", "minors"),
        ("mi hijo de 10 vuela solo a mexico desde dallas", "minors-in"),
    ],
)
def test_a_child_travels_out_of_mexico_or_into_it(talk, text, section):
    talk.say(text)
    assert (talk.conversation.topic, talk.conversation.section) == ("guia-del-viajero", section)
