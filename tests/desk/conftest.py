"""The world of the storage tests, with the desk's records on it."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from bot.storage import Audit, Cases, Database, Floods
from tests.storage.conftest import World, path, template, world

__all__ = ["path", "template", "world"]


@dataclass
class Records:
    """What the use cases are given."""

    database: Database
    cases: Cases
    audit: Audit
    floods: Floods
    delivery: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(wake=lambda: None))


@dataclass(frozen=True)
class Someone:
    name: str
    role: str


ANA, BEN = Someone("ana", "operator"), Someone("ben", "operator")
CORA, EVA, EDI = Someone("cora", "coordinator"), Someone("eva", "auditor"), Someone("edi", "editor")


@pytest.fixture
def records(world: World) -> Records:
    return Records(world.database, world.cases, Audit(world.database), Floods(world.database, world.cases))
