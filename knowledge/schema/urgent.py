"""Danger as data: rules, what suppresses them, and what we say."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from knowledge.schema.base import Country, Framed, Frozen, Level, Slug, Text, Words
from knowledge.schema.help import Help
from knowledge.schema.turned import CategoryId, Instead, Milder, Worse


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
    unsure: bool = False
    """Leads to the category's check question instead of its help text; has no level."""

    @model_validator(mode="after")
    def _unsure_has_no_level(self) -> Self:
        if self.unsure and self.level is not None:
            raise ValueError("an unsure rule has no level")
        return self


class ForOther(Frozen):
    """What we say instead to a writer who tells of somebody else in danger: they help, they are not the one."""

    any: tuple[Text, ...] = Field(min_length=1)
    """Frames that tell of somebody else; see knowledge.frames."""
    unless: tuple[Text, ...] = ()
    """Frames of a writer who is in it, too."""
    own_moves: tuple[Slug, ...] = ()
    """Moves with which only the one in danger writes, unless the words tell of somebody else."""
    framed: bool = False
    """Frames alone decide: not everybody who tells of somebody else is meant."""
    check: Words | None = None
    now: Words
    now_minor: Words
    now_in: dict[Slug, Words] = {}
    """In place of `now` in a phase of the danger."""
    after: Words | None = None
    """In place of the help's `after`."""
    flow: Slug | None = None
    """In place of the help's flow."""


class Category(Frozen):
    """One kind of danger."""

    id: CategoryId
    level: Level
    neutral: bool = False
    """Somebody else may read the phone: the first 80 characters do not name the matter."""
    label: Words
    """The operator's word for it."""
    rules: tuple[Rule, ...]
    check: Words
    """One short question with `{emergency}` in it, asked where we are unsure; yes means danger."""
    check_minor: Words | None = None
    """In place of `check` for a writer under 18."""
    adds: bool = False
    """After its check, what is added to what was told is this danger: who fears somebody seldom says yes."""
    check_no: Words | None = None
    """What is said to a no, where the shared line would be cold; then all that is no plain no gets the help text."""
    help: Help
    other: ForOther | None = None
    """None: the help text serves whoever writes."""
    worse: tuple[Worse, ...] = ()
    becomes: dict[Slug, CategoryId] = {}
    """Moves that tell of another danger inside this one, whose help is then given: a ransom for who was missing."""
    milder: tuple[Milder, ...] = ()
    instead: tuple[Instead, ...] = ()
    named: tuple[Text, ...] = ()
    """Frames that name this danger where none was surely told, or another is open: then it is this one."""
    named_unless: tuple[Text, ...] = ()
    keeps: tuple[CategoryId, ...] = ()
    """Dangers whose help text is given and which never take the conversation from this: a child beside it."""
    beside: bool = False
    """A need that comes with other dangers: told inside one, it gets its help, and the conversation stays with that."""
    apart: bool = False
    """A sure rule of it is helped though another matter stands beside what is told: an attack, and then a passport."""
    gives_way: tuple[CategoryId, ...] | None = None
    """Dangers, told surely, whose help text may take the place of this one; what else is told in it is its reason or a
    part of it. None: any other may."""
    only_first: tuple[Slug, ...] = ()
    """Rules that open this danger and never take the place of an open one: a child who is alone beside the sick."""
    part: tuple[Slug, ...] = ()
    """Moves that are a part of this danger whatever else they sound like: the fear to go back, of who is deported."""
    topics: tuple[Slug, ...] = ()
    """Topics that answer what is asked in this danger: a question that fits one of them is answered after the help."""
    reviewed_by: str | None = None
    """Only a professional fills this."""

    @model_validator(mode="after")
    def _stays_neutral(self) -> Self:
        if self.neutral and any(worse.first for worse in self.worse):
            raise ValueError("what grew worse names the matter: it cannot stand first where the help text is neutral")
        return self

    def flows(self) -> Iterator[str]:
        """The flows that a help text may begin."""
        yield from filter(None, (self.help.flow, self.other and self.other.flow))


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


class Afterwards(Frozen):
    """Frames of what is said after a help text or a check; they never decide whether something is danger."""

    no: tuple[Text, ...] = ()
    """A no to the check."""
    no_unless: tuple[Text, ...] = ()
    """Words that turn the no round: `not now, but they know where I live`."""
    calm: tuple[Text, ...] = ()
    """It is over: they went away, he was let go, she called and is well. Being found is not being well."""
    calm_unless: tuple[Text, ...] = ()
    denied: tuple[Text, ...] = ()
    """It was never told of, we heard it wrong: `no, eso no es`."""
    denied_unless: tuple[Text, ...] = ()
    dead: tuple[Text, ...] = ()
    """A lone word of death, which answers whether somebody was found."""
    sought: tuple[Text, ...] = ()
    """Somebody was looked for, or stayed behind."""
    unknowing: tuple[Text, ...] = ()
    """`no sé dónde está`: words of a question that ask nothing."""
    wonders: tuple[Text, ...] = ()
    """A question without a word for one: `y si lo cremamos`."""
    what_now: tuple[Text, ...] = ()
    """`qué más hago`: asks for what helps next, and for nothing else."""
    earnest: tuple[Text, ...] = ()
    """`ahora sí en serio`: what was joked or told of others before says nothing of this."""


