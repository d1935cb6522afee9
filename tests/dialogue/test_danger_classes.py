"""Classes of danger that testers saw missed, and of harmless talk that they saw taken for it: in other words."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.danger.judging import judge
from bot.dialogue.danger.rules import read_rules
from knowledge.model import Knowledge
from tests.support.talk import Talk

RULES = [
    ("violence/beaten", "a mi cuñada el esposo la golpea, vive en tulsa y no denuncia"),
    ("violence/beaten", "my ex shoved me against the sink"),
    ("violence/ice-as-a-threat", "mi novio dice que le llama a la migra si me voy"),
    ("violence/ice-as-a-threat", "my husband threatens to call ice on me"),
    ("violence/persecuted", "no podemos volver al rancho por los malandros"),
    ("violence/persecuted", "nos matan si volvemos, por eso no regreso"),
    ("violence/persecuted", "a van has been following us since the toll booth"),
    ("child/with-a-smuggler", "tengo 14 y un señor me va a pasar al otro lado"),
    ("child/with-a-smuggler", "mi sobrina de 15 se va mañana con un pollero"),
    ("child/ran-away", "our kid brother ran away on sunday"),
    ("child/ran-away", "mi hijo de 13 se escapó anoche"),
    ("deportation/being-removed", "ya le pusieron fecha para sacarlo del país"),
    ("kidnapping/others-held", "nos avisaron que hay nueve mujeres encerradas en un bar"),
    ("kidnapping/forced-work", "a mi primo lo engancharon para ir a la guerra"),
    ("lost/behind-hurt", "he was left behind because his knee gave out, he cant walk"),
    ("medical/head", "ya no nos reconoce desde que le pegaron con el tubo"),
    ("destitution/hungry", "y qué comemos hoy"),
    ("detention/taken", "se llevaron a mi cuñado saliendo del jale"),
    ("detention/taken", "no sabemos a dónde la trasladaron"),
    ("detention/taken", "we have no idea where they took our son"),
    ("detention/by-officers", "el inm tiene detenida a una prima de mi esposa"),
    ("missing/silent", "mi hermano va para tres semanas que no me contesta"),
    ("violence/sexual", "es que mi padrastro me toca"),
    ("violence/sexual", "my cousin keeps touching me"),
    ("lost/lost-now", "ya oscureció y no sabemos dónde andamos"),
]


@pytest.mark.parametrize(("rule", "text"), RULES)
def test_the_class_has_a_rule(rule: str, text: str, knowledge: Knowledge) -> None:
    fired = {f"{found.category.id}/{found.rule.id}" for found in read_rules(text, knowledge).found}
    assert rule in fired


@pytest.mark.parametrize(
    "text",
    [
        "su papá se fue hace años and we dont know where he is",
        "mi marido va para cuatro meses que no me manda nada para los niños",
        "my wife stopped sending me texts in english, she is learning",
        "mi ex no sabe dónde estamos ni le voy a decir",
        "mi tío me toca las mañanitas cada cumpleaños",
    ],
)
def test_no_rule_is_sure_of_what_only_shares_words(text: str, knowledge: Knowledge) -> None:
    assert not read_rules(text, knowledge).sure


@pytest.mark.parametrize(
    "text",
    [
        "le pega el marido a mi tia desde hace años y ella no quiere denunciar",
        "tengo 15, un conocido de mi tio me quiere llevar al norte por cinco mil",
        "my boyfriend says he will call ice on me if i ever leave him",
        "no puedo regresar a mi pueblo por la maña, me andan buscando",
        "nos reportan que tienen a diez personas encerradas en una bodega",
        "my kid sister ran away from home, shes 13",
        "el esposo de mi tía se mete a mi cama cuando todos duermen",
        "my moms boyfriend does stuff to me when shes at work",
        "con la inundación se echó a perder la insulina de mi papá y ya anda mareado",
    ],
)
def test_a_danger_of_the_class_is_at_least_asked_about(text: str, knowledge: Knowledge) -> None:
    reading = judge(text, knowledge)
    assert reading is not None
    assert reading.sure or reading.unsure


@pytest.mark.parametrize(
    "text",
    [
        "mi papá no ha comido nada desde ayer porque lo operan de la rodilla",
        "las actas de mis hijas se nos perdieron cuando cruzamos",
        "in nov 2011 he was picked up by ice and sent to mexico, how does he apply now",
        "mi primo cumple condena en texas, ¿cómo le pongo dinero para la tienda?",
        "mi ex quiere llevarse a los niños de vacaciones a puebla, ¿puedo negarme?",
        "nos sacaron del departamento pero ya rentamos otro",
        "el señor nos dejó y no sé dónde anda, ¿puedo sacar sola el pasaporte del niño?",
        "mi esposo trabaja en denver y desde agosto no me deposita, tenemos dos niñas",
        "their father walked out and nobody knows where he lives, who signs for the trip",
    ],
)
def test_what_only_sounds_like_it_gets_no_help(text: str, knowledge: Knowledge) -> None:
    reading = judge(text, knowledge)
    assert reading is None or not reading.sure


ASKED = {"ya no aguanto mas": "self_harm", "creo que mi jefe me quiere hacer algo": "violence"}
"""What is asked about, and as which danger."""


@pytest.mark.parametrize("doubtful", ASKED)
def test_after_a_check_what_is_wholly_about_another_thing_is_no_yes(doubtful: str, talk: Talk) -> None:
    talk.say(doubtful)
    assert talk.conversation.danger.category == ASKED[doubtful]
    said = talk.say("leí en el face que van a cobrar impuesto a los envíos de dinero a méxico")
    assert said.reading.outcome is not Outcome.URGENT


@pytest.mark.parametrize("unclear", ["pues ya no sé", "quién sabe", "a lo mejor", "i dont know", "maybe"])
@pytest.mark.parametrize("doubtful", ASKED)
def test_after_a_check_what_says_little_is_still_danger(doubtful: str, unclear: str, talk: Talk) -> None:
    assert talk.say(doubtful).reading.outcome is Outcome.CHECK
    assert talk.say(unclear).reading.outcome is Outcome.URGENT
    assert talk.conversation.danger.category == ASKED[doubtful]
