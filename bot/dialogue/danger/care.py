"""What is said in an open danger: a line for what is told, else the next of those that help; never the same twice."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.dialogue.danger.another_matter import is_asked
from bot.dialogue.danger.moves import END, LIKELY, NONE, SURE, VERY, likeliest_move, moves_in
from bot.dialogue.danger.remembered import idle_in, is_foreign, told_of
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.phrasing import heard_in
from bot.dialogue.words.sounds import heard_items, sound
from knowledge.frames import FramesUnless, Match
from knowledge.model import Knowledge
from knowledge.render import PLACEHOLDER
from knowledge.schema.care import ANY, Care, Line
from knowledge.schema.urgent import Category

EMERGENCY = "emergency"
"""The placeholder of the emergency number, which every line has."""
DENIES = frozenset(map(sound, ("no", "ni", "nunca", "tampoco", "nadie", "not", "never", "nobody")))
"""Words that deny what follows them, by ear; `sin` and `without` tell of a lack, which is a need of its own."""
RECENT = 3
"""Lines said last that are not said again, whatever is told."""


@dataclass(frozen=True, slots=True)
class _Index:
    """Frames by the id of what they tell of, in the order of the content."""

    lines: FramesUnless[str]
    phases: FramesUnless[str]
    affirmed: frozenset[str]
    """Of the lines: those that are not told where their words are denied."""


@lru_cache(maxsize=8)
def _index(knowledge: Knowledge) -> Mapping[str, _Index]:
    """By category."""
    return {
        name: _Index(
            heard_items(care.lines),
            heard_items(care.phases),
            frozenset(line.id for line in care.lines if line.affirmed),
        )
        for name, care in knowledge.care.items()
    }


def _told(
    frames: FramesUnless[str], text: str, knowledge: Knowledge, affirmed: frozenset[str] = frozenset()
) -> list[str]:
    """The ids of what a message tells of; of these not what it denies: `no nos pega`."""
    heard = heard_in(text, knowledge.spelling)
    found = list(dict.fromkeys(match.key for match in frames.standing(*heard)))
    if affirmed.isdisjoint(found):
        return found
    said = {match.key for part in heard for match in frames.says.find(part) if not _is_denied(match, part)}
    return [one for one in found if one in said or one not in affirmed]


def _is_denied(match: Match[str], heard: str) -> bool:
    """Whether a word of denial stands right before what matched."""
    return not DENIES.isdisjoint(f" {heard} "[: match.start].split()[-1:])


def phase_told(texts: Iterable[str], category: str, knowledge: Knowledge, before: str | None = None) -> str | None:
    """How far a danger is: of all that was told, `before` too, what stands first in the content."""
    care = knowledge.care.get(category)
    if care is None:
        return None
    told = {found for text in texts for found in _told(_index(knowledge)[category].phases, text, knowledge)}
    return next((phase.id for phase in care.phases if phase.id in told | {before}), None)


def line_told(hearing: Hearing, category: Category) -> Line | None:
    """The line for what the message tells or asks: what is sure before what frames hear, that before what is likely.

    What a question only likely means is left to those who answer questions.
    """
    told, knowledge = told_of(hearing, category), hearing.knowledge
    shown = f"{hearing.conversation.topic}/{hearing.conversation.section}"
    own, every = _cares(category, knowledge)
    likely = VERY if is_asked(hearing) else LIKELY
    found = chain(
        _framed_surely(hearing, category),
        _of_moves(hearing, category, own, SURE),
        _of_moves(hearing, category, every, VERY),
        _of_others_open(hearing, category),
        _framed(hearing, category, own),
        _of_moves(hearing, category, every, SURE),
        _framed(hearing, category, every),
        _of_moves(hearing, category, own, likely),
        _of_moves(hearing, category, every, likely),
    )
    fresh = (line for line in found if line.id not in told.said[-RECENT:] and line.section != shown)
    return next((line for line in fresh if not line.over), None)


def line_sure(hearing: Hearing, category: Category) -> Line | None:
    """The line whose frames are sure of what a message tells, whatever else it sounds like; not twice in a row."""
    told = told_of(hearing, category)
    return next((line for line in _framed_surely(hearing, category) if line.id not in told.said[-1:]), None)


def sounds_like(hearing: Hearing, category: Category) -> set[str]:
    """The other dangers that the words of the danger's sure lines may sound like, and are a part of it."""
    return {name for line in _framed_surely(hearing, category) if not line.over for name in line.despite}


