"""What ends a danger frees the conversation, what is asked beside it is answered, and what only sounds so is none."""

import pytest

from bot.conversation import Outcome, PlaceGiven

DYING = "me quiero morir"
LOST = "mi hermano está perdido en el desierto sin agua"
DOOR = "theres ppl outside my house with vests i think its ice, kids are inside with me"


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("mi hijo no despierta está muy caliente", "ya está bien nomás fue calentura"),
        ("mi hijo no despierta está muy caliente", "gracias ya esta bien nomas fue calentura, y lo del acta?"),
        ("me tienen en el aeropuerto de cancun en un cuarto", "ya nos dejaron entrar gracias"),
        (LOST, "ok ya lo encontraron!! está en el hospital de tucson"),
        (LOST, "they found him!! hes at the hospital"),
        ("mi hijo no contesta desde ayer que cruzó", "ya apareció está en un hospital en laredo"),
        (DYING, "no es cierto estoy bien era broma"),
        ("i want to die", "im safe, my sister is with me"),
    ],
)
def test_the_end_is_heard_beside_other_words(talk, told, text):
    talk.say(told)
    talk.say(text)
    assert talk.conversation.told
    assert all(each.over for each in talk.conversation.told)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (DYING, "estoy bien cansada de todo"),
        (DYING, "no era broma"),
        (LOST, "lo encontraron en la morgue de tucson"),
        (LOST, "encontraron su mochila"),
        (LOST, "ya preguntamos en todos los hospitales"),
        ("la migra está afuera de mi casa", "los dejaron entrar mis hijos"),
    ],
)
def test_what_sounds_like_an_end_is_none(talk, told, text):
    talk.say(told)
    talk.say(text)
    assert not talk.conversation.told[-1].over


@pytest.mark.parametrize(
    ("told", "text", "topic"),
    [
        (DYING, "jaja es broma amigo, es para pasaporte de mi hijo", "pasaporte"),
        ("mi hijo no despierta", "falsa alarma ya despertó, cuánto cuesta el pasaporte", "pasaporte"),
        ("my mom is not breathing", "she woke up shes fine. so what do i need for my matricula", "matricula-consular"),
    ],
)
def test_what_is_asked_beside_the_end_is_answered(talk, told, text, topic):
    talk.say(told)
    assert talk.say(text).reading.answered == (topic,)


def test_a_joke_about_dying_is_met_warmly_with_the_line_and_frees_the_conversation(talk):
    talk.say(DYING)
    talk.say("era broma, estoy bien")
    assert "988" in talk.said
    assert "¿Está a salvo" not in talk.said
    assert talk.say("cuánto cuesta el pasaporte").reading.answered == ("pasaporte",)
    assert "Aquí sigo" not in talk.said


@pytest.mark.parametrize("text", ["how do i get my matricula", "cuánto cuesta el pasaporte mexicano"])
def test_a_clear_question_is_answered_beside_words_of_dying(talk, text):
    talk.say(DYING)
    assert talk.say(text).reading.answered
    assert {"¿Está a salvo ahora mismo?", "Are you safe right now?"} & {talk.turns[-1].replies[-1].text}
    assert not talk.conversation.told[-1].over


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("my uncle died yesterday in houston", "does the consulate help pay"),
        ("mi papá lo agarró ice hoy en la mañana en dallas", "puede ayudarle el consulado?"),
    ],
)
def test_what_is_known_is_never_denied(talk, told, text):
    talk.say(told)
    assert talk.say(text).reading.answered


@pytest.mark.parametrize(
    "text", ["they found my brother, hes at the hospital", "encontraron a mi hermano en matamoros, está en el hospital"]
)
def test_who_was_found_is_not_dead(talk, text):
    talk.say(text)
    assert not talk.conversation.told
    assert {"I am glad", "Qué bueno"} & {talk.said[:10], talk.said[:9]}


