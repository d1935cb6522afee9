"""Where each text of a danger stands in content, and which of its clauses fit the facts. No words are filled in here.

Ids: `line.present`, `ladder.US.0`, `kind.heat/first`, `kind.heat/other`, `kind.heat/care.1`, `kind.heat/care_other.0`,
`line.denied_kept/told` (without what it asks),
`kind.heat/ask`, `kind.heat/ask_other`, `kind.heat/second`, `kind.heat/again` (the sentences of its first words that
hold the emergency number), `kind.heat/rest` (its first words without the first sentence); with `/head` behind it the
first sentence of a care line, where the whole has no room.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation import OpenDanger
from bot.conversation.danger import Who as Meant
from knowledge.clauses import cut, head_of, still_asked, with_scenes
from knowledge.model import Knowledge
from knowledge.render import EMERGENCY, PLACEHOLDER
from knowledge.schema.base import Confidence
from knowledge.schema.facts import Serves
from knowledge.schema.protocols import Age, Ask, Care, Clause, Protocol, Says, Spoken, Target, Who

NAMES: dict[str, Meant] = {"own": "own", "other": "other", "both": "both"}
BODY = "medical"  # the category of what a body suffers
SAYS_ENOUGH = 3  # words from which a message tells by itself what a body suffers


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides which clauses of a text are said."""

    danger_at: str | None = None
    writer_at: str | None = None
    mexican: bool | None = None
    """Whether the one in danger is Mexican; None: nobody said."""
    fears_government: bool = False
    minor: bool = False
    far: str | None = None
    """place or country: the writer is in another one than the danger."""
    on_duty: bool = False
    heard: frozenset[str] = frozenset()
    """Readings of this danger, and the kinds that are open in it: in the sea nobody lies down on a floor."""

    @property
    def dials_from(self) -> str | None:
        """The country from which a line must be reached."""
        return self.writer_at or self.danger_at


HEAD = "/head"  # how the id of a first sentence ends
ANYWHERE = "*"
FIRST = (Spoken.FIRST, Spoken.OTHER)  # what names the first words again
READERS = frozenset({"line.nobody", "line.nobody_no_number", "line.on_duty"})  # lines that tell who reads this chat
FROM_FAR = ("line.from_afar", "line.from_far", "line.other_side")
"""To who is in another country, in another place of the same one: who can call; told once, then in few words."""
DEATH = "death"  # the category of who died: nothing stands in front of its first words


def protocol_of(danger: OpenDanger, knowledge: Knowledge) -> Protocol:
    """The protocol of its kind; of its category where no kind was recognised."""
    return knowledge.protocols.get(danger.kind or "") or knowledge.protocols[danger.category]


def for_other(danger: OpenDanger, knowledge: Knowledge) -> bool:
    """Whether the words for who tells of somebody else are said."""
    return danger.who == "other" and bool(protocol_of(danger, knowledge).other)


def hands_over(danger: OpenDanger, knowledge: Knowledge) -> frozenset[str]:
    """Readings after which others have the person in their care: of its kind, and of any kind of its category."""
    return frozenset((*protocol_of(danger, knowledge).end.handed, *knowledge.triage.handed.get(danger.category, ())))


def ends_of(danger: OpenDanger, knowledge: Knowledge) -> frozenset[str]:
    """Readings that end it: of its kind and category, any where others had the person; that all of it is past."""
    own, triage = protocol_of(danger, knowledge).end.over, knowledge.triage
    if danger.state == "handed":
        return frozenset((*own, *triage.settled)).union(*triage.over.values()) - hands_over(danger, knowledge)
    wide = triage.over.get(danger.category, ()) if danger.category in triage.asked_over else ()
    return frozenset((*own, *wide, *(() if knowledge.categories[danger.category].dying else triage.settled)))


def out_of(danger: OpenDanger, knowledge: Knowledge) -> frozenset[str]:
    """Readings that end it or hand the person over."""
    return ends_of(danger, knowledge) | hands_over(danger, knowledge)


def care_of(danger: OpenDanger, knowledge: Knowledge) -> Sequence[tuple[str, Care]]:
    """The care lines for this writer, with their ids, in their order."""
    protocol = protocol_of(danger, knowledge)
    other = for_other(danger, knowledge) and bool(protocol.care_other)
    name, lines = ("care_other", protocol.care_other) if other else ("care", protocol.care)
    return [(f"kind.{protocol.id}/{name}.{n}", one) for n, one in enumerate(lines)]


def ask_of(danger: OpenDanger, knowledge: Knowledge) -> tuple[str, Ask] | None:
    """The one question for this writer, with its id."""
    protocol = protocol_of(danger, knowledge)
    if for_other(danger, knowledge):
        return (f"kind.{protocol.id}/ask_other", protocol.ask_other) if protocol.ask_other else None
    return (f"kind.{protocol.id}/ask", protocol.ask) if protocol.ask else None


