"""`ventanilla eval`: marks of each kind of line, and the report."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from bot.cli import evaluate as module
from bot.cli.evaluate import as_text, evaluate
from bot.cli.main import main

TODAY = date(2026, 11, 20)


def got(**changes):
    topics = [{"id": "a", "section": "what", "covers": ["row-a", "row-b"], "score": 0.9}]
    topics.append({"id": "c", "section": "what", "covers": ["row-c"], "score": 0.1})
    return {"outcome": "answer", "urgent": None, "check": None, "topics": topics, "events": [], "turns": []} | changes


def danger(category, level="critical"):
    return {"category": category, "level": level, "rule": "x"}


QUESTION = {"text": "x", "expect": ["row-b"], "also_ok": ["row-d"]}
URGENT = {"text": "x", "urgent": "medical", "ok_categories": ["lost"], "level": "critical"}
DIALOGUE = {"turns": ["a", "b"], "urgent_at": 1, "category": "child", "ok_categories": []}


@pytest.mark.parametrize(
    ("line", "answer", "marks"),
    [
        (QUESTION, got(), {"top-1": True, "top-3": True, "answered right": True, "answered wrongly": False}),
        (QUESTION | {"expect": ["row-c"]}, got(), {"top-1": False, "top-3": True, "answered wrongly": True}),
        (QUESTION, got(outcome="clarify"), {"top-1": True, "answered right": False, "clarified": True}),
        (QUESTION, got(outcome="fallback", topics=[]), {"top-1": False, "top-3": False, "unanswered": True}),
        (QUESTION, got(outcome="urgent", urgent=danger("lost")), {"taken for danger": True, "unanswered": False}),
        ({"text": "x", "kind": "far"}, got(), {"false answers": True}),
        ({"text": "x", "kind": "far"}, got(outcome="urgent"), {"false answers": True}),
        ({"text": "x", "kind": "far"}, got(outcome="clarify"), {"false answers": False}),
        (URGENT, got(urgent=danger("lost")), {"recall": True, "right category": True, "checks": False}),
        (URGENT, got(urgent=danger("child", "urgent")), {"right category": False, "right level": False}),
        ({"text": "x", "urgent": "lost"}, got(urgent=danger("lost")), {"right category": True}),
        (URGENT, got(check="medical"), {"recall": True, "checks": True}),
        (URGENT, got(check="child"), {"recall": False}),
        (URGENT | {"urgent": None}, got(urgent=danger("lost")), {"specificity": False, "checks of look-alikes": False}),
        (URGENT | {"urgent": None}, got(check="lost"), {"specificity": True, "checks of look-alikes": True}),
        (
            DIALOGUE,
            got(turns=[{"urgent": None}, {"urgent": danger("child")}]),
            {"in time": True, "right category": True},
        ),
        (DIALOGUE | {"urgent_at": 0}, got(turns=[{"urgent": None}, {"urgent": danger("child")}]), {"in time": False}),
        (DIALOGUE | {"urgent_at": None}, got(turns=[{"urgent": danger("child")}]), {"left calm": False}),
        ({"turns": ["a"], "expect_last": ["row-a"], "also_ok": []}, got(), {"resolved": True}),
        ({"text": "x", "expect_events": ["e"], "mode": "any"}, got(events=["e", "f"]), {"right events": True}),
        ({"text": "x", "expect_events": ["e"], "mode": "all"}, got(events=["e", "f"]), {"right events": False}),
        ({"text": "x", "expect_events": [], "mode": "all"}, got(events=[]), {"right events": True}),
    ],
)
def test_marks(line, answer, marks):
    marker = next(marker for key, marker, _ in module.KINDS if key in line)
    assert marker(line, answer).items() >= marks.items()


def test_shares_parts_and_misses(monkeypatch, knowledge):
    answers = iter([got(), got(topics=[{"id": "z", "section": "s", "covers": ["row-z"], "score": 0.7}])])
    monkeypatch.setattr(module, "predict", lambda *_: next(answers))
    lines = [json.dumps(QUESTION | {"kind": "direct"}), "", json.dumps(QUESTION | {"kind": "bare"})]
    report = evaluate(lines, knowledge, TODAY)
    assert report.lines == 2
    assert (report.figures["top-1"].share, report.figures["top-1"].of) == (0.5, 2)
    assert report.figures["top-1: bare"].share == 0
    assert [(miss.text, miss.score) for miss in report.misses] == [("x", 0.7)]
    assert "worst misses" in as_text(report)


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "x"}', '{"expect": ["a"]}'])
def test_a_line_that_cannot_be_marked_is_named(line, knowledge):
    with pytest.raises(ValueError, match="line 1"):
        evaluate([line], knowledge, TODAY)


def test_the_command_prints_one_object(tmp_path, monkeypatch, knowledge):
    monkeypatch.setattr(module, "checked_knowledge", lambda _: knowledge)
    file = tmp_path / "lines.jsonl"
    file.write_text(json.dumps({"text": "pasaporte", "expect": ["pasaporte"], "also_ok": []}) + "\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["eval", str(file), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["figures"]["top-1"] == {"share": 1.0, "of": 1}