def test_a_question_without_a_matter_of_its_own_stays_with_the_danger(talk):
    talk.say("mi tío no aparece, cruzó hace tres días por el desierto")
    answered = talk.say("como lo busco").reading.answered
    assert {"migrante-extraviado", "localizacion-personas-sre", "busqueda-rescate-migrantes"} & set(answered)


def test_who_was_found_dead_is_mourned(talk):
    assert talk.say("encontraron el cuerpo de mi hermano en el desierto").reading.urgent.category == "death"


def test_agents_who_are_named_outweigh_what_it_sounds_like(talk):
    assert talk.say(DOOR).reading.urgent.category == "detention"


def test_agents_named_in_another_danger_bring_their_own_help(talk):
    talk.say("mi marido me grita y avienta cosas tengo miedo")
    talk.say("no tienen orden firmada")
    assert talk.conversation.told[-1].category == "detention"


def test_a_threat_with_the_agents_stays_with_who_makes_it(talk):
    talk.say("mi esposo me golpea")
    talk.say("dice que si lo denuncio llama a la migra")
    assert talk.conversation.told[-1].category == "violence"


@pytest.mark.parametrize("text", ["31.8123, -111.9021", "mi ubicación es 31.8123, -111.9021", "31.8123 N 111.9021 W"])
def test_degrees_typed_in_danger_are_read_back(talk, text):
    talk.say("somos tres perdidos en el desierto sin agua")
    turn = talk.say(text)
    assert "31.81230, -111.90210" in talk.said
    assert PlaceGiven(31.8123, -111.9021) in turn.events


def test_degrees_in_the_first_message_stand_in_the_help(talk):
    talk.say("estamos perdidos en el desierto sin agua en 31.8123, -111.9021")
    assert "31.81230, -111.90210" in talk.said


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("quiero renovar mi pasaporte en el consulado de dallas", "ya no tengo el viejo se me perdió"),
        ("quiero sacar mi matrícula", "la que tenía ya no la tengo se me perdió"),
        ("como saco una visa humanitaria para mi mamá", "los doctores dicen que se va a morir"),
        ("hola", "estoy en el hospital con mi hijo tiene fiebre"),
    ],
)
def test_what_only_sounds_like_danger_there_is_none(talk, before, text):
    talk.say(before)
    assert talk.say(text).reading.outcome in (Outcome.ANSWER, Outcome.QUESTION, Outcome.CLARIFY)
    assert not talk.conversation.told


@pytest.mark.parametrize(
    "text",
    [
        "mi hija está internada en urgencias y no respira bien",
        "estoy en el hospital no me quieren atender y mi hija se desmaya",
    ],
)
def test_who_is_not_looked_after_is_helped(talk, text):
    assert talk.say(text).reading.outcome is Outcome.URGENT


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("acaban de deportar a mi esposo", "perdón, no lo deportaron, anda con otra mujer"),
        ("mi hermano no contesta desde el lunes que cruzó", "no, sí me contesta, lo que no hace es venir"),
        ("my brother crossed on monday and has not answered since", "he's not missing, i know where he is"),
        ("ice se llevó a mi papá", "no lo agarraron, anda trabajando"),
        ("no encuentro a mi hijo", "no no, mis niños están conmigo, es el papá el que se fue"),
        ("i cant find my daughter", "no, my daughter is here with me, her dad is the one who left"),
    ],
)
def test_a_plain_denial_of_the_very_danger_closes_it(talk, told, text):
    assert talk.say(told).reading.urgent
    assert talk.say(text).reading.outcome is not Outcome.URGENT
    assert all(each.over for each in talk.conversation.told)


def test_what_is_asked_behind_the_denial_is_answered(talk):
    talk.say("mi hermano no contesta desde el lunes que cruzó")
    turn = talk.say("no está perdido, está con una muchacha. cuánto cuesta la matrícula consular")
    assert turn.reading.answered[0] == "matricula-consular"


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("mi hermano no contesta desde el lunes que cruzó", "ya no me contesta, antes sí me contestaba"),
        ("ya lo van a deportar mañana a mi papá", "todavía no lo deportan pero tiene vuelo mañana"),
        ("mi niña no aparece", "no es bebé, tiene 5 años"),
    ],
)
def test_what_only_sounds_like_a_denial_leaves_it_open(talk, told, text):
    assert talk.say(told).reading.urgent
    talk.say(text)
    assert not talk.conversation.told[-1].over


