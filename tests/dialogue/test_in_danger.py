"""What is said in and after danger: answers to a check, what grows worse, calm, found and dead, questions within it."""

import pytest

from bot.conversation import Outcome

DETAINED = "ice se llevó a mi hermano del trabajo"


@pytest.mark.parametrize(
    "text",
    [
        "no, la verdad no estoy bien",
        "no no estoy segura",
        "nop, ya no aguanto",
        "i am not safe",
        "no, nomás estoy muy triste",
    ],
)
def test_who_is_not_safe_is_heard(talk, text):
    talk.say("me quiero morir")
    talk.say(text)
    assert talk.conversation.answers["safe-now"] == "no"


def test_the_question_is_asked_once_a_turn(talk):
    talk.say("me quiero morir")
    talk.say("mi vida no vale")
    assert talk.said.count("¿Está a salvo ahora mismo?") == 1


@pytest.mark.parametrize(
    "text", ["me tragué todo el frasco", "ya me corté", "acabo de tomarme el cloro", "i took all my pills"]
)
def test_an_attempt_is_answered_at_once(talk, text):
    first = talk.say("ya no quiero vivir").replies[0].text
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.URGENT
    assert turn.replies[0].text.startswith(("Llame ya al 911", "Call 911"))
    assert turn.replies[0].text != first
    assert "1 800 222 1222" in talk.said


@pytest.mark.parametrize("text", ["no he tomado nada", "tomé una decisión", "me corté el pelo"])
def test_no_attempt(talk, text):
    talk.say("ya no quiero vivir")
    assert not talk.say(text).replies[0].text.startswith("Llame ya")


@pytest.mark.parametrize(
    "text", ["ya casi no hay aire", "nos estamos ahogando", "una señora se desmayó", "we can't breathe"]
)
def test_no_air_in_a_trailer(talk, text):
    talk.say("nos llevan encerrados en una caja de trailer y no nos dejan salir")
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.URGENT
    assert "911" in turn.replies[0].text
    assert "¿Pudo llamar" not in talk.said


CHECKS = [
    ("lost", "vamos en un camion cerrado", ["no nos dejan bajar", "no sabemos por dónde vamos"]),
    (
        "violence",
        "mi esposo me controla todo",
        ["no, pero amenaza a mis hijos", "dice que me va a quitar a la niña si hablo"],
    ),
]


@pytest.mark.parametrize(
    ("category", "asked", "text"), [(c, asked, text) for c, asked, texts in CHECKS for text in texts]
)
def test_what_goes_on_after_a_check_is_danger(talk, category, asked, text):
    talk.was_asked(category, asked)
    assert talk.say(text).reading.outcome is Outcome.URGENT


def test_who_is_about_to_be_removed_is_helped_at_once(talk):
    assert talk.say("me van a sacar del pais").reading.urgent.category == "deportation"


@pytest.mark.xfail(reason="after one training in two it is met with the number and a question", strict=True)
def test_a_danger_of_tomorrow_after_a_check_is_danger(talk):
    assert talk.say("me quieren hacer algo").reading.check
    assert talk.say("todavía no pero vienen mañana").reading.outcome is Outcome.URGENT


def test_a_fragment_after_a_check_leaves_it_open(talk):
    talk.was_asked("lost", "vamos en una troca")
    assert talk.say("somos como diez").reading.outcome is Outcome.QUESTION
    assert "911" in talk.said
    assert talk.say("sí").reading.urgent or "911" in talk.said


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("me corrieron", "de la fábrica, hace un mes"),
        ("me corrieron", "del trabajo pues"),
        ("me corrieron", "de la cocina donde trabajaba"),
    ],
)
def test_what_explains_the_first_words_away_is_none(talk, asked, text):
    talk.was_asked("destitution", asked)
    assert talk.say(text).reading.outcome is not Outcome.URGENT


@pytest.mark.parametrize("text", ["no, todo bien", "no es nada", "todavía no", "cuánto cuesta el pasaporte", "gracias"])
def test_a_no_or_another_matter_after_a_check_is_none(talk, text):
    talk.say("me van a sacar del pais")
    assert talk.say(text).reading.outcome is not Outcome.URGENT


@pytest.mark.parametrize(
    "text",
    ["cómo sé dónde lo tienen", "necesito un abogado, dónde hay", "y si firma la salida", "can i get a lawyer for him"],
)
def test_a_question_of_the_danger_is_answered(talk, text):
    talk.say(DETAINED)
    assert talk.say(text).reading.outcome is Outcome.ANSWER


@pytest.mark.parametrize("text", ["cuánto sale mandarlo", "y si lo incineramos allá", "qué documentos me piden"])
def test_a_question_about_the_dead_is_answered(talk, text):
    talk.say("falleció mi hermano ayer en dallas")
    assert talk.say(text).reading.answered == ("traslado-restos",)


@pytest.mark.parametrize("text", ["trabaja en una obra", "se llama juan", "no sé qué pensar"])
def test_what_asks_nothing_stays_with_the_danger(talk, text):
    talk.say(DETAINED)
    assert talk.say(text).reading.outcome is Outcome.QUESTION


