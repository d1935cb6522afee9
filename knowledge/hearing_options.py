"""What a message says to the questions of a procedure: which option, put away, denied or led to."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import TypeVar

from knowledge.errand_bounds import PLAIN_WORDS, UNLIKELY
from knowledge.frames import FrameSet, Match, fold, frames_of
from knowledge.hearing_papers import papers_in, papers_named
from knowledge.hearing_steps import PLAIN, Key, Wish, denied_at, wishes_in, wishes_within
from knowledge.model import Knowledge
from knowledge.schema.procedures import Option, Procedure, Question

UNSURE = "unsure"
"""The option of who does not know: "ay no sé, tengo el acta" takes back nothing that was answered."""
Named = TypeVar("Named", str, Key)


@lru_cache(maxsize=32)
def _options(procedure_id: str, question_id: str, knowledge: Knowledge) -> FrameSet[str]:
    asked = (q for q in knowledge.procedures[procedure_id].questions if q.id == question_id)
    every = (option for question in asked for option in question.options)
    return FrameSet((option.id, frame) for option in every for frame in (*option.frames, *option.told))


def option_said(letters: str, procedure: Procedure, answers: Collection[str], knowledge: Knowledge) -> Key | None:
    """A question without an answer and its option, where the whole message is its words; heard before it is asked."""
    for question in procedure.questions:
        found = () if question.id in answers else _options(procedure.id, question.id, knowledge).find(letters)
        if option := next((one.key for one in found if one.words == letters), None):
            return question.id, option
    return None


def said_again(
    letters: str, procedure: Procedure, answers: Mapping[str, str], second: str, knowledge: Knowledge
) -> bool:
    """Whether words answer once more what was answered; `second`: in which two differ, "primero el grande, él sí"."""
    again = option_said(letters, procedure, (), knowledge)
    once_more = again is not None and answers.get(again[0]) == again[1]
    return once_more or (
        bool(second) and option_framed(letters, procedure.id, second, knowledge) == answers.get(second)
    )


@lru_cache(maxsize=64)
def _told(procedure_id: str, knowledge: Knowledge) -> FrameSet[Key]:
    """What tells an option unasked; its own frames only of a question that is heard early."""
    asked = knowledge.procedures[procedure_id].questions
    every = ((q, one) for q in asked for one in q.options)
    return FrameSet(
        ((q.id, one.id), frame) for q, one in every for frame in (*one.told, *(one.frames if q.early else ()))
    )


def options_told(text: str, procedure_id: str, knowledge: Knowledge) -> dict[str, str]:
    """Question -> option, of what words tell unasked; of two options the longer words around the other's, else neither:
    "the big one was born in Mexico, the small one here" is of two children.
    """
    every = [one for one in _told(procedure_id, knowledge).find(text) if not denied_at(text, one.start, knowledge)]
    told = dict[str, set[str]]()
    for one in every:
        question, option = one.key
        if not any(_inside(one, other) for other in every if other.key[0] == question):
            told.setdefault(question, set()).add(option)
    return {question: options.pop() for question, options in told.items() if len(options) == 1}


def options_beside_done(letters: str, procedure_id: str, asked: str | None, knowledge: Knowledge) -> dict[str, str]:
    """What is told beside a step that is done, and the answer to the question that waits: "yo, y ya tengo la cita"."""
    framed = option_framed(letters, procedure_id, asked, knowledge) if asked else None
    return options_told(letters, procedure_id, knowledge) | ({asked: framed} if asked and framed else {})


def options_left(question: Question, texts: Sequence[str]) -> tuple[Option, ...]:
    """The options of a question that nothing said shuts; all, where none would be left."""
    left = tuple(
        one for one in question.options if not any(frames_of(one.unless).first(text) for text in texts if one.unless)
    )
    return left or question.options


def options_heard(texts: Sequence[str], procedure_id: str, knowledge: Knowledge) -> dict[str, str]:
    """What several messages tell unasked: the last word counts."""
    return {question: one for text in texts for question, one in options_told(text, procedure_id, knowledge).items()}


def option_framed(letters: str, procedure_id: str, question_id: str, knowledge: Knowledge) -> str | None:
    """The option whose own words are said, the longest first."""
    found = list(_options(procedure_id, question_id, knowledge).find(letters))
    every = [one for one in found if not any(_inside(one, other) for other in found)]
    if len(every) > 1:  # "por internet no, mejor en el consulado"
        every = [one for one in every if not _turned_down(letters, one, knowledge)] or every
    denied = options_denied(letters, procedure_id, question_id, knowledge)
    every = [one for one in every if one.key not in denied]
    return max(every, key=lambda one: one.end - one.start).key if every else None


def _inside(one: Match[Named], other: Match[Named]) -> bool:
    """Whether longer words of another option overlap these: "tiene el acta", in "nada más tiene el acta gringa"."""
    held = one.touches(other)
    return held and other.key != one.key and len(other.words) > len(one.words)


def wishes_answering(letters: str, procedure_id: str, question_id: str, knowledge: Knowledge) -> set[Wish]:
    """What is said to any procedure by the very words that answer a question: "la perdí", asked whether it is lost."""
    named = _options(procedure_id, question_id, knowledge).find(letters)
    return wishes_within(letters, [(one.start, one.end) for one in named], knowledge)


def options_beside(letters: str, procedure_id: str, question_id: str, knowledge: Knowledge) -> dict[str, str]:
    """The answers that the words which answer a question give to others too: "it is from California"."""
    asked = (one.id for one in knowledge.procedures[procedure_id].questions if one.beside == question_id)
    framed = ((name, option_framed(letters, procedure_id, name, knowledge)) for name in asked)
    return {name: option for name, option in framed if option is not None}


def options_denied(letters: str, procedure_id: str, question_id: str, knowledge: Knowledge) -> frozenset[str]:
    """Options whose own words are said behind a no that does not begin the answer: "nadie se murió"."""
    every = [*_options(procedure_id, question_id, knowledge).find(letters)]
    held = {one.key for one in every if not denied_at(letters, one.start, knowledge)}
    behind = {one.key for one in every if f" {letters} "[: one.start].strip() not in ("", "no", "not")}
    return frozenset(behind - held)


def _turned_down(letters: str, one: Match[str], knowledge: Knowledge) -> bool:
    """Whether a no stands right behind words, or in front with nothing but words that mean nothing by themselves."""
    said = f" {letters} "
    near = takewhile(lambda word: word in knowledge.stop_words, reversed(said[: one.start].split()))
    beside = (*near, *said[one.end :].split()[:1])
    denied = any(Wish.DENIES in wishes_in(word, knowledge) for word in beside)
    return denied or denied_at(letters, one.start, knowledge)


def option_led(
    letters: str, plain: Collection[str], procedure_id: str, question_id: str, knowledge: Knowledge
) -> str | None:
    """The option that a bare yes or no means, or the one with which words begin; `plain`: worded in any way."""
    of_papers = any(papers_in(letters, procedure_id, knowledge))
    said = {*plain, *(() if of_papers else wishes_in(letters, knowledge) & PLAIN)}
    questions = knowledge.procedures[procedure_id].questions
    others = (option_framed(letters, procedure_id, q.id, knowledge) for q in questions if q.id != question_id)
    led = said or (set() if of_papers or not PLAIN.isdisjoint(others) else {lead_of(letters, knowledge)})
    asked = (q for q in questions if q.id == question_id)  # "sí tengo el viejo" answers another one
    return next((one.id for question in asked for one in question.options if one.id in led), None)


def option_given(
    letters: str,
    plain: Collection[str],
    learned: str | None,
    lead: str,
    procedure: Procedure,
    question_id: str,
    knowledge: Knowledge,
    *,
    asks: bool,
) -> str | None:
    """The answer to a question: by its own words, as was `learned` from words of more than a few, a plain yes or no.

    `lead`: the clause that begins it.
    """
    first = fold(lead) if option_framed(fold(lead), procedure.id, question_id, knowledge) else letters
    almost = Wish.ALMOST in wishes_in(first, knowledge)  # not "sí lo tengo, ya casi se vence"
    if almost and any(one.id == Wish.NO for q in procedure.questions if q.id == question_id for one in q.options):
        return Wish.NO
    if not asks and (framed := option_framed(letters, procedure.id, question_id, knowledge)):
        return framed
    if learned is not None and len(letters.split()) > PLAIN_WORDS:
        return learned
    long = len(lead.split()) > UNLIKELY  # "yes, I have the old one but …" begins with no answer
    return None if asks or long else option_led(letters, plain, procedure.id, question_id, knowledge)


def must_be_sure(
    letters: str, procedure: Procedure, question_id: str, option: str | None, knowledge: Knowledge
) -> bool:
    """Whether an option that was learned must be surely meant: it ends all, or words are of a paper or question too."""
    asked = (q for q in procedure.questions if q.id == question_id)
    stops = any(one.stop for question in asked for one in question.options if one.id == option)
    others = [one.id for one in procedure.questions if one.id != question_id]
    framed = any(option_framed(letters, procedure.id, one, knowledge) for one in others)
    return stops or framed or bool(papers_named(letters, procedure.id, knowledge))


def lead_of(letters: str, knowledge: Knowledge) -> str | None:
    """Whether an answer to a question of ours begins with a yes or a no."""
    begins = {found.key for found in _leads(knowledge).find(letters)}
    return None if "unsure" in begins else next((one for one in ("no", "yes") if one in begins), None)


def says_no(letters: str, procedure: Procedure, asked: str | None, knowledge: Knowledge) -> bool:
    """Whether a message begins with a no, where a question waits that takes one."""
    takes = any(one.id == Wish.NO for q in procedure.questions if q.id == asked for one in q.options)
    return takes and lead_of(letters, knowledge) == Wish.NO


@lru_cache(maxsize=4)
def _leads(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((name, frame) for name, frames in knowledge.step_words.leads.items() for frame in frames)


def option_changed(
    told: str, procedure: Procedure, answers: Mapping[str, str], knowledge: Knowledge, *, meant: bool
) -> Key | None:
    """A question that was answered, and another option whose own words a clause says that is of no paper.

    `meant`: also one that ends it, and beside a paper.
    """
    ends = {(q.id, one.id) for q in procedure.questions for one in q.options if one.stop}
    meaning = _beside_turned_down(told, procedure, answers, knowledge)
    free = fold(beside_papers(meaning, procedure.id, knowledge, meant=meant))
    said = {name: option_framed(free, procedure.id, name, knowledge) for name in answers}
    said |= {name: one for name, one in options_told(meaning, procedure.id, knowledge).items() if name in answers}
    changed = ((name, one) for name, one in said.items() if one is not None and one != answers[name])
    return next((one for one in changed if meant or (one not in ends and one[1] != UNSURE)), None)


def _beside_turned_down(told: str, procedure: Procedure, answers: Collection[str], knowledge: Knowledge) -> str:
    """What is told, without later clauses that turn an option down: "aquí en México, no por consulado"."""
    first, *rest = told.split(", ")
    named = {one: [m for q in answers for m in _options(procedure.id, q, knowledge).find(fold(one))] for one in rest}
    down = [one for one, found in named.items() if any(_turned_down(fold(one), m, knowledge) for m in found)]
    return ", ".join((first, *(one for one in rest if one not in down)))


def beside_papers(told: str, procedure_id: str, knowledge: Knowledge, *, meant: bool = True) -> str:
    """The clauses that are of no paper alone: "la de mi esposo está vencida" says nothing of whether he comes.

    `meant`: of a paper a clause is that says what became of it.
    """

    def is_of_paper(clause: str) -> bool:
        said, paper = wishes_in(clause, knowledge), papers_named(clause, procedure_id, knowledge)
        gone = not said.isdisjoint({Wish.LOST, Wish.LACKS, Wish.DENIES})
        return (Wish.LOST in said and Wish.ITS in said) or (bool(paper) and (not meant or gone))

    return ", ".join(one for one in told.split(", ") if not is_of_paper(fold(one)))


def answer_denied(letters: str, procedure: Procedure, answers: Mapping[str, str], knowledge: Knowledge) -> str | None:
    """The question whose answer is denied, by its own words or by a paper that hangs on it."""
    papers = [one for one in procedure.papers if one.id in papers_named(letters, procedure.id, knowledge)]
    hang = (
        name
        for name, chosen in answers.items()
        if any(chosen in one.needs.get(name, ()) for one in papers)
        or chosen in options_denied(letters, procedure.id, name, knowledge)
    )
    return next(hang, None)
