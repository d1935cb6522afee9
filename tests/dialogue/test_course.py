"""How the story of an open danger goes on: it became another, or it is over; what was said of it before is not said."""

import pytest

MISSING = "mi cuñado iba cruzando por sasabe y desde el jueves no contesta"
HELD = "tienen a mi sobrina secuestrada en matamoros y piden seis mil dólares"
STROKE = "un compañero de la obra se desmayó del calor y no reacciona"
REMOVED = "me acaban de deportar por tijuana y no conozco a nadie"
DESERT = "my uncle phoned us from the desert near Sasabe Arizona, they left him there and his water is gone"


def _open(talk):
    return [told.category for told in talk.conversation.told if not told.over]


@pytest.mark.parametrize(
    ("told", "text", "became"),
    [
        (MISSING, "nos avisaron que ya lo hallaron sin vida", "death"),
        (MISSING, "ya nos dijeron que falleció en el camino", "death"),
        (DESERT, "the rangers found him but he did not survive", "death"),
        (MISSING, "bendito dios ya apareció, lo tiene migración en un centro de laredo", "detention"),
        (MISSING, "turns out border patrol has him", "detention"),
        (REMOVED, "en mi pueblo los del cartel me andan buscando para matarme", "violence"),
        (STROKE, "the foreman took our passports and says we cannot leave", "kidnapping"),
        (REMOVED, "quisiera ya no despertar nunca", "self_harm"),
        ("ice se llevó a mi primo de la obra", "ya lo deportaron a tijuana ayer", "deportation"),
        ("me robaron todo en reynosa, no tengo ni para comer", "unos hombres armados me vienen siguiendo", "violence"),
        (STROKE, "i hope i just dont wake up tomorrow", "self_harm"),
    ],
)
def test_another_danger_that_came_of_it_gets_its_help(talk, told, text, became):
    talk.say(told)
    talk.say(text)
    assert became in _open(talk)
    assert talk.conversation.told[-1].category == became


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (MISSING, "nos avisaron que ya lo hallaron sin vida"),
        (DESERT, "the rangers found him but he did not survive"),
        (MISSING, "turns out border patrol has him"),
    ],
)
def test_who_died_or_is_held_is_not_lost_any_more(talk, told, text):
    talk.say(told)
    talk.say(text)
    assert len(_open(talk)) == 1


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (MISSING, "tengo miedo de que ya esté muerto"),
        (MISSING, "y si ya se murió qué hago"),
        (MISSING, "ojalá ya lo hayan encontrado"),
        (MISSING, "apareció su mochila en el monte"),
        (HELD, "dicen que la sueltan si pagamos mañana"),
        (HELD, "si no pagamos la van a matar"),
        (STROKE, "todavía no llega la ambulancia"),
    ],
)
def test_what_is_feared_hoped_or_found_of_their_things_moves_nothing(talk, told, text):
    talk.say(told)
    before = _open(talk)
    talk.say(text)
    assert _open(talk) == before


@pytest.mark.parametrize(
    ("told", "text", "says"),
    [
        (MISSING, "ya apareció!! andaba con una tía en fresno", "ya apareció"),
        (HELD, "gracias a dios la soltaron, está en la terminal de camiones", "ya salió"),
        (STROKE, "ya se lo llevó la ambulancia", "ya lo atienden"),
        ("unos tipos armados nos tienen en una casa en reynosa", "ya nos soltaron pero sin nada", "ya está fuera"),
        ("ice se llevó a mi primo de la obra", "ya lo soltaron, viene para acá", "Guarde cada papel"),
    ],
)
def test_its_end_is_acknowledged_first_and_the_old_lines_are_not_said(talk, told, text, says):
    talk.say(told)
    turn = talk.say(text)
    assert says in turn.replies[0].text
    assert not _open(talk)
    assert "reporte ya" not in talk.said.lower()
    assert turn.replies[-1].text.startswith("¿Qué")


def test_what_is_asked_beside_the_end_is_answered_and_nothing_else_is_asked(talk):
    talk.say(MISSING)
    turn = talk.say("ya apareció, estaba con un amigo. oiga y cuánto cuesta la matrícula consular")
    assert turn.reading.answered[0].startswith("matricula")
    assert "¿Qué necesita ahora?" not in talk.said


def test_what_follows_an_end_has_lines_of_its_own(talk):
    talk.say("vivo en san pedro sula. " + HELD)
    talk.say("gracias a dios la soltaron, está en la terminal de camiones")
    assert talk.say("y dónde ponemos la denuncia").reading.answered == ("unidad-delitos-migrantes",)


