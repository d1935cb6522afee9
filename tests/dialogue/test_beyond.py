"""What is in our field and not in our knowledge: who does know, and a next step."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.words.talk import beyond, surely_beyond
from knowledge.model import Knowledge
from tests.support.talk import Talk, topic_of


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("cuándo renuevan el TPS de mi país", None),  # a topic of its own
        ("me negaron la visa americana", "us-visitor-visa"),
        ("mi suegra de sinaloa quiere sacar la visa gringa", "us-visitor-visa"),
        ("how do i sign up for food stamps", "us-benefits"),
        ("me toca juez de inmigración y perdí el papel", "us-court"),
        ("licencia de manejar para indocumentados", None),  # which states give it stands in a section
        ("cómo saco la licencia de manejar en texas", "us-licence"),
        ("my landlord gave me an eviction notice", "us-law"),
        ("debo la renta y me quieren sacar del departamento", None),  # a topic of its own
        ("el casero nos corre porque estamos atrasados un mes", "us-law"),
        ("the owner can kick us out if we owe two months of rent", None),
        ("mi patrón me corrió y me debe un mes", None),
        ("el dueño del restaurante me corrió y me debe dos meses", None),
        ("mi licencia de california vale en méxico", "us-licence"),
        ("sirve la licencia mexicana en nevada", "us-licence"),
        ("is my mexican driver's license good in texas", "us-licence"),
        ("en que camion me voy seguro sin que me baje migracion", "travel-unstopped"),
        ("what road is safe from immigration in mexico", "travel-unstopped"),
        ("el camion para ir a la oficina de migracion", None),
        ("se me olvidó la contraseña del SAT", "sat-procedures"),
        ("pasaporte venezolano vencido", "other-papers"),
        ("consulado de cuba en tapachula", "other-consulates"),
        ("where is the haitian embassy in mexico", "other-consulates"),
        ("que paso con el tps de los hondureños", "tps-honduras"),
        ("mi esposa es salvadoreña y quiere entrar a la escuela", None),
        ("acta de nacimiento de ecuador apostillada", "other-papers"),
        ("el abogado no habla español", None),
        ("mi suegro fue bracero y nunca cobró su ahorro", "braceros"),
        ("are they still paying widows of ex braceros", "braceros"),
        ("busco a un tío que se fue de bracero", None),
        ("se me venció la tenencia de la camioneta en durango", "mexican-vehicle"),
        ("my infonavit balance is wrong", "infonavit-credit"),
        ("cuánto cobra el notario por la escritura de un lote", "mexican-deeds"),
        ("who holds the papers of our ejido plot", "agrarian-land"),
        ("cuánto me deben dar de finiquito", "mexican-labour-amounts"),
        ("my green card expired and i need to renew it", "uscis-case"),
        ("cuándo me devuelven la fianza de mi primo", "immigration-bond-refund"),
        ("al adoptar la nacionalidad mexicana qué gano", None),
        ("receta de mole", None),
        ("soy de puebla y vuelvo de alemania con todo y familia", None),
        ("estudie en una escuela de chile y quiero trabajar en mexico", None),
        ("que visa piden para trabajar en australia", "other-country"),
        ("mi cuñada es salvadoreña, qué visa de México ocupa", None),
        ("mexican visa for my colombian wife", None),
        ("mi vecino salvadoreño perdió la visa y el acta de su país", "other-papers"),
    ],
)
def test_the_subject_that_is_named(text: str, subject: str | None, knowledge: Knowledge) -> None:
    found = beyond(text, knowledge)
    assert (found.id if found else None) == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("mi tía de colima quiere pedir visa de turista americana", None),  # a topic of its own
        ("la deportaron, puede pedir la visa americana", None),
        ("perdón, la visa gringa, mi cuñada vive en Zacatecas", None),  # a topic of its own
        ("en la clínica de mi pueblo nunca hay medicamento para la presión", "medicine-not-in-stock"),
        ("a mi abuelo no le surten su receta en el IMSS", "medicine-not-in-stock"),
        ("the clinic in Morelia is out of insulin for my dad", "medicine-not-in-stock"),
        ("me deportaron y no me surten la medicina sin credencial", None),
        ("la directora de la primaria no lo deja entrar si no doy la cooperación", "mexican-school-fees"),
        ("can a mexican public school ask for a fee to enrol her", "mexican-school-fees"),
        ("cuánto es la cuota de la universidad en texas", None),
        ("hay que reformar el acta constitutiva de la asociación", "association-statutes"),
        ("we retired in Merida, must we keep filing our US taxes", "us-taxes"),
        ("who helps me file us taxes with an itin", None),
        ("visa de turista para entrar a méxico", None),
        ("un notario de puebla para formar la asociación civil", "founding-association"),
        ("my nephew is 18, does he sign up for selective service", "selective-service"),
        ("me citaron para ser jurado en el condado", "jury-duty"),
        ("how do they decide the priority date", "us-family-petition"),
        ("how much for car insurance in ohio", "insurance"),
        ("es obligatorio el seguro del carro en mexico", None),
        ("qué pasa en el juicio de mi hermano, va a haber jurado", None),
        ("refugio para mujeres en toronto", None),
        ("the embassy and the airline refund", None),
        ("la pensión del issste de mi tía", None),  # a topic of its own
        ("el consulado da licencia de manejar", "mexican-licence-abroad"),
        ("how do i renew my mexican license from chicago", "mexican-licence-abroad"),
        ("la licencia mexicana me sirve de identificación en el consulado", None),
    ],
)
def test_what_is_surely_of_others_goes_before_any_topic(text: str, subject: str | None, knowledge: Knowledge) -> None:
    found = surely_beyond(text, knowledge)
    assert (found.id if found else None) == subject


def test_who_does_know_is_said_and_not_a_bare_menu(talk: Talk) -> None:
    turn = talk.say("mi sobrino tiene un sijs pendiente, a quién le pregunto")
    assert turn.reading.outcome is Outcome.FALLBACK
    assert "888 624 4752" in talk.said
    assert "abogado" in talk.said


@pytest.mark.parametrize("text", ["qué hago para la pensión de mi tío, fue bracero en los cincuenta"])
def test_what_we_surely_do_not_know_is_admitted_before_a_topic_that_sounds_alike(text: str, talk: Talk) -> None:
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.FALLBACK
    assert "bracero" in talk.said


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("olvide mi numero de seguro social de mexico", None),
        ("where do i get my mexican social security number", None),
        ("como saco el social security de mi bebe", None),
        ("con mi nss puedo ver mi afore", None),
        ("mi hija quiere el programa de bienestar de jovenes construyendo", "bienestar-programmes"),
        ("a mi abuelita le toca la pension del bienestar", None),
        ("mi papa necesita ayuda, lo deportaron a los 66", None),
        ("tengo 70 y vuelvo, como cobro mi pension de social security", None),
        ("el doctor de imss bienestar no vino", None),
        ("nuestra boda fue en nevada, vale el matrimonio en mexico", None),
        ("we are already married, should we register it in mexico", None),
        ("what papers do we need for a wedding at the consulate", None),
        ("mi tps se acaba en marzo", None),  # a topic of its own
        ("a los 62 me puedo jubilar por el imss con 700 semanas", "imss-pension"),
        ("my dad wants his imss retirement, who knows his weeks", "imss-pension"),
        ("junto mis semanas cotizadas con los años de estados unidos", None),
        ("me toca pension del bienestar si tuve imss", None),
        ("el 911 recibe textos si no podemos hablar", "text-to-911"),
        ("is it possible to message 911", "text-to-911"),
        ("me llego un mensaje de texto del 911 pidiendo dinero", None),
        ("numero de urgencias de la embajada mexicana en madrid", "consulates-spain"),
        ("consulado de españa en monterrey", None),
        ("saco mi pasaporte en el consulado de barcelona", None),
        ("nos robaron en reynosa, aplica la visa u", "u-visa-where"),
        ("can i get a u visa for what happened in juarez", "u-visa-where"),
        ("mi esposa y yo vamos a mexico con la visa u pendiente", None),
        ("llevo a mis niños a mexico, entran con su pasaporte azul?", "children-on-us-passport"),
        ("can our son enter mexico on his american passport", "children-on-us-passport"),
        ("cuanto cuesta el pasaporte mexicano de mi hijo para viajar a mexico", None),
    ],
)
def test_what_is_surely_not_ours(text: str, subject: str | None, knowledge: Knowledge) -> None:
    found = surely_beyond(text, knowledge)
    assert (found.id if found else None) == subject


def test_a_story_that_names_it_in_passing_is_not_surely_about_it(knowledge: Knowledge) -> None:
    story = "mi cuñada tiene tps y trabaja conmigo en la fabrica, el patron nos debe tres semanas a las dos y ya cerro"
    assert surely_beyond(f"{story}, a donde vamos a cobrar lo que nos deben", knowledge) is None


@pytest.mark.parametrize(
    "text",
    [
        "y si viajo a ver a mi abuela me dejan entrar otra vez",
        "un notario me dice que él lo tramita",
        "no soy mexicano, soy hondureño",
        "mi hija nacida aquí me puede pedir",
    ],
)
def test_what_goes_on_with_a_matter_of_the_united_states_is_no_matter_of_mexico(text: str, talk: Talk) -> None:
    talk.say("tengo tps y vivo en houston")
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.FALLBACK
    assert "abogado" in talk.said
    assert "888 624 4752" in talk.said


def test_another_matter_after_it_is_answered(talk: Talk) -> None:
    talk.say("tengo tps y vivo en houston")
    assert talk.say("el patron no me pago mi ultima semana").reading.answered
    talk.say("/start")
    talk.say("tengo tps y vivo en houston")
    assert "pasaporte" in talk.say("quiero renovar el pasaporte mexicano de mi hija").reading.answered


def test_a_topic_that_was_open_is_left(talk: Talk) -> None:
    talk.say("cuanto cuesta la matricula consular")
    talk.say("a los 62 me puedo jubilar por el imss con 700 semanas")
    assert talk.conversation.topic is None


@pytest.mark.parametrize(
    "text",
    [
        "mi hija de 15 quiere trabajar en el verano, necesita permiso?",
        "does my 16 year old nephew need papers to work",
        "tengo 17 y quiero trabajar, que permiso ocupo",
    ],
)
def test_a_minors_work_permit_is_no_card_of_the_border(text: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    assert talk.say(text).reading.outcome is Outcome.FALLBACK
    assert "866 487 9243" in talk.said


def test_what_we_know_beside_a_subject_stands_before_what_sounds_alike(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    turn = talk.say("my sister got her green card in may, can her husband apply now, he is in morelia")
    offered = [topic_of(choice.payload) for choice in turn.conversation.offered]
    assert "diagnostico-migratorio" in {*(turn.reading.answered or offered)}


def test_of_a_long_story_what_it_says_is_needed_is_heard(talk: Talk) -> None:
    talk.say(
        "me regresaron en enero y vivo en Agua Prieta, allá dejé mi camioneta, mi ropa y lo que tenía en el banco, "
        "y ya me contrataron en una fábrica pero me piden el rfc y el número de seguro"
    )
    assert "SAT" in talk.said
    assert "IMSS" in talk.said


def test_a_house_in_the_name_of_who_died_is_known_as_what_we_do_not_have(knowledge: Knowledge) -> None:
    found = beyond("we still have a small house in Zacatecas under his name, how could i get it into mine", knowledge)
    assert found is not None
    assert found.id == "inherited-house"


@pytest.mark.parametrize(
    "text",
    [
        "queremos constituir una asociación civil, qué notario nos conviene",
        "en cuánto sale el acta constitutiva",
        "we want to set up an ngo in mexico, an asociacion civil",
    ],
)
def test_founding_an_association_is_admitted(talk: Talk, text: str) -> None:
    talk.say("qué es la oficina de la SRE para las osc")
    assert talk.say(text).reading.outcome is Outcome.FALLBACK
    assert "CLUNI" in talk.said
    assert talk.say("y el notario?").reading.outcome is Outcome.FALLBACK


@pytest.mark.parametrize(
    "text",
    [
        "aún no somos donataria, nos pueden hacer donativos?",
        "podemos recibir dinero sin ser donatarias",
        "can people give us donations without being an authorised donee",
    ],
)
def test_gifts_without_being_a_donee_are_not_the_requirements_again(talk: Talk, text: str) -> None:
    talk.say("requisitos para ser donataria autorizada")
    assert talk.say(text).reading.outcome is Outcome.FALLBACK
    assert "recibos" in talk.said or "receipts" in talk.said


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("cuánto cobra el notario por un poder", "poder-notarial-consular"),
        ("cómo registramos la asociación ante la OEA", "oea-registro"),
        ("cómo nos hacemos donataria autorizada", "coinversion-social"),
    ],
)
def test_what_associations_ask_that_we_know_is_answered(talk: Talk, text: str, topic: str) -> None:
    assert talk.say(text).reading.answered == (topic,)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("ando en montreal con permiso de trabajo, cómo saco la credencial del ine", "credencial-votar-extranjero"),
        ("trabajo en calgary con permiso de trabajo, quiero tramitar mi ine", "credencial-votar-extranjero"),
        ("mi permiso de canada se me acaba y ocupo renovar mi pasaporte en calgary", "pasaporte"),
    ],
)
def test_what_we_know_is_answered_beside_what_is_not_ours(talk: Talk, text: str, topic: str) -> None:
    assert talk.say(text).reading.answered == (topic,)


@pytest.mark.parametrize(
    "text",
    [
        "ya junté mis semanas del imss, cómo me jubilo",
        "cuántas semanas del imss piden para la pensión",
        "my dad worked in mexico, how does he retire with the imss",
    ],
)
def test_the_pension_of_the_imss_is_the_imss_s(talk: Talk, text: str) -> None:
    assert talk.say(text).reading.outcome is Outcome.FALLBACK
    assert "IMSS" in talk.said


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("me suman los años del imss con los de estados unidos para la pension", "seguridad-social-exterior"),
        ("cómo saco mi afore estando en chicago", "sartel-eua"),
        ("murió mi abuelo y dejó tierra ejidal sin testamento, quién la hereda", "poder-notarial-consular"),
    ],
)
def test_what_stands_beside_it_is_ours(talk: Talk, text: str, topic: str) -> None:
    talk.say(text)
    assert topic in (talk.conversation.topic, *(topic_of(one.payload) for one in talk.conversation.offered))


def test_a_foreign_relatives_own_passport_is_their_countrys(talk: Talk) -> None:
    talk.say("cómo saco el pasaporte mexicano de mi hija")
    turn = talk.say("y a mi suegra que es guatemalteca le sacan su pasaporte en el consulado?")
    assert turn.reading.outcome is Outcome.FALLBACK


def test_what_is_only_told_is_not_the_subject(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("ya metí mi solicitud de refugio en Tenosique")
    said = talk.say("¿ya puedo trabajar con la constancia? en la obra el encargado me pide mi RFC")
    assert said.reading.policy == "answer"


@pytest.mark.parametrize("text", ["y cuanto tarda", "how much is it", "que papeles llevo"])
def test_a_question_that_names_nothing_is_asked_of_what(text: str, knowledge: Knowledge) -> None:
    turn = Talk(knowledge).say(text)
    assert turn.reading.policy == "nameless"
    assert len(turn.replies[-1].choices) == len(knowledge.menu)


def test_what_follows_a_subject_that_is_not_ours_is_of_it_and_no_other_topic(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("quiero sacar el pasaporte")
    assert talk.say("cuanto cuesta el seguro de carro").reading.policy == "not_ours"
    for text in ("y cuanto tarda", "y que papeles llevo"):
        assert talk.say(text).reading.policy == "nameless"
    assert talk.say("y el pasaporte cuanto tarda").reading.policy == "answer"
