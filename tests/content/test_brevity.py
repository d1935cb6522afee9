"""Short forms say less than their sections; what is too long is refused by the linter."""

import pytest

from knowledge.brevity import SHORT, short_form, words
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
