"""Danger as data: rules, what suppresses them, and what we say."""

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from knowledge.schema.base import Country, Frozen, Level, Slug, Text, Words
from knowledge.schema.protocols import Name
from knowledge.schema.turned import CategoryId, Milder


class Rule(Frozen):
    """Fires where one of its frames matches and nothing suppresses it."""

    id: Slug
    level: Level | None = None
    """None = the category's usual level."""
    any: tuple[Text, ...] = Field(min_length=1)
    """Frames; see knowledge.frames."""
    unless: tuple[Text, ...] = ()
    """Frames that keep this rule from firing."""
    ignores: tuple[Slug, ...] = ()
    """Suppressors that do not stop this rule."""
    kind: Name | None = None
    """The kind of danger that it surely tells, however harmless the rest sounds: who took pills may feel well."""
    unsure: bool = False
    """Leads to the category's check question instead of its help text; has no level."""

    @model_validator(mode="after")
    def _unsure_has_no_level(self) -> Self:
        if self.unsure and self.level is not None:
            raise ValueError("an unsure rule has no level")
        return self


class Category(Frozen):
    """One kind of danger."""

    id: CategoryId
    level: Level
    label: Words
    """The operator's word for it."""
    rules: tuple[Rule, ...]
    check: Words
    """One short question with `{emergency}` in it, asked where we are unsure; yes means danger."""
    check_minor: Words | None = None
    """In place of `check` for a writer under 18."""
    check_no: Words | None = None
    """What is said to a no, where the shared line would be cold; then all that is no plain no gets the help text."""
    milder: tuple[Milder, ...] = ()
    named: tuple[Text, ...] = ()
    """Frames that name this danger where none was surely told, or another is open: then it is this one."""
    named_unless: tuple[Text, ...] = ()
    reviewed_by: str | None = None
    """Only a professional fills this."""

    @property
    def dying(self) -> bool:
        """Whether it is a wish to die: worse to miss than to ask."""
        return self.check_no is not None


class Suppressor(Frozen):
    """What makes danger words harmless: past, hypothesis, negation, figure of speech, news, an OSC's question."""

    id: Slug
    frames: tuple[Text, ...]
    unless: tuple[Text, ...] = ()
    """Frames whose words are none of this, though one of `frames` stands in them: `les cuento` is no tale."""
    whole: bool = False
    """Acts on the whole message, not only on its own clause."""
    apart: bool = False
    """Speaks only of what follows it up to the next `and`: the rest of the message is read by itself, too."""
    doubt: bool = False
    """Does not silence: what it stops is asked about, with the check question."""


class LevelShift(Frozen):
    """Words that raise the level of any danger."""

    id: Slug
    to: Level
    frames: tuple[Text, ...]


class Weighing(Frozen):
    """What the score of danger, the rules and the turns before weigh together; refitted by `kb build --full`."""

    fitted: date
    signs: dict[str, float]
    """`always`, `score`, and each sign of the rules -> its weight; log odds."""
    turn: dict[str, float]
    """`always`, and each number of a message in its conversation -> its weight; log odds."""


