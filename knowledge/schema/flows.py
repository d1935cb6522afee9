"""Flows as data: questions by id; answers are kept, the position is derived from them."""

from pydantic import Field

from knowledge.schema.base import Frozen, Slug, Text, Words


class Option(Frozen):
    """One answer to a question. `frames` are the words that mean it, as a whole message."""

    id: Slug
    label: Words
    frames: tuple[Text, ...] = ()
    say: Words | None = None
    """What we say when it is chosen."""
    effect: Slug | None = None
    """What the engine does: a key of `bot.dialogue.effects`."""


class Question(Frozen):
    """Asked while it has no answer."""

    id: Slug
    ask: Words
    options: tuple[Option, ...] = Field(min_length=2)
    needs: dict[Slug, Slug] = {}
    """Asked only where these questions have these answers."""


class Flow(Frozen):
    """A short series of questions."""

    id: Slug
    questions: tuple[Question, ...] = Field(min_length=1)
    repeat: bool = True
    """Whether the open question is asked again after another matter was answered in between."""

    def open_question(self, answers: dict[str, str]) -> Question | None:
        """The first question that applies and has no answer: the position, derived."""
        return next(
            (q for q in self.questions if q.id not in answers and all(answers.get(k) == v for k, v in q.needs.items())),
            None,
        )
