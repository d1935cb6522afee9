"""What a message says of the papers and model letters of a procedure, by where somebody stands in it."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Protocol

from knowledge.errand_bounds import Walked, needed_by
from knowledge.frames import FrameSet, fold
from knowledge.hearing_steps import PAPER, STEM, Told, Wish, named_in, own_words, wishes_in, words_of
from knowledge.model import Knowledge
from knowledge.procedures import holds
from knowledge.schema.procedures import Procedure, Step

OF_OWN = frozenset({Wish.COSTS, Wish.BRING})
"""What is asked of a paper itself, where nothing of ours tells how it is got: the errand by which it is."""
Naming = tuple[str, int]
"""A paper, and the how-manieth name of a message it is."""
MOSTLY, MANY, ARTICLE = 0.5, 4, 2
"""Share of a paper's name by which one of another procedure is meant; names of papers by which a word tells none apart;
words in front of a name that say that something stands in it.
"""


class Heard(Protocol):
    """A message before."""

    @property
    def text(self) -> str:
        """Its words."""


def ticked_in(
    message: Told,
    said: Collection[Wish],
    procedure: Procedure,
    steps: Sequence[Step],
    ours: Walked,
    heard: Sequence[Heard],
    knowledge: Knowledge,
) -> dict[str, str]:
    """The papers of these steps told to be there or missing; `heard`: of what "no los tengo" is."""
    told, before = message.text if message.tells else message.letters, fold(" ".join(one.text for one in heard))
    theirs = {*chain.from_iterable(one.bring for one in steps), *ours.lacks}
    ticked = papers_in(told, procedure.id, knowledge, theirs)
    for clause in map(fold, told.split(", ")):
        wishes = wishes_in(clause, knowledge)
        if Wish.WHOSE in wishes:  # "el recibo es de mi primo"
            own = papers_named(clause, procedure.id, knowledge)
            ticked = {one: mark for one, mark in ticked.items() if one not in own or mark == Wish.LACKS}
        if {Wish.ITS, Wish.REFUSAL} & wishes == {Wish.ITS} and not papers_named(clause, procedure.id, knowledge):
            there = str(Wish.LACKS if Wish.LACKS in wishes else Wish.HAS)
            named = papers_named(told, procedure.id, knowledge) or papers_named(before, procedure.id, knowledge)
            short = {*ours.lacks} - needed_by(procedure, ours.done) or {*ours.lacks}
            named = named or frozenset(short if len(short) == 1 else ())  # "ya la tramitamos": what lacks
            open_yet = named & {*ours.lacks} if there == Wish.LACKS else ()  # of several it is those that were missing
            ticked = dict.fromkeys(sorted(open_yet or named & theirs), there) | ticked
    needed = (one for one in procedure.papers if not one.optional and holds(one.needs, ours.answers) is not False)
    own = frozenset(one.id for one in needed)
    here = next((own & {*one.bring} for one in steps if one.id == ours.step), None) or ours.lacks
    if Wish.LATER in said and not ticked:  # "deje la carta para después": the paper, not its step
        ticked = dict.fromkeys(sorted(papers_named(told, procedure.id, knowledge).intersection(here)), str(Wish.LACKS))
    lacks = Wish.LACKS not in said or Wish.LACKS in ticked.values()  # not "nomas me falta lo del banco"
    return {**dict.fromkeys(here, str(Wish.HAS)), **ticked} if Wish.EVERY in said and lacks else ticked


def papers_named(letters: str, procedure_id: str, knowledge: Knowledge) -> frozenset[str]:
    """Papers named, whether there or missing."""
    said = (one.key for one in own_words(procedure_id, knowledge).find(letters))
    return frozenset(name for kind, name in said if kind == PAPER)


def others_named(procedure_id: str, letters: str, knowledge: Knowledge, before: Collection[str] = ()) -> list[str]:
    """Other procedures that a question is of; one of a paper of this one, "my INE ran out", is of no other.

    `before`: those that were named before, of which a question goes on that asks where it is had.
    """
    named, said = named_in(letters, knowledge), wishes_in(letters, knowledge)
    own = papers_named(letters, procedure_id, knowledge)
    papers = (one for one in knowledge.procedures[procedure_id].papers if one.id in own)
    here = own and (any(one.errand or one.given_by or one.prices for one in papers) or said.isdisjoint(OF_OWN))
    alone = procedure_id in named or here or Wish.SUPPOSES in said  # "y si me regreso, ¿lo pierdo?"
    return [] if alone else [*named, *(before if Wish.OF_IT in said else ())]


def puts_off_one(letters: str, procedure: Procedure, here: str | None, knowledge: Knowledge) -> bool:
    """Whether one of several papers of the open step is left for later: "el recibo déjelo pendiente"."""
    bring = {paper for one in procedure.steps if one.id == here for paper in one.bring}
    return len(bring) > 1 and not bring.isdisjoint(papers_named(letters, procedure.id, knowledge))


def papers_demanded(
    told: str, procedure: Procedure, steps: Sequence[Step], knowledge: Knowledge
) -> tuple[str, ...] | None:
    """The papers that somebody in charge asks for, of these steps or another procedure's; None: nothing, or given."""
    clauses = [fold(one) for one in told.split(", ")]
    said = [wishes_in(one, knowledge) for one in clauses]
    at = max((n for n, one in enumerate(said) if Wish.OTHER in one), default=None)
    if at is None or any(not one.isdisjoint({Wish.DONE, Wish.HAS}) and Wish.LACKS not in one for one in said[at + 1 :]):
        return None
    begins = max(one.end for one in words_of(knowledge).find(clauses[at]) if one.key == Wish.OTHER)
    rest, behind = " ".join(clauses[at:]), " ".join((f" {clauses[at]} "[begins:], *clauses[at + 1 :]))
    if own := papers_named(behind, procedure.id, knowledge) or papers_named(rest, procedure.id, knowledge):
        theirs = own.intersection(paper for one in steps for paper in one.bring)
        by_name = {one.name.es: one.id for one in reversed(procedure.papers) if one.id in own}  # of each name one
        return tuple(sorted(theirs)) or tuple(sorted(by_name.values()))
    if named_in(rest, knowledge):  # "an apostille": got by another errand
        return ()
    shares = {one.key: _share(one.key, rest, knowledge) for one in _every_paper(knowledge).find(rest)}
    alike = [one for one in shares if knowledge.procedures[one.split("/")[0]].organisation == procedure.organisation]
    best = max(sorted(alike), key=lambda one: shares[one], default="")
    return (best,) if best and shares[best] >= MOSTLY else ()