def test_who_pays_is_asked_of_a_patient_who_is_cared_for(talk):
    talk.say(STROKE)
    turn = talk.say("the ambulance took him already. who is going to pay that bill")
    assert turn.reading.answered == ("indemnizacion-laboral",)
    assert "Life first" not in talk.said


def test_whoever_wants_to_die_and_put_it_away_is_not_asked_again_and_not_sent_to_nobody(talk):
    talk.say("cómo saco la matrícula consular")
    talk.say("me quiero morir")
    talk.say("sí, aquí sola en mi casa, ya tiré las pastillas a la basura")
    assert talk.conversation.answers["safe-now"] == "yes"
    assert "esa persona" not in talk.said
    turn = talk.say("gracias. oiga y entonces lo de la matrícula si puedo sin papeles")
    assert turn.reading.answered[0].startswith("matricula")
    assert "¿Está a salvo" not in talk.said


def test_thanks_before_a_question_are_no_farewell(talk):
    talk.say("ice se llevó a mi primo de la obra")
    turn = talk.say("thank you so much, where can we find him")
    assert turn.reading.answered[0].startswith("asistencia-consular-migratoria")


def test_the_family_is_not_told_to_say_that_they_are_lost(talk):
    talk.say(DESERT)
    assert "you are lost" not in talk.said
    assert "Which country" not in talk.said


def test_another_danger_told_does_not_make_the_open_one_the_writers(talk):
    talk.say("ice se llevó a mi esposo de la obra")
    talk.say("y mi hijo está en la guardería y no hay quien lo recoja, yo no puedo salir")
    assert [told.other for told in talk.conversation.told if told.category == "detention"] == [True]
    assert "cómo va vestido" not in talk.said
    talk.say("puedo ir a visitarlo o me agarran a mí también")
    assert "Que no haya riesgo no se lo puedo asegurar" in talk.said


def test_what_is_asked_of_what_it_became_is_answered_behind_the_help(talk):
    talk.say(DESERT)
    turn = talk.say("they told us he died, how much does it cost to bring him home")
    assert "sorry for your loss" in turn.replies[0].text
    assert any("traslado-restos" in choice.payload for reply in turn.replies for choice in reply.choices)


def test_a_worry_beside_the_end_is_answered(talk):
    talk.say("estamos en monterrey y mi papá no respira bien")
    talk.say("ya se lo llevó la ambulancia. no tenemos papeles, nos van a reportar?")
    assert "¿Qué necesita ahora" not in talk.said
    assert "con o sin ellos" in talk.said


@pytest.mark.parametrize("text", ["ya nadie contesta   .", "gracias. .", "pues aquí sigo, ...", "ok y !!!"])
def test_an_end_without_letters_asks_for_nothing(talk, text):
    talk.say(DESERT)
    assert talk.say(text).replies


KEPT = "unos hombres nos tienen encerrados en una bodega"
KEPT_EN = "they are keeping us locked in a house and will not let us go"


@pytest.mark.parametrize(
    ("told", "besides", "text"),
    [
        (
            KEPT,
            "a una señora le pegó el sol, está roja y ya no suda",
            "ya no estamos encerrados, salimos, ella sigue mal",
        ),
        (KEPT, "a uno le dio golpe de calor", "no nos tienen encerrados, ya salimos, él sigue caliente"),
        (KEPT, "mi compañero se desmayó del calor", "no estoy encerrado, ya nos fuimos, pero él sigue igual"),
        (KEPT_EN, "an old man here has heat stroke and is confused", "we are not locked in, we left, he is still hot"),
    ],
)
def test_what_is_denied_is_taken_out_and_what_else_was_told_stays(talk, told, besides, text):
    talk.say(told)
    talk.say(besides)
    turn = talk.say(text)
    assert _open(talk) == ["medical"]
    assert turn.reading.urgent.category == "medical"


@pytest.mark.parametrize(
    "text", ["ya salimos de ahí, la señora sigue muy roja", "ya nos soltaron, pero ella sigue mal"]
)
def test_what_was_told_beside_it_stays_where_it_is_over(talk, text):
    talk.say(KEPT)
    talk.say("una señora se insoló, está roja y ya no suda")
    talk.say(text)
    assert _open(talk) == ["medical"]


def test_the_words_of_a_denial_do_not_tell_it_once_more(talk):
    talk.say(KEPT)
    talk.say("no estamos secuestrados, era un malentendido con mi primo")
    assert not _open(talk)


