"""A real service on a database of its own, and a person who uses its page without scripts, or as htmx would."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import httpx

from bot import handoff
from bot.channels.web import WebChannel
from bot.settings import Settings
from bot.storage import Cases, Database, DatabaseStore, Operators, OwnView
from bot.wiring import Service
from knowledge.model import Knowledge
from tests.support.app import app_before
from tests.support.sqlite import new_sqlite

HTMX = {"HX-Request": "true"}


@asynccontextmanager
async def open_web(
    directory: Path, knowledge: Knowledge, *, wait: float = 0.2, **settings: object
) -> AsyncIterator[Service]:
    """As bot.wiring builds it, without tasks of its own; `wait`: seconds for which a busy database is waited for."""
    url = new_sqlite(directory / "ventanilla.sqlite3")
    database = await Database.open(url, "k" * 32, wait=wait)
    web = WebChannel()
    service = Service(
        settings=Settings(_env_file=None, database_url=url, **settings),  # type: ignore[arg-type, call-arg]
        knowledge=knowledge,
        database=database,
        store=DatabaseStore(database, handoff),
        cases=Cases(database, handoff),
        operators=Operators(database, handoff),
        channels={web.name: web},
        telegram=None,
        twilio=None,
        web=web,
        own_view=OwnView(database),
    )
    yield service
    service.close_files()
    await database.close()


@dataclass
class Visitor:
    """One browser. `page` is what it shows."""

    client: httpx.AsyncClient
    page: str = ""
    answer: httpx.Response = field(init=False)

    async def open(self, path: str = "/chat", **headers: str) -> "Visitor":
        self._shown(await self.client.get(path, headers=headers))
        return self

    async def say(self, text: str, **fields: str) -> "Visitor":
        """Fill in the form and follow where it leads."""
        return await self.post({"text": text, **fields})

    async def tap(self, label: str) -> "Visitor":
        return await self.post({"payload": self.choices[label]})

    async def post(self, fields: dict[str, str], **headers: str) -> "Visitor":
        answer = await self.client.post("/chat/messages", data={**self.form(), **fields}, headers=headers)
        self._shown(await self.client.get(answer.headers["location"]) if answer.status_code == 303 else answer)
        return self

    async def news(self, after: int | None = None, **headers: str) -> httpx.Response:
        """As the page asks every few seconds."""
        return await self.client.get(
            "/chat/messages", params={"after": self.last if after is None else after}, headers={**HTMX, **headers}
        )

    def _shown(self, answer: httpx.Response) -> None:
        self.answer, self.page = answer, answer.text

    def form(self) -> dict[str, str]:
        """The hidden fields of the composer."""
        composer = self.page[self.page.index('id="composer"') :]
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', composer))

    @property
    def last(self) -> int:
        found = re.search(r'name="after" value="(\d+)"', self.page)
        assert found
        return int(found[1])

    @property
    def bubbles(self) -> list[tuple[str, str]]:
        return bubbles(self.page)

    @property
    def choices(self) -> dict[str, str]:
        found = re.findall(r'<button type="submit" name="payload" value="([^"]*)">(.*?)</button>', self.page)
        return {unescape(label): unescape(payload) for payload, label in found}

    @property
    def notice(self) -> str:
        found = re.search(r'id="notice"[^>]*><p class="notice">(.*?)</p>', self.page, re.DOTALL)
        return unescape(found[1]) if found else ""

    @property
    def typed(self) -> str:
        found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", self.page, re.DOTALL)
        assert found
        return unescape(found[1])


def bubbles(page: str) -> list[tuple[str, str]]:
    """Who says what."""
    found = re.findall(r'<li id="\w+" class="(\w+)">(?:<span.*?</span>)?(.*?)</li>', page, re.DOTALL)
    return [(who, unescape(re.sub("<[^>]+>", "", html)).strip()) for who, html in found]


def visit(service: Service, address: str = "203.0.113.7", app: object = None) -> Visitor:
    transport = httpx.ASGITransport(app or app_before(service), client=(address, 5000))  # type: ignore[arg-type]
    return Visitor(httpx.AsyncClient(transport=transport, base_url="https://test"))