class Asked(Framed):
    """A question whose words are sure, and the section that answers it, in an open danger, too."""

    section: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
    mexicans: bool = False
    """Not for who is known to be of another country, or fears their own government."""


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
    fears_unless: tuple[Text, ...] = ()
    """Frames that make it another government: `the American embassy`."""
    asked: tuple[Asked, ...] = ()
    foreign: tuple[Text, ...] = ()
    """Frames of a writer who is no Mexican: `soy venezolano`."""
    citizens: dict[Country, tuple[Text, ...]] = {}
    """Frames of a writer who says of which country they are, Mexico's before any other."""
    nations: dict[Country, tuple[Text, ...]] = {}
    """Frames of a country's people, for what a help text says to these alone."""
    returned: tuple[Text, ...] = ()
    """Frames of who was sent back a while ago: they are in Mexico."""
    returned_unless: tuple[Text, ...] = ()
    """Frames that make it another country, or a paper that was given back."""
    not_mexican: tuple[Text, ...] = ()
    """Frames that, beside another nation, put right of which country somebody is: `no mexicano`."""
    spoken_here: tuple[Text, ...] = ()
    """Words of where the writer is, wherever that may be: `aquí`."""
    back: tuple[Text, ...] = ()
    """Frames of going back to Mexico, or of being sent back, in whatever time."""
    comes: tuple[Text, ...] = ()
    """Frames of somebody who travels to where the writer is: `visit me`."""
    visitor: tuple[Text, ...] = ()
    """Frames of a foreigner's stay in Mexico: `my tourist card`."""
    here: tuple[Text, ...]
    """Frames that, followed by a place, say where the writer is: `estoy en`, `i am in`."""
    here_unless: tuple[Text, ...] = ()
    """Frames of another time or of a plan: `si estoy en`, `de aquí a`."""
    there: tuple[Text, ...] = ()
    """Frames that, followed by a place, say the same unless `near_unless` speaks of somebody else: `lost in`."""
    near: tuple[Text, ...] = ()
    """Frames that, followed by one of `cities`, say the same where no other country is named: `en`, `in`."""
    near_unless: tuple[Text, ...] = ()
    """Frames that speak of another time or person, so that `near` says nothing: `naci`, `mi hermano vive`."""
    now: tuple[Text, ...] = ()
    """Words that begin a new clause and say that it happens now: `ahorita`, `right now`."""
    turns: tuple[Text, ...] = ()
    """Words that begin a new clause: `pero`, `but`."""
    joins: tuple[Text, ...] = ()
    """Single words after which a message may speak of another matter: `y`, `and`."""
    own: tuple[Text, ...] = ()
    """Words of whoever speaks of themselves or of their own people: `mi`, `we are`."""
    asks: tuple[Text, ...] = ()
    """Words of a question or a request: `^como`, `what documents`."""
    settles: tuple[Text, ...] = ()
    """Words that say that there is no danger, or none any more: `nobody got hurt`."""
    place_fillers: tuple[Text, ...] = ()
    """Words between such a frame and the place: `la central de`."""
    mexicans: tuple[Text, ...] = ()
    """Frames of Mexicans, whoever they are."""
    kin: tuple[Text, ...] = ()
    """Frames of relatives, of whom papers may be asked for."""
    partner: tuple[Text, ...] = ()
    """Frames of a partner, who is often of another country than the writer: children and brothers seldom are."""
    company: tuple[Text, ...] = ()
    """Frames of who is with the writer, after the place that answers ours: `con mi tía`."""
    place_answers: tuple[Text, ...] = ()
    """Words beside a place that answers where somebody is: `aquí`, `pues`."""
    address: tuple[Text, ...] = ()
    """Frames that tell where something is without the name of a town: `por la calle`."""
    their_foreign: tuple[Text, ...] = ()
    """Frames that say that somebody spoken of is no Mexican: `ella es de guatemala`."""
    place_origin: tuple[Text, ...] = ()
    """Words before `de` and a place where somebody comes from; after others the place is where something is."""
    place_away: tuple[Text, ...] = ()
    """Words before a place where nobody says that they are: `de Oaxaca`, `para Phoenix`."""
    who: tuple[Text, ...] = ()
    """Frames that only say who the writer is, not that they are in danger: `i am a us citizen`."""
    after: Afterwards = Afterwards()
    fields_of_danger: tuple[Text, ...] = ()
    """Fields of the catalogue whose topics speak of dangers, too: what is feared in an open one sounds like them."""
    places: dict[Country, tuple[Text, ...]]
    """Places by country; a name of two countries stands under neither."""
    cities: dict[Country, tuple[Text, ...]] = {}
    """Large and border cities: places, too, that need no more than `near` before them."""
