"""How one danger becomes another, or is over (part 3): by transitions of content, by a danger newly told, by an end."""

from dataclasses import replace

from bot.conversation import OpenDanger
from bot.dialogue.danger.classifiers import Group, classifier_of
from bot.dialogue.danger.judging import SCORER, judge
from bot.dialogue.danger.rules import together
from bot.dialogue.protocols import book, readings, told
from bot.dialogue.protocols.book import FIRST, out_of
from bot.dialogue.protocols.readings import WATCHED, told_in
from bot.dialogue.protocols.turn import Turn, Walked
from bot.dialogue.thresholds import HARDLY_PAST, KIND_ANEW, MAY_BE_OVER, MAY_TELL, OVER, OVER_SURE, OVER_WIDE, TOLD
from knowledge.model import Knowledge
from knowledge.schema.protocols import Spoken, Transition


def change_told(turn: Turn) -> Walked | None:
    """Part 3: another kind, or one line, by the words of a transition; else by a danger that is told now."""
    if not turn.protocol.holds_in(turn.facts.danger_at):
        words = together((turn.danger.told, turn.text))
        category, at = turn.danger.category, turn.facts.danger_at
        kind = told.kind_of(words, category, turn.knowledge, at=at) or category
        return turn.turned_to(turn.danger, kind, None, why="it is of another country", ends=True)
    heard = frozenset(turn.danger.heard)
    dying, triage = next(iter(turn.dying), None), turn.triage
    for found in readings.transitions_in(turn.text, turn.danger, heard | turn.heard, turn.knowledge):
        if dying and triage.rank_of(found.to.name) > triage.rank_of(dying) and triage.deadly.isdisjoint(found.on):
            continue  # it leads away from a body that is dying
        if walked := _transition(found, turn):
            wrong = None if walked.help else told_anew(turn)
            # a line of the open kind gives way to what it was all along
            return wrong if wrong and wrong.help and wrong.danger.category == turn.danger.category else walked
    if (new := _kind_told(turn)) is None or new in turn.open_kinds:
        return None
    who = told.who_now(turn.text, turn.danger.who, turn.knowledge)
    return turn.turned_to(turn.danger, new, who, why="another danger is told")


def _transition(found: Transition, turn: Turn) -> Walked | None:
    danger, target = turn.danger, found.to
    if target.says is Spoken.OVER:
        return closed(turn, danger)
    if target.says is Spoken.KIND and target.name is not None:
        who = book.NAMES.get(target.who.value) if target.who else None
        same = target.name == danger.kind and who in (None, danger.who)
        if same or not turn.knowledge.protocols[target.name].holds_in(turn.facts.danger_at):
            return None
        return turn.turned_to(danger, target.name, who, why=found.id, ends=found.ends)
    if in_others_care(turn):
        return None  # who takes care of them hears it from them
    if target.says in FIRST and (care := turn.care_heard or turn.answer_to()):  # which says it of just this
        return Walked(danger.having(state="open"), (*turn.read_out(care), turn.again), why=found.id)
    name = book.text_of(target, turn.protocol)
    if not turn.says(name):
        again = (f"kind.{turn.protocol.id}/again", "line.still_here")
        return Walked(danger.having(state="open"), again, why=found.id) if target.says in FIRST else None
    if found.becomes:
        who = book.who_of(turn.knowledge.protocols[found.becomes], danger.who)
        danger = danger.having(kind=found.becomes, who=who)
    return Walked(danger.having(asked=name, state="open"), (name,), why=found.id)


def _kind_told(turn: Turn) -> str | None:
    """A danger of another category, surely told; or of this one, where no kind of it was known or its words say so."""
    danger, found, knowledge = turn.danger, turn.found, turn.knowledge
    if danger.kind is None:
        if told_in(turn.text, turn.knowledge) & {*turn.protocol.end.over, *turn.protocol.end.handed}:
            return None  # an end tells no kind
        words, at = together((danger.told, turn.text)), turn.facts.danger_at
        return told.kind_of(words, danger.category, knowledge, told.SURE, at=at)
    # A wish to die is never passed over, whatever lies on the table; who is held and jumps would get out.
    flees = danger.who == "other" and "may_jump" in turn.heard & {*turn.lines, *turn.lines_said}
    wish = found and found.category != danger.category and not (flees and found.rule in ("means", "wants-to-die"))
    return _body_told(turn) or (told.wish_told(turn.text, found, knowledge) if found and wish else None)


