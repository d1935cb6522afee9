"""The right words for this person: numbers that ring where they are, and nothing asked that was told."""

from collections.abc import Iterator

import pytest

from bot.dialogue.danger.judging import judge
from bot.dialogue.protocols.book import Facts, contacts_for, fitting, names_in
from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk
from tests.support.talk import Talk

COUNTRIES = ("US", "MX", "CA")
PARTS = ("first", "first_minor", "other", "other_minor", "brief", "second", "ask", "ask_other")


def after(first: str, said: str, knowledge: Knowledge) -> tuple[DangerTalk, str]:
    """A talk of two messages, and the words of its second reply."""
    talk = DangerTalk(knowledge)
    talk.say(first)
    return talk, " ".join(one.text for one in talk.say(said))


def _texts(knowledge: Knowledge) -> Iterator[str]:
    for one in knowledge.protocols.values():
        yield from (f"kind.{one.id}/{part}" for part in PARTS if getattr(one, part, None))
        yield from (
            f"kind.{one.id}/{part}.{n}" for part in ("care", "care_other") for n in range(len(getattr(one, part)))
        )
    yield from (f"line.{name}" for name in knowledge.lines.said)
    yield from (f"ladder.{at}.{n}" for at, steps in knowledge.lines.ladders.items() for n in range(len(steps)))


def test_every_number_rings_where_the_writer_is(knowledge: Knowledge) -> None:
    wrong = set()
    for text_id in _texts(knowledge):
        for facts in (Facts(danger_at=at, writer_at=by) for at in COUNTRIES for by in COUNTRIES):
            for name in (name for clause in fitting(text_id, facts, knowledge) for name in names_in(clause)):
                for one in contacts_for(name, facts, knowledge):
                    contact = knowledge.contacts.get(one)
                    rings = contact is not None and {facts.writer_at, "*"} & {*contact.works_from}
                    page = contact is None and "http" in str(getattr(knowledge.dated(one), "value", ""))
                    if not (rings or page):
                        wrong.add(f"{text_id} {facts.danger_at} {facts.writer_at}: {one}")
    assert not wrong, "\n".join(sorted(wrong))


@pytest.mark.parametrize(
    "said",
    [
        "the foreman has friends in Morelia, my kids are there",
        "dice que manda gente a Tlapa, alla esta mi mama",
        "my parents live in Oaxaca and he knows the house",
        "si hablamos nos deportan a El Salvador?",
        "y si me salgo de aqui me regresan a el salvador?",
        "he says they will deport us to Honduras if we call",
    ],
)
def test_a_place_of_others_moves_nobody(said: str, knowledge: Knowledge) -> None:
    talk, replies = after(
        "my boss has our passports and wont let us leave the camp, we are in North Carolina", said, knowledge
    )
    assert talk.state.danger is not None
    assert talk.state.danger.danger_at == "US"
    assert "800 5533 000" not in replies


