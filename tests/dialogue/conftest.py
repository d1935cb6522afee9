"""What the tests of the engine may ask for."""

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.fixture
def talk(knowledge: Knowledge) -> Talk:
    return Talk(knowledge)
