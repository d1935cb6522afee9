"""Places of help nearby: what is shown for a question with a kind and a town, told now or before."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import Conversation, Kind, Known, Location, Situation
from bot.conversation.payload import LIMIT
from bot.dialogue.person.gazetteer import gazetteer_of
from knowledge.model import Knowledge
from knowledge.schema.facts import Fact
from knowledge.withdrawing import without
from tests.content.test_content import addresses, numbers, registered
from tests.support.talk import Talk

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"))
SALTILLO = Location(25.43, -101.0)
SHOWN = 3


def knowing(**facts: Any) -> Conversation:
    told = {name: value if isinstance(value, bool) else Known(value=value) for name, value in facts.items()}
    return Conversation(greeted=True, situation=Situation(**told))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " / ".join(row["say"]))
def test_what_is_nearest(row: dict[str, Any], knowledge: Knowledge) -> None:
    talk = Talk(knowledge, knowing(**row.get("know", {})))
    *_, last = [talk.say(text) for text in row["say"]]
    why = f"{last.reading.policy} ({last.reading.why}, {last.reading.section}): {talk.said}"
    if "places" in row:
        assert last.reading.policy == "directory", why
        assert list(last.conversation.said_before.shown[-len(row["places"]) :]) == row["places"], why
    if "section" in row:
        assert last.reading.section == row["section"], why
    if "which" in row:
        assert all(any(town in label for label in talk.labels) for town in row["which"]), why
    assert [words for words in row.get("words", ()) if words not in talk.said] == [], why
    assert [words for words in row.get("without", ()) if words in talk.said] == [], why


def cards(knowledge: Knowledge) -> list[tuple[str, str]]:
    """Every place as it is shown and as its sources are, in both languages."""
    found = []
    for lang in ("es", "en"):
        for kind in knowledge.place_kinds.values():
            for place in kind.places:
                talk = Talk(knowledge, Conversation(greeted=True, lang=lang, lang_chosen=True))
                for payload in (f"p|{place.id}", f"p|{place.id}|o"):
                    talk.send(Kind.TAP, payload=payload)
                    assert all(len(choice.payload.encode()) <= LIMIT for choice in talk.conversation.offered)
                    found.append((kind.id, talk.said))
    return found


def test_every_number_and_address_comes_from_the_registers(knowledge: Knowledge) -> None:
    known_numbers, known_addresses = registered()
    for kind, said in cards(knowledge):
        assert [n for n in numbers(said) if n not in known_numbers] == [], kind
        strange = [a for line in said.splitlines() for a in addresses(line) if a not in known_addresses]
        assert strange == [], kind
        assert "{" not in said, kind


def test_every_town_is_one_of_geonames_in_a_country_of_its_kind(knowledge: Knowledge) -> None:
    towns = gazetteer_of(knowledge).towns
    for kind in knowledge.place_kinds.values():
        assert [one.id for one in kind.places if towns[one.geonames].country not in kind.countries] == []


def test_no_shelter_has_an_address_today(knowledge: Knowledge) -> None:
    assert [one.id for one in knowledge.place_kinds["shelter"].places if one.address] == []
    assert not any("Dirección" in said for kind, said in cards(knowledge) if kind == "shelter")


def housed(knowledge: Knowledge, as_of: str | None) -> Knowledge:
    """With an address of a shelter that its own page shows, of this date, and a phone."""
    fact = Fact(
        id="own",
        states="x",
        value="Calle Uno 1",
        sources=("https://h.org",),
        as_of=as_of,
        seen="2026-11-01",
        confidence="high",
    )
    kind = knowledge.place_kinds["shelter"]
    places = tuple(
        one.model_copy(update={"address": "own", "phone": "defensatel"}) if one.id == "shelter-tijuana" else one
        for one in kind.places
    )
    kinds = {**knowledge.place_kinds, "shelter": kind.model_copy(update={"places": places})}
    return knowledge.saying(place_kinds=kinds, facts={**knowledge.facts, "own": fact})


@pytest.mark.parametrize(("as_of", "said"), [("2026-02", True), ("2025-10", False), (None, False)])
def test_a_shelters_address_is_said_for_a_year(as_of: str | None, said: bool, knowledge: Knowledge) -> None:
    talk = Talk(housed(knowledge, as_of))
    talk.say("albergue en tijuana")
    assert ("Calle Uno 1" in talk.said) is said
    assert "Llame antes de ir" in talk.said


def test_a_shared_place_goes_on_with_what_was_asked_for(talk: Talk) -> None:
    talk.say("donde esta la comar")
    turn = talk.send(Kind.LOCATION, location=SALTILLO)
    assert turn.conversation.consulate == "comar-saltillo"
    assert "25.43" not in turn.conversation.stored()


def test_a_place_whose_source_was_withdrawn_is_not_named(knowledge: Knowledge) -> None:
    talk = Talk(without(knowledge, ["shl-saltillo"]))
    talk.say("albergue en saltillo")
    assert "Casa del Migrante de Saltillo" not in talk.said
    assert "Casa INDI" in talk.said


def test_where_the_places_are_from(talk: Talk) -> None:
    talk.say("albergue en tijuana")
    talk.say("¿De dónde sale esto?")
    assert "El Diario de Hoy (El Salvador), julio de 2024" in talk.said
    assert "GeoNames" in talk.said


def test_a_town_is_chosen_by_a_button(talk: Talk) -> None:
    talk.say("albergue en guadalupe")
    talk.tap("Guadalupe, Zacatecas")
    assert talk.turns[-1].reading.section == "albergues-migrantes/what"
    assert "Consulado" not in talk.said


def test_danger_comes_first_and_the_nearest_behind_it(talk: Talk) -> None:
    talk.say("estoy en Tapachula")
    turn = talk.say("donde puedo dormir hoy")
    assert turn.reading.policy == "danger"
    assert "Belén" in talk.said
    assert "Buen Pastor" not in talk.said, "two at most"
    assert talk.labels == []
