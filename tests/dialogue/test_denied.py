"""Who says that a danger was heard wrong, or is over, is believed, and what they say beside it is answered."""

import pytest

DEATH = "mi primo trabaja en una granja de ontario y ayer lo encontraron muerto"
FEVER = "mi bebé tiene mucha tos y no puede respirar"
STREET = "andamos en la central de tijuana y no tenemos dónde dormir"
PAPERS = "el mayordomo nos quitó los pasaportes y no nos deja salir del rancho"
RANSOM = "tienen secuestrado a mi cuñado en tucson y piden seis mil"
DETAINED = "la migra agarró a mi esposo"


def _open(talk):
    return [told.category for told in talk.conversation.told if not told.over]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (DEATH, "que no se murió nadie, sólo está muy cansado"),
        (DEATH, "no está muerto, ayer hablé con él"),
        ("my dad just died in the fields", "nobody died, he is alive"),
        (FEVER, "no es grave, ya anda jugando"),
        (FEVER, "it is not serious, just a cough"),
        (DETAINED, "que nadie está detenido"),
        (DETAINED, "nobody is in jail, he only got a letter"),
        ("estamos perdidos en el desierto", "no estamos perdidos, sí sabemos dónde estamos"),
        ("me golpearon unos tipos anoche", "no me golpeó nadie, fue a un vecino"),
        ("hay un incendio y estamos atrapados", "no hay ningún incendio, era un simulacro"),
        ("me vienen siguiendo unos hombres", "nadie me viene siguiendo, eran unos vecinos"),
        ("mi niña no aparece", "ya apareció, estaba dormida bajo la cama"),
        ("tienen encerrada a mi prima en un bar de houston y la obligan", "ya la sacaron, está en un albergue"),
        (STREET, "ya tenemos dónde quedarnos, no estamos en la calle"),
    ],
)
def test_a_denial_in_plain_words_is_believed(talk, told, text):
    assert talk.say(told).reading.urgent
    turn = talk.say(text)
    assert not _open(talk)
    assert turn.reading.urgent is None


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (FEVER, "no es grave pero no quiere despertar"),
        (FEVER, "todavía no es grave, cada vez respira menos"),
        (FEVER, "no es grave verdad?"),
        ("mi esposo me pega", "no es grave, sólo cuando toma"),
        ("mi esposo me pega", "hoy no me pega, pero ya viene"),
        ("mi esposo me pega", "no es violencia, me cuida mucho"),
        ("mi esposo me pega", "él dice que no me pega"),
        (PAPERS, "no es secuestro pero no nos deja ir"),
        ("se murió mi tía ayer en denver", "ojalá estuviera viva"),
        ("se murió mi tía ayer en denver", "no puedo creer que se murió"),
        ("estamos perdidos en el desierto", "no estamos perdidos pero ya no hay agua"),
        (RANSOM, "¿y si es mentira?"),
    ],
)
def test_what_only_sounds_like_one_is_not(talk, told, text):
    talk.say(told)
    before = _open(talk)
    talk.say(text)
    assert set(before) <= set(_open(talk))


@pytest.mark.parametrize(
    ("told", "text", "topic"),
    [
        (DEATH, "NO se murió!! está vivo, nomás que el patrón lo trata mal y no le paga bien", "ptat"),
        (
            FEVER,
            "no es urgente, ya come y juega. nomás quiero saber dónde hay un centro de salud",
            "promocion-salud-migrantes",
        ),
        (STREET, "no es emergencia, sólo quería saber si hay dónde dormir", "albergues-migrantes"),
        (
            PAPERS,
            "no es secuestro, sólo queremos nuestros pasaportes y cambiar de patrón con la visa h2a",
            "fraude-visas-h2",
        ),
        (DETAINED, "no está detenido, quiero saber cuánto cuesta la matrícula consular", "matricula-consular"),
    ],
)
def test_what_is_asked_beside_it_is_answered(talk, told, text, topic):
    talk.say(told)
    assert talk.say(text).reading.answered[:1] == (topic,)


