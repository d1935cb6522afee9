"""An open emergency is not left by what is objected, feared or asked of it; who cannot call is told how to write."""

import pytest

from bot.conversation import Outcome

HEAT = "mi cuñado se desmayó del sol en la pisca y está diciendo puras locuras"
HEAT_EN = "my coworker collapsed in the heat and is talking nonsense"
FALL = "mi hermano se cayó del techo y no despierta"
CHOKED = "mi pareja me golpeó anoche, me dio de patadas"
CAMP = "el mayordomo nos quitó los pasaportes y no nos deja salir del campo en georgia"
HELD = "soy nicaragüense y me tienen encerrado en una casa en tapachula"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (HEAT, "el contratista no quiere que pidamos ambulancia, dice que luego se la cobran"),
        (HEAT_EN, "the foreman won't let us call an ambulance, he says it costs too much"),
        (FALL, "la patrona dijo que no le hablemos a nadie al 911"),
        (FALL, "no queremos llamar porque la ambulancia sale bien cara"),
        (HEAT, "le damos suero?"),
        (HEAT_EN, "should we give him something to drink"),
        (FALL, "y qué le podemos dar mientras"),
    ],
)
def test_an_objection_or_what_to_give_leaves_no_emergency(talk, first, then):
    talk.say(first)
    talk.say(then)
    assert "911" in talk.turns[-1].replies[0].text
    assert [one.category for one in talk.conversation.told if not one.over] == ["medical"]
    assert talk.said != "\n\n".join(reply.text for reply in talk.turns[0].replies)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (HEAT, "por fin llegaron los paramédicos. y la cuenta quién la paga si no tiene papeles?"),
        (FALL, "ya está aquí la ambulancia, cuánto nos van a cobrar?"),
        (HEAT_EN, "the medics are here now, who pays the bill without insurance?"),
    ],
)
def test_whom_the_ambulance_took_over_is_out_of_it_and_the_bill_is_answered(talk, first, then):
    talk.say(first)
    talk.say(then)
    assert all(one.over for one in talk.conversation.told)
    assert len(talk.turns[-1].replies) > 1


@pytest.mark.parametrize(
    "then", ["todavía no llega la ambulancia", "vino la ambulancia y se fueron, no se lo quisieron llevar"]
)
def test_no_ambulance_ends_nothing(talk, then):
    talk.say(FALL)
    talk.say(then)
    assert not all(one.over for one in talk.conversation.told)
    assert "911" in talk.said


@pytest.mark.parametrize(
    ("first", "then", "says"),
    [
        (CAMP, "puro wifi hay aquí, a quién le podemos escribir?", "humantraffickinghotline.org/chat"),
        (CAMP, "no entran llamadas, se puede por whatsapp?", "233733"),
        (CHOKED, "hay alguna línea por mensaje de texto? no puedo hablar", "88788"),
        (CHOKED, "is there somebody I can text instead of calling", "88788"),
        (HELD, "hay un número por chat?", "WhatsApp"),
        (FALL, "can i text somebody, there is no voice here, only wifi", "text to 911"),
    ],
)
def test_who_cannot_call_is_told_how_to_write(talk, first, then, says):
    talk.say(first)
    talk.say(then)
    assert says in talk.said
    assert "pantalla" in talk.said or "screen" in talk.said


def test_a_minor_who_asks_for_a_chat_is_told_one_and_of_a_grown_up(talk):
    talk.say("tengo 14 años y mi padrastro me toca")
    talk.say("hay alguien que me escuche por chat sin que sepa mi mamá?")
    assert "WhatsApp" in talk.said
    assert "adulto de confianza" in talk.said


def test_who_writes_to_somebody_else_asks_for_no_line(talk):
    talk.say("a mi hermano lo detuvo ice en dallas")
    talk.say("cómo le puedo escribir a mi hermano allá adentro?")
    assert "WhatsApp" not in talk.said


def test_ways_to_write_are_not_given_twice_in_the_same_words(talk):
    talk.say(CAMP)
    talk.say("hay forma de escribirles? no hay señal")
    before = talk.said
    talk.say("nomas internet le digo, por mensaje se puede?")
    assert talk.said != before


@pytest.mark.parametrize(
    ("then", "says"),
    [
        ("también me ahorcó, me dejó sin aire un rato", "Que le vea hoy mismo un médico"),
        ("he grabbed me by the neck", "See a doctor today"),
        ("si les marco a los de esa línea no le avisan a la patrulla?", "en qué casos le avisan"),
        ("es que no quiero que lo vayan a deportar por mi culpa", "no es denunciar"),
        ("me lee los mensajes del celular", "desde otro teléfono"),
    ],
)
def test_what_is_feared_of_whoever_hurts_them_is_taken_up(talk, then, says):
    talk.say(CHOKED)
    talk.say(then)
    assert says in talk.said


