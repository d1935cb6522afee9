"""Short forms say less than their sections; what is too long is refused by the linter."""

import re

import pytest

from knowledge.brevity import SHORT, short_form, words
from knowledge.lint.spots import our_texts
from knowledge.schema.base import LANGS
from tests.support.content import content


@pytest.mark.parametrize("lang", LANGS)
def test_every_short_form_fits_and_says_less(lang: str) -> None:
    written = [s for topic in content().topics.values() for s in topic.sections if s.short is not None]
    for section in written:
        steps = section.steps if len(section.steps) <= 3 else ()
        said = short_form(section, lang)
        assert words(said.split("\n")[0]) <= SHORT
        assert len(said.split("\n")) >= 1 + len(steps)


SEEN = re.compile(r"\b(?:vi|vist[oa]s?|leíd[oa]s?|leí) en [a-z]+ de 20\d\d|\b(?:seen|saw|read) in [A-Z][a-z]+ 20\d\d")


def test_no_text_says_when_we_saw_a_page() -> None:
    """The source line has the page's own date, or says that it shows none."""
    assert [f"{spot}: {text}" for spot, text in our_texts(content()) if SEEN.search(text)] == []
