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
        ({"text": "x", "talk": "joke"}, got(outcome="smalltalk"), {"small talk heard": True}),
        ({"text": "x", "talk": None}, got(outcome="smalltalk"), {"taken for small talk": True}),
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


def label(**changes):
    return {"ok": ["a"], "act": "answer", "danger": None, "alone": True} | changes


ASKED = [
    (got(), label(), {"answered wrongly": False, "later right": True, "later right: alone": True}),
    (got(), label(ok=["a/what"], alone=False), {"later right": True, "later right: need": True}),
    (got(), label(ok=["a/cost"]), {"answered wrongly": True, "later right": False, "later right or offered": False}),
    (got(topics=[got()["topics"][0] | {"was": ["z/x"]}]), label(ok=["z/x"]), {"later right": True}),
    (got(outcome="clarify"), label(ok=["c"]), {"later right": False, "later right or offered": True}),
    (got(outcome="clarify"), label(ok=["c"], act="either"), {"later right": True, "answered wrongly": False}),
    (got(outcome="fallback"), label(ok=[], act="not_known"), {"later right": True}),
    (got(outcome="answer"), label(ok=[], act="not_known"), {"later right": False, "answered wrongly": True}),
    (got(), label(act="smalltalk"), {}),
    (got(), label(danger="medical"), {}),
]


@pytest.mark.parametrize(("turn", "told", "marks"), ASKED)
def test_marks_of_what_is_asked_in_a_conversation(turn, told, marks):
    found = module.mark_asked(told, turn, first=False)
    assert found.items() >= marks.items()
    assert bool(found) == bool(marks)
    assert marks.get("later right") == module.mark_asked(told, turn, first=True).get("first right")


def open_danger(**changes):
    return {"category": "medical", "kind": "heart", "who": "own", "state": "open", "reader": "none"} | changes


HELD = {"danger": "medical", "kind": "heart", "kind_also": [], "who": "both", "state": "open", "reader": "none"}
TOLD = HELD | {"over": False}
AGREED = {"kind": True, "who": True, "reader": True}


@pytest.mark.parametrize(
    ("told", "danger", "open_by", "marks"),
    [
        (TOLD, open_danger(), (False, False), {"first helped": True, **AGREED}),
        (TOLD, open_danger(state="asked"), (False, False), {"first helped": False, **AGREED}),
        (TOLD, None, (False, False), {"first helped": False}),
        (
            TOLD,
            open_danger(kind="burn", who="other"),
            (True, True),
            {"kept": True, **AGREED, "kind": False, "who": False},
        ),
        (TOLD | {"kind": "medical"}, open_danger(kind=None), (True, True), {"kept": True, **AGREED}),
        (TOLD, open_danger(state="over"), (True, True), {"kept": False}),
        (TOLD | {"state": "handed"}, None, (True, True), {}),
        (TOLD | {"over": True}, None, (True, True), {"ended": True, "ended or handed": True}),
        (TOLD | {"over": True}, open_danger(state="handed"), (True, True), {"ended": False, "ended or handed": True}),
        (TOLD | {"over": True}, None, (True, False), {}),
        ({"danger": "lost", "kind": "desert", "who": "own"}, open_danger(), (True, True), {"kept": True}),
    ],
)
def test_marks_of_danger_in_a_conversation(told, danger, open_by, marks):
    assert module.mark_in_danger(told, {"danger": danger}, open_by=open_by) == marks


def test_a_conversation_has_marks_for_each_turn():
    turns = [{"urgent": None, "danger": danger} for danger in (None, open_danger(), None)]
    labels = [TOLD | {"danger": None}, TOLD, TOLD | {"danger": None, "over": True}]
    found = list(module.mark_conversation({"labels": labels}, {"turns": turns}))
    assert found == [{"first helped": True, **AGREED}, {"ended": True, "ended or handed": True}]
    asked = [got(danger=None)] * 2
    calm, first, later = module.mark_conversation({"labels": [label()] * 2}, {"turns": asked})
    assert calm == {"calm talk left calm": True}
    assert "first right" in first
    assert "later right" in later


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
