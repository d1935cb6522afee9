"""Warming holds what is read for good, and lets go what an editor's change replaced."""

import weakref

from bot.turn import last_resort
from bot.wiring import running


class Held:
    """Stands for a model: it holds itself, as one with a cache of its own methods does."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_replaced_is_let_go_at_the_next_warming(knowledge, monkeypatch):
    monkeypatch.setattr(running, "safe_turn", lambda state, message, content, now: last_resort(state, content, now))
    old = Held()
    gone = weakref.ref(old)
    running.warm(knowledge)
    del old
    running.warm(knowledge)
    assert gone() is None