@pytest.mark.parametrize("text", ["no es niño, tiene 24 años", "ya es adulto", "he is not a kid, he's 31"])
def test_a_son_who_is_grown_is_missing(talk, text):
    assert talk.say("no encuentro a mi hijo desde ayer").reading.urgent.category == "child"
    assert talk.say(text).reading.urgent.category == "missing"
    assert [each.category for each in talk.conversation.told if not each.over] == ["missing"]


def test_a_son_who_is_missing_is_no_child_when_told_again(talk):
    talk.say("mi hijo salió de dallas el martes y no contesta")
    talk.say("que no aparece mi hijo le digo")
    assert [each.category for each in talk.conversation.told] == ["missing"]


NUMBER = "911"
FEELS_WELL = (
    "no me siento mal ya", "ya me siento mejor", "me siento mucho mejor la verdad", "ya estoy tranquila", "ya vomité",
    "sí", "ya estoy bien, gracias", "sólo quiero dormir", "im feeling fine now", "i feel ok", "i threw up, im better",
)  # fmt: skip
LOOKS_WELL = (
    "ya se durmió", "ya se calmó", "se ve bien", "ya está jugando", "ya no le duele nada",
    "ya está bien gracias a dios", "no es grave, ya está contenta", "she fell asleep",
    "shes fine now", "he seems normal",
)  # fmt: skip
TOOK = ("me tomé todas las pastillas", "me quiero morir, me tomé un frasco entero de pastillas",
        "me tomé 20 clonazepam", "i took the whole bottle of pills")  # fmt: skip
THEY_TOOK = ("mi hija se tomó cloro", "mi hermana se tomó muchas pastillas", "my son drank bleach")
BEATEN = ("mi esposo me golpea y me quiere matar", "mi novio me amenazó con un cuchillo", "my husband beats me",
          "a mi hermana la golpea su marido")  # fmt: skip
THERE = ("está en la casa", "ya llegó", "está aquí", "ya está aquí conmigo", "he's home", "hes here", "he is back",
         "ya volvió a la casa", "sigue aquí", "estoy tranquila", "ya se calmó", "ya se durmió")  # fmt: skip
GLAD = ("qué bueno", "qué alivio", "me alegra", "i am glad", "what a relief", "algo pequeño")


def is_open(talk) -> bool:
    glad = [words for words in GLAD if words in talk.said.lower()]
    return not talk.conversation.told[-1].over and NUMBER in talk.said and not glad


@pytest.mark.parametrize(
    ("told", "text"),
    [
        *((told, text) for told in TOOK for text in FEELS_WELL),
        *((told, text) for told in THEY_TOOK for text in LOOKS_WELL),
        *((told, text) for told in BEATEN for text in THERE),
    ],
)
def test_how_somebody_feels_and_who_came_home_ends_nothing(talk, told, text):
    talk.say(told)
    for _ in range(2):
        talk.say(text)
        assert is_open(talk), talk.said


def test_what_is_taken_later_is_held_to_the_same(talk):
    talk.say(DYING)
    talk.say("ya me tomé las pastillas")
    talk.say("ya me siento bien")
    assert is_open(talk), talk.said


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (TOOK[0], "ya estoy en el hospital"),
        (THEY_TOOK[0], "ya la están atendiendo en urgencias"),
        (THEY_TOOK[1], "ya se la llevó la ambulancia"),
        (BEATEN[0], "ya estoy en casa de mi hermana, a salvo"),
        (BEATEN[0], "mi hija y yo ya estamos a salvo en un refugio"),
    ],
)
def test_care_and_a_safe_place_end_it(talk, told, text):
    talk.say(told)
    talk.say(text)
    assert talk.conversation.told[-1].over, talk.said