def _share(key: str, said: str, knowledge: Knowledge) -> float:
    """How much of the name of a paper is said, in the language of which more is."""
    owner, _, name = key.partition("/")
    paper = next(one for one in knowledge.procedures[owner].papers if one.id == name)
    words = {word[:STEM] for word in said.split()}
    every = [set(fold(told).split()) - knowledge.stop_words for told in (paper.name.es, paper.name.en)]
    names = [{word for word in one if word not in _common(knowledge)} or one for one in every]
    return max(sum(word[:STEM] in words for word in one) / max(1, len(one)) for one in names)


@lru_cache(maxsize=4)
def _common(knowledge: Knowledge) -> frozenset[str]:
    """Words of the names of many papers: of a "carta poder" the word "carta" names none."""
    names = {one.name for procedure in knowledge.procedures.values() for one in procedure.papers}
    counts = Counter(word for one in names for word in {*fold(f"{one.es} {one.en}").split()})
    return frozenset(word for word, count in counts.items() if count >= MANY)


@lru_cache(maxsize=4)
def _every_paper(knowledge: Knowledge) -> FrameSet[str]:
    """The words for the papers of organisations' procedures and persons': `ecosoc/finances`."""
    every = knowledge.procedures.values()
    return FrameSet((f"{one.id}/{paper.id}", frame) for one in every for paper in one.papers for frame in paper.frames)


