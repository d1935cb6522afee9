"""`benchmarks.worth`: every mechanism can be switched off, what it touches is counted, and nothing stays off."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from benchmarks import worth
from bot.dialogue import engine
from bot.dialogue.protocols import walk
from bot.dialogue.signals.ranking import weights_of

CONSTANT = {"none", "none, open"}
PLACES = {(one.part, one.name): place for place, one in enumerate(worth.switches())}


@pytest.fixture(autouse=True)
def same_content(monkeypatch, knowledge):
    monkeypatch.setattr(worth, "content", lambda: knowledge)


def test_every_weighed_feature_is_in_one_group_and_no_group_is_empty(knowledge):
    names = set(weights_of(knowledge)) - CONSTANT
    own = {f"{reading}, {what}" for reading in worth.READINGS for what in ("section", "topic")}
    patterns = [pattern for group in worth.FEATURES.values() for pattern in group.values()]
    held = {pattern: {name for name in names if re.fullmatch(pattern, name)} for pattern in patterns}
    assert all(held.values())
    assert set().union(*held.values()) == names - own
    assert sum(map(len, held.values())) == len(names - own)


@pytest.mark.parametrize(
    ("switch", "name"),
    [
        (("model", "weighing"), "talks"),
        (("features", "open: open"), "talks"),
        (("reading", "thread"), "talks"),
        (("policy", "answer"), "questions"),
        (("policy", "calendar"), "calendar"),
        (("model", "kinds"), "danger_talks"),
        (("model", "ends"), "danger_talks"),
        (("model", "asks"), "danger_talks"),
        (("step", "over"), "danger_talks"),
    ],
)
def test_what_is_switched_off_changes_turns_and_is_on_again(switch, name, monkeypatch, caplog):
    place = PLACES[switch]
    monkeypatch.setattr(worth, "SETS", {name: worth.SETS[name]})
    one = list(worth.switches())[place]._replace(sets=(name,))
    monkeypatch.setattr(worth, "switches", lambda: [one] * (place + 1))
    all_on = (engine.POLICIES, walk.STEPS)
    touched, lost, won = worth.measured(place, 5)[name]
    assert touched
    assert lost >= 0 <= won
    assert all_on == (engine.POLICIES, walk.STEPS)
    assert not caplog.records, "what is off may not break what is on"
    assert worth.ask(name, 5) == worth.before(name, 5)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"talks": (30, 2, 2), "questions": (20, 0, 1)}, "*"),
        ({"talks": (30, 0, 0), "questions": (19, 0, 0)}, ""),
        ({"talks": (30, 5, 0), "questions": (20, 0, 0)}, "~"),
        ({"talks": (30, 7, 0), "questions": (20, 0, 0)}, ""),
    ],
)
def test_what_may_go(found, said):
    assert worth.verdict(found) == said


def test_the_table(monkeypatch):
    monkeypatch.setattr(worth, "ProcessPoolExecutor", lambda *_: ThreadPoolExecutor(1))
    result = CliRunner().invoke(worth.main, ["--most", "1", "--only", "step over"])
    assert result.exit_code == 0, result.output
    head, _, row = result.output.splitlines()
    assert [cell.strip() for cell in head.split("|")[4:-1]] == list(worth.SETS)
    assert re.search(r"\| step +\| over +\|", row)
