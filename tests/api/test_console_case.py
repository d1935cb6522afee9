"""A case's page for who answers: what can be said in this danger, what a resolve leaves open, what was done, where."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from api import telling
from bot.conversation import Conversation, InboundMessage, Kind, Level, Location, OpenDanger
from bot.conversation.danger import Below
from bot.storage.queue import Wanted
from tests.api.test_console import DANGER, HTMX, LOST, Browser, ana, app, case_of, quick_hash, say, service

__all__ = ["ana", "app", "quick_hash", "service"]


def chips(browser: Browser) -> list[str]:
    """The replies that one tap puts in, in their order."""
    row = browser.page.partition('class="chips"')[2].partition("</p>")[0]
    return [part.partition('data-text="')[2].partition('"')[0] for part in row.split("<button")[1:]]


async def taken(service, ana, text: str, who: str = "p1") -> str:
    """The address of a case that Ana has."""
    await say(service, text, who)
    await ana.post("/console/next")
    (case,), _ = await service.cases.find(Wanted(status="claimed", holder="ana"), None, 1)
    return f"/console/cases/{case.id}"


async def test_the_texts_of_the_danger_stand_first(service, ana):
    await taken(service, ana, LOST)
    offered = chips(ana)
    texts = [text for text, _ in service.emergency_texts(*await whole(service))]
    assert len(texts) > 2
    assert offered[: len(texts)] == texts
    assert offered[len(texts)] == "¿Es seguro escribirle aquí?"
    assert any("911" in text for text in texts), "the first words of its kind"


async def test_behind_the_first_words_what_was_told_comes_after_what_was_not(service, ana):
    await taken(service, ana, LOST)
    (first, was_told), *others = service.emergency_texts(*await whole(service))
    assert ("911" in first, was_told) == (True, True)
    told = [was for _, was in others]
    assert told == sorted(told)
    assert False in told


async def test_a_search_for_a_danger_finds_its_first_words(ana):
    await ana.get("/console/answers?lang=en&topic=my+boss+took+my+passport+and+does+not+let+me+leave", **HTMX)
    assert "suggested" in ana.page
    assert "program" not in ana.words


async def test_where_somebody_may_read_along_that_is_asked_before_all(service, ana):
    await taken(service, ana, DANGER)
    first, second, *_ = chips(ana)
    assert first == "¿Es seguro escribirle aquí?"
    assert second == service.emergency_texts(*await whole(service))[0][0]


async def test_they_are_in_the_persons_language(service, ana):
    await taken(service, ana, "my husband hits me and he wants to kill me")
    assert "safe" in chips(ana)[0]
    assert "911" in chips(ana)[1] or "Dial" in " ".join(chips(ana))


async def test_a_case_without_a_danger_offers_none(service, ana):
    await taken(service, ana, "quiero hablar con una persona")
    assert not list(service.emergency_texts(*await whole(service)))
    assert chips(ana)[0] == "¿Es seguro escribirle aquí?"


async def whole(service):
    (case,), _ = await service.cases.find(Wanted(), None, 1)
    return case, (await service.cases.whole(case.id)).person


async def test_a_place_is_asked_for_as_the_channel_shares_it(service, ana):
    await taken(service, ana, LOST)
    assert "clip" not in ana.page
    assert "Toque el botón “Compartir mi ubicación”" in " ".join(chips(ana))


async def test_a_resolve_asks_once_while_the_person_waits(service, ana):
    case = await taken(service, ana, LOST)
    version = ana.page.partition('name="version" value="')[2].partition('"')[0]
    await ana.post(f"{case}/resolve", outcome="helped", note="mi nota", version=version)
    assert (ana.status, "nadie ha contestado lo último" in ana.words) == (409, True)
    form = ana.page.partition('id="resolve"')[2].partition("</form>")[0]
    assert ("mi nota" in form, 'name="sure" value="1"' in form) == (True, True)
    await ana.post(f"{case}/resolve", outcome="helped", note="mi nota", version=version, sure="1")
    assert (ana.status, "Caso resuelto." in ana.words) == (200, True)


async def test_a_resolve_asks_where_a_reply_is_written_or_on_its_way(service, ana):
    case = await taken(service, ana, LOST)
    await ana.post(f"{case}/reply", text="Soy Ana.")
    await ana.post(f"{case}/resolve", outcome="helped", draft="1")
    assert (ana.status, "no se ha enviado" in ana.words) == (409, True)
    await ana.post(f"{case}/resolve", outcome="helped")
    lines = await service.cases.newest((await service.cases.find(Wanted(), None, 1))[0][0].conversation_id, 9)
    mark = next(line.delivery for line in reversed(lines) if line.author == "operator")
    assert ana.status == (409 if mark == "queued" else 200)
    assert mark != "queued" or "no le ha llegado" in ana.words


@pytest.mark.parametrize(
    ("act", "fields", "said"),
    [
        ("note", {"note": "vive con su hermana"}, "Nota guardada."),
        ("labels", {"labels": "ciam"}, "Etiquetas guardadas."),
        ("transfer", {"to": "ben"}, "El caso se pasó."),
        ("release", {}, "El caso volvió a la cola."),
        ("raise", {"level": "critical"}, "Nivel guardado."),
    ],
)
async def test_what_was_done_is_said(service, ana, act, fields, said):
    case = await taken(service, ana, LOST)
    assert "El caso es suyo." in ana.words
    await ana.post(f"{case}/{act}", **fields)
    line = ana.page.partition('id="did"')[2].partition("</p>")[0]
    assert ('role="status"' in line, said in line) == (True, True)
    await ana.get(f"{case}?did=<b>")
    assert 'id="did"' not in ana.page


async def test_linked_cases_can_be_told_apart(service, ana):
    await say(service, "quiero hablar con una persona, busco a mi prima Lupita", who="p2")
    other = await case_of(service)
    case = await taken(service, ana, LOST)
    await ana.post(f"{case}/link", other=other)
    linked = ana.page.partition('id="linked-head"')[2].partition("</ul>")[0]
    assert ("Lupita" in linked, "web" in linked) == (True, True)


async def test_cases_are_found_by_the_name_of_their_danger(service, ana):
    case = await taken(service, ana, LOST)
    await say(service, DANGER, who="p2")
    (other,), _ = await service.cases.find(Wanted(status="open"), None, 1)
    await ana.get(f"{case}/alike?q=VIOLENCIA", **HTMX)
    assert (f'value="{other.id}"' in ana.page, DANGER in ana.words) == (True, True)
    await ana.get("/console/search?q=violencia")
    assert str(other.id) in ana.page
    await ana.get("/console/search?q=violencia perdida")
    assert str(other.id) not in ana.page


async def test_the_clock_of_the_summary_stops_with_the_case(service, ana):
    case = await taken(service, ana, LOST)
    await ana.post(f"{case}/resolve", outcome="helped", sure="1")
    (found,), _ = await service.cases.find(Wanted(), None, 1)
    seen = await service.cases.whole(found.id)
    begun, ended = found.opened_at - timedelta(days=3), found.opened_at - timedelta(days=2)
    old = replace(seen, case=replace(found, opened_at=begun, resolved_at=ended))
    assert "duró 1 d 0 h" in telling.summary(service, old, [], "es")[0]


async def burst(service, count: int, words: str, network: str) -> None:
    """As many visitors of one network who say the same."""
    now = datetime.now(UTC)
    for number in range(count):
        said = InboundMessage(
            "web", f"{network}-{number}", f"{network}-{number}", Kind.TEXT, now, words, network=network
        )
        await service.handle(said)


async def test_a_burst_of_the_same_words_is_one_row(service, ana):
    await burst(service, 5, "me quieren matar", "192.0.2.7/32")
    await burst(service, 1, "me quieren matar", "192.0.2.8/32")
    await ana.get("/console")
    assert ana.page.count('<li class="case ') == 2
    assert "+4 de la misma red, con las mismas palabras" in ana.words
    assert ana.page.count('href="/console/cases/') == 6, "none is out of reach"
    said = InboundMessage(
        "web", "more", "192.0.2.7/32-3", Kind.TEXT, datetime.now(UTC), "estoy en el baño", network="x"
    )
    await service.handle(said)
    await ana.get("/console")
    assert ana.page.count('<li class="case ') == 3, "who says more stands alone"


async def test_ten_messages_of_one_person_are_one_row_and_call_once(service, ana):
    case = await taken(service, ana, LOST)
    await ana.post(f"{case}/reply", text="Soy Ana.")
    newest = set()
    for number in range(10):
        await say(service, f"por favor {number}")
        await ana.get("/console/pulse?at=/console", **HTMX)
        newest.add(ana.page.partition('data-newest="')[2].partition('"')[0])
    await ana.get("/console")
    assert (ana.page.count('<li class="case '), len(newest)) == (1, 1)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("we are in nogales", "Nogales (Sonora o Arizona)"),
        ("estamos en nogales sonora", "Nogales, Sonora"),
        ("estamos en nogales, mexico", "Nogales, Sonora"),
    ],
)
async def test_a_town_on_both_sides_of_a_border_is_said_so(service, ana, words, shown):
    await taken(service, ana, f"{DANGER}")
    await say(service, words)
    await ana.get("/console")
    (case,), _ = await service.cases.find(Wanted(), None, 1)
    await ana.get(f"/console/cases/{case.id}")
    assert shown in ana.words


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ((33.45, -112.07), "Estados Unidos"),
        ((29.07, -110.95), "México"),
        ((31.335, -110.938), "Estados Unidos o México"),
        ((31.9, -112.8), "México o Estados Unidos"),  # Arizona; the only town near stands over the border
    ],
)
async def test_coordinates_have_a_country(service, ana, place, country):
    await say(service, "nos dejo el coyote en el desierto, mi hermana ya no puede caminar")
    now = datetime.now(UTC)
    await service.handle(InboundMessage("web", "a place", "p1", Kind.LOCATION, now, location=Location(*place)))
    await ana.post("/console/next")
    why = ana.page.partition("<dt>País</dt>")[2].partition("</dd>")[0]
    assert why.removeprefix("<dd>") == country
    assert f"país: {country}" in ana.words


async def test_what_the_danger_is_now_stands_in_words_and_follows_it(service, ana):
    await say(service, "el mayordomo me dijo que si hablo me desaparece")
    page = f"/console/cases/{await case_of(service)}"
    await ana.get(page)
    assert "amenaza; le pasa a quien escribe; abierto" in ana.words
    await say(service, "ya viene, luego le escribo")
    await ana.get(f"{page}/live", **HTMX)
    assert "abierto; quizá alguien lee el teléfono" in ana.words
    assert "threatened" not in ana.page


def danger(**facts: object) -> OpenDanger:
    now = datetime.now(UTC)
    return OpenDanger(category="violence", level=Level.CRITICAL, opened_at=now, heard_at=now, **facts)


@pytest.mark.parametrize(
    ("facts", "es", "en"),
    [
        ({"kind": "threatened", "who": "own"}, "amenaza; le pasa a quien escribe; abierto", "threat; it happens to "),
        ({"who": "other", "state": "handed"}, "violencia; le pasa a otra persona; ya en manos de otros", "violence; "),
        ({"reader": "reading"}, "; abierto; quizá otra persona tiene el teléfono", "another person may hold the phone"),
        ({"below": (Below(category="medical", kind="fall"),)}, "; sigue también: caída", "; still open too: fall"),
        ({"kind": "a_kind_of_old", "state": "over"}, "violencia; no se sabe a quién le pasa; terminado", "; over"),
    ],
)
async def test_each_fact_of_the_danger_has_its_words(service, facts, es, en):
    person = Conversation(danger=danger(**facts))
    assert es in telling.danger(service, person, "es")
    assert en in telling.danger(service, person, "en")


async def test_no_danger_no_words(service, ana):
    await taken(service, ana, "quiero hablar con una persona")
    assert 'id="danger"' not in ana.page


def test_every_kind_has_a_name_for_operators(knowledge):
    assert [one.id for one in knowledge.protocols.values() if not one.general and not one.label] == []
    names = [one.label.say(lang) for one in knowledge.protocols.values() if one.label for lang in ("es", "en")]
    assert len(names) == len(set(names))
    assert max(len(name.split()) for name in names) <= 8