def _body_told(turn: Turn) -> str | None:
    """What a body suffers now beside the open danger, where it is as pressing."""
    danger, triage = turn.danger, turn.triage
    body = next(iter(turn.dying), None) or told.body_told(turn.text, danger, turn.knowledge)
    if body is None or danger.state == "handed":
        return None
    past = not turn.facts.heard.isdisjoint(triage.left.get(danger.kind or "", ()))
    return body if past or triage.rank_of(body) <= triage.rank_of(danger.kind) else None


def closed(turn: Turn, danger: OpenDanger) -> Walked:
    """The danger is over: what stays open below and did not end with it comes back, else the line of its end."""
    end = turn.knowledge.protocols[danger.kind or danger.category].end
    below = list(danger.below)
    while below:
        last = below.pop()
        back = danger.having(category=last.category, kind=last.kind, who=last.who, below=tuple(below))
        opened = back.having(state="open", asked=None, denials=0, idle=0)
        surely = turn.surest(book.ends_of(back, turn.knowledge)) >= OVER_WIDE
        woke = last.kind in turn.triage.vital and "awake_again" in turn.heard
        if woke or ended(back if surely else opened, turn):  # who was in it is in the care of others, too
            continue
        return handed(replace(turn, danger=opened)) or Walked(opened, help=True, why="what was open below")
    if (other := _another(turn, danger, f"line.{end.says}/told")) is not None:
        return other
    over = danger.having(state="over", asked=None, reader="none", kept_question=None, below=())
    answer = _beside_end(turn)
    asks = turn.own_matter and turn.asks
    again = None if answer else turn.question or danger.kept_question or (turn.text if asks else None)
    return Walked(over, (f"line.{end.says}", *answer), why="it is over", again=again)


def _beside_end(turn: Turn) -> tuple[str, ...]:
    """The line for what is asked beside an end, of a body or what holds after it, and for who suffers, too."""
    triage = turn.triage
    answer = turn.answer_to(() if turn.asks else triage.troubles)
    if answer and (book.kind_in(answer) in {*triage.bodily, book.BODY}):
        return (*turn.too, answer)
    after = (turn.answer_to(triage.after) if turn.question else None) or turn.consoled
    return (*turn.too, after) if after else turn.too


def _another(turn: Turn, danger: OpenDanger, line: str) -> Walked | None:
    """Another danger beside an end, of which `line` tells: somebody left behind, the helper's own; its first words."""
    rest, knowledge = readings.besides(turn.text, out_of(turn.danger, turn.knowledge), turn.knowledge), turn.knowledge
    reading = judge(rest, knowledge)
    if len(rest.split()) <= book.SAYS_ENOUGH or not reading.sure:
        return None
    found, who = reading.danger, told.who_in(rest, knowledge)
    category, own = found.category, (danger.who, who) == ("other", "own")  # the helper's own wish is another
    if (category == danger.category and not own) or category not in turn.triage.beside_end:
        return None
    like, dying = told.likeliest_kind(rest, knowledge), knowledge.categories[category].dying
    kind = told.kind_of(rest, category, knowledge, at=turn.facts.danger_at)
    surely = dying or turn.surely(kind or "") or (like is not None and like.of == category)
    if found.rule == SCORER and not surely:
        return None
    kind = kind if kind and knowledge.protocols[kind].of == category else category
    anew = danger.having(given=(), heard=(), kept_question=None, below=())
    anew = anew.having(told=rest, rule=found.rule, level=found.level)
    opened = turn.turned_to(anew, kind, who, why="another danger beside an end", ends=True)
    return opened if dying or category == book.DEATH else replace(opened, head=(line,))  # nothing is good beside these


def left_behind(turn: Turn) -> Walked | None:
    """Somebody is not with those who are out of it: no end, whoever else has help."""
    ends = turn.handed or in_others_care(turn)
    if "left_behind" not in turn.heard or not ends or not turn.says("line.left_behind"):
        return None
    other = _another(turn, turn.danger, f"line.{turn.protocol.end.says}/told")
    return other or Walked(turn.danger.having(asked=None, idle=0), ("line.left_behind",), why="somebody is left behind")


