"""The walk through an open danger: from its facts and the readings of a message to the next facts and words.

Each step makes something of the message, or steps back; the first that does ends the search. No step ends a danger but
`over`, `denied` (a second denial, where content allows it) and a transition that content marks.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain

from bot.dialogue.danger.judging import SCORER, UNANSWERED
from bot.dialogue.protocols import book, change, obstacles, readings, told
from bot.dialogue.protocols.change import closed, in_others_care, told_anew
from bot.dialogue.protocols.reader import alone_again, read_by, unwatched
from bot.dialogue.protocols.readings import NO, PUTS_RIGHT, WATCHED, YES
from bot.dialogue.protocols.saying import ANSWERED, go_on, understood, with_beside, within
from bot.dialogue.protocols.told import corrected, who_in
from bot.dialogue.protocols.turn import Turn, Walked
from bot.dialogue.thresholds import KIND_ANEW, TOLD, TOLD_FIRST
from knowledge.schema.base import Level
from knowledge.schema.protocols import Form, Spoken, Target

Step = Callable[[Turn], Walked | None]

LINE_ANSWERS: Mapping[str, Mapping[str, str]] = {
    "line.first_things": {YES: "line.called", NO: "line.obstacle"},
    "line.goodbye": {YES: "kind.overdose", NO: "line.not_safe"},
    "line.denied_kept": {YES: "line.denied", NO: "line.not_safe"},
    "line.ask_ended": {NO: "line.present"},
    "line.safe_now": {YES: "over", NO: "first"},
}
"""What follows a yes or a no to the questions of lines."""
DENIED_WITHIN = 8  # words of a message that only denies; a longer one in which danger is heard tells more


def walk(turn: Turn) -> Walked:
    """The next facts and words."""
    return with_beside(next(filter(None, (step(turn) for step in STEPS)), None) or go_on(turn), turn)


def somebody_reads(turn: Turn) -> Walked | None:
    """P8: another person may read, or writes; who says to be alone again is answered, also what was asked meanwhile."""
    over = turn.danger.kind == WATCHED and change.ended(unwatched(turn.danger), turn)
    if (danger := alone_again(turn.danger, turn.heard, over=over)) is not None:
        text = turn.text if turn.asks or over else danger.kept_question or turn.text
        kept = danger.kept_question if text == turn.text else None
        alone = replace(turn, text=text, danger=danger.having(kept_question=kept))
        if readings.plain_answer(text, turn.knowledge) and not turn.asks:
            return Walked(alone.danger, ("line.what_now",), why="alone")
        return (None if "minutes_free" in turn.heard else asked(alone)) or walk(alone)
    no = readings.plain_answer(turn.text, turn.knowledge) == NO
    heard = turn.heard - (set() if no else {NO})
    sure = turn.found.category if turn.found is not None and turn.found.rule != SCORER else ""
    walked = read_by(turn.danger, heard, turn.likely, turn.knowledge, over=over, sure=sure)
    if walked is None and turn.danger.kind == WATCHED:  # danger is told: what was open before, in few words
        return walk(replace(turn, danger=unwatched(turn.danger).having(reader="may_read")))
    tells = turn.asks or over or next(turn.lines_told(TOLD), None)  # a wound told now is answered then
    if walked is not None and walked.ids in (("line.alone_again",), ("line.say_yes",)) and tells:
        return replace(walked, danger=walked.danger.having(kept_question=turn.text))
    return walked


def mourned(turn: Turn) -> Walked | None:
    """P17: a death told beside an end, or of who is in others' care: sorrow in place of the line of the end."""
    danger, lost = turn.danger, "baby_lost" in turn.heard
    ends = turn.handed or change.in_others_care(turn)
    own = turn.found and turn.found.rule != SCORER and turn.knowledge.categories[turn.found.category].dying
    dead = turn.heard & {"died", "found_lifeless", "baby_lost"}
    if own or not dead or not ends or danger.category == book.DEATH:
        return None  # a wish to die beside a death goes first
    kind, who = ("baby_loss", danger.who) if lost else ("death_far", "other")
    return turn.turned_to(danger, kind, who, why="a death is told", ends=True)


