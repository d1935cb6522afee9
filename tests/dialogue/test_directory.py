"""The directory: which messages ask for a consulate, and what is said then."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import CaseView, Conversation, Desk, Kind, Known, Location, Outcome, Situation, Turn
from bot.conversation.payload import LIMIT
from bot.dialogue.directory import home
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.places.words import read_places
from bot.texts import say
from knowledge.lint.digits import blocked_in
from knowledge.model import Knowledge
from knowledge.offices import consulates
from knowledge.schema.base import Confidence, Lang, Level
from knowledge.schema.topics import Aspect
from knowledge.withdrawing import without
from tests.content.test_content import addresses, numbers, registered
from tests.support.talk import Talk

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "directory.yaml").read_text(encoding="utf-8"))
ENOUGH = 0.95
BOISE, MADRID, LEON = Location(43.61, -116.2), Location(40.4, -3.7), Location(21.12, -101.68)
FIND = {"es": "Hallar mi consulado", "en": "Find my consulate"}
SAID = {
    "refuge": "directory.fears",
    "another": "directory.anothers",
    "which": "directory.which",
    "lost": "directory.not_found",
    "code": "directory.no_postal_codes",
    "mexico": "directory.in_mexico",
    "abroad": "directory.abroad",
    "ask": "directory.which_town",
    "state": "directory.tell_town",
}
"""Of what came, the line by whose beginning it is known."""
BEGINNING = 70
"""Characters of it, up to its first value."""


def knowing(**facts: Any) -> Conversation:
    """Somebody of whom this is known."""
    return Conversation(
        greeted=True,
        situation=Situation(**{k: v if isinstance(v, bool) else Known(value=v) for k, v in facts.items()}),
    )


def got(talk: Talk, turn: Turn) -> tuple[str, Any]:
    """What the directory made of it, in the words of the table."""
    begins = {k: [say(key, lang).partition("{")[0][:BEGINNING] for lang in ("es", "en")] for k, key in SAID.items()}
    kind = next((k for k, lines in begins.items() if any(line in talk.said for line in lines)), "")
    if kind == "state" and (lists := [c.payload for c in turn.conversation.offered if c.payload.startswith("n|")]):
        return kind, lists[0].split("|")[1]
    if not kind and turn.reading.policy == "directory" and turn.conversation.consulate:
        return "near", turn.conversation.consulate.removeprefix("consulmex-")
    if not kind and turn.reading.policy == "directory" and turn.reading.section:
        return "section", turn.reading.section.partition("/")[2]
    return (kind, True) if kind else ("else", True)


def right(row: dict[str, Any], kind: str, what: Any) -> bool:
    return kind in row and (kind == "state" or row[kind] == what)


@pytest.mark.parametrize("part", range(4))
def test_most_questions_are_answered_right(part: int, knowledge: Knowledge) -> None:
    wrong = []
    for row in ROWS[part::4]:
        talk = Talk(knowledge, knowing(**row.get("know", {})))
        *_, last = [talk.say(text) for text in row["say"]]
        if not right(row, *(found := got(talk, last))):
            wrong.append(f"{row}: {found} by {last.reading.policy} ({last.reading.why}, {last.reading.section})")
    assert len(wrong) <= (1 - ENOUGH) * len(ROWS[part::4]), "\n".join(wrong)


@pytest.mark.parametrize(
    ("said", "near"),
    [
        # who is in Mexico has no consulate near: it is that of who asks for them
        (("vivo en Denver y mi suegra en Durango quiere su acta", "¿qué consulado está más cerca?"), "denver"),
        (("mi hijo está enfermo en Stockton, California", "¿qué consulado le toca?"), "sacramento"),
        (("vivo en Reno, mi hermano vive en Tucson y perdió su matrícula", "¿qué consulado le toca?"), "tucson"),
    ],
)
def test_it_is_that_of_whom_it_is_for_where_they_have_one(said: tuple[str, str], near: str, talk: Talk) -> None:
    *_, last = [talk.say(text) for text in said]
    assert got(talk, last) == ("near", near)


def cards(knowledge: Knowledge) -> list[tuple[str, str]]:
    """Every consulate as it is shown and as its sources are, in both languages."""
    found = []
    for lang in ("es", "en"):
        for consulate in knowledge.consulates:
            talk = Talk(knowledge, Conversation(greeted=True, lang=lang, lang_chosen=True))
            for payload in (f"p|{consulate}", f"p|{consulate}|o"):
                turn = talk.send(Kind.TAP, payload=payload)
                assert turn.reading.outcome is Outcome.ANSWER, payload
                assert all(len(choice.payload.encode()) <= LIMIT for choice in talk.conversation.offered)
                found.append((consulate, talk.said))
    return found


def test_every_number_and_address_of_a_consulate_comes_from_the_registers(knowledge: Knowledge) -> None:
    known_numbers, known_addresses = registered()
    for consulate, said in cards(knowledge):
        assert [n for n in numbers(said) if n not in known_numbers] == [], consulate
        # The list of sources ends an address with a line, not with a mark.
        strange = [a for line in said.splitlines() for a in addresses(line) if a not in known_addresses]
        assert strange == [], consulate
        assert list(blocked_in(said, knowledge.blocked)) == [], consulate
        assert "{" not in said, consulate


def test_nothing_of_low_confidence_is_shown_but_name_and_page(knowledge: Knowledge) -> None:
    shown = dict(cards(knowledge))
    everything = " ".join(said for _, said in cards(knowledge))
    for consulate in knowledge.consulates.values():
        assert consulate.name.en in shown[consulate.id]
        for what in ("address", "phone", "guard", "email"):
            listed = getattr(consulate, what)
            if listed is not None and (listed.confidence is Confidence.LOW or what == "email"):
                assert listed.value not in everything, (consulate.id, what)
                assert listed.value[-4:] not in "".join(numbers(shown[consulate.id])) or what != "guard"


def test_ciam_stands_beside_every_guard_line(knowledge: Knowledge) -> None:
    ciam = str(knowledge.contacts["ciam-us"].dial)
    assert all(ciam in said for _, said in cards(knowledge)[::2])


def test_every_seat_is_a_town_of_geonames(knowledge: Knowledge) -> None:
    towns = gazetteer_of(knowledge).towns
    assert [c.id for c in knowledge.consulates.values() if towns[c.geonames].region != c.region] == []
    assert len(knowledge.consulates) == 59


def test_an_answer_gets_the_topic_that_covers_the_consulates(talk: Talk) -> None:
    reading = talk.say("consulado de fresno telefono").reading
    topic, _ = home(talk.knowledge, consulates(talk.knowledge)) or pytest.fail("no topic covers the consulates")
    where = next(one for one in topic.sections if one.aspect is Aspect.WHERE)
    assert reading.outcome is Outcome.ANSWER
    assert (reading.answered, reading.section) == ((topic.id,), f"{topic.id}/{where.id}")


def test_the_business_that_is_open_keeps_its_place(talk: Talk) -> None:
    talk.say("dónde saco la matrícula")
    talk.say("what about houston")
    assert talk.conversation.topic == "matricula-consular"


def test_the_nearest_is_said_to_be_so_in_a_straight_line(talk: Talk) -> None:
    talk.say("consulate near Yakima WA")
    assert "nearest to Yakima, Washington in a straight line: about 110 miles" in talk.said
    assert {"Portland, OR", "Boise, ID"} <= set(talk.labels)
    talk.tap("Portland, OR")
    assert "straight line" not in talk.said


def test_geonames_is_credited(talk: Talk) -> None:
    talk.say("consulado de houston")
    talk.say("¿De dónde sale esto?")
    assert "GeoNames, https://www.geonames.org, licencia Creative Commons BY" in talk.said
    assert talk.conversation.consulate == "consulmex-houston"


@pytest.mark.parametrize(
    ("first", "then", "told", "left_out"),
    [
        ("consulado de Dallas", "tel?", "Teléfono", "Dirección"),
        ("consulado de Dallas", "cuál es la dirección", "Dirección", "Teléfono"),
        ("mexican consulate in Denver", "what time do they open", "do not give the hours", "Address"),
        ("albergue en Saltillo", "cuál teléfono", "ni teléfono confirmados", "Monterrey"),
    ],
)
def test_what_is_asked_of_a_place_that_was_shown_is_said_alone(
    first: str, then: str, told: str, left_out: str, talk: Talk
) -> None:
    talk.say(first)
    talk.say(then)
    assert told in talk.said
    assert left_out not in talk.said


def test_hours_are_admitted_not_to_be_known(talk: Talk) -> None:
    talk.say("a que hora abre el consulado de oxnard")
    assert "Mis fuentes no dicen el horario." in talk.said


@pytest.mark.parametrize(
    ("text", "label", "seat"),
    [
        ("consulado en portland", "Portland, Maine", "boston"),
        ("consulado en springfield", "Springfield, IL", "chicago"),
        ("consulado en washington", "Estado: Washington", "seattle"),
    ],
)
def test_which_place_is_chosen_by_a_button(text: str, label: str, seat: str, talk: Talk) -> None:
    talk.say(text)
    talk.tap(label)
    assert talk.conversation.consulate == f"consulmex-{seat}"


def test_a_state_is_listed_by_three(talk: Talk) -> None:
    talk.say("consulados en texas")
    assert talk.labels[:4] == ["Houston, TX", "San Antonio, TX", "Dallas, TX", "Ver más (8)"]
    for left in (8, 5, 2):
        talk.tap(f"Ver más ({left})")
    assert talk.labels == ["Eagle Pass, TX", "Presidio, TX"]


def test_what_is_done_at_a_consulate_keeps_its_topic_and_offers_the_nearest(talk: Talk) -> None:
    assert talk.say("where do I get my matricula in Boise").reading.answered == ("matricula-consular",)
    assert FIND["en"] not in talk.labels
    talk.tap("Consulate: Boise")
    assert talk.conversation.consulate == "consulmex-boise"


@pytest.mark.parametrize(
    ("said", "towns"),
    [
        ("saco mi pasaporte por primera vez", []),
        ("voy en camino al consulado y no traigo acta", []),
        ("estoy en parole, puedo sacar la matricula", []),
        ("mi hijo va en primera, le saco pasaporte?", []),
        ("la cita en mayo me queda bien para la matricula", []),
        ("estoy en primera texas, donde saco el pasaporte", ["Primera"]),
        ("vivo en spring y necesito pasaporte", ["Spring"]),
        ("en questa", ["Questa"]),
        ("we live in mobile, where do i get a passport", ["Mobile"]),
    ],
)
def test_an_everyday_word_that_is_a_village_needs_its_state(said: str, towns: list[str], knowledge: Knowledge) -> None:
    read = read_places(said, knowledge)
    assert [one.towns[0].name for one in read.led if one.towns] == towns if read else not towns


@pytest.mark.parametrize(
    ("known", "label"),
    [
        ({"town": "Yakima, Washington", "country": "US"}, "Consulado: Seattle"),
        ({"town": "Yakima, Washington", "country": "US", "nationality": "HN"}, None),
        ({"town": "Yakima, Washington", "country": "US", "fears_government": True}, None),
        ({"town": "Oaxaca", "country": "MX"}, None),
        ({"country": "US"}, None),
    ],
)
def test_the_town_told_earlier_gets_its_consulate_offered(
    known: dict[str, Any], label: str | None, knowledge: Knowledge
) -> None:
    talk = Talk(knowledge, knowing(**known))
    talk.send(Kind.TAP, payload="s|pasaporte|how")
    assert [one for one in talk.labels if one.startswith("Consulado:")] == ([label] if label else [])


def test_the_way_to_find_it_uses_the_town_told(knowledge: Knowledge) -> None:
    talk = Talk(knowledge, knowing(town="Yakima, Washington", country="US"))
    talk.send(Kind.TAP, payload="y|where")
    assert talk.conversation.consulate == "consulmex-seattle"


def test_a_town_that_was_told_is_not_asked_again(knowledge: Knowledge) -> None:
    talk = Talk(knowledge, knowing(town="Yakima, Washington", country="US"))
    talk.send(Kind.TAP, payload="s|pasaporte|where")
    talk.say("¿y cuál me queda más cerca?")
    assert talk.conversation.consulate == "consulmex-seattle", talk.said


def test_where_a_service_of_the_consulates_is_asked_the_address_is_said(knowledge: Knowledge) -> None:
    talk = Talk(knowledge, knowing(town="Houston, Texas", country="US"))
    talk.say("dónde queda la ventanilla de salud")
    assert talk.conversation.topic == "ventanilla-salud"
    assert "3200 Rogerdale" in talk.said


@pytest.mark.parametrize(("lang", "town"), [("es", "Waco, Texas"), ("en", "Yakima, Washington")])
def test_an_answer_that_sends_to_the_consulate_helps_to_find_it(lang: Lang, town: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge, Conversation(greeted=True, lang=lang, lang_chosen=True))
    talk.send(Kind.TAP, payload="s|abogados-consultores|what")
    talk.tap(FIND[lang])
    assert talk.conversation.asked_place == ""
    talk.say(town)
    assert talk.conversation.consulate is not None


@pytest.mark.parametrize(
    ("section", "known"),
    [
        ("ecosoc-estatus-consultivo|what", {}),
        ("consulados-centroamericanos-chiapas|what", {}),
        ("abogados-consultores|what", {"fears_government": True}),
        ("abogados-consultores|what", {"country": "MX"}),
    ],
    ids=["no consulate", "another country's", "who fears their government", "who is in Mexico"],
)
def test_nobody_else_is_offered_it(section: str, known: dict[str, Any], knowledge: Knowledge) -> None:
    talk = Talk(knowledge, knowing(**known))
    talk.send(Kind.TAP, payload=f"s|{section}")
    assert FIND["es"] not in talk.labels


def test_wages_stay_wages(talk: Talk) -> None:
    talk.say("vivo en Houston y mi patron no me ha pagado dos semanas")
    assert not any(label.startswith("Consulado:") for label in talk.labels)
    assert talk.conversation.consulate is None


def test_fear_ends_what_was_shown_before(knowledge: Knowledge) -> None:
    talk = Talk(knowledge, knowing(fears_government=True))
    for payload in ("p|consulmex-houston", "p|consulmex-houston|o", "n|US-TX|3", "w|4699066", "y|where"):
        turn = talk.send(Kind.TAP, payload=payload)
        assert turn.conversation.consulate is None, payload
        assert say("directory.fears", "es") in talk.said
        assert talk.labels == ["Refugio en México"], payload


def test_no_number_is_given_where_it_does_not_work(knowledge: Knowledge) -> None:
    talk = Talk(knowledge, knowing(country="MX"))
    talk.say("telefono del consulado de houston")
    assert "3200 Rogerdale" in talk.said
    assert not any(number in talk.said for number in ("713 271 6800", "713 857 6504"))
    assert "079" in talk.said


def test_another_countrys_consulate_is_noted_for_the_editors(talk: Talk) -> None:
    turn = talk.say("consulado de Estados Unidos en Tijuana")
    assert (turn.reading.outcome, turn.reading.answered) == (Outcome.FALLBACK, ())
    assert turn.events
    assert not numbers(talk.said)


def test_in_danger_a_town_is_no_question_for_a_consulate(talk: Talk) -> None:
    talk.say("consulado en dallas")
    talk.say("la migra está en mi puerta")
    assert talk.say("houston").conversation.consulate != "consulmex-houston"
    assert talk.send(Kind.LOCATION, location=BOISE).reading.policy == "danger"


def test_a_place_shared_in_calm_offers_the_nearest(talk: Talk) -> None:
    turn = talk.send(Kind.LOCATION, location=BOISE)
    assert (turn.reading.outcome, turn.events, talk.labels) == (Outcome.QUESTION, (), ["Consulado: Boise"])
    assert talk.send(Kind.LOCATION, location=BOISE).reading.outcome is Outcome.SILENT, "a live location moves on"


def test_a_place_shared_for_a_consulate_shows_it(talk: Talk) -> None:
    talk.say("consulado mas cercano")
    talk.send(Kind.LOCATION, location=BOISE)
    assert "Consulado de México en Boise" in talk.said
    assert "43.61" not in talk.conversation.stored()


@pytest.mark.parametrize(("place", "part"), [(MADRID, "solo tiene"), (LEON, "en otros países")])
def test_a_place_shared_elsewhere(place: Location, part: str, talk: Talk) -> None:
    talk.say("consulado mas cercano")
    talk.send(Kind.LOCATION, location=place)
    assert part in talk.said


def test_who_fears_their_government_is_offered_none_by_a_shared_place(knowledge: Knowledge) -> None:
    talk = Talk(knowledge, knowing(fears_government=True))
    talk.send(Kind.LOCATION, location=BOISE)
    assert talk.labels == []


def test_a_held_case_hears_nothing_of_consulates(knowledge: Knowledge) -> None:
    held = CaseView(claimed=True, category=None, level=Level.PRIORITY)
    talk = Talk(knowledge, Conversation(greeted=True, case=held, desk=Desk(on_duty=True)))
    assert talk.say("consulado en houston").reading.outcome is Outcome.SILENT


def test_a_value_that_was_withdrawn_is_not_shown(knowledge: Knowledge) -> None:
    talk = Talk(without(knowledge, ["consulmex-houston-address", "consulmex-houston-guard"]))
    talk.say("consulado en houston")
    assert "Rogerdale" not in talk.said
    assert "857 6504" not in talk.said
    assert "no tengo una confirmada" in talk.said


def test_a_topic_that_was_withdrawn_takes_the_directory_with_it(knowledge: Knowledge) -> None:
    held = home(knowledge, consulates(knowledge))
    assert held is not None
    talk = Talk(without(knowledge, [held[0].id]))
    assert talk.say("consulado en houston").conversation.consulate is None


def test_an_old_value_says_its_age(talk: Talk) -> None:
    talk.now = talk.now.replace(year=2028)
    talk.say("consulado en indianapolis")
    assert "confírmelo en" in talk.said


@pytest.mark.parametrize("payload", ["p|nowhere", "n|US-XX|0", "n|US-TX|99", "n|US-TX|x", "w|1", "w|x", "p", "w|"])
def test_a_button_of_another_directory_explains(payload: str, talk: Talk) -> None:
    assert talk.send(Kind.TAP, payload=payload).reading.outcome is Outcome.COMMAND