def over(turn: Turn) -> Walked | None:
    """P3: an end said of this danger, and not asked about; what is still lacking in the same message keeps it open."""
    danger, triage = turn.danger, turn.triage
    if _goes_on(turn) or turn.mortal_line or not turn.heard.isdisjoint(triage.worse_signs):
        return None
    harms = book.may_harm(danger, turn.knowledge)
    if harms and "threatens_on" in turn.heard:
        return None  # out of his house, and he says what he will do
    cared, others = turn.handed or in_others_care(turn), danger.having(state="handed")
    least = OVER if danger.category in triage.asked_over else OVER_WIDE
    theirs = danger.who == "own" and told.who_in(turn.text, turn.knowledge) == "other"
    mild = least == OVER or danger.category == book.BODY or (harms and not theirs)
    if cared and mild and turn.surest(book.ends_of(others, turn.knowledge)) >= least:
        danger = others  # "nos sacaron, ya estamos con mi tía": handed over, and over
    below = danger.below if cared else ()  # who is in the care of others may tell the end of what it was
    held = (danger, *(danger.having(category=one.category, kind=one.kind, who=one.who) for one in below))
    return closed(turn, danger) if any(ended(one, turn) for one in held) and not _only_handed(turn) else None


def _only_handed(turn: Turn) -> bool:
    """P3: others have come and no more: an end is told far less than that, and hardly that all of it is past."""
    took = turn.surest(book.hands_over(turn.danger, turn.knowledge).difference(turn.protocol.end.over))
    if took < 0 or turn.surest(turn.triage.settled) >= HARDLY_PAST or not in_others_care(turn):
        return False  # a bed, of who had none, ends it
    ends = book.ends_of(turn.danger.having(state="handed"), turn.knowledge)
    return turn.surest(ends) - took / 2 < HARDLY_PAST


def _goes_on(turn: Turn) -> bool:
    """Whether a message tells what still lacks, and no sure end, or puts right what was heard, and hardly any end."""
    ends, triage = out_of(turn.danger, turn.knowledge), turn.triage
    margin, done = turn.surest(ends), any(turn.surely(one, MAY_TELL) for one in triage.done)  # "ya le di leche"
    lacks = not turn.heard.isdisjoint(triage.keeps_open) or any(map(turn.surely, triage.lacking))
    return (
        "helpers_gone" in turn.heard
        or (done and margin < OVER and turn.said.isdisjoint(ends))
        or (lacks and margin < OVER_SURE)
        or (margin < MAY_BE_OVER and not turn.heard.isdisjoint(readings.PUTS_RIGHT))
    )


def ended(danger: OpenDanger, turn: Turn) -> bool:
    """By frames of its kind; where somebody may harm, what was learned counts beside a safe word alone."""
    knowledge, own, handed = turn.knowledge, book.protocol_of(danger, turn.knowledge).end, danger.state == "handed"
    sure = {one for one, margin in readings.ends_in(turn.text, knowledge).items() if margin >= OVER_WIDE}
    if not turn.said.isdisjoint(own.over) or _ended_together(danger, turn.said | sure, knowledge):
        return True
    ends, safe = book.ends_of(danger, knowledge), readings.SAFE
    safe = safe if danger.who == "own" else safe | readings.SAFE_OTHERS
    likely = turn.surest(ends)
    plain = likely >= OVER_WIDE or (handed and _past(danger, turn))
    watched = danger.category in turn.triage.neutral and not (handed and plain)
    if told_in(turn.text, knowledge, handed=handed).isdisjoint(ends) or (watched and turn.said.isdisjoint(safe)):
        return False
    if not turn.said.isdisjoint(ends):
        return True
    doubtful = turn.own_matter or turn.found or (not handed and turn.surest(own.over) < OVER)
    if doubtful and not plain:
        return False  # hardly told, or of an errand
    return likely > turn.surest(frozenset(own.handed) - ends)


def _past(danger: OpenDanger, turn: Turn) -> bool:
    """Whether all of it is past, more surely than others took over; no wish to die, nor what two ends must tell."""
    another = turn.found is not None and turn.found.category in turn.triage.beside_end
    dying = turn.knowledge.categories[danger.category].dying
    if another or dying or danger.category in turn.triage.over_together:
        return False
    return turn.surest(turn.triage.settled) >= max(OVER, turn.surest(book.hands_over(danger, turn.knowledge)))


