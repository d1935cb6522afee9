"""Consulates found by what people write: which questions are the directory's, and what is said then."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import CaseView, Conversation, Desk, Kind, Location, Outcome, Turn
from bot.dialogue.directory.answer import home
from bot.dialogue.directory.offers import TAPS
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.words.payload import LIMIT
from knowledge.calendar import hours_ahead, when
from knowledge.lint.digits import blocked_in
from knowledge.model import Knowledge
from knowledge.schema.base import Confidence, Level
from knowledge.schema.calendar import Status
from knowledge.withdrawing import without
from tests.content.test_content import addresses, numbers, registered
from tests.support.talk import Talk

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "directory_questions.yaml").read_text(encoding="utf-8")
)
ENOUGH = 0.97
BOISE, MADRID, LEON = Location(43.61, -116.2), Location(40.4, -3.7), Location(21.12, -101.68)


def got(talk: Talk, turn: Turn) -> tuple[str, Any]:
    """What the directory made of it, in the words of the questions' file."""
    state, carried = turn.conversation, [choice.payload for choice in turn.conversation.offered]
    if state.consulate:
        return "near", state.consulate.removeprefix("consulmex-")
    if state.asked_place is None:
        return "else", True
    if turn.reading.outcome is Outcome.CLARIFY:
        return "which", True
    if turn.reading.outcome is Outcome.QUESTION:
        return "lost", True
    if any(payload.startswith("p|") for payload in carried):
        return "state", True
    if "CIAM: 079" in talk.said:
        return "mexico", True
    return ("abroad" if "solo tiene" in talk.said or "only has" in talk.said else "ask"), True


@pytest.mark.parametrize("part", range(4))
def test_most_questions_are_answered_right(part: int, knowledge: Knowledge) -> None:
    wrong = []
    for question in QUESTIONS[part::4]:
        talk = Talk(knowledge)
        kind, what = got(talk, talk.say(question["text"]))
        wanted = {"state": True}.get(kind, question.get(kind)) if kind in question else None
        if wanted != what:
            wrong.append(f"{question}: {kind} {what}")
    assert len(wrong) <= (1 - ENOUGH) * len(QUESTIONS[part::4]), "\n".join(wrong)


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
    turn = talk.say("consulado de fresno telefono")
    topic, section = home(talk.knowledge) or pytest.fail("no topic covers the consulates")
    assert "red-consular" in section.covers
    assert turn.reading.outcome is Outcome.ANSWER
    assert (turn.reading.topics[0].topic, turn.reading.topics[0].section) == (topic.id, section.id)
    assert turn.reading.answered == (topic.id,)
    assert len(turn.reading.topics) <= 3


def test_the_nearest_is_said_to_be_so_in_a_straight_line(talk: Talk) -> None:
    talk.say("consulate near Yakima WA")
    assert "Consulate of Mexico in Seattle" in talk.said
    assert "nearest to Yakima, Washington in a straight line: about 110 miles" in talk.said
    assert {"Portland, OR", "Boise, ID"} <= set(talk.labels)
    talk.tap("Portland, OR")
    assert "straight line" not in talk.said


def test_geonames_is_credited(talk: Talk) -> None:
    talk.say("consulado de houston")
    talk.tap("¿De dónde sale esto?")
    assert "GeoNames, https://www.geonames.org, licencia Creative Commons BY" in talk.said
    assert talk.conversation.consulate == "consulmex-houston"


def test_a_town_of_many_names_asks_for_the_state(talk: Talk) -> None:
    turn = talk.say("consulado en springfield")
    assert turn.reading.outcome is Outcome.CLARIFY
    assert "Springfield, IL" in talk.labels
    talk.say("illinois")
    assert talk.conversation.consulate == "consulmex-chicago"
    talk.say("consulado en portland")
    talk.tap("Portland, Maine")
    assert talk.conversation.consulate == "consulmex-boston"


def test_a_town_and_a_state_of_one_name(talk: Talk) -> None:
    talk.say("consulado en washington")
    assert talk.labels == ["Washington, DC", "Estado: Washington"]
    talk.tap("Estado: Washington")
    assert talk.conversation.consulate == "consulmex-seattle"


def test_a_much_smaller_town_of_the_name_is_offered(talk: Talk) -> None:
    talk.say("consulado austin")
    assert talk.conversation.consulate == "consulmex-austin"
    talk.tap("Austin, Minnesota")
    assert talk.conversation.consulate == "consulmex-saintpaul"


def test_a_state_is_listed_by_three(talk: Talk) -> None:
    talk.say("consulados en texas")
    assert talk.labels[:4] == ["Houston, TX", "San Antonio, TX", "Dallas, TX", "Ver más (8)"]
    for left in (8, 5, 2):
        talk.tap(f"Ver más ({left})")
    assert talk.labels == ["Eagle Pass, TX", "Presidio, TX"]


