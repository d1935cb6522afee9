"""The walk through procedures in conversation: every path, words, danger, pauses, watched phones, random jumps."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel
from bot.conversation import CaseView, Conversation, Desk, Kind, Level, OpenDanger, Outcome
from bot.conversation.ports import Capabilities
from bot.conversation.state import Checklist
from bot.dialogue.words.payload import LIMIT, make
from bot.texts import say
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS, Lang
from tests.support.content import content
from tests.support.errand import TOPIC, changed, with_errand
from tests.support.talk import MINUTE, NOON, Talk, person

CHANNELS = (TelegramChannel.capabilities, Capabilities(1600, 3, 20, fewest_buttons=1, button_text_limit=1024))


def talking(knowledge: Knowledge, lang: Lang = "es", **state: object) -> Talk:
    return Talk(knowledge, Conversation(greeted=True, lang=lang, lang_chosen=True).having(**state))


def begin(talk: Talk, procedure: str = "errand") -> Talk:
    talk.send(Kind.TAP, payload=make("z", procedure, "g"))
    return talk


def at_step(knowledge: Knowledge, *steps: str) -> Talk:
    """An adult in the United States alone, with these steps done."""
    talk = begin(Talk(knowledge, person(country="US", age_group="adult")))
    for step in steps:
        talk.send(Kind.TAP, payload=make("z", "errand", "d", step))
    return talk


@pytest.fixture(scope="module")
def errand() -> Knowledge:
    return with_errand()


def walked(talk: Talk, procedure: str) -> Iterator[tuple[str, ...]]:
    """What is tapped from here on by taps alone to each end, and how it ends; where paths part, they share what was
    before. Every button on the way fits, and every message fits every channel."""
    [reply] = talk.turns[-1].replies
    assert reply.text.strip()
    assert reply.choices, f"a dead end: {reply.text}"
    assert all(len(choice.payload.encode()) <= LIMIT and choice.label.strip() for choice in reply.choices)
    assert all(fit(reply, limits) for limits in CHANNELS)
    taps = [
        choice.payload.split("|")[1:] for choice in reply.choices if choice.payload.split("|")[2:3] in (["d"], ["a"])
    ]
    if not taps or taps[0][0] != procedure:  # the end, or another procedure, which is walked by itself
        yield ("end", taps[0][0] if taps else talk.turns[-1].reading.why)
        return
    for _, does, *about in taps if taps[0][1] == "a" else taps[:1]:
        beside = talk.fork()
        if does == "d":
            beside.send(Kind.TAP, payload=make("z", procedure, "b", *about))
            assert beside.said.strip()
        beside.send(Kind.TAP, payload=make("z", procedure, does, *about))
        yield (does, *about)
        yield from walked(beside, procedure)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("procedure", [*content().procedures, "errand"])
def test_every_path_of_every_procedure_is_walked_to_its_end(procedure: str, lang: Lang, errand: Knowledge) -> None:
    knowledge = errand if procedure == "errand" else content()
    ours, seen = knowledge.procedures[procedure], {*walked(begin(talking(knowledge, lang), procedure), procedure)}
    every = {("d", step.id) for step in ours.steps}
    options = [(question, option) for question in ours.questions for option in question.options]
    every |= {("a", question.id, option.id) for question, option in options}
    every |= {
        ("end", "the end"),
        *(("end", option.begins or "it ends for them") for _, option in options if option.stop),
    }
    assert seen == every


def test_it_is_offered_behind_the_answer_of_its_topic_and_never_forced(errand: Knowledge) -> None:
    talk = Talk(errand)
    turn = talk.say("que es la matricula consular")
    assert turn.reading.outcome is Outcome.ANSWER
    assert say("steps.offer", "es") in talk.labels
    assert "Paso 1" not in talk.said
    talk.tap(say("steps.offer", "es"))
    assert "¿Ya cumplió 18 años?" in talk.said


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("no me pagaron mi trabajo en Canadá", "Reclamar el sueldo en Canadá"),
        ("i was not paid for my work in Canada", "Claim unpaid wages in Canada"),
        ("me deben mi sueldo de la obra", "Reclamar el sueldo que le deben en EE. UU."),
    ],
)
def test_the_errand_of_the_very_section_is_offered(said: str, label: str) -> None:
    talk = Talk(content(), Conversation(greeted=True))
    talk.say(said)
    assert [one for one in talk.labels if one == label], talk.labels


def test_in_a_case_it_is_not_offered(errand: Knowledge) -> None:
    talk = Talk(errand)
    talk.remember(case=CaseView(claimed=False, category=None, level=Level.PRIORITY))
    talk.say("que es la matricula consular")
    assert say("steps.offer", "es") not in talk.labels


def test_what_is_known_is_not_asked(errand: Knowledge) -> None:
    assert "Paso 1 de 3: Pida la cita" in at_step(errand).said


WORDS = [
    # steps done before, what is said, what is found in the answer
    ((), "ya la hice", "Paso 2 de 3"),
    ((), "listo", "Paso 2 de 3"),
    ((), "siguiente", "Paso 2 de 3"),
    ((), "después", "Paso 2 de 3"),
    ((), "ok next", "Paso 2 de 3"),
    ((), "ya tengo la cita", "Paso 2 de 3"),
    (("book",), "atrás", "Paso 1 de 3"),
    (("book",), "¿en qué iba?", "Paso 2 de 3"),
    (("book",), "ya tengo el acta", "Tiene: Acta de nacimiento."),
    (("book",), "no tengo el acta", "La da el registro civil."),
    (("book",), "ya junte todo menos el acta", "La da el registro civil."),
    (("book",), "que es el acta? a mi me dieron una hojita", "• Acta de nacimiento."),
    (("book",), "ya tengo las fotos, nomas me falta el acta", "La da el registro civil."),
    (("book",), "en que hiba", "Paso 2 de 3"),
    (("book",), "regresese un paso atras", "Paso 1 de 3"),
    (("book",), "me faltan las fotos", "Iguales y sin lentes."),
    (("book",), "qué llevo", "• Acta de nacimiento. La da el registro civil. 41 dólares."),
    (("book",), "¿qué me falta?", "Le falta: Acta de nacimiento y Dos fotos."),
    (("book",), "cuánto es todo", "¿Para cuántas personas es?"),
    (("book",), "y cuánto cuesta", "41 dólares"),
    ((), "y cuánto tarda", "Mis fuentes no dicen cuánto tarda"),
    ((), "y dónde", "Por teléfono."),
    (("book",), "me piden otra cosa, una carta", "no está en mis fuentes"),
    ((), "no me contestan", "Llame al"),
    ((), "me dijeron que no", "la razón por escrito"),
    ((), "déjalo", "No se pierde"),
    ((), "una lista para reenviar", "Lista para Sacar la credencial"),
]


@pytest.mark.parametrize(("done", "words", "found"), WORDS)
def test_words_anywhere(done: tuple[str, ...], words: str, found: str, errand: Knowledge) -> None:
    talk = at_step(errand, *done)
    if done:
        talk.say("una") if talk.conversation.steps[-1].asked else None
    talk.say(words)
    assert found in talk.said, talk.said


UNSURE = [
    # what follows our question whether the step is done, what is found in the answer
    ("sí", "Paso 2 de 3"),
    ("simón, ya quedó", "Paso 2 de 3"),
    ("todavía no", "Paso 1 de 3"),
    ("¿cuánto cuesta un poder notarial?", "poder"),
]


@pytest.mark.parametrize(("words", "found"), UNSURE)
def test_words_that_may_mean_that_it_is_done_are_asked_about_once(words: str, found: str, errand: Knowledge) -> None:
    talk = at_step(errand)
    talk.say("me huellearon y todo")
    assert "¿ya quedó «" in talk.said
    talk.say(words)
    assert found in talk.said, talk.said


def test_it_is_not_asked_twice_in_a_row(errand: Knowledge) -> None:
    talk = at_step(errand)
    talk.say("me huellearon y todo")
    talk.say("pues el gato anda en el tejado")
    assert "¿ya quedó «" not in talk.said


def test_a_later_step_told_done_is_noted_and_what_was_skipped_is_named(errand: Knowledge) -> None:
    talk = at_step(errand)
    talk.send(Kind.TAP, payload=make("z", "errand", "d", "bring"))
    assert "Anotado como hecho: Pedir la cita y Llevar sus papeles." in talk.said


@pytest.mark.parametrize("said", ["regrésame porfa, me equivoqué en el acta", "me equivoqué, atrás con lo del acta"])
def test_back_with_a_reason_opens_the_step_that_is_named(said: str) -> None:
    talk = begin(talking(content()), "passport-renewal")
    for words in ("lo perdí", "ya puse el reporte", "ya junté los papeles"):
        talk.say(words)
    before = talk.conversation.steps[-1].step
    talk.say(said)
    opened = talk.conversation.steps[-1]
    step = next(one for one in content().procedures["passport-renewal"].steps if one.id == opened.step)
    assert opened.step != before
    assert any("birth" in paper for paper in step.bring), (before, opened, talk.said)


def test_the_sum_asks_what_it_hangs_on_and_then_is_said(errand: Knowledge) -> None:
    talk = at_step(errand)
    talk.say("cuánto es todo")
    talk.say("son tres")
    assert "123 USD. Sin contar los documentos que le falten (Acta de nacimiento: 41 dólares)" in talk.said
    assert "Paso" not in talk.said
    talk.say("listo")
    assert "Paso 2 de 3" in talk.said


ANSWERS = [
    # procedure, what is said to its questions one after another, what is answered by then
    ("child-passport", ["ya tengo el acta", "voy yo sola"], {"registered": "yes", "parents": "far"}),
    ("child-passport", ["sí, ya está registrada", "mi esposo y yo"], {"registered": "yes", "parents": "both"}),
    ("child-passport", ["solo tiene la americana"], {"registered": "no"}),
    ("child-passport", ["no tengo la identificación"], {}),
    ("csw", ["todavía no tenemos el estatus de ecosoc"], {"status": "no"}),
    ("ecosoc", ["llevamos cinco años"], {"years": "yes"}),
    ("ecosoc", ["apenas tenemos un año"], {"years": "no"}),
    ("dgc", ["tenemos dos años"], {"years": "no"}),
    ("matricula", ["se me venció", "no me he cambiado"], {"kind": "renew", "moved": "no"}),
    ("passport-renewal", ["me lo robaron"], {"have": "no"}),
    ("body-home", ["en estados unidos", "estoy en mexico"], {"died": "us", "where": "mx"}),
    ("curp", ["sí tengo acta", "no aparece"], {"who": "yes", "need": "find"}),
    ("return-mexico", ["ya estoy en méxico"], {"now": "mx"}),
    ("ecosoc", ["we have been registered for five years"], {"years": "yes"}),
    ("child-passport", ["not yet"], {"registered": "no"}),
    ("ecosoc", ["yes of course, we were founded in 2015"], {"years": "yes"}),
    ("ecosoc", ["no sé cuántos llevamos"], {}),
    ("curp", ["pues sí, de michoacán"], {"who": "yes"}),
    ("child-passport", ["no, apenas la vamos a registrar"], {"registered": "no"}),
]


@pytest.mark.parametrize(("procedure", "said", "expected"), ANSWERS)
def test_questions_are_answered_in_ones_own_words(procedure: str, said: list[str], expected: dict[str, str]) -> None:
    talk = begin(talking(content()), procedure)
    for words in said:
        talk.say(words)
    answers = {name: known for one in talk.conversation.steps for name, known in one.answers.items()}
    stopped = talk.turns[-1].reading.why == "it ends for them"
    assert stopped or answers == expected
    assert not stopped or [*expected.values()][-1] in ("no", "child", "never")


def test_a_doubtful_no_answers_the_question_of_a_step() -> None:
    talk = begin(talking(content()), "unfccc")
    talk.say("creo que no")
    assert "Paso 1 de 7" in talk.said


@pytest.mark.parametrize(
    ("procedure", "answers", "done"),
    [
        ("oas", [], "listo, leídas"),
        ("cluni", ["sí"], "ya están escaneados"),
        ("donee", [], "ya está todo al corriente"),
        ("apostille", ["de estados unidos"], "sí me la piden"),
        ("car-import", ["se queda", "zacatecas"], "es modelo 2018"),
        ("passport-urgent", ["lo perdí"], "ya marqué al consulado"),
    ],
)
def test_a_step_is_done_in_ones_own_words(procedure: str, answers: list[str], done: str) -> None:
    talk = begin(talking(content()), procedure)
    for said in (*answers, done):
        talk.say(said)
    assert "Anotado" in talk.said


@pytest.mark.parametrize("said", ["paso a paso", "guíeme", "step by step", "sí, paso a paso porfa"])
def test_a_bare_wish_for_steps_begins_nothing_that_was_not_spoken_of(said: str) -> None:
    talk = talking(content())
    talk.say(said)
    assert not talk.conversation.steps, talk.said


@pytest.mark.parametrize(
    ("said", "why", "words"),
    [
        ("sin ecosoc a qué foros puedo entrar", "doors", "OEA"),
        ("no tenemos ecosoc, ¿a qué reuniones podemos ir?", "doors", "OEA"),
        ("without ecosoc which forums can we attend", "doors", "OEA"),
        ("carta para pedir unirnos a la delegación de México en la CSW", "a letter", "Carta para pedir lugar"),
        ("necesito una carta para pedir invitación a la asamblea de la OEA", "a letter", "Pedir invitación"),
        ("carta para reclamar mi sueldo", "a letter", "Carta para pedir el sueldo"),
        ("carta para pedir mis recibos de pago del trabajo", "a letter", "Pedir copia de sus registros"),
        ("letter to join the mexican delegation", "a letter", "Carta para pedir lugar"),
        ("¿me da un machote de carta para integrarnos a una delegación?", "a letter", "Carta para pedir lugar"),
        ("comparar la CSW con UNFCCC por favor", "compare", "Participar en la CSW"),
        ("¿cuál tarda más, ECOSOC o la OEA?", "compare", "Registrar su organización en la OEA"),
        ("reclamar mi sueldo paso a paso", "begun", "EE. UU. Los pasos"),
    ],
)
def test_doors_and_letters_are_asked_for_in_ones_own_words(said: str, why: str, words: str) -> None:
    talk = talking(content())
    talk.say(said)
    assert words in talk.said
    assert why in (talk.turns[-1].reading.why, "begun"), talk.said


@pytest.mark.parametrize(
    "said", ["hazme una carta para la OEA", "deme el modelo de carta de invitación a la Asamblea de la OEA"]
)
def test_a_letter_that_is_asked_for_begins_no_errand(said: str) -> None:
    talk = talking(content())
    talk.say(said)
    assert talk.turns[-1].reading.why == "a letter", talk.said
    assert talk.conversation.steps == ()
    assert talk.labels == [say("steps.offer", "es")]
    talk.tap(say("steps.offer", "es"))
    assert [one.procedure for one in talk.conversation.steps] == ["oas"]


@pytest.mark.parametrize(
    "said",
    [
        "carta de invitación para que mi mamá venga de México",
        "necesito un modelo de carta de invitación para la visa de mi papá",
        "template of an invitation letter for my mother to visit me",
    ],
)
def test_an_invitation_of_another_kind_is_no_letter_to_an_assembly(said: str) -> None:
    talk = talking(content())
    talk.say(said)
    assert "Asamblea" not in talk.said
    assert "Assembly" not in talk.said


@pytest.mark.parametrize(
    ("procedure", "answers", "words", "papers"),
    [
        ("child-passport", ["sí", "los dos"], "ya tengo el acta y la INE", {"birth": "has", "parents-id": "has"}),
        (
            "passport-renewal",
            ["sí, lo tengo", "sí, antes"],
            "ya tengo el acta y la ine",
            {"birth": "has", "photo-id": "has"},
        ),
        ("passport-renewal", ["lo perdí"], "ya tengo el acta y la ine", {"birth-lost": "has", "id-lost": "has"}),
        ("matricula", ["primera vez"], "tengo el acta pero no la ine", {"nationality": "has", "photo-id": "lacks"}),
        ("child-passport", ["sí", "los dos"], "no tengo el acta de matrimonio", {}),
    ],
)
def test_the_plain_names_of_a_persons_papers_are_ticked(
    procedure: str, answers: list[str], words: str, papers: dict[str, str]
) -> None:
    talk = begin(talking(content()), procedure)
    for said in answers:
        talk.say(said)
    talk.say(words)
    (ours,) = [one for one in talk.conversation.steps if one.procedure == procedure]
    assert {**dict.fromkeys(ours.has, "has"), **dict.fromkeys(ours.lacks, "lacks")} == papers


@pytest.mark.parametrize("words", ["y cuánto cuesta", "how much does it cost"])
def test_a_short_question_of_a_price_that_names_no_other_matter_is_of_the_errand(words: str) -> None:
    talk = begin(talking(content()), "ecosoc")
    for said in ("sí", "ya la vimos", words):
        talk.say(said)
    assert talk.turns[-1].reading.why in {"what it costs", "cost of a step"}


def test_no_answer_in_a_walk_is_no_sign_of_danger_and_what_follows_it_is_heard() -> None:
    talk = begin(talking(content()), "comar-refuge")
    for words in ("tijuana", "no", "no nos contestan"):
        talk.say(words)
    assert talk.turns[-1].reading.why == "silence"
    talk.say("déjelo")
    assert talk.turns[-1].reading.why == "paused"
    talk.say("no nos contestan mis hijos, se quedaron en el desierto sin agua")
    assert talk.turns[-1].reading.outcome in (Outcome.CHECK, Outcome.URGENT)


def test_of_an_errand_that_was_not_begun_here_its_first_step_is_shown() -> None:
    talk = begin(talking(content()), "ecosoc")
    talk.say("en qué iba con lo de la OEA")
    assert talk.conversation.steps[-1].procedure == "oas"


def test_a_question_in_between_is_answered_and_the_step_stays_open(errand: Knowledge) -> None:
    talk = at_step(errand)
    turn = talk.say("donde esta el consulado de mexico en dallas")
    assert turn.reading.outcome is Outcome.ANSWER
    assert "Dallas" in talk.said
    assert say("steps.go", "es") in talk.labels
    talk.tap(say("steps.go", "es"))
    assert "Paso 1 de 3" in talk.said


def test_a_step_put_off_is_not_asked_again_and_stands_in_the_end(errand: Knowledge) -> None:
    talk = at_step(errand)
    talk.say("después")
    for _ in range(5):
        talk.say("una") if talk.conversation.steps[-1].asked else talk.say("listo")
        if talk.turns[-1].reading.why == "the end":
            break
    assert "Dejó para después: Pedir la cita." in talk.said
    talk.tap("Pedir la cita")
    assert "Paso 1 de 3" in talk.said


def test_danger_goes_first_and_the_step_stays(errand: Knowledge) -> None:
    talk = at_step(errand)
    turn = talk.say("estamos perdidos en el desierto y ya no traemos agua")
    assert turn.reading.outcome is Outcome.URGENT
    assert "911" in talk.said
    assert "Paso" not in talk.said
    assert talk.conversation.steps[-1].step == "book"


@pytest.mark.parametrize("words", ["¿en qué iba?", "listo", "siguiente", "y cuánto cuesta"])
def test_while_a_danger_is_open_no_word_shows_a_step(words: str, errand: Knowledge) -> None:
    talk = at_step(errand)
    talk.say("estamos perdidos en el desierto y ya no traemos agua")
    talk.say(words)
    assert "Paso" not in talk.said


def test_weeks_later_it_resumes_by_ids_also_where_content_changed(errand: Knowledge) -> None:
    talk = at_step(errand, "book")
    assert "Paso 2 de 3: Lleve" in talk.said
    procedure = errand.procedures["errand"]
    added = procedure.steps[0].model_copy(update={"id": "ask-first", "needs": {}})
    reworded = procedure.steps[2].model_copy(update={"text": procedure.silence})
    steps = (added, *procedure.steps[:2], reworded, *procedure.steps[3:])
    talk.knowledge = changed(errand, procedure.model_copy(update={"steps": steps}))
    talk.conversation = Conversation.restored(talk.conversation.stored())
    talk.now += timedelta(days=28)
    talk.say("¿en qué iba?")
    assert "Paso 3 de 4: Llame al" in talk.said


def test_a_step_or_a_procedure_that_is_gone_strands_nobody(errand: Knowledge) -> None:
    talk = at_step(errand, "book")
    procedure = errand.procedures["errand"]
    steps = tuple(step for step in procedure.steps if step.id != "bring")
    talk.knowledge = changed(errand, procedure.model_copy(update={"steps": (*steps, steps[0])[:3]}))
    talk.say("¿en qué iba?")
    assert talk.turns[-1].replies
    talk.knowledge = errand.saying(procedures={})
    talk.say("¿en qué iba?")
    assert talk.said == say("steps.gone", "es")
    assert talk.conversation.steps == ()


def test_after_a_long_while_elsewhere_plain_words_mean_no_step(errand: Knowledge) -> None:
    talk = at_step(errand)
    for text in (
        "que es el pasaporte",
        "cuanto cuesta el pasaporte",
        "que es la curp",
        "en que pagina saco la curp",
        "gracias",
    ):
        talk.say(text)
    talk.say("listo")
    assert "Paso" not in talk.said
    talk.say("en qué iba")
    assert "Paso 1 de 3" in talk.said


HELD_BY_OTHERS = [
    "este celular no es mio, me lo prestaron",
    "mi esposo me revisa el celular",
    "mi esposo revisa este celular",
    "mi jefe revisa este celular",
    "mi patrón checa este teléfono",
    "mi mamá ve lo que escribo",
    "mi pareja usa este celular",
    "my boss checks this phone",
    "this phone is not mine, i borrowed it",
]


@pytest.mark.parametrize("said", HELD_BY_OTHERS)
def test_on_a_phone_that_others_hold_the_matter_is_not_named_first(said: str, errand: Knowledge) -> None:
    talk = at_step(errand)
    talk.say(said)
    talk.remember(danger=None)
    talk.now += timedelta(days=2)
    talk.say("¿en qué iba?")
    assert talk.said == say("steps.veiled", "es")
    assert "credencial" not in talk.said.lower()
    talk.say("lo de la credencial")
    assert "Paso 1 de 3" in talk.said


def test_who_left_is_veiled_too(errand: Knowledge) -> None:
    talk = at_step(errand)
    talk.say("/salir")
    talk.now += timedelta(days=2)
    talk.say("¿qué me falta?")
    assert talk.said == say("steps.veiled", "es")


def test_of_a_private_matter_nothing_is_to_be_sent_on(errand: Knowledge) -> None:
    private = errand.procedures["errand"].model_copy(update={"private": True, "deadlines": ()})
    talk = at_step(changed(errand, private))
    talk.say("una lista para reenviar")
    assert talk.said == say("steps.no_forward", "es")
    assert "credencial" not in talk.said.lower()


CODE = "BCDFGH"


def test_a_code_is_given_for_a_page_and_for_another_phone(errand: Knowledge) -> None:
    desk = Desk(public_url="https://ventanilla.example")
    talk = begin(talking(errand, desk=desk, checklist=Checklist(code=CODE)), "ecosoc")
    talk.say("sí")
    talk.say("quiero una hoja para imprimir")
    assert CODE in talk.said
    assert "https://ventanilla.example/checklist" in talk.said
    assert say("steps.phone", "es") in talk.said
    assert talk.conversation.steps[-1].code == CODE
    second = talking(errand, checklist=Checklist(opened=talk.conversation.steps[-1]))
    second.say(CODE)
    assert "Paso 1 de 6" in second.said
    assert second.conversation.steps[-1].code == CODE


def test_a_persons_errand_opens_on_no_other_phone(errand: Knowledge) -> None:
    ours = at_step(errand).conversation.steps[-1].having(code=CODE)
    talk = talking(errand, checklist=Checklist(opened=ours))
    talk.say(CODE)
    assert talk.said == say("steps.wrong_code", "es")
    assert talk.conversation.steps == ()


def test_a_wrong_code_says_nothing_of_what_there_is(errand: Knowledge) -> None:
    talk = talking(errand, checklist=Checklist(refused=True))
    talk.say("XXXXXX")
    assert talk.said == say("steps.wrong_code", "es")


@pytest.mark.parametrize("words", ["quiero una hoja para imprimir", "dame el código para otro teléfono"])
def test_of_a_private_matter_or_on_a_watched_phone_there_is_no_code(words: str, errand: Knowledge) -> None:
    for state in ({"checklist": Checklist(code=CODE)}, {"checklist": Checklist(code=CODE), "watched": True}):
        private = "watched" not in state
        talk = begin(talking(content(), **state), "family-plan" if private else "cluni")
        if not private:
            talk.say("sí")
        talk.say(words)
        assert CODE not in talk.said
        assert say("steps.send", "es") not in talk.labels
        assert talk.conversation.steps[-1].code == ""


def test_what_to_bring_tomorrow_is_one_short_message(errand: Knowledge) -> None:
    talk = at_step(errand, "book")
    talk.say("¿qué llevo mañana?")
    [reply] = talk.turns[-1].replies
    assert "Acta de nacimiento" in reply.text
    assert len(reply.text) <= 500


def test_privacy_shows_it_and_erasing_ends_it(errand: Knowledge) -> None:
    talk = at_step(errand)
    talk.say("/privacidad")
    assert "Sacar la credencial" in talk.said
    talk.remember(watched=True)
    talk.say("/privacidad")
    assert "credencial" not in talk.said
    assert say("privacy.steps_veiled", "es") in talk.said
    talk.say("/borrar")
    talk.tap("Sí, borrar")
    assert talk.conversation == Conversation()


def test_several_are_kept_and_named_apart(errand: Knowledge) -> None:
    talk = begin(at_step(errand), "ecosoc")
    talk.say("sí")
    assert "Paso 1 de 6" in talk.said
    talk.say("en qué iba con la credencial")
    assert "Paso 1 de 3" in talk.said
    talk.say("y en qué iba con lo de ecosoc")
    assert "Paso 1 de 6" in talk.said


def test_states_of_before_still_load() -> None:
    old = json.dumps({"lang": "es", "greeted": True, "turns": 3, "topic": "pasaporte"})
    state = Conversation.restored(old)
    assert (state.steps, state.watched) == ((), False)
    assert Conversation.restored(state.stored()) == state


def test_an_old_button_of_a_step_that_is_gone_says_so(errand: Knowledge) -> None:
    talk = at_step(errand)
    for payload in (make("z", "errand", "d", "gone"), make("z", "gone", "g"), make("z", "errand", "x"), "z|errand"):
        talk.send(Kind.TAP, payload=payload)
        assert talk.said == say("button.gone", "es")


def test_who_asks_for_it_step_by_step_begins(errand: Knowledge) -> None:
    talk = Talk(errand, person(country="US", age_group="adult"))
    talk.say("quiero sacar la credencial paso a paso")
    assert "Paso 1 de 3" in talk.said


SAID = st.sampled_from(
    ["listo", "siguiente", "atrás", "después", "¿en qué iba?", "¿qué me falta?", "sí", "no", "una", "tres", "1", "2"]
    + ["ya tengo el acta", "no tengo las fotos", "y cuánto cuesta", "déjalo", "qué llevo", "me piden otra cosa"]
    + ["que es el pasaporte", "gracias", "paso a paso", "ya tengo la cita", "/menu", "/privacidad", "texas"]
)
DANGER = OpenDanger(category="lost", level=Level.CRITICAL, rule="x", opened_at=NOON, heard_at=NOON)
MOVES = st.one_of(SAID, st.sampled_from(["+week", "+danger", "+calm", "+content", "+tap"]))


@settings(max_examples=20, deadline=None)
@given(st.lists(MOVES, min_size=1, max_size=14), st.randoms(use_true_random=False))
def test_no_jump_strands_anybody(moves: list[str], chance) -> None:  # type: ignore[no-untyped-def]
    knowledge = with_errand()
    procedure = knowledge.procedures["errand"]
    other = knowledge.saying(
        procedures={**knowledge.procedures, "errand": procedure.model_copy(update={"steps": procedure.steps[1:]})}
    )
    talk = begin(Talk(knowledge))
    for move in moves:
        if move == "+week":
            talk.now += timedelta(days=7)
        elif move == "+danger":
            talk.remember(danger=DANGER.having(opened_at=talk.now, heard_at=talk.now))
        elif move == "+calm":
            talk.remember(danger=None)
        elif move == "+content":
            talk.knowledge = other if talk.knowledge is knowledge else knowledge
        elif move == "+tap" and talk.conversation.offered:
            talk.send(Kind.TAP, payload=chance.choice(talk.conversation.offered).payload)
        elif not move.startswith("+"):
            talk.say(move)
        for progress in talk.conversation.steps:
            assert set(progress.done).isdisjoint(progress.later)
            assert set(progress.has).isdisjoint(progress.lacks)
        restored = Conversation.restored(talk.conversation.stored())
        assert restored == talk.conversation
        if talk.turns:
            turn = talk.turns[-1]
            assert turn.replies or turn.reading.outcome is Outcome.SILENT
            assert all(reply.text.strip() for reply in turn.replies)
            if talk.conversation.in_danger and not move.startswith("+"):
                assert turn.reading.policy != "steps"


def test_a_step_costs_little_time(errand: Knowledge) -> None:
    talk = at_step(errand)
    assert talk.now - NOON < 10 * MINUTE
    assert talk.conversation.topic == TOPIC


def test_a_step_answers_and_a_question_of_the_procedure_asks() -> None:
    talk = Talk(content())
    answer = talk.say("quiero registrar mi organización en la oea, paso a paso")
    assert (answer.reading.outcome, answer.reading.section) == (Outcome.ANSWER, "oea-registro/how")
    assert answer.reading.topics[0].topic == "oea-registro"
    asking = begin(Talk(with_errand()), "errand").turns[-1]
    assert (asking.reading.outcome, asking.reading.answered) == (Outcome.ANSWER, (TOPIC,))
    assert all(step.name.es in asking.replies[0].text for step in with_errand().procedures["errand"].steps[:1])


def test_step_by_step_is_of_what_the_words_say_before_what_is_open() -> None:
    talk = Talk(content(), Conversation(greeted=True, topic="csw-participacion", section="how"))
    assert talk.say("cómo se pide el estatus ante el ECOSOC, paso por paso").reading.answered == (
        "ecosoc-estatus-consultivo",
    )


@pytest.mark.parametrize(
    "wish",
    [
        "me deben 3 semanas en houston quiero ver los pasos",
        "i want to see the steps to get my matricula",
        "hola quisiera saber los pasos para registrar a mi hijo nacido en texas",
    ],
)
def test_who_wants_to_see_the_steps_gets_them(wish: str, knowledge: Knowledge) -> None:
    assert Talk(knowledge).say(wish).reading.policy == "steps"


def test_a_yes_to_which_of_two_is_asked_again(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("quisiera los pasos para registrar a mi hijo nacido en texas, paso a paso")
    asked = talk.labels
    talk.say("si")
    assert talk.labels == asked
