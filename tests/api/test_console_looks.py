"""The desk sees when the page of somebody on the web was last looked at, and what of its words has arrived there."""

from bot.storage.queue import Wanted
from tests.api.test_console import DANGER, HTMX, Browser, app, quick_hash, service
from tests.support.web_chat import visit

__all__ = ["app", "quick_hash", "service"]


async def delivered(service, ana: Browser) -> str:
    """Send all that waits, and what the case then says."""
    rows = await service.delivery._outbox.claim(_soon(), {"web": 9})
    while rows:
        for row in rows:
            service.delivery._outbox.said(row, "", whole=True)
            service.delivery._outbox.let_go(row)
        await service.delivery._outbox.mark()
        rows = await service.delivery._outbox.claim(_soon(), {"web": 9})
    await service.looks.write()
    return await ana.get(ana.case)


def _soon():
    from datetime import UTC, datetime, timedelta

    return datetime.now(UTC) + timedelta(minutes=1)


async def test_on_its_way_until_the_page_fetched_it(service, app) -> None:
    person = await visit(service, app=app).open()
    await person.say(DANGER)
    (case,), _ = await service.cases.find(Wanted(), None, 1)
    ana = await Browser(app).log_in("ana")
    ana.case = f"/console/cases/{case.id}"
    await ana.get(ana.case)
    assert "La página no se ha mirado." in ana.words
    await ana.post(f"{ana.case}/claim")
    await ana.post(f"{ana.case}/reply", text="Soy Ana, ¿es seguro escribirle?")
    await delivered(service, ana)
    assert ("enviado" in ana.words, ana.words.count("en camino")) == (False, 1), "her words alone are not there yet"
    assert "La persona vio su página hace" in ana.words
    await person.news()
    await delivered(service, ana)
    assert ("en camino" in ana.words, "enviado" in ana.words) == (False, False)
    assert "entregado" in ana.words
    live = await ana.client.get(f"{ana.case}/live", headers=HTMX)
    again = await ana.client.get(f"{ana.case}/live", headers={**HTMX, "if-none-match": live.headers["etag"]})
    assert (live.status_code, again.status_code) == (200, 304)
    assert 0 <= int(again.headers["page-looked-at"]) < 60