def test_a_town_alone_answers_our_question(talk: Talk) -> None:
    talk.say("cual es el consulado mas cercano")
    assert talk.conversation.asked_place == ""
    talk.say("vivo en Yakima")
    assert talk.conversation.consulate == "consulmex-seattle"


def test_a_town_alone_says_nothing_without_that(talk: Talk) -> None:
    assert talk.say("vivo en Yakima").conversation.consulate is None


@pytest.mark.parametrize("first", ["dónde saco la matrícula", "consulado de fresno", "where do I get my passport"])
@pytest.mark.parametrize("then", ["¿y en Houston?", "¿dónde queda en Houston?", "what about houston", "en hiuston"])
def test_it_goes_on_with_another_town(first: str, then: str, talk: Talk) -> None:
    talk.say(first)
    talk.say(then)
    assert talk.conversation.consulate == "consulmex-houston"


@pytest.mark.parametrize(
    "then",
    [
        "y el telefono?",
        "what's the address",
        "¿y la línea de emergencia?",
        "a que hora abren",
        "cual es la linea de emergencia",
    ],
)
def test_it_goes_on_with_the_consulate_shown(then: str, talk: Talk) -> None:
    talk.say("consulado en dallas")
    talk.say("gracias")
    talk.say(then)
    assert talk.conversation.consulate == "consulmex-dallas"


def test_hours_are_admitted_not_to_be_known(talk: Talk) -> None:
    talk.say("a que hora abre el consulado de oxnard")
    assert "Mis fuentes no dicen el horario." in talk.said


def test_another_matter_takes_its_place(talk: Talk) -> None:
    talk.say("consulado en dallas")
    assert talk.say("cuánto cuesta el pasaporte").reading.answered == ("pasaporte",)
    assert talk.conversation.consulate is None


def test_what_is_done_at_a_consulate_keeps_its_topic_and_offers_the_nearest(talk: Talk) -> None:
    turn = talk.say("where do I get my matricula in Boise")
    assert turn.reading.answered == ("matricula-consular",)
    assert turn.reading.topics[0].section == "where"
    talk.tap("Consulate: Boise")
    assert talk.conversation.consulate == "consulmex-boise"


def test_wages_stay_wages(talk: Talk) -> None:
    turn = talk.say("vivo en Houston y mi patron no me ha pagado dos semanas")
    assert "salarios-no-pagados" in turn.reading.answered
    assert not any(label.startswith("Consulado:") for label in talk.labels)
    assert turn.conversation.consulate is None


def test_who_fears_their_government_is_not_sent_there(talk: Talk) -> None:
    talk.say("pido asilo porque mi gobierno me persigue")
    turn = talk.say("donde esta el consulado en houston")
    assert turn.conversation.consulate is None
    assert "Rogerdale" not in talk.said
    assert not numbers(talk.said)
    assert talk.send(Kind.LOCATION, location=BOISE).conversation.consulate is None
    assert "Consulado: Boise" not in talk.labels


@pytest.mark.parametrize(
    "text",
    [
        "mi gobierno me persigue y pedí asilo, ¿cuál consulado de México me toca en Dallas?",
        "I fled my country's police and asked for asylum, where is the consulate in Houston",
        "huyo de mi gobierno, pido asilo, consulado",
        "estoy pidiendo asilo porque pedi asilo político, dónde está el consulado de Honduras en Houston",
    ],
)
def test_fear_and_the_question_in_one_message(text: str, talk: Talk) -> None:
    turn = talk.say(text)
    assert turn.conversation.fears_government
    assert turn.conversation.consulate is None
    assert not any(c.payload.split("|")[0] in "pnw" or "red-consular" in c.payload for c in turn.conversation.offered)
    assert "red-consular" not in turn.reading.answered


def test_fear_ends_what_was_shown_before(talk: Talk) -> None:
    talk.say("consulados en texas")
    talk.say("pedí asilo porque mi gobierno me persigue")
    for payload in ("p|consulmex-houston", "p|consulmex-houston|o", "n|US-TX|3", "w|4699066"):
        turn = talk.send(Kind.TAP, payload=payload)
        assert turn.conversation.consulate is None, payload
        assert "Rogerdale" not in talk.said
        assert talk.labels == ["Refugio en México"], payload


@pytest.mark.parametrize("text", ["consulado", "Embajada", "consulado mexico", "consulate", "el consulado mexicano"])
@pytest.mark.parametrize("then", ["houston", "houston texas", "el de houston"])
def test_the_bare_word_asks_which_town(text: str, then: str, talk: Talk) -> None:
    talk.say(text)
    assert talk.conversation.asked_place == ""
    talk.say(then)
    assert talk.conversation.consulate == "consulmex-houston"