def test_the_word_is_denied_and_the_signs_of_forced_work_stand(talk):
    talk.say(PAPERS)
    talk.say("no es un secuestro, queremos saber cómo cambiar de patrón con visa h2a")
    assert "1 888 373 7888" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "no me pega, nomás es celoso y me checa el celular",
        "me revisa los mensajes y no me deja trabajar pero nunca me ha pegado",
        "he never hit me, he just checks my phone and wont let me work",
    ],
)
@pytest.mark.parametrize("before", ["cómo saco mi pasaporte en el consulado", "how do i renew my passport"])
def test_who_is_not_hit_and_is_watched_hears_that_the_screen_may_be_read(talk, before, text):
    talk.say(before)
    talk.say(text)
    assert "pantalla" in talk.said or "screen" in talk.said
    assert "800 799 7233" in talk.said


@pytest.mark.parametrize("text", ["mi perro no me pega pero es celoso", "mi patrón no me deja salir temprano"])
def test_a_jealous_dog_is_no_danger(talk, text):
    talk.say("cómo saco mi pasaporte en el consulado")
    talk.say(text)
    assert "800 799 7233" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "era pura mentira, mi cuñado estaba dormido. qué hago con el dinero que mandé",
        "it was a scam, he is fine. i already sent them money, what do i do",
    ],
)
def test_who_was_lied_to_on_the_phone_hears_where_it_is_reported(talk, text):
    talk.say(RANSOM)
    turn = talk.say(text)
    assert not _open(talk)
    assert turn.reading.answered == ("unidad-delitos-migrantes",)
    assert "089" in talk.said
    assert turn.replies[0].text.startswith(("Qué alivio", "What a relief"))


def test_who_was_let_go_and_is_hurt_is_no_longer_held(talk):
    talk.say(RANSOM)
    talk.say("ya soltaron a mi cuñado anoche. está bien golpeado allá en tucson y no trae nada")
    assert not _open(talk)
    assert talk.said.startswith("Qué alivio")
    assert "médico" in talk.said


@pytest.mark.parametrize(
    "text", ["ya nos sacó la policía, estamos en un hospital", "the police got us out and brought us to a shelter"]
)
def test_who_is_looked_after_already_is_not_sent_there(talk, text):
    talk.say("unos hombres nos tienen encerrados en una casa en houston")
    talk.say(text)
    assert not _open(talk)
    assert "una tienda o un hospital" not in talk.said
    assert "a shop or a hospital" not in talk.said


@pytest.mark.parametrize("text", ["me siento muy triste, se me juntó todo", "i miss him so much"])
def test_grief_is_met_and_no_funeral_is_sold(talk, text):
    talk.say("se murió mi papá")
    talk.say(text)
    assert "988" in talk.said
    assert "funeraria" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "No, sí sale los domingos al pueblo, pero sin pasaporte no puede viajar",
        "no, he goes to town, he just has no passport",
    ],
)
def test_a_leading_no_answers_the_check(talk, text):
    talk.was_asked("kidnapping", "el mayordomo le guarda el pasaporte a mi hermano en una granja de ontario")
    assert talk.say(text).reading.urgent is None
    assert not _open(talk)


def test_a_no_that_takes_itself_back_does_not(talk):
    talk.was_asked("medical", "mi bebé tiene calentura")
    assert talk.say("no, pero no despierta").reading.urgent


@pytest.mark.parametrize("text", ["estamos en celaya no en león, ni en méxico", "no, es en irapuato, ni cerca de león"])
def test_where_they_are_is_put_right_and_the_matter_stays(talk, text):
    talk.say("no tenemos dónde dormir hoy con los niños en león")
    turn = talk.say(text)
    assert _open(talk) == ["destitution"]
    assert not set(turn.reading.answered) - {"albergues-migrantes", "grupos-beta"}
