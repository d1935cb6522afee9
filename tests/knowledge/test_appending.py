"""A phrase is put into a file as it is written, and nothing else changes."""

import pytest
import yaml

from knowledge.appending import with_phrase

BLOCK = """\
# A comment that stays.
topic: card
sections:
  what:
    es:
      - que es
      - >-
        en dos
        renglones
    en:
      - what is it  # and this one
  cost:
    es: [cuanto cuesta, "precio"]
    mix: []
"""


@pytest.mark.parametrize(
    ("section", "lang", "before"),
    [
        ("what", "es", ["que es", "en dos renglones"]),
        ("what", "en", ["what is it"]),
        ("what", "mix", []),
        ("cost", "es", ["cuanto cuesta", "precio"]),
        ("cost", "mix", []),
        ("cost", "en", []),
        ("where", "es", []),
    ],
)
@pytest.mark.parametrize("phrase", ["y esto: #1, 'no' \"sí\"", "no", "¿dónde?"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n# the end\n"])
def test_the_phrase_stands_at_the_end_of_its_list(section, lang, before, phrase, ending):
    text = BLOCK.rstrip("\n") + ending
    changed = with_phrase(text, section, lang, phrase)
    wanted = yaml.safe_load(text)
    wanted["sections"].setdefault(section, {})[lang] = [*before, phrase]
    assert yaml.safe_load(changed) == wanted
    kept = set(text.splitlines()) - {'    es: [cuanto cuesta, "precio"]', "    mix: []"}
    assert kept <= set(changed.splitlines())


def test_two_phrases_one_after_the_other():
    once = with_phrase(BLOCK, "where", "es", "uno")
    assert yaml.safe_load(with_phrase(once, "where", "es", "dos"))["sections"]["where"]["es"] == ["uno", "dos"]


def test_another_file_is_refused():
    with pytest.raises(ValueError, match="no file of phrases"):
        with_phrase("- a list", "what", "es", "x")