def papers_in(told: str, procedure_id: str, knowledge: Knowledge, theirs: Collection[str] = ()) -> dict[str, str]:
    """Papers named, each with Wish.HAS or Wish.LACKS: by the words in front of it, else by those behind it.

    `theirs`: of these alone, where several of a procedure have one name.
    """
    marks, there, waiting, last, named = list[tuple[Naming, str]](), "", list[Naming](), list[Naming](), 0
    clauses = _answering(told.split(", "), knowledge)

    def heard(rest: str) -> Iterator[tuple[Naming, str]]:
        nonlocal there, last, named
        single = len(rest.split()) == 1
        if _is_marked_first(rest, procedure_id, knowledge, theirs):  # "mi acta, no tengo INE"
            waiting.clear()
        while ahead := min(_marks(rest, procedure_id, knowledge, theirs), default=None):
            _, end, kind, name = ahead
            said, rest = f" {rest} "[:-end].strip(), f" {rest} "[-end:].strip()
            named += kind == PAPER
            last = [(name, named)] if name else last
            if kind == PAPER and (lone := _lone(rest, procedure_id, knowledge)):
                yield last[0], Wish.LACKS
                rest = f" {rest} "[lone:].strip()
            elif kind == PAPER and there:
                yield last[0], _behind(rest, procedure_id, knowledge, theirs) or there
            elif kind == PAPER:
                waiting.extend(last)
            elif kind == Wish.BUT:
                there = ""
                waiting.clear()
            elif kind == Wish.LACKS and _says(said, Wish.AHEAD, knowledge):  # "no puedo mandar la carta sin el acta"
                there = kind
                waiting.clear()
            elif last and not waiting and _lapses(said, rest, procedure_id, knowledge):
                yield last[0], kind  # "la licencia, pero ya vencida"
            else:  # "the deed yes, the register not yet"; "sí, la firma todavía no"
                there = kind if not single and (not waiting or (kind == Wish.HAS and rest)) else ""
                yield from ((paper, kind) for paper in waiting)
                waiting.clear()

    marks += chain.from_iterable(map(heard, _of_papers(clauses, procedure_id, knowledge)))
    return _folded(marks, _of_one(clauses, procedure_id, knowledge), procedure_id, knowledge)


def _is_marked_first(rest: str, procedure_id: str, knowledge: Knowledge, theirs: Collection[str]) -> bool:
    """Whether a mark stands in front of the first paper."""
    kinds = [one[2] for one in sorted(_marks(rest, procedure_id, knowledge, theirs))]
    return PAPER in kinds[1:] and kinds[0] != PAPER


def _of_one(clauses: Sequence[str], procedure_id: str, knowledge: Knowledge) -> set[str]:
    """The papers of several people that are named once, as one's alone: "mi INE" is not both parents'."""
    own = own_words(procedure_id, knowledge)
    each = {one.id for one in knowledge.procedures[procedure_id].papers if one.each}
    named = {(one.key[1], at, one.start): one for at, clause in enumerate(clauses) for one in own.find(clause)}
    whose = {key: (*f" {clauses[key[1]]} "[: key[2]].split()[-1:], one.words) for key, one in named.items()}
    lone = {key[0] for key, words in whose.items() if Wish.ONE in wishes_in(" ".join(words), knowledge)}
    both = Wish.BOTH in wishes_in(" ".join(clauses), knowledge)
    counts = Counter(name for name, *_ in named)
    return set() if both else {name for name in lone & each if counts[name] == 1}


def _answering(clauses: list[str], knowledge: Knowledge) -> list[str]:
    """Clauses without the no that answers us: "no el acta y el recibo sí los tengo"."""
    begins = words_of(knowledge).find(" ".join(clauses[:2]))
    found = [one for one in begins if one.key in (Wish.LACKS, Wish.HAS, Wish.ITS)]
    leads = any(one.key == Wish.LACKS and one.start <= 1 and Wish.NO in one.words.split()[:1] for one in found)
    has = {one.key for one in found if one.start > 1} >= {Wish.HAS, Wish.ITS}
    return [clauses[0].partition(" ")[2], *clauses[1:]] if leads and has else clauses


def _of_papers(clauses: Sequence[str], procedure_id: str, knowledge: Knowledge) -> Sequence[str]:
    """Of several clauses those that do not name the errand itself: "la matrícula le digo, no la INE"."""
    return [one for one in clauses if procedure_id not in named_in(one, knowledge)] if len(clauses) > 1 else clauses


