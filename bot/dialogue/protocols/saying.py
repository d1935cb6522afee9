"""What a reply holds in an open danger: the next care, lines for what else is told, while they fit (P5, P11)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from bot.dialogue.danger.classifiers import Group, classifier_of
from bot.dialogue.protocols import book, readings
from bot.dialogue.protocols.book import HEAD, fitting, kind_in
from bot.dialogue.protocols.turn import Turn, Walked
from bot.dialogue.thresholds import MAY_TELL, TOLD
from knowledge.clauses import ways_round
from knowledge.schema.base import Level

REPLY_WORDS, LATER_WORDS, NUMBER_WORDS = 90, 60, 4
"""Words of a first reply, of a later one (P5), and of a number beside its name in braces."""
ASKS = ("/ask", "/ask_other")  # how ids of questions end
IDLE = 3  # turns in a row without an act after which it is asked what keeps the person from calling (P11)
NEXT, ANSWERED = "the next care", "what is told or asked in it"
"""Why a reply says what is merely next, and what a line answers."""
UNKNOWN = ("line.not_answered", "line.not_answered_surely", "line.not_answered_again")
"""What is said last of a question that none of the lines answers; each once."""


def with_beside(walked: Walked, turn: Turn) -> Walked:
    """Behind what a step says the lines for what else the message tells, while they fit the reply (P5)."""
    spoken = walked.help or (walked.ids and not walked.aside and walked.again is None)
    shut = walked.danger.reader == "reading" or "line.who_asks" in walked.ids or walked.danger.state == "over"
    if not spoken or shut or walked.danger.kind in turn.triage.silences:
        return walked
    anew = walked.help or walked.danger.who != turn.danger.who  # the lines of what opens now, for who it is
    turn = replace(turn, danger=walked.danger) if anew else turn
    first, second = book.first_words(walked.danger, turn.facts, turn.knowledge) if walked.help else ((), ())
    ids, asks = (walked.ids[:-1], walked.ids[-1:]) if "".join(walked.ids[-1:]).endswith(ASKS) else (walked.ids, ())
    held = (*walked.head, *first, *ids)
    may_tell = MAY_TELL if turn.danger.given and not walked.help else TOLD  # two that open together are told surely
    rest = turn.lines_told(TOLD, may_tell) if walked.danger.state == "open" else ()
    rest = (one for one in rest if one.endswith("/brief") or not turn.dying)  # beside who dies only another danger
    passed = {f"kind.{walked.danger.kind}/brief", *(one.removesuffix(HEAD) for one in held)}
    signs = (*filter(None, (turn.mortal_line,)), *book.untold_below(turn.danger, turn.knowledge))
    grave = [one for one in signs if one not in passed and turn.says(one)]
    if walked.help:  # of what opens its first words tell it; of another body in danger something is said in any case
        grave = [*(one for one in grave if kind_in(one) != walked.danger.kind), *_fears(turn)]
    own = {walked.danger.kind, *(one.kind for one in walked.danger.below)}  # before what its category says
    asked = sorted((one for one in _answers(turn) if one not in passed), key=lambda one: kind_in(one) not in own)[:1]
    left = any(fitting(one, turn.facts, turn.knowledge) for one in held)  # or what was told takes all of it back
    resort = () if left else (*ways_round(turn.facts.heard, turn.knowledge), turn.next_care or "line.still_here")
    too = turn.too if left else tuple(filter(turn.says, (*turn.too, *resort)))[:1]
    forced = (*too, *grave[:1], *asked) if walked.help else too  # what opens now is no answer
    told = (line for line in (*forced, *grave, *asked, *rest) if line not in passed)
    most = (REPLY_WORDS if walked.help else LATER_WORDS) - _words(second, turn)
    must = len(asked) if walked.help else 0  # what kills is said whole
    said = within(dict.fromkeys((*held, *told)), turn, most, len(held) + len(forced) - must, must)
    ids = (*ids, *within((*said, *_unanswered(said, turn)), turn, most, len(said))[len(held) :])
    return replace(walked, ids=(*ids, *asks))


def _answers(turn: Turn) -> Iterator[str]:
    """The lines for what a message plainly asks, the likeliest first."""
    if turn.question is None or turn.own_matter or turn.handed:
        return
    asks, first = classifier_of(turn.knowledge, Group.ASKS).names, turn.answer_to()
    sure = (turn.lines.get(one) for one, margin in turn.tells.items() if margin >= TOLD and one in asks)
    yield from filter(None, (first, *sure))


def _fears(turn: Turn) -> Iterator[str]:
    """The lines for who is afraid to call or to be seen, where no line of what is open answers the same."""
    triage = turn.triage
    for line in chain.from_iterable(lines for one, lines in triage.obstacles.items() if one in turn.heard):
        asks = () if turn.dying else triage.fears.get(line, ())
        answered = any(turn.surely(one) and one in turn.lines for one in asks)
        if line in triage.fears and not answered and turn.says(line) and turn.allows(line):
            yield line


def _unanswered(said: Sequence[str], turn: Turn) -> Sequence[str]:
    """The line that what is asked is not known, where something is and none of these texts answers a question."""
    framed = turn.heard & {"what_now", *turn.triage.framed}
    if turn.question is None or turn.own_matter or framed:
        return ()
    asked, passed = classifier_of(turn.knowledge, Group.ASKS).names, {one.removesuffix(HEAD) for one in said}
    lines = chain(turn.lines.items(), turn.lines_said.items())
    if any(name in asked and line in passed for name, line in lines):
        return ()
    return [one for one in UNKNOWN if turn.says(one) and turn.allows(one)][:1]


def within(ids: Iterable[str], turn: Turn, most: int = LATER_WORDS, first: int = 1, must: int = 0) -> tuple[str, ...]:
    """The first of these texts, the next that must be said, and all that fit (P5): heads, whole if they can."""
    held = list[str]()
    for one in ids:
        head = f"{one}{HEAD}" if "/care" in one and len(held) >= first else one
        form = head if fitting(head, turn.facts, turn.knowledge) else one
        held += [form] if len(held) < first + must or _words([*held, form], turn) <= most else []
    for at, one in enumerate(held):
        whole = [*held[:at], one.removesuffix(HEAD), *held[at + 1 :]]
        held = whole if _words(whole, turn) <= most else held
    return tuple(held)


def _words(ids: Sequence[str], turn: Turn) -> int:
    """About how many words these texts have, with what stands for their numbers."""
    clauses = [one for text_id in ids for one in fitting(text_id, turn.facts, turn.knowledge)]
    return sum(len(one.es.split()) + NUMBER_WORDS * one.es.count("{") for one in clauses)


def understood(turn: Turn) -> tuple[str, ...]:
    """Who puts something right is told first that it was heard."""
    return () if turn.heard.isdisjoint(readings.PUTS_RIGHT) else ("line.understood",)


def go_on(turn: Turn) -> Walked:
    """P11: the next care with the question that was not asked yet; all said: what matters most, again."""
    if turn.handed:  # whoever has them in their care says what to do
        if turn.says("line.with_others") and (turn.question is None or "what_now" in turn.heard):
            return Walked(turn.danger, ("line.with_others",), why="others take care")
        return Walked(turn.danger, ("line.still_with_others",), why="all was said", spent=True)
    danger = turn.danger.having(idle=turn.danger.idle + 1)
    acted = not turn.known.isdisjoint(turn.triage.acted)
    if danger.idle >= IDLE and not acted and turn.found is None and turn.says("line.obstacle") and not turn.facts.minor:
        return Walked(danger.having(idle=0, asked="line.obstacle"), ("line.obstacle",), why="no act")
    told, ask = next(turn.lines_told(MAY_TELL), None), book.ask_of(danger, turn.knowledge)
    framed = next((turn.lines[one] for one in sorted(turn.heard) if one in turn.lines), None)  # of its category
    care = told or framed or turn.next_care
    if care is None:
        return Walked(danger, (turn.again, "line.still_here"), why="all was said", spent=True)
    asks = ask is not None and bool(ask[1].says) and turn.says(ask[0])
    call = _call(care, turn, acted=acted, heard=told is not None)
    ids = (*understood(turn), *call, *turn.read_out(care), *((ask[0],) if asks and ask else ()))
    return Walked(danger.having(asked=ask[0]) if asks and ask else danger, ids, why=NEXT)


def _call(care: str, turn: Turn, *, acted: bool, heard: bool) -> tuple[str, ...]:
    """Where life is at stake: that those who help must hear what no line was heard for, else the number."""
    tells = len(turn.text.split()) > book.SAYS_ENOUGH and turn.says("line.tell_them")
    line = "line.tell_them" if tells and not heard else "line.if_not_called"
    known = line == "line.if_not_called" and (acted or book.holds_number(care, turn.facts, turn.knowledge))
    at_stake = turn.protocol.level is Level.CRITICAL and turn.facts.far is None and turn.allows(line)
    return (line,) if at_stake and not known and turn.question is None else ()