def put_right(turn: Turn) -> Walked | None:
    """P2b: who is in danger was heard wrong; the first words for the right one."""
    end = turn.protocol.end
    if not turn.heard.isdisjoint(("died", "says_grown")):
        return None
    ends = readings.told_in(turn.text, turn.knowledge)
    if not ends.isdisjoint({*end.over, *book.hands_over(turn.danger, turn.knowledge)}):
        return None  # "ya estamos los dos a salvo" puts nothing right
    # "do they know it was me?" states nothing
    stated = turn.said | readings.turned_in(turn.text, turn.knowledge)
    stated -= {"corrects_both"} if "helper_far" in turn.heard else set()  # "me lo mandó mi hijo y yo se lo pasé"
    dies = turn.wish_to_die  # who did harm before may wish to die now
    who = corrected(stated if dies else stated.union({"caused_harm"}.intersection(turn.danger.heard)))
    if turn.danger.asked == "line.ask_who" and who is None:
        told = who_in(turn.text, turn.knowledge)
        who = told if told != "unknown" else None
    if who and (right := book.for_whom(turn.protocol, who, turn.knowledge)) is not turn.protocol:
        return turn.turned_to(turn.danger, right.id, who, why="who it is was put right", ends=True)
    if who is None or turn.danger.who in (who, book.who_of(turn.protocol, who, minor=turn.facts.minor)):
        return None  # it was heard right, or of this kind nobody else tells: what else is said counts
    danger = turn.danger.having(who=who, leans=0.0, asked=None)
    meant = replace(turn, danger=danger)
    if (answers := obstacles.far_away(meant) or asked(meant)) is not None:
        return replace(answers, why="who it is was put right")
    return Walked(danger, help=True, head=("line.understood",), why="who it is was put right")


def asked(turn: Turn) -> Walked | None:
    """What a message asks or surely tells, and a line answers; where no life is at stake, its topic does."""
    if turn.elsewhere:
        return None
    passed = turn.own_matter or turn.handed
    heard = turn.consoled if passed else turn.care_heard or next(turn.lines_told(TOLD), None)
    both = (turn.answer_to(), heard) if turn.question is not None else (heard, turn.answer_to())
    answers = [one for one in dict.fromkeys((turn.mortal_line, *both)) if one is not None]  # what kills goes first
    if not answers:
        return None
    met = obstacles.obstacles(turn) or Walked(turn.danger)
    doubled = {one for one, asks in turn.triage.common.items() if {*map(turn.lines.get, asks)} & {*answers}}
    line, *others = (turn.read_out(one) for one in answers)  # no signal, no credit: before what is asked
    front = (*understood(turn), *(one for one in met.ids if one not in doubled | obstacles.FEARS))
    ids = dict.fromkeys((*front, *line, *obstacles.fear_behind(turn, met.ids), *chain.from_iterable(others)))
    return Walked(met.danger.having(idle=0), within(ids, turn, first=len(front) + 1), why=ANSWERED)


def denied(turn: Turn) -> Walked | None:
    """P13: never a reason to leave, except a second one where content allows it."""
    if turn.handed or "denies" not in turn.heard or not turn.heard.isdisjoint(PUTS_RIGHT):
        return None
    if turn.found is not None and (turn.found.rule != SCORER or len(turn.text.split()) > DENIED_WITHIN):
        return None  # "me equivoqué, tiene 3 meses, y los labios morados" denies nothing
    danger, triage = turn.danger.having(denials=turn.danger.denials + 1), turn.triage
    if danger.rule == UNANSWERED:  # nobody told it in words that a rule knows, nor said yes to it
        over = closed(turn, danger)
        return replace(over, ids=("line.denied",), again=turn.text) if over.danger.state == "over" else over
    if danger.category in triage.denied:
        if danger.denials > 1:
            return closed(turn, danger)
        return Walked(danger.having(asked=None), ("line.denied",), why="denied")
    line = "line.denied_kept" if danger.who == "own" else "line.denied_kept/told"
    return Walked(danger.having(asked=line), (line,), why="denied, and kept open") if turn.says(line) else None