LOCKED_IN = "no me deja salir de la casa, me quitó los papeles y me encierra con llave"
WATCHED = "me checa el celular, me esconde los papeles y no me deja salir de la casa"


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (WATCHED, "no estoy secuestrada, es mi esposo"),
        (WATCHED, "no es que me tenga secuestrada, es el papá de mis hijos"),
        (WATCHED, "es mi pareja, vivo con él"),
        (WATCHED, "mi marido no me deja"),
        (WATCHED, "no estoy secuestrada"),
        ("he locks me in at night and keeps my passport", "he is my boyfriend"),
        ("he locks me in at night and keeps my passport", "it's not a kidnapping, it's my husband"),
    ],
)
def test_who_is_kept_in_at_home_gets_help_against_violence(talk, told, text):
    talk.say(told)
    talk.say(text)
    assert _open(talk) == ["violence"]


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("no es secuestro, es mi señor, solo quiero saber de mis hijos", "protocolo-violencia-genero"),
        ("no estoy secuestrada, es mi marido, ¿cuánto cuesta el pasaporte de mi niño?", "pasaporte"),
    ],
)
def test_what_is_asked_beside_it_is_answered_behind_the_help(talk, text, answered):
    talk.say(LOCKED_IN)
    turn = talk.say(text)
    assert turn.reading.urgent.category == "violence"
    assert "llame desde otro" in talk.said
    assert any(answered in choice.payload for reply in turn.replies for choice in reply.choices)


def test_who_is_held_is_not_who_holds(talk):
    talk.say("tienen a mi esposo secuestrado y piden rescate")
    talk.say("es mi esposo el que tienen")
    assert _open(talk) == ["kidnapping"]


FAINT = "mi tía se desmayó y no responde"


@pytest.mark.parametrize(
    ("turns", "text"),
    [
        ([FAINT], "ya despertó, gracias, adiós"),
        ([FAINT], "ya volvió en sí, hasta luego"),
        ([FAINT], "ya reaccionó, bueno, bye"),
        ([FAINT, "ya se la llevó la ambulancia"], "ya se despertó, adiós"),
        ([FAINT, "ya está en el hospital"], "ya despertó, gracias a dios, adiós"),
        (["my dad passed out and does not respond"], "he is awake now, thanks, goodbye"),
        (["my little girl is missing, she is 6"], "she is home now, bye"),
        (["mi sobrino de seis años se perdió en el mercado"], "ya apareció, está bien, nos vemos, gracias"),
        (["ice detuvo a mi esposo"], "ya lo soltaron, gracias por todo, adiós"),
    ],
)
def test_a_goodbye_with_good_news_is_wished_well_and_asked_nothing(talk, turns, text):
    for said in turns:
        talk.say(said)
    turn = talk.say(text)
    assert turn.reading.check is None
    assert turn.reading.urgent is None
    assert not _open(talk)
    assert "?" not in turn.replies[-1].text
    assert "911" in talk.said


def test_a_goodbye_for_good_is_heard_whatever_came_before(talk):
    talk.say(FAINT)
    talk.say("ya despertó, gracias")
    talk.say("ya se despertó, díganle a mi mamá que la quiero y que me perdone, adiós para siempre")
    assert _open(talk) == ["self_harm"]


LATE = "mi hijo de 12 se vino solo en el autobús de puebla y todavía no llega"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ya me marcó, se le ponchó la llanta al autobús pero ya está con su tía, gracias a dios", False),
        ("sí, ya llegó a la casa, gracias, se había bajado antes pero ya está aquí", False),
        ("he finally called, his battery died, he is at his grandmas house thank god", False),
        ("ya apareció, gracias. oiga, ¿y cuánto cuesta el pasaporte de un niño?", True),
    ],
)
def test_a_child_who_is_back_with_their_own_ends_it(talk, text, asked):
    talk.say(LATE)
    assert _open(talk)
    turn = talk.say(text)
    assert not _open(talk)
    assert bool(turn.reading.answered) is asked


@pytest.mark.parametrize(
    "text",
    [
        "me habló un hombre, que ya está con su tía pero que quiere dinero",
        "ya me marcó pero lo tienen encerrado unos señores",
        "dicen que ya llegó con su tío pero él todavía no contesta",
    ],
)
def test_a_child_of_whom_something_is_wrong_is_not_back(talk, text):
    talk.say(LATE)
    talk.say(text)
    assert _open(talk)