def line_after(hearing: Hearing, category: Category) -> Line | None:
    """The line for what is told or asked of what came of a danger, also where that is over."""
    told, cares = told_of(hearing, category), _cares(category, hearing.knowledge)
    ended = {line.id for care in cares for line in care.lines if line.over}
    ended |= {one.id for one in hearing.knowledge.course}
    after = {line.id for care in cares for line in care.lines if ended & set(line.after) & set(told.said)}
    heard = (*_framed_surely(hearing, category), *_framed(hearing, category, cares[0]))
    heard += tuple(_of_moves(hearing, category, cares[0], SURE))
    fresh = (line for line in heard if line.id in after and line.id not in told.said[-RECENT:])
    return next(fresh, None)


def line_in_calm(hearing: Hearing) -> Line | None:
    """The line for what is only feared, where no danger is open: the first that is for who writes, and where."""
    knowledge, state = hearing.knowledge, hearing.conversation
    heard = " ".join(heard_in(hearing.text, knowledge.spelling))  # it may be told in two sentences
    found = {match.key for match in _index(knowledge)[ANY].lines.standing(heard)}
    return next(
        (
            line
            for line in knowledge.care[ANY].lines
            if line.calm
            and line.id in found
            and (state.minor or not line.minor)
            and (not line.countries or state.country in line.countries)
        ),
        None,
    )


def is_heard(hearing: Hearing, category: Category) -> bool:
    """Whether the frames of any line of the danger's own are heard."""
    return any(True for _ in _framed(hearing, category, _cares(category, hearing.knowledge)[0]))


def line_framed(hearing: Hearing, category: Category) -> Line | None:
    """The danger's own line whose frames are heard and which answers: by a section, or by a contact of its own."""
    lines = _framed(hearing, category, _cares(category, hearing.knowledge)[0])
    return next((line for line in lines if line.section is not None or gives_numbers(line)), None)


def gives_numbers(line: Line) -> bool:
    """Whether a line names a contact of its own, so that no list is owed."""
    return bool(_named_in(line) - {EMERGENCY})


def _named_in(line: Line) -> set[str]:
    return set(PLACEHOLDER.findall(line.say.es)) if line.say is not None else set()


def line_over(hearing: Hearing, category: Category) -> Line | None:
    """The line that ends the danger, where the moves that end it are likely enough together; of the likeliest."""
    ends: list[tuple[float, Line]] = []
    for move, likelihood in moves_in(hearing.text, hearing.knowledge).items():
        line = _first_line(hearing, category, move)
        if line is not None and line.over:
            ends.append((likelihood, line))
        elif not ends:
            return None  # what is likeliest is no end
    return ends[0][1] if sum(likelihood for likelihood, _ in ends) >= END else None


def holds_on(hearing: Hearing, category: Category) -> bool:
    """Whether a message surely makes a move that the danger answers and does not end: `ya llamó`, of the detained.

    A question ends nothing where any line answers it: `cómo sé si está en el hospital`.
    """
    own, every = _cares(category, hearing.knowledge)
    cares = (own, every) if is_asked(hearing) else (own,)
    line = next(chain.from_iterable(_of_moves(hearing, category, care, SURE) for care in cares), None)
    return line is not None and not line.over


def line_follows(hearing: Hearing, category: Category) -> Line | None:
    """The line that what was said last is followed by, whatever else is waiting: nobody answered, and then."""
    last = told_of(hearing, category).said[-1:]
    lines = chain.from_iterable(care.lines for care in _cares(category, hearing.knowledge))
    after = (line for line in lines if not (line.answers or line.asked) and set(last) & set(line.after))
    return next((line for line in after if fits(line, category, hearing)), None)


