"""`ventanilla predict`: the contract of design.md."""

import io
import json
import subprocess
import sys
import time
from datetime import date

import pytest

from bot.cli.predict import predict_lines, run
from tests.support.content import renamed_content

TODAY = date(2026, 11, 20)
KEYS = {
    "lang", "reply_lang", "outcome", "urgent", "check", "topics", "answered", "events", "reply", "choices", "turns",
    "danger", "section", "acts", "situation", "policy",
}  # fmt: skip
OUTCOMES = {"urgent", "check", "answer", "clarify", "question", "command", "smalltalk", "fallback"}


def ask(knowledge, *questions):
    lines = [json.dumps(question) for question in questions]
    return [json.loads(line) for line in predict_lines(lines, knowledge, TODAY)]


def test_understanding_needs_no_server_and_no_database():
    """Their import is a second that each start would wait for."""
    asked = (
        "import sys, bot.cli.main; print(*{'fastapi', 'sqlalchemy', 'telegram', 'twilio', 'uvicorn'} & {*sys.modules})"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.split() == []


def test_every_line_has_all_keys(knowledge):
    for result in ask(knowledge, {"text": "cuanto cuesta el pasaporte"}, {"text": "hola"}, {"text": "asdf qwer"}):
        assert set(result) == KEYS
        assert result["outcome"] in OUTCOMES
        assert result["events"] == []


def test_topics_say_what_the_section_covers(knowledge):
    (result,) = ask(knowledge, {"text": "cuanto cuesta el pasaporte"})
    first = result["topics"][0]
    assert first["id"] == "pasaporte"
    assert first["section"] == "cost"
    assert first["covers"][0] == "pasaporte"
    assert 0 <= first["score"] <= 1
    assert result["answered"] == ["pasaporte"]
    assert len(result["topics"]) <= 3


def test_a_section_that_was_renamed_is_found_by_its_id_of_before():
    moved = renamed_content("pasaporte", ("passport",), "cost", ("price",))
    (result,) = ask(moved, {"text": "cuanto cuesta el pasaporte"})
    first, *others = result["topics"]
    assert (first["id"], first["section"]) == ("pasaporte", "cost")
    assert {"passport", "passport/cost", "passport/price", "pasaporte/price"} == {*first["was"]}
    assert not any("was" in one for one in others)


def test_choices_are_numbered_lines_at_the_end(knowledge):
    (result,) = ask(knowledge, {"text": "menu"})
    lines = [f"{number}. {label}" for number, label in enumerate(result["choices"], start=1)]
    assert result["reply"].endswith("\n".join(lines))


def test_turns_are_one_conversation(knowledge):
    (result,) = ask(knowledge, {"turns": ["que es la matricula consular", "y cuanto cuesta?"]})
    assert [turn["outcome"] for turn in result["turns"]] == ["answer", "answer"]
    assert (result["topics"][0]["id"], result["topics"][0]["section"]) == ("matricula-consular", "cost")


def test_lang_is_the_language_of_the_reply(knowledge):
    spanish, english = ask(knowledge, {"text": "pasaporte"}, {"text": "pasaporte", "lang": "en"})
    assert (spanish["reply_lang"], english["reply_lang"]) == ("es", "en")
    assert english["reply"] != spanish["reply"]


def test_danger_is_named_on_every_turn_that_speaks_of_it(knowledge):
    text = "estamos perdidos en el desierto y ya no tenemos agua"
    (result,) = ask(knowledge, {"turns": [text, text]})
    assert all(turn["urgent"]["category"] == "lost" for turn in result["turns"])
    assert result["turns"][0]["outcome"] == "urgent"


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "null", "3", '{"text": 5}', '{"turns": []}', '{"turns": ["a", 1]}', "{}"]
)
def test_an_unusable_line_gets_an_error_in_its_place(knowledge, line):
    results = list(predict_lines([line, '{"text": "hola"}'], knowledge, TODAY))
    assert list(json.loads(results[0])) == ["error"]
    assert json.loads(results[1])["outcome"] == "smalltalk"


def test_nothing_of_the_first_contact_stands_in_the_reply(knowledge):
    (result,) = ask(knowledge, {"text": "hola"})
    assert "asistente automático" not in result["reply"]


def test_a_thousand_lines_stay_far_below_the_limit(knowledge):
    source = io.StringIO(
        "\n".join([json.dumps({"text": f"cuanto cuesta el pasaporte {n}"}) for n in range(200)]) + "\n"
    )
    target = io.StringIO()
    start = time.perf_counter()
    run(knowledge, TODAY, source, target)
    assert len(target.getvalue().splitlines()) == 200
    assert time.perf_counter() - start < 15, "200 of the 1,000 lines that 15 seconds are for"