def _ended_together(danger: OpenDanger, told: frozenset[str], knowledge: Knowledge) -> bool:
    """One of each group that ends it together, and at least one of them now."""
    groups = knowledge.triage.over_together.get(danger.category, ())
    told = told - readings.SAFE_OTHERS if danger.who == "own" else told
    known = told.union(danger.heard)
    return any(not told.isdisjoint(one) for one in groups) and all(not known.isdisjoint(one) for one in groups)


def handed(turn: Turn) -> Walked | None:
    """P3: others have the person in their care."""
    if turn.handed or not in_others_care(turn):
        return None
    danger, again = turn.danger, turn.question or turn.danger.kept_question
    theirs = danger.who == "other" and any(one.who in ("own", "both") for one in danger.below)
    if theirs and (back := closed(turn, danger)).danger.state == "open":
        return back  # who was ill is looked after, and what the writer is in goes on
    line = "line.handed_far" if turn.facts.far is not None and danger.who == "other" else _handed_to(turn)
    if line == "line.with_people" and not turn.heard.isdisjoint(turn.triage.worse_signs):
        return None  # nobody there can help a body that is dying
    answer, other = _beside_end(turn), _another(turn, danger, f"{line}/told")
    if other and (not answer or other.danger.category == danger.category):
        return other
    danger = danger.having(state="handed", asked=None, kept_question=None)
    return Walked(danger, (line, *answer), why="others take care", again=None if answer else again)


def _handed_to(turn: Turn) -> str:
    """The line for who is with those whose work it is to help, or with anybody else: a neighbour, a hotline."""
    work = book.hands_over(turn.danger, turn.knowledge).difference(turn.triage.people)
    other = turn.surest(work) >= turn.surest(turn.triage.people)
    return "line.handed" if other or turn.said & work else "line.with_people"


def in_others_care(turn: Turn) -> bool:
    """Whether a message tells what hands over or ends this danger."""
    danger, ends = turn.danger, out_of(turn.danger, turn.knowledge)
    framed, learned = not turn.said.isdisjoint(ends), turn.surest(ends)
    ends_told = not told_in(turn.text, turn.knowledge, handed=turn.handed).isdisjoint(ends)
    if _goes_on(turn) or not ends_told or (not framed and _more_told(learned, turn)):
        return False
    # "ya llegó" may be of who does harm, or of an errand, and who wants to die says farewell: learned, it must be sure
    doubtful = turn.own_matter or (turn.found is not None and turn.found.category == danger.category)
    harmless = not (book.may_harm(danger, turn.knowledge) or turn.wish_to_die or doubtful)
    return turn.handed or harmless or framed or learned >= (OVER_WIDE if doubtful else OVER)


def _more_told(end: float, turn: Turn) -> bool:
    """Whether a part of a message surely tells something, and does not ask it, more surely than all of it an end."""
    asks, least = classifier_of(turn.knowledge, Group.ASKS).names, max(TOLD, end + MAY_TELL)
    return turn.danger.state == "open" and any(m > least for name, m in turn.tells.items() if name not in asks)


def told_anew(turn: Turn) -> Walked | None:
    """Another danger, no less grave, that is surely told and that no reading of the open one heard: its first words."""
    danger, knowledge = turn.danger, turn.knowledge
    if turn.found is None or turn.answer is not None or danger.kind in (None, WATCHED) or danger.state == "handed":
        return None
    kind = told.kind_of(turn.text, turn.found.category, knowledge, KIND_ANEW, at=turn.facts.danger_at)
    if kind is None or not told.kind_ahead(kind, danger.kind, turn.text, knowledge) or not turn.may_be_beside(kind):
        return None
    with_its_end = not turn.said.isdisjoint(knowledge.protocols[kind].end.over)
    if with_its_end or turn.care_heard or turn.answer_to():
        return None  # the open kind has words for it: "ya se siente mejor, ya no va a ir" is no wish to die
    behind = knowledge.triage.rank_of(kind) > knowledge.triage.rank_of(danger.kind)
    if behind and (knowledge.protocols[kind].of == danger.category or kind in knowledge.triage.bodily):
        return None  # its brief words are said beside
    who = told.who_now(turn.text, danger.who, knowledge)
    return turn.turned_to(danger, kind, who, why="another danger is told")