def answered(turn: Turn) -> Walked | None:
    """P4: a yes, a no, or that it is not known, to the question that is open."""
    asked = turn.danger.asked
    if asked is None:
        return None
    ask = book.open_ask(turn.danger, turn.knowledge)
    answer = YES if turn.placed else turn.answer
    if answer is None and ask is not None and ask.form is Form.OPEN and not (turn.asks or turn.own_matter):
        answer = YES  # whatever is told answers it
    if answer is None:
        return None
    if ask is not None:
        return _follow(readings.target_of(ask.then, answer), turn)
    if asked.startswith("line.denied_kept") and answer == YES:
        turn = replace(turn, danger=turn.danger.having(heard=(*turn.danger.heard, "safe_yes")))
    then = LINE_ANSWERS.get(asked.partition("/")[0], {}).get(answer)
    return _follow(Target.model_validate(then), turn) if then else None


def _follow(target: Target, turn: Turn) -> Walked | None:
    """What an answer leads to; a text that was said already gives way to the next care."""
    danger = turn.danger.having(asked=None, idle=0)
    if target.says is Spoken.OVER:
        return closed(turn, danger)
    if target.says is Spoken.KIND and target.name is not None:
        return turn.turned_to(danger, target.name, target.who.value if target.who else None, why="answered")
    name = book.text_of(target, turn.protocol)
    if turn.says(name) and turn.allows(name):
        return Walked(danger.having(asked=name if name in LINE_ANSWERS else None), (name,), why="answered")
    if target.says in book.FIRST:  # said before: the number, and what is due
        return Walked(danger, (turn.again, *turn.read_out(turn.next_care)), why="answered")
    return go_on(replace(turn, danger=danger))


def aside(turn: Turn) -> Walked | None:
    """P9: an ordinary question inside: kept until the first things are done, else answered behind the danger."""
    if not turn.own_matter:
        return None
    if turn.handed:
        return Walked(turn.danger, why="an ordinary question", spent=True)
    if turn.danger.category not in turn.triage.ordinary and turn.care_heard is not None:
        return None
    dying = turn.wish_to_die
    if turn.at_stake and not dying and "ordinary_matter" not in turn.heard and next(turn.lines_told(TOLD_FIRST), None):
        return None
    if turn.at_stake and not (turn.past or turn.danger.denials) and turn.says("line.first_things"):
        danger = turn.danger.having(asked="line.first_things", kept_question=turn.text)
        return Walked(danger, ("line.first_things",), why="first things first")
    at_stake = turn.protocol.level is Level.CRITICAL and turn.allows("line.still")
    return Walked(turn.danger, ("line.still",) if at_stake else (), why="an ordinary question", aside=True)


def reopened(turn: Turn) -> Walked | None:
    """P3: danger told again of who was in others' care: its first words anew."""
    feared = turn.found and turn.found.category == "child" and turn.answer_to(turn.triage.consoled)
    if not turn.handed or turn.found is None or feared or turn.own_matter or in_others_care(turn):
        return None  # "me van a quitar a mis hijos?" of who had them treated
    hardly = turn.found.rule == SCORER and turn.found.category != turn.danger.category
    least, at = KIND_ANEW if hardly else told.LEAST, turn.facts.danger_at
    kind = told.kind_of(turn.text, turn.found.category, turn.knowledge, least, at=at)
    if hardly and kind is None:
        return None
    anew = turn.danger.having(given=(), heard=(), kept_question=None)
    own = turn.knowledge.categories[turn.found.category].dying and told.who_in(turn.text, turn.knowledge) == "own"
    who = "own" if own or "own_wish" in turn.heard else None
    return turn.turned_to(anew, kind or turn.found.category, who, why="danger is told again", ends=True)


STEPS: tuple[Step, ...] = (
    somebody_reads,
    put_right,
    mourned,
    obstacles.let_go,
    change.left_behind,
    change.over,
    reopened,
    change.change_told,
    told_anew,
    change.handed,
    asked,
    obstacles.nobody_came,
    obstacles.obstacles,
    obstacles.called,
    denied,
    obstacles.far_away,
    obstacles.worsened,
    obstacles.safe_for_now,
    answered,
    aside,
)
"""What a message in an open danger may be, in this order; where it is none of it, `go_on`."""