class Signals(Frozen):
    """Words that say something about the writer: under 18, in fear of their own government, in a country."""

    minor: tuple[Text, ...]
    minor_unless: tuple[Text, ...] = ()
    """Frames that make the same words a duration: `tengo 12 años casada`."""
    fears_government: tuple[Text, ...]
    fears_denied: tuple[Text, ...] = ()
    """Frames of who says that they fear it not."""
    fears_unasked: tuple[Text, ...] = ()
    """Frames of who says that they ask for no asylum."""
    fears_unless: tuple[Text, ...] = ()
    """Frames that make it another government: `the American embassy`."""
    foreign: tuple[Text, ...] = ()
    """Frames of a writer who is no Mexican: `soy venezolano`."""
    citizens: dict[Country, tuple[Text, ...]] = {}
    """Frames of a writer who says of which country they are, Mexico's before any other."""
    citizens_of: tuple[Text, ...] = ()
    """Frames of a writer of any of the nations: NATION stands for their words, COUNTRY for their places."""
    nations: dict[Country, tuple[Text, ...]] = {}
    """Frames of a country's people, for what a help text says to these alone."""
    origin: tuple[Text, ...] = ()
    """Frames that, followed by a place, say where the writer comes from: `soy originaria de`."""
    origin_ends: tuple[Text, ...] = ()
    """Frames behind which a place is of something else: `pero vivo en`."""
    comes_from: tuple[Text, ...] = ()
    """Frames that, followed by a place, say where somebody else comes from: no matter is there."""
    past: tuple[Text, ...] = ()
    """Frames that, followed by a place, say where somebody was born or lived: no matter is there."""
    returned: tuple[Text, ...] = ()
    """Frames of who was sent back a while ago: they are in Mexico."""
    returned_unless: tuple[Text, ...] = ()
    """Frames that make it another country, or a paper that was given back."""
    not_mexican: tuple[Text, ...] = ()
    """Frames that, beside another nation, put right of which country somebody is: `no mexicano`."""
    back: tuple[Text, ...] = ()
    """Frames of going back to Mexico, or of being sent back, in whatever time."""
    visitor: tuple[Text, ...] = ()
    """Frames of a foreigner's stay in Mexico: `my tourist card`."""
    now: tuple[Text, ...] = ()
    """Words that begin a new clause and say that it happens now: `ahorita`, `right now`."""
    turns: tuple[Text, ...] = ()
    """Words that begin a new clause: `pero`, `but`."""
    own: tuple[Text, ...] = ()
    """Words of whoever speaks of themselves or of their own people: `mi`, `we are`."""
    asks: tuple[Text, ...] = ()
    """Words of a question or a request: `^como`, `what documents`."""
    settles: tuple[Text, ...] = ()
    """Words that say that there is no danger, or none any more: `nobody got hurt`."""
    place_fillers: tuple[Text, ...] = ()
    """Words beside the name of a place that are of it: `la central de`."""
    mexicans: tuple[Text, ...] = ()
    """Frames of Mexicans, whoever they are."""
    kin: tuple[Text, ...] = ()
    """Frames of relatives, of whom papers may be asked for."""
    company: tuple[Text, ...] = ()
    """Frames of who is with the writer, after the place that answers ours: `con mi tía`."""
    place_answers: tuple[Text, ...] = ()
    """Words beside a place that answers where somebody is: `aquí`, `pues`."""
    place_origin: tuple[Text, ...] = ()
    """Words before `de` and a place where somebody comes from; after others the place is where something is."""
    place_within: tuple[Text, ...] = ()
    """Words right before a place where somebody is, and does not only pass or set out."""
    not_places: tuple[Text, ...] = ()
    """Words that sound like a place and are none."""
    place_here: tuple[Text, ...] = ()
    """Frames of how the words end before a place where the writer is: "vivo en"."""
    place_here_unless: tuple[Text, ...] = ()
    """Frames that take that back: "cuando vivo"."""
    place_not_here: tuple[Text, ...] = ()
    """Frames of how the words end before a place that is denied: "no vivo en"."""
    place_away: tuple[Text, ...] = ()
    """Words before a place where nobody says that they are: `de Oaxaca`, `para Phoenix`."""
    unknowing: tuple[Text, ...] = ()
    """`no sé dónde está`: words of a question that ask nothing."""
    places: dict[Country, tuple[Text, ...]]
    """Places by country; a name of two countries stands under neither."""
    cities: dict[Country, tuple[Text, ...]] = {}
    """Large and border cities: places, too."""

    def citizens_said(self) -> Iterator[tuple[str, str]]:
        """Every frame of a writer who says of which country they are, by country."""
        yield from ((country, frame) for country, frames in self.citizens.items() for frame in frames)
        for country, words in self.nations.items():
            nation, places = "|".join(words), "|".join(self.places.get(country, words))
            for frame in self.citizens_of:
                yield country, frame.replace("NATION", nation).replace("COUNTRY", places)

    def nations_said(self) -> Iterator[tuple[str, str]]:
        """The words for a country's people, by country."""
        yield from ((country, word) for country, words in self.nations.items() for word in words)
