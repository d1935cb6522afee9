"""How the story of an open danger goes on: what may be told to have come of it, in whatever words."""

from typing import Self

from pydantic import Field, model_validator

from knowledge.schema.base import Text, Words
from knowledge.schema.care import Line
from knowledge.schema.turned import CategoryId


class Course(Line):
    """What came of a danger: another one, whose help text is given, or its end. The first in the content counts.

    Of its fields as a line `say` acknowledges it: before the help text of what it became, or as the end. Lines that
    stand `after` it are said of what follows.
    """

    any: tuple[Text, ...] = Field(min_length=1)
    of: tuple[CategoryId, ...] = Field(min_length=1)
    """The open dangers that this may come of; where it ends, these are over and no other."""
    opens: CategoryId | None = None
    """The danger that it became; None: it is over. `over` with it: the one that it came of is over, too."""
    alone: bool = False
    """Told, too, by a message that by itself surely sounds like what it opens, in whatever words."""
    then: Words | None = None
    """Said behind an end beside which nothing is asked."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.opens is None and not (self.over and self.say is not None):
            raise ValueError("what came of a danger opens another, or is over and acknowledged")
        return self