@pytest.mark.parametrize("text", ["que es un consulado", "consulado movil", "red consular"])
def test_other_words_beside_it_are_not_bare(text: str, talk: Talk) -> None:
    assert talk.say(text).conversation.asked_place is None


@pytest.mark.parametrize(
    "text",
    [
        "consulado de Guatemala en Houston",
        "consulado de el salvador en dallas",
        "guatemalan consulate in Atlanta",
        "consulado americano en tijuana",
        "embajada americana",
        "embajada americana en México",
        "us consulate in monterrey",
        "quiero renovar mi pasaporte en el consulado de guatemala en houston",
    ],
)
def test_another_country_has_its_own(text: str, talk: Talk) -> None:
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.FALLBACK
    assert turn.reading.answered == ()
    assert "solo tiene los consulados de México" in talk.said or "only has Mexico's consulates" in talk.said
    assert not numbers(talk.said)
    assert talk.labels


@pytest.mark.parametrize("text", ["consulado de honduras en tapachula", "consulado de guatemala en chiapas"])
def test_central_america_in_chiapas_has_a_topic(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.answered == ("consulados-centroamericanos-chiapas",)


@pytest.mark.parametrize(
    ("text", "seat"),
    [
        ("consulado paris texas", "dallas"),
        ("consulado de lebanon tennessee", "atlanta"),
        ("consulate kansas city address pls", "kansascity"),
        ("consulado mac alen", "mcallen"),
        ("consulado en leon iowa", "omaha"),
    ],
)
def test_towns_called_like_others(text: str, seat: str, talk: Talk) -> None:
    assert talk.say(text).conversation.consulate == f"consulmex-{seat}"


@pytest.mark.parametrize(("name", "label"), [("leon", "Leon, Iowa"), ("guadalupe", "Guadalupe, CA")])
def test_a_large_town_of_mexico_comes_before_a_small_one_of_its_name(name: str, label: str, talk: Talk) -> None:
    talk.say(f"consulado en {name}")
    assert "Dentro de México" in talk.said
    talk.tap(label)
    assert talk.conversation.consulate is not None


def test_a_namesake_in_another_country_is_not_offered(talk: Talk) -> None:
    talk.say("consulate st paul")
    assert talk.conversation.consulate == "consulmex-saintpaul"
    assert "St. Paul, Alberta" not in talk.labels


@pytest.mark.parametrize("more", ["ver más", "Ver mas", "mas", "more", "Ver más (8)"])
def test_more_of_a_list_is_asked_for_in_words(more: str, talk: Talk) -> None:
    talk.say("consulados en texas")
    talk.say(more)
    assert talk.labels[-1] in ("Ver más (5)", "Show more (5)")


def test_in_danger_a_town_is_no_question_for_a_consulate(talk: Talk) -> None:
    talk.say("consulado en dallas")
    talk.say("la migra está en mi puerta")
    assert talk.say("houston").conversation.consulate != "consulmex-houston"
    turn = talk.send(Kind.LOCATION, location=BOISE)
    assert turn.reading.outcome is Outcome.URGENT
    assert "Consulado: Boise" not in talk.labels


def test_a_place_shared_in_calm_offers_the_nearest(talk: Talk) -> None:
    turn = talk.send(Kind.LOCATION, location=BOISE)
    assert turn.reading.outcome is Outcome.QUESTION
    assert turn.events == ()
    assert talk.labels == ["Consulado: Boise"]
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
    held = home(knowledge)
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


def test_the_letters_of_the_buttons_are_free(knowledge: Knowledge) -> None:
    assert set(TAPS) == {"p", "n", "w", "y"}


@pytest.mark.parametrize(
    ("dates", "ahead"),
    [
        ({"start": "2026-11-09", "end": "2026-11-20"}, 9.0),
        ({"start": "2027"}, None),
        ({"start": None, "usual": "2027-11"}, None),
        ({"start": "2026-03-20", "end": "2026-04-10"}, 9.0),
    ],
)
def test_the_hour_of_a_place_is_said_only_where_the_month_is_known(
    dates: dict[str, str | None], ahead: float | None, knowledge: Knowledge
) -> None:
    event = knowledge.events["cop31-unfccc"].model_copy(update={"end": None, **dates})
    assert hours_ahead(event) == ahead


def test_an_expected_day_has_its_article(knowledge: Knowledge) -> None:
    expected = {"status": Status.INFERRED, "start": "2027-06-01", "end": None}
    event = knowledge.events["cop31-unfccc"].model_copy(update=expected)
    assert when(event, knowledge, "es").startswith("se espera para el 1 de junio de 2027")