def test_who_is_far_is_not_told_that_911_sends_help(knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    said = " ".join(one.text for one in talk.say("secuestraron a mi hermano en Reynosa, yo estoy en Dallas"))
    assert "no llega" in said
    assert "Quien puede mandar ayuda" not in said


ASKS_OF_A_CALL = ("ya pudo llamar", "nadie ha llamado", "le impide llamar", "Primero el 911", "Primero lo urgente")


@pytest.mark.parametrize(
    "first",
    [
        "mi esposo me pego y esta tomado, estoy en houston",
        "se inundo la casa y el agua sigue subiendo, estamos en texas",
        "mi hermano se desmayo en la pisca, fresno",
        "mi companero se corto con la sierra y sangra mucho, dallas",
    ],
)
def test_whoever_called_is_not_asked_again(first: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(first)
    talk.say("ya llame al 911, dicen que ya vienen")
    for said in ("aqui sigo", "que mas hago", "cuanto cuesta el pasaporte mexicano", "ok", "hace calor", "ya hice eso"):
        talk.say(said)
        assert not [one for one in ASKS_OF_A_CALL if one in talk.said], (said, talk.said)


@pytest.mark.parametrize(
    "said",
    [
        "mi hija nacio aca en atlanta, tiene cinco años",
        "los dos nacieron en san jose y nunca los registre",
        "my boy was born in houston in 2016",
        "yo naci en michoacan y ellos aqui",
    ],
)
def test_a_past_birth_is_none_now(said: str, knowledge: Knowledge) -> None:
    talk, replies = after("mi marido me golpea, estoy en houston", said, knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.kind not in ("newborn", "birth", "birth_bleeding")
    assert "ecién nacido" not in replies
    assert "ewborn" not in replies


WISHES = {"es": "ya no quiero vivir, estoy en chicago", "en": "i dont want to live anymore, im in chicago"}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("es", "no me he tomado nada, nada mas las tengo en la mesita contadas"),
        ("es", "todavia no, pero ya baje la cuerda de la cochera"),
        ("es", "la escopeta de mi suegro esta aqui en el cuarto"),
        ("en", "i havent done anything, i just have the pills here on the bed"),
        ("en", "not yet, got his gun out of the closet"),
    ],
)
def test_means_at_hand_are_the_first_thing_answered(lang: str, said: str, knowledge: Knowledge) -> None:
    _, replies = after(WISHES[lang], said, knowledge)
    assert "988" in replies
    assert replies.removeprefix("Entendido. ").startswith(("Póngase lejos de eso", "Get away from that"))


@pytest.mark.parametrize(
    "said",
    [
        "mi papa esta enfermo y le guardo sus pastillas de la presion",
        "mi mama necesita su insulina, se le acaba el lunes",
    ],
)
def test_medicine_of_somebody_ill_is_no_means(said: str, knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(WISHES["es"])
    assert "Lejos de eso" not in " ".join(one.text for one in talk.say(said))


@pytest.mark.parametrize(
    ("says", "section"),
    [
        (
            ("soy de honduras, vivo en houston", "donde queda el consulado de honduras"),
            "consulados-otros-paises/honduras",
        ),
        (
            ("soy de guatemala, vivo en los angeles", "telefono del consulado de guatemala"),
            "consulados-otros-paises/guatemala",
        ),
        (
            ("soy de el salvador, estoy en tapachula", "donde queda mi consulado salvadoreño"),
            "consulados-centroamericanos-chiapas/where",
        ),
    ],
)
def test_who_is_of_central_america_is_told_of_their_own_consulate(
    says: tuple[str, ...], section: str, knowledge: Knowledge
) -> None:
    talk = Talk(knowledge)
    *_, last = [talk.say(one) for one in says]
    assert last.reading.section == section


@pytest.mark.parametrize(
    "said",
    [
        "ya quedo lo del banco, ya ando en paz. que dios los bendiga a todos",
        "its all paid now, i feel calm. goodbye and thanks",
    ],
)
def test_a_farewell_of_who_wants_to_die_hands_nobody_over(said: str, knowledge: Knowledge) -> None:
    talk, replies = after("ya no quiero seguir viviendo, tengo guardado el veneno del rancho", said, knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.state == "open"
    assert "911" in replies


@pytest.mark.parametrize(
    ("before", "writes"),
    [
        (
            ["mi marido me golpea a veces, donde hay ayuda, estoy en houston"],
            "habla el marido, que le preguntó mi señora",
        ),
        (
            ["si mi pareja me pega puedo pedir la visa u?", "no, ahorita no"],
            "soy su pareja, que les anda contando mi vieja",
        ),
        (["does my husband hitting me count for a visa"], "this is her husband, what did my wife ask you"),
    ],
)
def test_who_does_harm_is_shown_nothing(before: list[str], writes: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    for text in before:
        talk.say(text)
    talk.say(writes)
    assert talk.said.startswith(("Buenas. Este es un chat automático", "Hello. This is an automatic chat"))
    assert not [one for one in ("VAIM", "911", "iolen", "visa", "maltrat") if one in talk.said]


def test_a_husband_is_no_aggressor_where_no_harm_was_told(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("como saco la matricula consular en dallas")
    talk.say("soy su esposo, ella es la que la necesita")
    assert "Este es un chat automático" not in talk.said


@pytest.mark.parametrize(
    "said",
    [
        "ya me tienen en urgencias y el doctor me revisó, pero todavía quiero morirme",
        "estoy en la clinica con suero. la neta si queria matarme y sigo con las ganas",
        "im in the er now and i still want to die",
    ],
)
def test_a_wish_in_care_is_told_to_the_staff(said: str, knowledge: Knowledge) -> None:
    _, replies = after("me tome un frasco entero de pastillas, estoy en san antonio", said, knowledge)
    assert "enfermera o al doctor" in replies or "nurse or doctor" in replies
    assert "911 en la línea" not in replies


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            "tengo 13 años, estoy sola en la central de tijuana, mi primo se fue",
            "el tipo ese anda ahi enfrente mirandome",
        ),
        ("im 14 and alone in nogales", "that guy is still outside watching the shop"),
    ],
)
def test_nobody_is_sent_out_past_who_waits(first: str, then: str, knowledge: Knowledge) -> None:
    _, replies = after(first, then, knowledge)
    assert "quédate adentro" in replies or "stay inside" in replies


WOUNDS = (
    "balearon a mi hermano en tijuana", "me balearon a mi hermano", "apuñalaron a mi primo", "my brother got shot",
    "they shot my brother", "me picaron a mi hijo con una navaja", "my friend was stabbed", "me acuchillaron",
    "le metieron un tiro a mi compadre", "i got stabbed in the arm", "mi amigo trae un balazo",
    "a guy shot me in the leg",
    "le dieron una puñalada a mi primo aqui en el albergue", "lo balearon afuera del bar",
)  # fmt: skip
NO_WOUNDS = (
    "got my flu shot today", "mi hermano murio baleado hace 5 años", "he got shot down for a loan lol",
    "me siento como si me apuñalaran jaja", "a mi papa lo balearon y por eso pedimos asilo", "me picaron las abejas",
    "vi en las noticias que balearon a un migrante", "my friend got stabbed in the back lol by her boss",
)  # fmt: skip


@pytest.mark.parametrize("said", WOUNDS)
def test_who_was_shot_or_stabbed_is_pressed_at_once(said: str, knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    talk.say(said)
    assert talk.state.danger is not None
    assert (talk.state.danger.kind, talk.state.danger.state) == ("bleeding", "open")


@pytest.mark.parametrize("said", NO_WOUNDS)
def test_no_wound_is_heard_in_what_only_sounds_like_one(said: str, knowledge: Knowledge) -> None:
    reading = judge(said, knowledge)
    assert reading is None or reading.danger.rule != "wounded"


@pytest.mark.parametrize("said", ["sale de trabajar a las 8", "llega hasta en la noche", "regresa como en una hora"])
def test_who_comes_back_later_is_left_before(said: str, knowledge: Knowledge) -> None:
    _, replies = after("mi esposo me pego anoche, vivo en puebla", f"ahorita no esta, {said}", knowledge)
    assert "antes de que llegue" in replies
    assert "079" in replies


@pytest.mark.parametrize(
    "said",
    [
        "los agentes no nos dejan hacer ninguna llamada, y mi niña se está yendo de sueño",
        "estamos en la celda, no nos prestan telefono, cual es el numero de derechos humanos",
    ],
)
def test_who_is_held_tells_the_agents(said: str, knowledge: Knowledge) -> None:
    _, replies = after(
        "nos agarró migración en tapachula, soy de honduras y mi hija tiene mucha fiebre y no reacciona bien",
        said,
        knowledge,
    )
    assert "a cada agente" in replies
    assert "800 715 2000" in replies
    assert "911" not in replies


def test_who_asks_who_writes_is_shown_nothing_whatever_stands_before(knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    for told in (
        "mi esposo me encerró y se llevó la llave, me pegó y dijo que hoy me mata. estoy en Reno con mis dos niños",
        "se fue al trabajo y sale a las 7. hay candado por fuera, es un cuarto piso",
        "NO puedo salir. y si llamo al 911 me van a quitar a los niños?",
    ):
        talk.say(told)
    asked = talk.say("ya vino el hermano de él y está tocando. quién escribe ahí, con quién habla mi cuñada")
    assert not any("911" in one.text for one in asked)
    told, asks = (
        "mi marido me pegó y me dejó encerrada en Chicago",
        "ya vino mi suegro, está tocando la puerta. quién escribe aquí y con quién habla mi nuera?",
    )
    _, replies = after(told, asks, knowledge)
    assert replies.strip().endswith("¿Es buen momento para escribir?")


def test_who_is_under_age_is_not_spoken_to_as_a_stranger(knowledge: Knowledge) -> None:
    minor = (Facts(danger_at=at, writer_at=at, minor=True) for at in COUNTRIES)
    texts = [(one, clause) for facts in minor for one in _texts(knowledge) for clause in fitting(one, facts, knowledge)]
    formal = {one for one, clause in texts if "usted" in (clause.tu or clause.es).lower().split()}
    assert not formal, "\n".join(sorted(formal))