@pytest.mark.parametrize(
    "text", ["ya se fueron los agentes", "gracias a Dios ya lo dejaron ir", "ya está en la casa", "they let him go"]
)
def test_calm_is_heard_and_the_conversation_is_free(talk, text):
    talk.say(DETAINED)
    assert talk.say(text).reading.outcome is Outcome.QUESTION
    assert all(told.over for told in talk.conversation.told)
    talk.say("no entiendo")
    assert "silencio" not in talk.said
    assert talk.say(DETAINED).reading.outcome in (Outcome.URGENT, Outcome.CHECK)


@pytest.mark.parametrize("text", ["ya lo soltaron pero golpeado", "no lo han soltado", "ya se fueron con él"])
def test_no_calm(talk, text):
    talk.say(DETAINED)
    talk.say(text)
    assert not all(told.over for told in talk.conversation.told)


def test_who_wants_to_die_is_not_taken_for_calm_by_a_word(talk):
    talk.say("me quiero matar")
    talk.say("ya estoy mejor gracias")
    assert not talk.conversation.told[-1].over


@pytest.mark.parametrize("text", ["ya les llamé", "sí, ya marqué", "yes i called"])
def test_who_called_is_not_asked_whether_they_called(talk, text):
    talk.say("mi hija no respira")
    talk.say(text)
    assert "¿Ya llamó" not in talk.said
    assert "911" in talk.said


@pytest.mark.parametrize("text", ["ya apareció mi tío, gracias", "por fin lo hallaron", "he turned up, thank god"])
def test_found_is_not_alive(talk, text):
    talk.say("mi tío no aparece, cruzó hace tres días por el desierto")
    talk.say(text)
    assert "Qué bueno" not in talk.said
    assert "911" in talk.said
    assert talk.say("sin vida").reading.urgent.category == "death"


@pytest.mark.parametrize("text", ["muerto", "ya muerta", "ahogado"])
def test_a_lone_word_of_death_after_a_search(talk, text):
    talk.say("andamos buscando a mi cuñado")
    assert talk.say(text).reading.urgent.category == "death"


@pytest.mark.parametrize("text", ["muerto", "dead"])
def test_a_lone_word_of_death_without_one(talk, text):
    talk.say("cuánto cuesta el pasaporte")
    turn = talk.say(text)
    assert turn.reading.urgent is None


@pytest.mark.parametrize("text", ["ya lo están atendiendo", "ya llegó la ambulancia", "ya aparecieron"])
def test_without_danger_told_nothing_is_praised(talk, text):
    talk.say(text)
    assert "Qué bueno" not in talk.said


@pytest.mark.parametrize("text", ["hace 8 años", "hace como 10 meses", "fue el año pasado"])
def test_the_calendar_does_not_break_in(talk, text):
    talk.say("me quitaron a mi niña en la frontera")
    turn = talk.say(text)
    assert not turn.reading.events
    assert "calendario" not in talk.said


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("nos aventaron anoche por Matamoros sin nada", "MX"),
        ("acaban de deportarme, me dejaron en la central camionera de Nuevo Laredo", "MX"),
        ("i was just deported to Tijuana with no money", "MX"),
        ("estoy detenido en el corralon de McAllen", "US"),
        ("estamos en el albergue de Reynosa y no tenemos que comer", "MX"),
    ],
)
def test_the_country_of_the_first_message_is_heard(talk, text, country):
    talk.say(text)
    assert talk.conversation.country == country
    assert "¿En qué país" not in talk.said


def test_who_is_to_be_deported_is_not_there_yet(talk):
    talk.say("me van a deportar mañana a Honduras y tengo miedo")
    assert talk.conversation.country is None


@pytest.mark.parametrize(
    "text",
    [
        "la migra agarró a mi hermano, lo tienen en Tapachula",
        pytest.param(
            "la migra agarró a mi hermano, mi hermano está en Tapachula",
            marks=pytest.mark.xfail(
                strict=True, reason="the clause alone sounds too calm to say surely where he is held"
            ),
        ),
    ],
)
def test_the_numbers_of_the_place_that_is_named_come_first(talk, text):
    talk.say(text)
    assert talk.conversation.country is None  # the writer may be anywhere
    numbers = talk.turns[-1].replies[1].text
    assert "desde México" in numbers
    assert "desde Estados Unidos" not in numbers  # it is surely there that he is held


@pytest.mark.parametrize(
    "text",
    [
        "i was born here and they arrested my dad, ice has him",
        "soy ciudadana y la migra se llevó a mi esposo",
        "soy su hermana, ice lo detuvo en su trabajo a mi hermano",
    ],
)
def test_who_only_says_who_they_are_is_not_the_one_held(talk, text):
    talk.say(text)
    assert talk.conversation.told[-1].other


@pytest.mark.parametrize(
    "text",
    ["llevamos tres días durmiendo en la calle con mis hijos", "duermo en el parque con mi bebé y no hay comida"],
)
def test_who_is_in_it_with_their_children_is_not_the_helper(talk, text):
    talk.say(text)
    assert not talk.conversation.told[-1].other


@pytest.mark.parametrize("where", ["estoy en la terminal de Reynosa", "ando en Tijuana", "estoy en McAllen"])
def test_a_child_alone_is_spoken_to_to_the_end(talk, where):
    talk.say("tengo 14 años y vengo sola, no traigo a mis papás")
    talk.say(where)
    said = " ".join(reply.text for turn in talk.turns for reply in turn.replies if "chat" not in reply.text)
    assert "qué ropa llevaba" not in said
    assert "una niña o un niño mexicano" not in said
    talk.say("tengo mucha hambre y frio")
    assert "Cuénteme" not in talk.said