def first_of(danger: OpenDanger, facts: Facts, knowledge: Knowledge) -> Sequence[str]:
    """The ids of the first bubble: for whoever is in it, told by whom, of what age, from how far (P2, P12)."""
    protocol = protocol_of(danger, knowledge)
    name = f"kind.{protocol.id}"
    if for_other(danger, knowledge):
        minor = "_minor" if facts.minor and protocol.other_minor else ""
        return from_afar((f"{name}/other{minor}",), danger, facts, knowledge)
    if danger.who == "unknown" and protocol.other and not protocol.general and not facts.minor:
        return (f"kind.{protocol.of}/first", "line.ask_who")
    if danger.who == "other" and facts.far:
        first = from_afar((f"{name}/first",), danger, facts, knowledge)
        return (first[0], "line.read_them", *first[1:]) if protocol.who is Who.BOTH and len(first) > 1 else first
    speaks_to_child = protocol.child or any(clause.tu for clause in protocol.first)
    if facts.minor and not protocol.first_minor and not speaks_to_child:
        line = knowledge.triage.minor.get(protocol.of)
        return (f"line.{line}",) if line is not None else (f"{name}/first",)
    return (f"{name}/first{'_minor' if facts.minor and protocol.first_minor else ''}",)


def from_afar(ids: Sequence[str], danger: OpenDanger, facts: Facts, knowledge: Knowledge) -> Sequence[str]:
    """Texts in front of which who is far away is told who can call (P2, P10); never in front of sorrow (P17)."""
    if facts.far is None or danger.category == DEATH:
        return ids
    near = any(clause.near or f"{{{EMERGENCY}}}" in clause.es for one in ids for clause in says_of(one, knowledge))
    line = "call_there" if {*FROM_FAR} & {*danger.given} else "from_afar" if facts.far == "country" else "from_far"
    return (f"line.{line}", *ids) if near else ids


def text_of(target: Target, protocol: Protocol) -> str:
    """The id of the text that a target names; of first words what stands behind their first sentence."""
    if target.says is Spoken.LINE:
        return f"line.{target.name}"
    part = "rest" if target.says in FIRST else target.says.value
    return f"kind.{protocol.id}/{part}{'' if target.number is None else f'.{target.number}'}"


def kind_in(text_id: str) -> str:
    """The kind that a text is of, by its id; empty for a line of all kinds."""
    sort, _, rest = text_id.partition(".")
    return rest.partition("/")[0] if sort == "kind" else ""


def says_of(text_id: str, knowledge: Knowledge) -> Says:
    """The clauses of a text by its id; KeyError for one that content does not know."""
    sort, _, rest = text_id.partition(".")
    if sort == "line":
        name, _, part = rest.partition("/")
        said = knowledge.lines.said[name]
        return cut(said, lambda one: not one.endswith("?")) if part == "told" else said
    if sort == "ladder":
        country, _, step = rest.partition(".")
        return knowledge.lines.ladders[country][int(step)]
    kind, _, part = rest.partition("/")
    protocol = knowledge.protocols[kind]
    name, _, number = part.partition(".")
    if name == "rest":
        head, *others = protocol.first
        return (*cut((head,), lambda one: not head.es.startswith(one) and not head.en.startswith(one)), *others)
    if name == "again":
        return cut(protocol.first, lambda one: f"{{{EMERGENCY}}}" in one)
    held = getattr(protocol, name)
    found: Says = held[int(number)].says if number else held.says if isinstance(held, Ask) else held or ()
    return found


def fitting(text_id: str, facts: Facts, knowledge: Knowledge) -> Sequence[Clause]:
    """The clauses of a text that are said in these facts; of a head what may stand alone."""
    whole = says_of(text_id.removesuffix(HEAD), knowledge)
    said = (clause for clause in whole if fits(clause, facts, knowledge))
    found = [*still_asked(said, facts.heard, kind_in(text_id), knowledge)]
    return found if not text_id.endswith(HEAD) else [head_of(one) for one in found[:1] if not one.whole]


def fits(clause: Clause, facts: Facts, knowledge: Knowledge) -> bool:
    """Whether a clause is for this country, nationality and course, and all its contacts can be said (P10)."""
    if (clause.near, clause.far)[facts.far is None]:  # {from_afar} stands in place of what is for who is near
        return False
    if clause.writers and facts.writer_at not in clause.writers:
        return False
    if clause.countries and facts.danger_at is not None and facts.danger_at not in clause.countries:
        return False
    if (clause.mexicans and (facts.mexican is False or facts.fears_government)) or (
        clause.foreigners and facts.mexican is True
    ):
        return False
    if clause.age is not None and (clause.age is Age.MINOR) is not facts.minor:
        return False
    heard = with_scenes(facts.heard, knowledge)
    if (clause.told and heard.isdisjoint(clause.told)) or not heard.isdisjoint(clause.untold):
        return False
    if not heard.issuperset(clause.every):
        return False
    return all(contacts_for(name, facts, knowledge) for name in names_in(clause))


def names_in(clause: Clause) -> Iterator[str]:
    """The names in braces in a clause, without the emergency number."""
    return (name for name in dict.fromkeys(PLACEHOLDER.findall(clause.es)) if name != EMERGENCY)


