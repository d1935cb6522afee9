"""What a person told of themselves, what they want, and what was said to them. Data only."""

from pydantic import BaseModel, ConfigDict


class Remembered(BaseModel):
    """A part of the state; unknown keys of an older version are dropped, so that no upgrade strands a person."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Known(Remembered):
    """One fact that a person told, and the number of the turn that told it."""

    value: str
    turn: int = 0


class Situation(Remembered):
    """Facts of the person and of whom the matter is about; the last word counts. Unknown = None."""

    country: Known | None = None
    """Where the writer is: ISO 3166-1 alpha-2."""
    town: Known | None = None
    """The town or state that was named for it, as content spells it."""
    nationality: Known | None = None
    """ISO code; ZZ for a foreigner who did not say of where."""
    matter_country: Known | None = None
    """Where the matter is, where that is not where the writer is."""
    matter_town: Known | None = None
    """The town or state where the matter is, as content spells it, where its state is not the writer's."""
    for_whom: Known | None = None
    """self, child, partner, parent, other, group or organisation."""
    age_group: Known | None = None
    """child, teen, adult or senior: of whom the matter is about."""
    status: Known | None = None
    reads: Known | None = None
    """`respuestas-cortas`: they read little, so short forms are for them."""
    has: tuple[Known, ...] = ()
    """Papers and things that they have, by their ids in content."""
    lacks: tuple[Known, ...] = ()
    minor: bool = False
    """The writer is under 18."""
    fears_government: bool = False

    @property
    def for_another(self) -> bool:
        """The matter is that of somebody else than the writer."""
        return self.for_whom is not None and self.for_whom.value not in OF_THE_WRITER

    def shown(self) -> dict[str, str | list[str]]:
        """What is known, as `predict` shows it: values without turns, unknown left out."""
        single = {name: getattr(self, name) for name in SINGLE}
        several = {name: [known.value for known in getattr(self, name)] for name in SEVERAL}
        return {name: known.value for name, known in single.items() if known is not None} | {
            name: values for name, values in several.items() if values
        }

    def kept(self) -> dict[str, str | list[str]]:
        """All that is known, as `/privacidad` tells it: also what only holds or does not, without a value."""
        return self.shown() | {name: "" for name in FLAGS if getattr(self, name)}


SINGLE = ("country", "town", "nationality", "matter_country", "matter_town", "for_whom", "age_group", "status", "reads")
SEVERAL = ("has", "lacks")
OF_THE_WRITER = frozenset({"self", "group", "organisation"})
"""For whom a matter is that is also the writer's."""
FLAGS = ("minor", "fears_government")


class Want(Remembered):
    """Something that was asked: its words, what answered it (`topic/section`), and what became of it."""

    text: str
    turn: int
    answer: str | None = None
    complained: bool = False
    """The person said that the answer was of something else."""
    against: str = ""
    """Its clauses that denied something of the answer before."""


class Said(Remembered):
    """What was given, so that nothing is said twice: ids of sections (`topic/section`), lines, events, consulates."""

    shown: tuple[str, ...] = ()
    """The newest last."""
