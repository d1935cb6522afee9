"""A check that gets no yes and no no: the number is said again, and what is added where somebody is feared is help."""

import pytest

from bot.conversation import Doubt, Outcome

FEARED = "a la muchacha de enfrente la espera afuera el que la trajo"
NUMBER = "911"


def _ask(talk, category="violence", text=FEARED):
    talk.remember(checking=category, doubt=Doubt(category=category, text=text, last=text, at=talk.now))


@pytest.mark.parametrize("category", ["violence", "kidnapping"])
def test_the_check_fits_what_is_only_threatened(knowledge, category):
    words = knowledge.categories[category].check
    assert "soon" in words.en or "wants to" in words.en
    assert "pronto" in words.es or "quiera" in words.es


def test_a_question_after_it_is_answered_behind_the_number(talk):
    _ask(talk)
    turn = talk.say("¿cuánto cuesta el pasaporte mexicano por seis años?")
    assert turn.reading.answered == ("pasaporte",)
    assert NUMBER in turn.replies[0].text or NUMBER in turn.replies[1].text


def test_a_no_is_answered_without_it(talk):
    _ask(talk)
    talk.say("no, ¿cuánto cuesta el pasaporte mexicano por seis años?")
    assert NUMBER not in talk.said


@pytest.mark.parametrize("category", ["violence", "kidnapping", "child"])
def test_a_fact_that_is_added_is_that_danger(talk, category):
    _ask(talk, category)
    assert talk.say("ella es de puebla y no se anima a salir").reading.outcome is Outcome.URGENT


@pytest.mark.parametrize("text", ["gracias, otra cosa, lo de mi pasaporte", "muchas gracias"])
def test_another_matter_is_no_fact(talk, text):
    _ask(talk)
    assert talk.say(text).reading.outcome is not Outcome.URGENT


@pytest.mark.parametrize("earnest", ["ya en serio, ", "fuera de broma, ", "for real now, "])
def test_a_threat_in_earnest_is_heard_after_a_joke(talk, earnest):
    talk.say("dicen que el patrón los va a matar a todos si llegan tarde jaja")
    turn = talk.say(f"{earnest}el ex de mi hermana dijo que el viernes viene con una pistola por ella")
    assert turn.reading.outcome is Outcome.URGENT


DRIVES = "mi hijo salió de dallas el martes por tierra, ya debía estar aquí"


@pytest.mark.parametrize(
    ("category", "text", "more"),
    [
        ("missing", DRIVES, "viene en su troca y trae papeles, por la carretera de laredo a monterrey creo"),
        ("missing", DRIVES, "que no aparece mi hijo, le digo"),
        ("missing", DRIVES, "viene manejando su camioneta con placas de texas, por la carretera de laredo creo"),
        ("missing", "my cousin left houston on monday driving to san luis", "the last we heard was laredo"),
        ("medical", "mi papá se siente raro del pecho", "tiene 60 años y es diabético"),
        ("detention", "vinieron unos señores a la puerta", "traían chaleco y preguntaron por mí"),
    ],
)
def test_more_of_what_was_asked_about_is_a_yes(talk, category, text, more):
    talk.was_asked(category, text)
    assert talk.say(more).reading.urgent.category == category


@pytest.mark.parametrize(
    "more",
    ["quiero sacar mi matrícula", "¿qué papeles pide la troca para pasar?", "mi abuelo trabajó 25 años en indiana"],
)
def test_another_matter_is_no_yes(talk, more):
    talk.was_asked("missing", DRIVES)
    assert talk.say(more).reading.outcome is not Outcome.URGENT


@pytest.mark.parametrize(
    "yes",
    ["pues sí, no sabemos nada", "así es señora", "eso mismo le digo", "yeah basically", "that's right", "exacto"],
)
def test_a_yes_in_other_words_is_a_yes(talk, yes):
    talk.was_asked("missing", DRIVES)
    assert talk.say(yes).reading.urgent.category == "missing"


@pytest.mark.parametrize(
    ("category", "text", "no"),
    [
        ("missing", "mi marido lleva un mes sin mandar nada", "sí me contesta"),
        ("missing", "my husband sent nothing for weeks", "he does answer me"),
        ("missing", "mi hermana se fue a phoenix y no sabemos", "hablo con ella a diario por teléfono"),
        ("deportation", "mi esposo ya no manda dinero", "nadie lo deportó"),
        ("kidnapping", "se llevaron a mi primo", "no es secuestro"),
    ],
)
def test_who_denies_the_very_danger_is_believed(talk, category, text, no):
    talk.was_asked(category, text)
    assert talk.say(no).reading.outcome is not Outcome.URGENT
    assert talk.conversation.checking is None


def test_what_is_asked_beside_the_denial_is_answered(talk):
    talk.was_asked("kidnapping", "se llevaron a mi primo")
    turn = talk.say("no es secuestro, se fue a la pizca. cuánto cuesta el pasaporte")
    assert turn.reading.answered[0] == "pasaporte"
