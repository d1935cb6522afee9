"""What every test may ask for."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, settings

from bot.storage import upgrade
from knowledge.model import Knowledge
from tests.support import postgres
from tests.support.content import content

# Thousands of rows are read before the first test runs: by libyaml in a tenth of the time.
yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TODAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

# The same examples in every run; `make fuzz` looks for new ones.
settings.register_profile(
    "ci", derandomize=True, deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("fuzz", deadline=None, max_examples=1000, suppress_health_check=list(HealthCheck))
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", action="store_true", help="write the conversations anew instead of comparing them")


KNOWN_FAILURES = Path(__file__).parent / "known_failures.yaml"
"""Tests that the engine does not pass yet, by their ids, under why: run each time, struck off when they pass."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    known = yaml.safe_load(KNOWN_FAILURES.read_text(encoding="utf-8")) or {}
    why = {test: reason for reason, tests in known.items() for test in tests}
    for item in items:
        if item.nodeid in why:
            item.add_marker(pytest.mark.xfail(reason=why[item.nodeid], strict=False))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How long the tests of each folder took, all processes together; nothing where there is one."""
    took: Counter[str] = Counter()
    for report in chain.from_iterable(terminalreporter.stats.values()):
        if isinstance(report, pytest.TestReport):
            took[report.nodeid.split("/")[1].partition("::")[0]] += report.duration
    if len(took) > 1:
        said = ", ".join(f"{part} {seconds:.0f}" for part, seconds in took.most_common())
        terminalreporter.write_line(f"seconds by part: {said}")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return content()


@pytest.fixture(scope="session")
def new_postgres() -> Iterator[Callable[[], str]]:
    """Gives the URL of a new database each time, all of one server."""
    with postgres.databases(upgrade) as new:
        yield new


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def now() -> datetime:
    return NOON