def contacts_for(name: str, facts: Facts, knowledge: Knowledge) -> Sequence[str]:
    """The ids of the contacts that a name in braces stands for; of the first two countries while that is unknown."""
    by_country = knowledge.triage.numbers.get(name)
    if by_country is None:
        return (name,) if _sayable(name, facts, knowledge) else ()
    here = facts.dials_from
    if here is not None:
        return [by_country[here]] if here in by_country and _sayable(by_country[here], facts, knowledge) else ()
    return [one for one in dict.fromkeys(by_country.values()) if _sayable(one, facts, knowledge)][:2]


def _sayable(name: str, facts: Facts, knowledge: Knowledge) -> bool:
    """Reachable from where the writer is, sure enough, and never their own government for who fears it."""
    contact = knowledge.contacts.get(name)
    if contact is None:
        return knowledge.dated(name) is not None
    if contact.confidence is Confidence.LOW:
        return False
    if contact.serves is Serves.MEXICANS and (facts.mexican is False or facts.fears_government):
        return False
    here = facts.dials_from
    return here is None or here in contact.works_from or ANYWHERE in contact.works_from


def holds_number(text_id: str, facts: Facts, knowledge: Knowledge) -> bool:
    """Whether a text names the emergency number as it is said here."""
    return any("{emergency}" in clause.es for clause in fitting(text_id, facts, knowledge))


def question_of(danger: OpenDanger, facts: Facts, knowledge: Knowledge) -> str | None:
    """The id of the question that the first words of a danger ask."""
    if "line.ask_who" in first_of(danger, facts, knowledge):
        return "line.ask_who"
    ask = ask_of(danger, knowledge)
    return ask[0] if ask else None


def open_ask(danger: OpenDanger, knowledge: Knowledge) -> Ask | None:
    """The question of the kind that is open; None where a line asks, or nothing."""
    ask = ask_of(danger, knowledge)
    return ask[1] if ask and danger.asked == ask[0] else None


def first_words(danger: OpenDanger, facts: Facts, knowledge: Knowledge) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of both bubbles of the first reply: what to do; then who reads this, and the one question (P5, P7)."""
    one = tuple(first_of(danger, facts, knowledge))
    protocol = protocol_of(danger, knowledge)
    second = (f"kind.{protocol.id}/second",) if protocol.second else ()
    number = any(holds_number(each, facts, knowledge) for each in one)  # said only where the first bubble has it
    reads = "line.on_duty" if facts.on_duty else "line.nobody" if number else "line.nobody_no_number"
    nobody = () if READERS & {*danger.given} else (reads,)
    ask = ask_of(danger, knowledge)
    asks = (ask[0],) if ask and ask[1].says and ask[0] not in danger.given and "line.ask_who" not in one else ()
    return one, (*second, *nobody, *asks)


def said(danger: OpenDanger, ids: Sequence[str]) -> OpenDanger:
    """The danger with these texts given; who writes is heard again."""
    whole = (one.removesuffix(HEAD) for one in ids)
    return danger.having(given=(*danger.given, *(one for one in whole if one not in danger.given)))


def who_of(protocol: Protocol, told: Meant, *, minor: bool = False) -> Meant:
    """As a kind allows it: of some only the writer tells, of others only somebody else, of a child's the child."""
    if protocol.child:
        return "own" if minor or told in ("own", "both") else "other"
    only = NAMES.get(protocol.who.value, "unknown")
    return told if only in ("both", "unknown") else only


def everybody_in(danger: OpenDanger) -> Meant:
    """Who is in all that is open: both, where the writer suffers, too, or is in what stays open below."""
    with_writer = "me_too" in danger.heard or any(one.who in ("own", "both") for one in danger.below)
    return "both" if danger.who == "other" and with_writer else danger.who


def for_whom(protocol: Protocol, told: Meant, knowledge: Knowledge) -> Protocol:
    """The kind whose words are for who tells of somebody else, where those of this one are only for who is in it."""
    kind = knowledge.triage.told_of.get(protocol.id, protocol.id) if told == "other" else protocol.id
    return knowledge.protocols[kind]


def out_of_reach(danger: OpenDanger, knowledge: Knowledge) -> bool:
    """Whether somebody else is held where the writer cannot do anything for a body."""
    return danger.kind in knowledge.triage.out_of_reach and danger.who == "other"


def untold_below(danger: OpenDanger, knowledge: Knowledge) -> Sequence[str]:
    """The brief words of bodies in danger below, of which nothing was said yet."""
    passed = {kind_in(one) for one in danger.given} if not out_of_reach(danger, knowledge) else knowledge.triage.bodily
    bodies = (one.kind for one in danger.below if one.kind in knowledge.triage.bodily and one.kind not in passed)
    return [f"kind.{one}/brief" for one in bodies]


def may_harm(danger: OpenDanger, knowledge: Knowledge) -> bool:
    """Whether somebody does harm in it, who may come near the phone or write on it."""
    return not {*knowledge.triage.read_by}.isdisjoint((danger.category, danger.kind))
