"""`predict --explain`: why a message was understood as it was."""

import json
from datetime import date
from itertools import pairwise
from math import exp

import pytest

from bot.cli.predict import predict_lines

TODAY = date(2026, 11, 20)


def test_it_shows_what_was_read_and_what_weighed(knowledge):
    (line,) = predict_lines(['{"text": "kuanto cuesta el pasaporte"}'], knowledge, TODAY, explaining=True)
    result = json.loads(line)
    why = result["explain"]
    assert why["message"]["letters"].endswith("cuesta el pasaporte")
    assert "passport" in why["message"]["concepts"]
    assert f"{result['topics'][0]['id']}/{result['topics'][0]['section']}" in why["evidence"]
    assert all(isinstance(weight, float) for pairs in why["evidence"].values() for _, weight in pairs)
    assert why["signals"]["verdict"] == "answer"


def test_it_shows_what_the_weighing_makes_of_each_likely_section(knowledge):
    asked = {"turns": ["que es la matricula consular", "y cuanto cuesta?"]}
    (line,) = predict_lines([json.dumps(asked)], knowledge, TODAY, explaining=True)
    why = json.loads(line)["explain"]
    weighed = why["weighed"]
    assert [*weighed] == [*why["signals"]["sections"], "none"]
    sums = {name: sum(value * weight for _, value, weight in counts) for name, counts in weighed.items()}
    assert max(sums, key=sums.get) == "matricula-consular/cost"
    likely = {name: exp(one) for name, one in sums.items()}
    for name, shown in why["signals"]["sections"].items():  # the forty sections that are not shown weigh little
        assert likely[name] / sum(likely.values()) == pytest.approx(shown, abs=0.1)
    first = [name for name, *_ in weighed["matricula-consular/cost"]]
    assert {"open", "of the aspect"} <= {*first}
    sizes = [abs(value * weight) for _, value, weight in weighed["matricula-consular/cost"]]
    assert all(one >= other - 0.001 for one, other in pairwise(sizes))  # as they are shown, rounded


def test_an_unusable_line_and_one_without_words_are_explained_too(knowledge):
    lines = predict_lines(['{"text": "👍"}', "{"], knowledge, TODAY, explaining=True)
    first, second = (json.loads(line) for line in lines)
    assert first["explain"]["evidence"] == {}
    assert list(second) == ["error"]


def test_without_the_option_nothing_is_added(knowledge):
    (line,) = predict_lines(['{"text": "pasaporte"}'], knowledge, TODAY)
    assert "explain" not in json.loads(line)