@pytest.mark.parametrize(
    "then", ["ya entró, al rato le sigo escribiendo", "he is back, talk later", "ya me voy luego le cuento"]
)
def test_a_farewell_leaves_nothing_on_the_screen(talk, then):
    talk.say(CHOKED)
    turn = talk.say(then)
    assert len(turn.replies) == 1
    assert not {"911", "arma", "weapon", "peligro", "danger"} & set(talk.said.lower().replace(".", "").split())


@pytest.mark.parametrize(
    "then",
    [
        "me guardó el acta y la credencial y me revisa el teléfono",
        "nos quitó los pasaportes y no nos deja salir ni a la tienda",
        "he hid our passports and won't let us leave the house",
    ],
)
def test_who_controls_them_at_home_is_no_kidnapper(talk, then):
    talk.say("mi esposo me pega cuando toma")
    talk.say(then)
    assert [one.category for one in talk.conversation.told if not one.over] == ["violence"]
    assert "1 800 799 7233" in talk.said


def test_a_farewell_with_a_knife_is_none(talk):
    talk.say(CHOKED)
    talk.say("ya llegó con un cuchillo luego le escribo")
    assert "911" in talk.said


@pytest.mark.parametrize(
    "then",
    [
        "no confío en la embajada, son los mismos",
        "mi consulado trabaja para el gobierno, no puedo ir ahí",
        "no les puedo pedir nada, el consulado es del régimen",
    ],
)
def test_who_fears_their_government_is_told_of_no_consulate_again(talk, then):
    talk.say(HELD)
    talk.say(then)
    assert "Si no teme a su gobierno" not in talk.said
    assert "gob.mx/comar" in talk.said
    talk.say("y entonces quién me puede ayudar, a quién le hablo?")
    assert "consulado del país" not in talk.said


def test_a_line_that_warns_of_the_consulate_offers_it_not(talk):
    talk.say(HELD)
    talk.say("y el consulado me ayuda?")
    assert not ("no lo llame" in talk.said and "Si no teme a su gobierno" in talk.said)


@pytest.mark.parametrize(
    "first",
    [
        "mi marido va caminando por el desierto y se le acabó el agua, yo estoy en oaxaca",
        pytest.param(
            "mi primo iba cruzando con un coyote y lo dejó sin agua, yo aquí en celaya",
            marks=pytest.mark.xfail(reason="helped as missing, not heard to be somebody else", strict=True),
        ),
    ],
)
def test_who_writes_from_home_is_told_of_both_sides(talk, first):
    talk.say(first)
    assert talk.conversation.told[-1].other
    talk.say("ya me marcó!! que lo agarró la migra, está bien")
    assert "locator.ice.gov" in talk.said
    assert "lado de la frontera" in talk.said


def test_who_is_with_them_is_lost_too(talk):
    talk.say("mi hermano viene caminando con el grupo y nos perdimos, estamos sin agua")
    assert not talk.conversation.told[-1].other


@pytest.mark.parametrize(
    ("first", "asks", "then"),
    [
        (
            "ayer me agarró ice y ya estoy acá",
            "y mis cosas que me quitaron cómo las recupero?",
            "pero no me dieron ningún recibo, nos sacaron así",
        ),
        (
            "me acaban de deportar por nogales",
            "dónde pido mis pertenencias?",
            "nomás me dieron una bolsa sin recibo",
        ),
    ],
)
def test_what_is_told_on_of_an_answer_is_no_new_report(talk, first, asks, then):
    talk.say(first)
    talk.say(asks)
    turn = talk.say(then)
    assert turn.reading.outcome is Outcome.ANSWER
    assert talk.conversation.section == "receipt"


@pytest.mark.parametrize(
    ("told", "said", "unsaid"),
    [
        ("a un compañero le pegó un golpe de calor en el campo, ya no suda", "golpe de calor", "rendijas"),
        (
            "vamos en la caja del camión con mucho calor, ya no hay aire y una muchacha se desmayó",
            "aire",
            "golpe de calor",
        ),
    ],
)
def test_heat_in_a_field_is_no_want_of_air(talk, told, said, unsaid):
    talk.say("nos cierran con candado en la galera del rancho y no nos dejan salir")
    talk.say(told)
    assert "911" in talk.said
    assert said in talk.said
    assert unsaid not in talk.said
