"""Made-up requests to every operation of the OpenAPI document, by every role and by nobody: no server error.

`make fuzz` sends at least 20,000; an ordinary run some of them, the same ones each time.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from api.app import create_app
from bot.storage.queue import Wanted
from tests.support.web_chat import open_web, visit

ROLES = ("operator", "coordinator", "editor", "auditor", None)
FUZZ, AT_LEAST, ORDINARY = 1000, 20_000, 2
"""Of a profile with so many examples, requests in all; else so many for each operation and role."""
DANGER = "mi esposo me pega y me quiere matar, esta aqui afuera"
PEOPLE = 6


@dataclass
class Fuzzed:
    """An app before a database with people in it; requests run on one loop."""

    loop: asyncio.AbstractEventLoop
    service: Any
    client: httpx.AsyncClient
    operations: list[Any]
    ids: dict[str, list[str]]
    tokens: dict[str, str] = field(default_factory=dict)
    answered: Counter[int] = field(default_factory=Counter)
    made: int = 0

    def send(self, role: str | None, case: Case) -> int:
        return self.loop.run_until_complete(self._send(role, case))

    async def _send(self, role: str | None, case: Case) -> int:
        given_ = case.as_transport_kwargs(base_url="http://test")
        given_ = {name: value for name, value in given_.items() if name != "cookies"}
        given_["headers"] = {
            name: value for name, value in (given_.get("headers") or {}).items() if name.lower() != "authorization"
        }
        for again in (False, True):
            if role:
                given_["headers"]["Authorization"] = f"Bearer {await self._token(role, again=again)}"
            try:
                answer = await self.client.request(**given_)
            except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeEncodeError, TypeError, ValueError):
                return 0  # no such request can be sent at all
            if answer.status_code != 401 or role is None:
                break
        self.answered[answer.status_code] += 1
        return answer.status_code

    async def _token(self, role: str, *, again: bool) -> str:
        """Another account where the last one rotated its own token away."""
        if again or role not in self.tokens:
            self.made += 1
            self.tokens[role] = await self.service.operators.add(f"{role}{self.made}", role, datetime.now(UTC))
        return self.tokens[role]


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory, knowledge) -> Iterator[Fuzzed]:
    with asyncio.Runner() as runner:
        loop, opened = runner.get_loop(), open_web(tmp_path_factory.mktemp("fuzz"), knowledge, wait=5)
        service = loop.run_until_complete(opened.__aenter__())
        app, delivering = create_app(service), loop.create_task(service.delivery.run())
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url="http://test"
        )
        ids = loop.run_until_complete(_people(service, app))
        schema = schemathesis.openapi.from_dict(app.openapi())
        operations = [one.ok() for one in schema.get_all_operations()]
        yield Fuzzed(loop, service, client, operations, ids)
        loop.run_until_complete(client.aclose())
        loop.run_until_complete(service.delivery.stop())
        loop.run_until_complete(delivering)
        loop.run_until_complete(opened.__aexit__(None, None, None))


async def _people(service: Any, app: Any) -> dict[str, list[str]]:
    for _ in range(PEOPLE):
        await (await visit(service, app=app).open()).say(DANGER)
    cases, _ = await service.cases.find(Wanted(), None, 100)
    assert len(cases) == PEOPLE
    return {"case_id": [str(one.id) for one in cases], "conversation_id": [str(one.conversation_id) for one in cases]}


def test_no_request_makes_a_server_error(fuzzed: Fuzzed) -> None:
    thorough = settings.default.max_examples >= FUZZ
    each = ceil(1.1 * AT_LEAST / (len(fuzzed.operations) * len(ROLES))) if thorough else ORDINARY
    broken: list[str] = []
    for operation in fuzzed.operations:
        for role in ROLES:
            broken += _tried(fuzzed, operation, role, each)
    print(f"\n{fuzzed.answered.total()} requests: {dict(sorted(fuzzed.answered.items()))}")
    assert broken == []
    assert fuzzed.answered.total() >= (AT_LEAST if thorough else len(fuzzed.operations) * len(ROLES))
    assert {200, 401, 403, 404, 422} <= set(fuzzed.answered)


def _tried(fuzzed: Fuzzed, operation: Any, role: str | None, each: int) -> list[str]:
    broken: list[str] = []
    cases = st.one_of(
        operation.as_strategy(), operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    )  # fmt: skip

    @settings(max_examples=each, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=cases, real=st.booleans(), which=st.integers(0, PEOPLE - 1))
    def tried(case: Case, real: bool, which: int) -> None:
        for name in case.path_parameters if real else ():
            if name in fuzzed.ids:
                case.path_parameters[name] = fuzzed.ids[name][which]
        if fuzzed.send(role, case) >= 500:
            broken.append(f"{role}: {case.as_curl_command()}")

    tried()
    return broken[:3]