def _folded(
    marks: Sequence[tuple[Naming, str]], of_one: Collection[str], procedure_id: str, knowledge: Knowledge
) -> dict[str, str]:
    """One mark for each paper: the last one; of those of which one thing is enough, or one of each, by all of them."""
    marks = [one for one in marks if one[1] != Wish.HAS or one[0][0] not in of_one]
    last, held = {name: mark for (name, _), mark in marks}, dict(marks)
    counts = {
        one.id: Wish.HAS if one.enough else Wish.LACKS
        for one in knowledge.procedures[procedure_id].papers
        if one.enough or one.each
    }
    won = {name: str(counts[name]) for (name, _), mark in held.items() if name in counts and mark == counts[name]}
    return last | won


def _behind(rest: str, procedure_id: str, knowledge: Knowledge, theirs: Collection[str]) -> str:
    """The mark right behind a paper that is of it, as no other paper stands behind that: "el acta sí"."""
    marks = sorted(_marks(rest, procedure_id, knowledge, theirs))
    papers = any(kind == PAPER for _, _, kind, _ in marks)
    return marks[0][2] if marks and not papers and marks[0][2] != Wish.BUT else ""


def _says(words: str, wish: Wish, knowledge: Knowledge) -> bool:
    """Whether words end with what is of this kind."""
    return any(one.key == wish and f" {words} ".endswith(f"{one.words} ") for one in words_of(knowledge).find(words))


def _lapses(said: str, rest: str, procedure_id: str, knowledge: Knowledge) -> bool:
    """Whether something is told to have run out that is not named behind it."""
    return _says(said, Wish.LAPSED, knowledge) and not papers_named(rest, procedure_id, knowledge)


def _lone(rest: str, procedure_id: str, knowledge: Knowledge) -> int:
    """Where the words end behind a paper that say that it alone is missing: "el comprobante no"; 0: none do.

    Right behind it, or behind words of it that are no other paper: "el informe del año pasado no lo hicimos".
    """
    words, free = rest.split(), not papers_named(rest, procedure_id, knowledge)
    for at in range(len(words) if free and Wish.DENIES in wishes_in(rest, knowledge) else 1):
        behind = " ".join(words[at:])
        ends = [one.end for one in words_of(knowledge).find(behind) if one.key == Wish.LONE]
        if ends:
            return len(rest) - len(behind) + max(ends)
        if wishes_in(words[at], knowledge) & {Wish.HAS, Wish.BUT} if words else True:
            return 0
    return 0


def _marks(
    letters: str, procedure_id: str, knowledge: Knowledge, theirs: Collection[str]
) -> Iterator[tuple[int, int, str, str]]:
    """Where each mark begins, where it ends (negative: the longest of two first), and what it is."""
    said = [*words_of(knowledge).find(letters)]
    booked = [range(one.start, one.end) for one in said if one.key == Wish.BOOKED]  # "me dio cita": no paper
    for found in said:
        if found.key in (Wish.HAS, Wish.LACKS, Wish.BUT) and not any(found.start in one for one in booked):
            yield found.start, -found.end, found.key, ""
    for one in own_words(procedure_id, knowledge).find(letters):
        before = " ".join(f" {letters} "[: one.start].split()[-ARTICLE:])
        within = _says(before, Wish.WITHIN, knowledge)  # "en el acta viene igual"
        if one.key[0] == PAPER and (not theirs or one.key[1] in theirs) and not within:
            yield one.start, -(one.start + _own_length(one.words, knowledge)), *one.key
    if any("/" in one for one in theirs):
        for other in _every_paper(knowledge).find(letters):
            if other.key in theirs:
                yield other.start, -other.end, PAPER, other.key


def _own_length(words: str, knowledge: Knowledge) -> int:
    """The length of the name of a paper without the small words behind it by which it is told apart: "informe no"."""
    name = words.split()
    while len(name) > 1 and name[-1] in knowledge.stop_words:
        name.pop()
    return len(" ".join(name)) + 1
