"""What keeps help away in an open danger: nobody came of the call, or something hinders it (P14 to P16)."""

from collections.abc import Sequence

from bot.dialogue.person.signals import MEXICO
from bot.dialogue.protocols import book, readings
from bot.dialogue.protocols.turn import Turn, Walked
from bot.dialogue.thresholds import MAY_TELL
from knowledge.schema.base import Level

FEARS = frozenset({"line.cared", "line.fear", "line.fear_desert", "line.fear_hospital"})
"""Lines for who is afraid to call, said behind an answer; those of other obstacles go before it."""


def nobody_came(turn: Turn) -> Walked | None:
    """P16: {again}, then one step of the ladder a message."""
    no_call = turn.out_of_reach or turn.wish_to_die
    no_call = no_call or "comes_later" in turn.heard  # "todavía no llega, sale a las ocho"
    likely = turn.danger.level is Level.CRITICAL and not no_call  # "ya no contestan", "no me llega el dinero"
    told = not turn.known.isdisjoint(("called", "reported"))
    if "reached_here" in turn.heard or turn.heard.isdisjoint(("nobody_came", "helpers_gone")) or not (told or likely):
        return None  # where no life is at stake "no me ayuda" is said of us, unless a call was told
    ladders, at = turn.knowledge.lines.ladders, turn.facts.danger_at
    country = at if at in ladders else "*" if at else MEXICO if turn.facts.writer_at == MEXICO else "US"
    steps = [f"ladder.{country}.{n}" for n in range(len(ladders[country]))]
    if not (due := [one for one in ("line.again", *steps) if turn.says(one)][:2]):
        return None
    ids = tuple(due) if due[0] == "line.again" else (due[0], turn.again)
    return Walked(turn.danger.having(state="open", asked=None), ids, why="nobody came")


def called(turn: Turn) -> Walked | None:
    """P16: the call was made; then the next care, and no question."""
    if "called" not in turn.heard or turn.handed:
        return None
    care = turn.read_out(next(turn.lines_told(MAY_TELL), None) or turn.next_care)
    ids = (*(("line.called",) if turn.says("line.called") else ()), *care)
    return Walked(turn.danger.having(asked=None, idle=0), ids, why="the call was made") if ids else None


def far_away(turn: Turn) -> Walked | None:
    """P2, P10: it is told only now that the writer is in another place: who can call, and what comes next."""
    first = book.first_of(turn.danger, turn.facts, turn.knowledge)
    line = next((one for one in first if one in book.FROM_FAR and turn.says(one)), None)
    if line is None or turn.handed or turn.elsewhere:
        return None
    ids = (line, *turn.read_out(turn.next_care))
    return Walked(turn.danger.having(asked=None, idle=0), ids, why="the writer is far")


def obstacles(turn: Turn) -> Walked | None:
    """P14, P15: what keeps somebody from calling, each answered once."""
    obstacles = turn.triage.obstacles
    due = {
        reading: [one for one in lines if turn.says(one) and turn.allows(one) and not (one in FEARS and turn.elsewhere)]
        for reading, lines in obstacles.items()
        if reading in turn.heard
    }
    met = [reading for reading, lines in due.items() if lines][:2]  # in one reply
    if not met:
        return None
    ids = tuple(dict.fromkeys(line for reading in met for line in due[reading]))
    return Walked(turn.danger.having(asked=None), ids, why=met[0])


def fear_behind(turn: Turn, met: Sequence[str]) -> tuple[str, ...]:
    """The line for who is afraid, behind an answer: only what that does not say, where it answers the same fear."""
    first = tuple(one for one in met if one in FEARS)[:1]
    asked, fears = {*readings.questions_in(turn.text, turn.knowledge)[:1]}, turn.triage.fears
    if not any(asked.intersection(fears.get(one, ())) for one in first):
        return first
    return ("line.fear_beside",) if first == ("line.fear",) and turn.says("line.fear_beside") else ()


def worsened(turn: Turn) -> Walked | None:
    """P3, P16: it got worse, and no transition says what it is now: the number again, and what is due."""
    if "worse" not in turn.heard or turn.elsewhere:
        return None
    danger = turn.danger.having(state="open", asked=None, idle=0)
    care = None if turn.handed else turn.next_care
    return Walked(danger, (turn.again, *turn.read_out(care)), why="it got worse")


def let_go(turn: Turn) -> Walked | None:
    """Where no life is at stake, who says to be safe is believed, and what is asked is answered."""
    danger, triage = turn.danger, turn.triage
    told = readings.readings_in(readings.without_questions(turn.text, turn.knowledge), turn.knowledge)
    mild = (danger.kind or danger.category) in triage.believed and danger.level is not Level.CRITICAL
    if not mild or told.isdisjoint(("denies", "safe_yes")) or turn.likely or danger.state != "open":
        return None
    if not turn.heard.isdisjoint(triage.keeps_open):
        return None
    over = danger.having(state="over", asked=None, reader="none", kept_question=None, below=())
    return Walked(over, ("line.denied",), why="safe, and no life at stake", again=turn.text if turn.asks else None)


def safe_for_now(turn: Turn) -> Walked | None:
    """Out of reach for now, and not said to be over: the danger stays open, and is not pressed further."""
    said = turn.said
    line = "line.denied" if "safe_yes" in said else "line.denied_kept"
    if said.isdisjoint(("safe_yes", "hidden")) or turn.danger.category not in turn.triage.neutral:
        return None
    if turn.danger.who == "other" or not turn.says(line):
        return None
    return Walked(turn.danger.having(asked=None if "safe_yes" in said else line, idle=0), (line,), why="safe for now")