def line_next(hearing: Hearing, category: Category, *, asked: bool) -> Line | None:
    """The line whose turn it is: the next that was not said, then the short question that was not asked for longest."""
    if follows := line_follows(hearing, category):
        return follows
    said = told_of(hearing, category).said
    when = {line: number for number, line in enumerate(said)}
    own, every = _cares(category, hearing.knowledge)
    lines = (*own.lines, *(line for line in every.lines if not line.after))  # what follows one of all is no turn's
    waiting = [one for one in lines if not one.answers and one.asked is asked and fits(one, category, hearing)]
    # What is said of how far it is, or of where, comes instead of what is said of any such danger, not after it.
    fitting = [line for line in waiting if line.phases or line.after or line.where] or [
        line for line in waiting if not line.last
    ]
    unsaid = next((line for line in fitting if line.id not in when), None)
    questions = [line for line in waiting if line.last] or fitting
    return unsaid or min(questions, key=lambda line: when.get(line.id, -1), default=None)


def makes_move(hearing: Hearing, least: float = LIKELY, only: Collection[str] = ()) -> bool:
    """Whether a message makes any move of an open danger, or one of these."""
    move, likelihood = likeliest_move(hearing.text, hearing.knowledge)
    return likelihood >= least and (move in only if only else move != NONE)


def _first_line(hearing: Hearing, category: Category, move: str) -> Line | None:
    """The line that answers a move: the danger's own before that of all."""
    lines = (line for care in _cares(category, hearing.knowledge) for line in care.lines)
    return next((line for line in lines if move in line.moves and fits(line, category, hearing)), None)


def _of_moves(hearing: Hearing, category: Category, care: Care, least: float) -> Iterator[Line]:
    """The lines for the moves of a message, the likeliest first: of what a line answers, any may be meant."""
    moves = moves_in(hearing.text, hearing.knowledge)
    likely = [(sum(moves.get(move, 0.0) for move in line.moves), line) for line in care.lines if line.moves]
    for likelihood, line in sorted(likely, key=lambda each: -each[0]):
        if likelihood < least:
            return
        if fits(line, category, hearing):
            yield line


def _framed(hearing: Hearing, category: Category, care: Care) -> Iterator[Line]:
    """The lines whose frames are heard."""
    lines = {line.id: line for line in care.lines}
    index = _index(hearing.knowledge)[care.category]
    for found in _told(index.lines, hearing.text, hearing.knowledge, index.affirmed):
        if fits(lines[found], category, hearing):
            yield lines[found]


def _of_others_open(hearing: Hearing, category: Category) -> Iterator[Line]:
    """The lines of other dangers that are open, too: who is lost and ill asks how to be found."""
    knowledge = hearing.knowledge
    for told in reversed(hearing.conversation.told):
        if not told.over and told.category != category.id:
            another = knowledge.categories[told.category]
            own = _cares(another, knowledge)[0]
            yield from (line for line in _framed(hearing, another, own) if line.sure)
            yield from _of_moves(hearing, another, own, SURE)


def _framed_surely(hearing: Hearing, category: Category) -> Iterator[Line]:
    for care in _cares(category, hearing.knowledge):
        yield from (line for line in _framed(hearing, category, care) if line.sure)


def _cares(category: Category, knowledge: Knowledge) -> tuple[Care, Care]:
    """The danger's own lines, and those of all."""
    return knowledge.care.get(category.id, Care(category=category.id)), knowledge.care[ANY]


def fits(line: Line, category: Category, hearing: Hearing) -> bool:
    """Whether a line is for whom it is said to, and for how far the danger is."""
    told = told_of(hearing, category)
    return (
        line.numbers != category.id
        and line.who in (None, "other" if told.other else "own")
        and (not line.phases or told.phase in line.phases)
        and (not line.countries or hearing.conversation.country in line.countries)
        and (not line.where or (told.sure and told.where in line.where))
        and not (line.unasked and is_asked(hearing))
        and line.placed in (None, told.placed)
        and (hearing.conversation.minor or not line.minor)
        and not (hearing.conversation.minor and line.for_adults and not told.other)
        and line.here in (None, hearing.conversation.country is not None)
        and line.foreign in (None, is_foreign(hearing.conversation, told))
        and (not line.after or bool(set(line.after) & set(told.said)))
        and _named_in(line).isdisjoint(idle_in(hearing.conversation, told, hearing.knowledge))
    )
