"""What holds for all kinds of danger: precedence, denial, what hands over and what ends."""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from pydantic import Field, model_validator

from knowledge.schema.base import Country, Frozen, Slug, Text, Words
from knowledge.schema.protocols import Name
from knowledge.schema.turned import CategoryId


class Asking(Frozen):
    """How our own Spanish sentences ask for an act; the English ones go with them (`knowledge.clauses`)."""

    any: tuple[Text, ...] = Field(min_length=1)
    """Frames; see knowledge.frames."""
    unless: tuple[Text, ...] = ()


class TakenBack(Frozen):
    """What was told, and what nobody is asked to do any more."""

    told: tuple[Name, ...] = Field(min_length=1)
    """Readings, kinds and scenes."""
    acts: tuple[Name, ...] = Field(min_length=1)
    spares: tuple[CategoryId, ...] = ()
    """Categories whose own texts save a body: they are said as they stand."""
    says: Name
    """The line of last resort: where nothing is left of what was to be said."""
    at_once: bool = False
    """That line is said as soon as it is told, too."""


class Triage(Frozen):
    """What holds for all kinds: which comes first, which may be denied, which line serves a child."""

    precedence: tuple[tuple[Name, ...], ...]
    """Kinds, the most pressing first; those of no rank come last."""
    scenes: dict[Name, tuple[Name, ...]] = {}
    """By scene the kinds and readings that put people into it: a clause is told or left out by its name."""
    left: dict[Name, tuple[Name, ...]] = {}
    """By kind what takes people out of its scenes: a reading, or another kind."""
    acts: dict[Name, Asking] = {}
    """By name what our sentences ask somebody to do."""
    takes_back: tuple[TakenBack, ...] = ()
    """What was told, and the acts that no sentence asks for any more."""
    leans: tuple[Text, ...] = ()
    """Frames of sentences that say nothing without the one before."""
    bare: tuple[Text, ...] = ()
    """Frames of sentences that are no words of help: with them alone nothing is left."""
    unsays: dict[Name, tuple[Name, ...]] = {}
    """By reading what it takes back of what was heard before: each fact of a danger may be put right (P1)."""
    part_of: dict[Name, tuple[Name, ...]] = {}
    """By kind those of which it is a part: where people are held whoever guards them may be armed."""
    told_of: dict[Name, Name] = {}
    """By kind whose words are only for who is in it the one that is said to who tells of somebody else."""
    bodily: tuple[Name, ...] = ()
    """Kinds of what a body suffers: told in another danger, they open beside it."""
    no_body: tuple[Name, ...] = ()
    """What a message tells, likelier than such a kind, where it tells of none: that nobody answers the phone."""
    under_way: tuple[Name, ...] = ()
    """Kinds of who is on the way: a place named of them is where they set out or cross, and not where they are."""
    out_of_reach: tuple[Name, ...] = ()
    """Kinds in which nobody can help the body of the one who is held elsewhere."""
    turned: tuple[Name, ...] = ()
    """Readings of an open danger that lessons teach beside their frames."""
    read_by: tuple[Name, ...] = ()
    """Categories and kinds in which whoever does harm may come near the phone, or write on it."""
    reads: tuple[Name, ...] = ()
    """Those of who is beside the phone, taught too; heard where somebody may do harm."""
    silences: tuple[Name, ...]
    """Kinds beside which no other is spoken of."""
    neutral: tuple[CategoryId, ...]
    """The first 80 characters name nothing of the matter."""
    obstacles: dict[Name, tuple[str, ...]]
    """By reading of what keeps somebody from calling, the lines that answer it; the first heard counts."""
    only_in: dict[str, tuple[CategoryId, ...]]
    """Categories in which alone a line is said."""
    shared: tuple[CategoryId, ...]
    """Where whoever is with those of whom they tell is in it, too."""
    denied: tuple[CategoryId, ...]
    """A first denial is believed and a second closes it; in all others {denied_kept} is said, and it stays open."""
    asked_over: tuple[CategoryId, ...]
    """Where words that may say an end, and may not, are asked about: whether one is safe can be told there."""
    handed: dict[CategoryId, tuple[Name, ...]]
    """Readings after which others have the person in their care, besides those of the kind."""
    over: dict[CategoryId, tuple[Name, ...]]
    """Readings that end it, besides those of the kind, where an end may be asked about or others had them in care."""
    settled: tuple[Name, ...] = ()
    """Readings that end any danger but a wish to die: all of it is past, and life goes on."""
    troubles: tuple[Name, ...] = ()
    """Questions of a danger that are told more than asked: answered also where nothing asks."""
    joins: tuple[Text, ...] = ()
    """Words at which a part of a message may begin."""
    asks_nothing: tuple[Text, ...] = ()
    """How a clause begins that tells, though it sounds of a question: "no hay peligro", "él no sabe dónde vive"."""
    acted: tuple[Name, ...] = ()
    """Readings of who did what the first words say: nobody is asked what keeps them from it."""
    past: tuple[Name, ...] = ()
    """Readings of who is out of the moment in which a life hangs, though nobody has them in their care."""
    presses: tuple[Name, ...] = ()
    """Readings with which it is not past: whoever does harm is there, or back within minutes."""
    affirms: tuple[Name, ...] = ()
    """Readings that answer a check with yes: whoever does harm is there, or only away."""
    worse_signs: tuple[Name, ...] = ()
    """Readings of a body that may die of it or is kept from help, the gravest first: said before all else."""
    vital: dict[Name, tuple[tuple[Name, ...], ...]] = {}
    """By kind of a body its deadly signs, each of readings told together, last what is the sign itself."""
    cared: dict[str, tuple[Name, ...]] = {}
    """By line what is asked once others look after them, which it answers before any line of a kind."""
    common: dict[str, tuple[Name, ...]] = {}
    """By line what is asked or told in any danger, which it answers where no line of what is open does."""
    fears: dict[str, tuple[Name, ...]]
    """By line for who is afraid: questions whose lines say what it says."""
    slower: tuple[Name, ...] = ()
    """Kinds that are critical, and not at this moment: what is ordinary is answered at once."""
    consoled: tuple[Name, ...] = ()
    """What is told or asked of guilt and of children that may be taken, whose line holds in others' care, too."""
    done: tuple[Name, ...] = ()
    """What a message tells to have been done for somebody, which is no end."""
    framed: tuple[Name, ...] = ()
    """Questions that frames hear and a transition answers: they are never said not to be known."""
    keeps_open: tuple[Name, ...] = ()
    """Readings beside which no end is heard: what somebody who is out of it does not tell."""
    lacking: tuple[Name, ...] = ()
    """What a message surely tells beside which no end is heard: that a boss forbids to call."""
    not_of_aggressor: tuple[CategoryId, ...] = ()
    """Of which whoever does harm does not tell: the one who wrote before writes again."""
    ordinary: tuple[CategoryId, ...] = ()
    """In which most of what is asked is ordinary: papers, a bus, work."""
    believed: tuple[Name, ...] = ()
    """Kinds that are over where somebody says to be safe, and asks for something else."""
    led: tuple[Name, ...] = ()
    """Kinds in which an errand goes on once the first words were said: it helps just there."""
    beside_end: tuple[CategoryId, ...] = ()
    """Of which a danger may begin where another ends: somebody left behind, nowhere to sleep."""
    after: tuple[Name, ...] = ()
    """Questions whose line still holds once the danger is over."""
    people: tuple[Name, ...] = ()
    """Readings of who is with people whose work it is not to help: nothing is to be reported to them."""
    over_together: dict[CategoryId, tuple[tuple[Name, ...], ...]]
    """Readings of which one of each group, told now or before, ends it: who did harm is held, who suffered is safe."""
    minor: dict[CategoryId, Name]
    """The line for a writer under 18 where a kind has no words of its own for one."""
    numbers: dict[Slug, dict[Country, Slug]]
    """Names in braces that stand for another contact in each country: `{crisis}`; no country, no clause."""
    names: dict[Slug, Words]
    """Names of contacts in at most four words, said before the number."""
    never: tuple[Text, ...]
    """Frames of words that stand in no reply."""

    @model_validator(mode="before")
    @classmethod
    def _whole(cls, told: dict[str, Any]) -> dict[str, Any]:
        """A scene among the kinds of a rank, or of bodies, stands for all of its kinds."""
        scenes = told.get("scenes", {})

        def kinds(names: Iterable[str]) -> list[str]:
            return [*chain.from_iterable(scenes.get(one, (one,)) for one in names)]

        return told | {"precedence": [*map(kinds, told["precedence"])], "bodily": kinds(told.get("bodily", ()))}

    @cached_property
    def deadly(self) -> frozenset[Name]:
        """Readings that make the deadly signs of a body."""
        return frozenset(one for signs in self.vital.values() for sign in signs for one in sign)

    def dying_of(
        self, kind: str | None, heard: Collection[str], before: Collection[str], own: Collection[str]
    ) -> Sequence[Name]:
        """The kinds of bodies with a deadly sign that a message tells in an open kind, which has lines of its own.

        `heard`: the readings of the message; `before`: those of earlier ones; the gravest first.
        """
        known = {kind, *heard, *before}
        shut = {one for one, of in self.part_of.items() if one != kind and not known.isdisjoint(of)}
        told = (
            one
            for one, signs in self.vital.items()
            for sign in signs
            if known.issuperset(sign) and not {*sign}.isdisjoint(heard) and (one == kind or sign[-1] not in own)
        )
        return [one for one in told if one not in shut]

    def rank_of(self, kind: str | None) -> int:
        """0 for the most pressing kinds; those of no rank come last."""
        return next((rank for rank, kinds in enumerate(self.precedence) if kind in kinds), len(self.precedence))
