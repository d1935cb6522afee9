"""The page that a code opens: to nobody else, in no search engine, and never of a private matter."""

from types import SimpleNamespace

import httpx
import pytest

from api import checklist
from bot.conversation import Progress
from bot.conversation.ports import StoreBusyError
from bot.texts import say
from tests.support.app import app_before
from tests.support.talk import NOON

CODE = "BCDFGH"
ERRANDS = {
    CODE: Progress(procedure="ecosoc", answers={"years": "yes"}, done=("recording",), has=("statutes",), at=NOON),
    "CHLDXX": Progress(procedure="child-passport", answers={"registered": "yes"}, at=NOON),
    "PRVTXX": Progress(procedure="family-plan", at=NOON),
    "GNBCDF": Progress(procedure="no-longer-there", at=NOON),
}


class Kept:
    """In place of storage."""

    def __init__(self, database):
        self.asked = database.asked

    async def opened(self, code, network, at):
        self.asked.append((code, network))
        if code == "BSVXXX":
            raise StoreBusyError
        return ERRANDS.get(code)


@pytest.fixture
def page(service, knowledge, monkeypatch):
    monkeypatch.setattr(checklist, "Checklists", Kept)
    service.knowledge, service.say = knowledge, say
    service.database = SimpleNamespace(asked=[])
    transport = httpx.ASGITransport(app_before(service))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def test_the_form_says_nothing_and_is_in_no_index(page):
    answer = await page.get("/checklist?lang=es")
    assert answer.status_code == 200
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert answer.headers["cache-control"] == "no-store"
    assert 'name="robots" content="noindex' in answer.text
    assert "seis letras" in answer.text


@pytest.mark.parametrize("lang", ["es", "en"])
async def test_its_code_opens_it(page, knowledge, lang):
    answer = await page.post(f"/checklist?lang={lang}", data={"code": "bcd-fgh"})
    assert answer.status_code == 200
    assert knowledge.procedures["ecosoc"].title.say(lang) in answer.text
    assert answer.text.count("☑") == 2
    assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert CODE not in str(answer.url)


@pytest.mark.parametrize("code", ["XXXXXX", "", "<script>", "PRVTXX", "GNBCDF", "B" * 5000])
async def test_nothing_else_opens_anything_and_all_of_it_is_counted(page, service, code):
    answer = await page.post("/checklist?lang=es", data={"code": code})
    assert answer.status_code == 404
    assert say("checklist.wrong", "es") in answer.text
    assert "☐" not in answer.text
    assert len(service.database.asked) == 1


async def test_a_busy_database_opens_nothing(page):
    answer = await page.post("/checklist", data={"code": "BSVXXX"})
    assert answer.status_code == 503
    assert "☐" not in answer.text


async def test_what_hangs_on_an_answer_is_printed_with_it(page):
    """A death certificate and a ruling are not everybody's, nor are all the ways to the consulate."""
    answer = await page.post("/checklist?lang=es", data={"code": "CHLDXX"})
    theirs, _, hanging = answer.text.partition("Si a «¿Van a ir los dos padres")
    assert "Acta de nacimiento mexicana" in theirs
    assert "Acta de defunción" not in theirs
    assert "contesta «El otro murió»:" in hanging
    assert "<strong>Ir con el niño.</strong> Si a «" in hanging
    assert "falta una respuesta" not in answer.text
