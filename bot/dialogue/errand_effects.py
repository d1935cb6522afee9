"""What a message does with errands: one that is asked for begins; by what its clauses do, the open one goes on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from bot.conversation import KEPT, Conversation, Outcome, Progress
from bot.dialogue import errands, in_errand
from bot.dialogue import thresholds as least
from bot.dialogue.danger.classifiers import WAITS, Group, classifier_of, step_told
from bot.dialogue.decision import Act, Decision, Offer, Section, Step
from bot.dialogue.errand_questions import elsewhere, told_and_asked, told_in_mexico, told_of_other
from bot.dialogue.message import Message, read
from bot.dialogue.person.told import closed_to
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.ranking.sections import said_in
from bot.dialogue.rendering.words import way_in
from bot.dialogue.signals import Signals
from bot.dialogue.signals.errand_acts import NOTED, OF_STEPS, Clause, Does, Stands, does_in, told_last
from bot.dialogue.signals.found import Ranking
from bot.dialogue.words.payload import pages_in
from bot.dialogue.words.payload import read as read_payload
from bot.dialogue.words.talk import is_courtesy, surely_beyond
from knowledge.asked_steps import UNSAID
from knowledge.errand_bounds import SHOWN
from knowledge.frames import fold
from knowledge.hearing_clauses import named_before
from knowledge.hearing_papers import papers_named
from knowledge.hearing_steps import (
    PARTS,
    Wish,
    beside_wish,
    is_wish,
    named_in,
    steps_done_in,
    steps_named,
    trouble_in,
    wishes_in,
)
from knowledge.model import Knowledge
from knowledge.procedures import behind_section, covers, offered_with, section_of, steps_of
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect
from knowledge.taking import brings
from knowledge.telling_steps import Show
from knowledge.titles import section_tells

MARKS = {Does.HAS: Wish.HAS, Does.LACKS: Wish.LACKS}
STAYS = frozenset({Wish.STUCK, Wish.REFUSAL, Wish.SILENCE})
"""Troubles with which the open step is not done, whatever was done of it."""
UNDONE = frozenset({Does.WAITS, Does.LACKS, Does.DEMAND, Does.TROUBLE, Does.UNDO})
"""What a clause says with which nothing is at its end."""
GOES_ON = frozenset({Does.NEXT, Does.WHERE, Does.REPEAT})
"""What asks where they stand."""
SURE = NOTED - {Does.LACKS, Does.SKIP}
"""What must be surely done to be noted down: what lacks or is put off is only shown."""
DID = frozenset[str]({Does.DONE, Does.HAS, Does.FINISHED, Does.TROUBLE, Does.NEXT, Does.ANSWER, "yes"})
ANSWERS = frozenset[str]({Does.ANSWER, Does.TROUBLE, Does.LACKS, Does.HAS, Does.UNDO})
DENIES = frozenset({Wish.UNMARKS, Wish.DENIES})  # "yo no dije que lo tengo"
GONE_BACK = frozenset({Wish.BACK, Wish.GO_TO, Wish.ANEW, Wish.UNDO})
"""What may put another answer in the place of one; what goes back by plain words."""
UNDOES = UNDONE | {Does.BACK, Does.ANSWER, Does.GO, Does.BEGIN, "no"}
"""What must be told where something is noted as done, and as not done any more."""
WISHES = GOES_ON | {Does.LEAVE, Does.MISSING, Does.PAPERS, Does.FORWARD, Does.TOTAL, Does.FINISHED, Does.BACK}


@dataclass(slots=True)
class Heard:
    """What the clauses of one message do, with the steps, papers and answers that they do it to."""

    steps: dict[Does, list[str]] = field(default_factory=lambda: {act: [] for act in OF_STEPS})
    papers: dict[str, str] = field(default_factory=dict)
    trouble: Wish | None = None
    wishes: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)


def learned(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What a message does with the errand and what is shown; None where it does nothing with it, or denies a thing."""
    if len(m.letters.split()) == 1 or s.acts.righted.denied:
        return None
    heard, own = heard_in(m, ours, s), s.knowledge.procedures[ours.procedure]
    found = _told(ours, heard, m, s, state)
    wished = (heard.wishes - {Does.WHERE} or "other_matter" in s.acts.said) and not heard.papers
    if wished and elsewhere(ours, s, told_and_asked(m)[1]):
        return None
    if not heard.asked:
        return found
    kept = found.acts[-1].progress if found and isinstance(found.acts[-1], Step) else ours
    questions = [replace(m, text=f"{one}?") for one in heard.asked]
    answer = in_errand.answered_too(found, kept, questions, s, state) or found
    away = any(_is_away(act, own) for act in (answer.acts if answer else ()))
    return found if away and told_of_other(own, s) else answer  # a child with a fever is no step's


def surely(
    found: Decision | None, ours: Progress | None, m: Message, s: Signals, state: Conversation
) -> Decision | None:
    """What a message does, as far as nothing stands against what it notes; None: it may be of something else."""
    steps = found.changes.get("steps", ()) if found else ()
    kept = next((one for one in steps if ours and one.procedure == ours.procedure), None)
    said = wishes_in(m.letters, s.knowledge)
    if found is None or ours is None or kept is None or not said.isdisjoint(GONE_BACK):
        return found
    clauses, act = clauses_in(m, ours, s), found.acts[-1] if found.acts else None
    if ours.over and kept.holds == ours.holds:  # nothing is left to be told of it
        again = any(Does.DONE in one.sure for one in clauses) and not (m.asks or m.smalltalk)
        return found if again or said & (SHOWN | {Wish.FINISHED, Wish.PRINT}) else None
    sure = _as_told(ours, kept, clauses, s)
    if isinstance(act, Step) and (why := _why_unsure(act, ours, kept, clauses, s)):
        return errands.shown_of(ours, s, state, view=Show.UNSURE, why=why)
    if sure.holds == kept.holds or (isinstance(act, Step) and act.view in (Show.STUCK, Show.MOVED, Show.OTHER)):
        return found
    if sure.holds != ours.holds:
        return errands.following(sure, s, state, heads=("steps.noted",))
    if said & (SHOWN - {Wish.START}):
        return errands.resumed(ours, s, state)
    sections = [one for one in found.acts if isinstance(one, Section)]
    return errands.of_its_topic(*sections) if sections else None


def _why_unsure(act: Step, ours: Progress, kept: Progress, clauses: Sequence[Clause], s: Signals) -> str:
    """Why it is asked whether the open step is done: another one is likelier told than the last, or nothing is new."""
    if act.view is Show.END:
        return "whether it is the end" if _is_of_another(act.progress.step or "", ours, clauses, s) else ""
    here = next((one for one in s.knowledge.procedures[ours.procedure].steps if one.id == ours.step), None)
    waits = here is None or here.decides is not None  # what others do
    idle = kept.holds == ours.holds and kept.step == ours.step and not (ours.asked or ours.lacks or waits)
    noted = act.view is Show.STEP and act.heads == ("steps.noted",) and not act.beside
    return "nothing is new" if idle and noted else ""


def _is_of_another(last: str, ours: Progress, clauses: Sequence[Clause], s: Signals) -> bool:
    """Whether what is told to be done is likelier another step than the last, of which no word is said."""
    texts = [one.text for one in clauses if Does.DONE in one.sure and not is_wish(one.text, s.knowledge)]
    framed = any(last in steps_done_in(one, ours.procedure, [last], s.knowledge) for one in texts)
    framed |= any(steps_named(one, ours.procedure, [last], s.knowledge) for one in texts)
    framed |= any(Wish.IN_HAND in wishes_in(one, s.knowledge) for one in texts)
    told = [step_told(one, ours.procedure, s.knowledge) for one in texts]
    return not framed and any(step != last and margin >= least.ANOTHER_STEP for step, margin in told)


def taken_back(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A step that clauses say was wrongly noted as done: one that they name, else, surely, what was noted last.

    Also that the open step is not done, where that was asked.
    """
    clauses = [one for one in clauses_in(m, ours, s) if not one.marked]
    told = frozenset[str]().union(*(one.sure for one in clauses))
    if ours.unsure and not ours.asked and told & {Does.WAITS, Does.UNDO} and Does.DONE not in told:
        return errands.not_yet(ours, s, state)
    back = [one for one in clauses if one.does[0] == Does.UNDO]
    named = (steps_named(one.text, ours.procedure, ours.done, s.knowledge)[:1] for one in back)
    steps = [*chain.from_iterable(named)][:1]
    if not steps and any(Does.UNDO in one.sure for one in back) and told.isdisjoint(MARKS):
        steps = [*(ours.noted or ours.done[-1:])]
    return errands.not_yet(ours, s, state, *steps) if steps else None


def _is_bare_talk(clause: Clause, knowledge: Knowledge) -> bool:
    """Whether a clause is a courtesy, and no word to an errand: "gracias", but not "listo"."""
    return is_courtesy(clause.text, knowledge) and wishes_in(clause.text, knowledge) <= PARTS


def _as_told(ours: Progress, kept: Progress, clauses: Sequence[Clause], s: Signals) -> Progress:
    """What is noted, without the steps, papers and other answers against which all stands that is surely told."""
    plain = [one for one in clauses if not (one.marked or _is_bare_talk(one, s.knowledge))]
    free = [one for one in plain if Does.ASKS not in one.sure]
    told = {act.partition("/")[0] for one in free for act in one.does}
    changes = any(kept.answers.get(one, before) != before for one, before in ours.answers.items())
    answers = {act.partition("/")[0] for one in plain if " " in one.text for act in one.does}
    if changes and ("complains" in s.acts.said or ANSWERS.isdisjoint(answers)):
        return ours
    if not any(one.sure for one in (free or clauses)):
        return kept
    new, gone = [one for one in kept.done if one not in ours.done], {*ours.done} - {*kept.done}
    denies = "complains" in s.acts.said or any(DENIES <= wishes_in(one.text, s.knowledge) for one in plain)
    found = kept
    if (denies and kept.answers == ours.answers) or (
        DID.isdisjoint(told) and kept.answers.items() <= ours.answers.items()
    ):
        lacks = Does.LACKS in told and not denies  # all but one
        has = kept.has if lacks else tuple(one for one in kept.has if one in ours.has)
        found = found.having(done=tuple(one for one in found.done if one not in new), has=has)
    if gone and UNDOES.isdisjoint(told) and kept.answers == ours.answers:
        found = found.having(done=ours.done)
    return found if found.holds == kept.holds else found.having(step=ours.step, asked=ours.asked)


def threatened(found: Decision | None, ours: Progress, s: Signals, state: Conversation) -> Decision | None:
    """What a section of its topics says of a threat, before anything else; what was told beside it is kept."""
    own = s.knowledge.procedures[ours.procedure]
    every = ((topic, one.id) for topic in own.topics for one in s.knowledge.topics[topic].sections)
    best = next((one for one in every if section_tells(*one, Wish.THREAT, s.knowledge)), None)
    if best is None or "/".join(best) in state.said_before.shown:
        return None
    kept = found if found and errands.moves(found, ours) else errands.shown_of(ours, s, state)
    return replace(errands.of_its_topic(Section(*best)), changes=kept.changes)


def is_apart(ours: Progress, said: Collection[Wish], asked: Sequence[Message], s: Signals) -> bool:
    """Whether nothing of a message is of the errand, though it wishes what that may show: "qué papeles piden"."""
    own, wished = s.knowledge.procedures[ours.procedure], not {*said}.isdisjoint(SHOWN | {Wish.TOTAL})
    if not wished and "other_matter" not in s.acts.said:
        return told_of_other(own, s)
    return not papers_named(s.message.letters, own.id, s.knowledge) and elsewhere(ours, s, asked)


def _is_away(act: Act, own: Procedure) -> bool:
    """Whether an answer is of another matter, or says that nobody says it."""
    return act.topic not in own.topics if isinstance(act, Section) else isinstance(act, Step) and UNSAID in act.beside


def clauses_in(m: Message, ours: Progress, s: Signals) -> Sequence[Clause]:
    """What each clause of a message does where they stand."""
    return does_in(m.text, Stands(ours.procedure, ours.step, ours.asked), s.knowledge)


def told_whole(found: Decision | None, ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What is done, as far as nothing is told to be wrong, refused, owed, planned, or another one's to do."""
    shown = act if found and isinstance(act := found.acts[-1], Step) else None
    clauses = clauses_in(m, ours, s)
    if shown and shown.view in (Show.STEP, Show.LIST) and not ours.asked and _only_plans(clauses):
        goes_on = Does.NEXT in clauses[-1].sure or bool({Wish.NOW, Wish.NEXT} & wishes_in(m.letters, s.knowledge))
        if shown.progress.later == ours.later and any(Does.SKIP in one.sure for one in clauses):  # another one does it
            return _told(ours, heard_in(m, ours, s), m, s, state)
        if goes_on or not {*ours.done, *ours.has} >= {*shown.progress.done, *shown.progress.has}:
            return (errands.passed if goes_on else errands.not_yet)(ours, s, state)
    new = [one for one in shown.progress.done if one not in ours.done] if shown and shown.view is Show.STEP else []
    if not (new or _ends(found)):
        return found
    if shown and new:
        trouble = told_last(clauses)
        return in_errand.held_up(shown.progress, trouble, new, s, state) if trouble else found
    if not any(_stays_open(one, s) for one in clauses):
        return found
    told = _told(ours, heard_in(m, ours, s), m, s, state)
    return errands.not_yet(ours, s, state) if told is None or _ends(told) else told


def _only_plans(clauses: Sequence[Clause]) -> bool:
    """Whether something is told to be done later, and nothing in more than a word to be done or there."""
    did = [not {Does.DONE, Does.HAS}.isdisjoint(one.does) and " " in one.text for one in clauses]
    return any(one.sure & {Does.WAITS, Does.SKIP} and not one.marked for one in clauses) and not any(did)


def _ends(found: Decision | None) -> bool:
    return found is not None and any(isinstance(act, Step) and act.view is Show.END for act in found.acts)


def _stays_open(clause: Clause, s: Signals) -> bool:
    """Whether a clause tells that something is not there, refused or wrong; behind a "but" all that is not done."""
    act, sure = clause.does[0].partition("/")[0], clause.does[0] in clause.sure
    return act in UNDONE if sure else Wish.BUT in wishes_in(clause.text, s.knowledge)


def heard_in(m: Message, ours: Progress, s: Signals) -> Heard:
    """What is told and asked, clause by clause; what words stand against is not noted."""
    found = Heard()
    for clause in clauses_in(m, ours, s):
        against = _against(clause, ours, s)
        if Does.DONE in against & clause.sure and ours.step and not clause.marked:
            found.steps[Does.WAITS].append(ours.step)
        for act in clause.does:
            if act not in against and (act in clause.sure or act not in SURE):
                _hear(act, clause, found, ours, s)
    return found


def _hear(act: str, clause: Clause, found: Heard, ours: Progress, s: Signals) -> None:
    kind, _, trouble = act.partition("/")
    if act in OF_STEPS:
        found.steps[Does(act)] += _steps(clause, ours, s)
    elif act == next(filter(MARKS.__contains__, clause.does), None):  # there or missing, whichever is likelier
        found.papers |= dict.fromkeys(_named(clause, ours, s), str(MARKS[Does(act)]))
    elif kind == Does.TROUBLE:
        found.trouble = found.trouble or Wish(trouble)
    elif act == Does.ASKS:
        found.asked.append(clause.text)
    elif act in WISHES:
        found.wishes.add(act)


def _against(clause: Clause, ours: Progress, s: Signals) -> frozenset[str]:
    """What words say that a clause does not: a question notes nothing, "no tengo todo listo" has and did nothing."""
    said = wishes_in(clause.text, s.knowledge)
    if clause.marked:
        return NOTED
    denied = not said.isdisjoint({Wish.LACKS, Wish.DENIES}) and Does.LACKS not in clause.does
    step, margin = step_told(clause.text, ours.procedure, s.knowledge)
    other = Wish.BOOKED in said and not steps_done_in(clause.text, ours.procedure, [], s.knowledge)
    other |= bool({*named_in(clause.text, s.knowledge)} - {ours.procedure})
    undone = denied or other or (step == WAITS and margin > 0)
    unheld = denied or Wish.WITHIN in said  # "en el acta viene igual"
    return frozenset({Does.DONE} if undone else ()) | frozenset({Does.HAS} if unheld else ())


def _steps(clause: Clause, ours: Progress, s: Signals) -> list[str]:
    """The steps that a clause is of: those it tells by frames, else those done before that it names, the open one."""
    theirs = [one.id for one in steps_of(s.knowledge.procedures[ours.procedure], s.answers(ours))]
    framed = [one for one in steps_done_in(clause.text, ours.procedure, theirs, s.knowledge) if one in theirs]
    named = () if ours.step in (told := steps_named(clause.text, ours.procedure, theirs, s.knowledge)) else told
    return framed or [one for one in named if one in ours.done] or ([ours.step] if ours.step else [])


def _named(clause: Clause, ours: Progress, s: Signals) -> list[str]:
    """The papers that a clause names, else the one that it is likest, ahead of the next; the open step's more."""
    if named := papers_named(clause.text, ours.procedure, s.knowledge):
        return sorted(named)
    here, of = brings(ours.procedure, ours.step, s.knowledge), f"{ours.procedure}/"
    margins = classifier_of(s.knowledge, Group.PAPERS).margins(clause.text)
    own = {name.removeprefix(of): margin for name, margin in margins.items() if name.startswith(of)}
    likely = sorted(((one + least.PAPER_HERE * (paper in here), paper) for paper, one in own.items()), reverse=True)
    ahead = likely[0][0] - likely[1][0] if len(likely) > 1 else 0
    return [likely[0][1]] if ahead >= least.PAPER_AHEAD else []


def _told(ours: Progress, heard: Heard, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What is kept of what was told, and what follows: a trouble, a wish, else the next step."""
    if Does.LEAVE in heard.wishes and not heard.asked:
        return errands.shown_of(ours, s, state, view=Show.PAUSED)
    held = {*heard.steps[Does.WAITS], *((ours.step,) if heard.trouble in STAYS else ())}
    did = [one for one in heard.steps[Does.DONE] if one not in held]
    kept = _kept(ours, heard, did, m, s)
    if heard.trouble and (found := in_errand.troubled(kept, {heard.trouble}, m, s, state)):
        return found
    if shown := _wished(kept, heard, s, state):
        return shown
    if heard.steps[Does.WAITS] and not did and kept.later == ours.later:
        goes_on = Does.NEXT in heard.wishes and trouble_in(wishes_in(m.letters, s.knowledge)) is None
        return (errands.passed if goes_on else errands.not_yet)(kept, s, state)
    if kept.done != ours.done or kept.later != ours.later:
        new = len(kept.done) - len(ours.done)
        head = "steps.noted" if new == 1 else "steps.all_noted" if new else "steps.put_off"
        return errands.following(kept, s, state, heads=(head,))
    if heard.papers:
        return in_errand.with_papers(ours, heard.papers, s, state, now=Does.NEXT in heard.wishes)
    return errands.resumed(kept, s, state) if did or heard.wishes & GOES_ON else None  # what is told again is noted


def _kept(ours: Progress, heard: Heard, did: Sequence[str], m: Message, s: Signals) -> Progress:
    """The errand with papers ticked, and steps put off and done."""
    own, kept = s.knowledge.procedures[ours.procedure], ours.ticked(heard.papers)
    kept = kept.having(later=(*kept.later, *(one for one in heard.steps[Does.SKIP] if one not in kept.past)))
    return kept.after(own, s.answers(kept), did, heard.steps[Does.WAITS]) if did else kept


def _wished(kept: Progress, heard: Heard, s: Signals, state: Conversation) -> Decision | None:
    """The view of the errand that is wished for."""
    views = {Does.MISSING: Show.LIST, Does.PAPERS: Show.TAKE, Does.FORWARD: Show.FORWARD}
    moves = {Does.TOTAL: errands.summed, Does.FINISHED: errands.finished, Does.BACK: errands.went_back}
    if move := next((move for wish, move in moves.items() if wish in heard.wishes), None):
        return move(kept, s, state)
    return next((errands.shown_of(kept, s, state, view=views[one]) for one in views if one in heard.wishes), None)


def asked_to_begin(named: Collection[str], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Its first step or question; which one, where several are meant."""
    before = named_before([fold(one.text) for one in state.heard], state.topic, s.knowledge)
    said = {name for one in state.heard for name in named_in(fold(one.text), s.knowledge)}
    offered = [s.knowledge.procedures[one] for one in errands_offered(state) if one and one in s.knowledge.procedures]
    offered = [one for one in offered if one.id in said] or offered  # "to renew it" was said
    if len(offered) == 1 and not named:
        return _one_of(offered, s, state)
    rest = beside_wish(Wish.START, m.letters, s.knowledge)
    asked = read(replace(m.inbound, text=rest), s.knowledge)  # bare words for steps are of no matter
    ranking = (s if rest == m.letters else s.of(asked, state)).ranking
    sure = [(one.topic, one.section) for one in ranking.candidates[:1] if one.score >= least.ANSWER_OPEN]
    sure += [(state.topic, state.section)] if state.topic and state.section and not named else []
    spoken = [s.knowledge.procedures[one] for one in named or before] or _spoken_of(rest, ranking, s, state)
    spoken = [one for one in spoken if one.id in said] or spoken
    found = [one for one in spoken if all(covers(one, *place, s.knowledge) for place in sure)]
    strange = surely_beyond(m.text, s.knowledge)  # "el pasaporte americano": not ours, and not the Mexican one
    found = [one for one in found if strange is None or set(one.topics).isdisjoint(strange.topics)]
    known, places = s.knowledge, ((one, *section_of(one, Aspect.WHAT, s.knowledge)) for one in found)
    theirs = [one for one, topic, at in places if closed_to(known.topics[topic], at, s.person, m.text, known) is None]
    elsewhere = [told for one in theirs if (told := told_in_mexico(one, s))]
    if elsewhere and len(elsewhere) == len(theirs):
        return Decision(Outcome.ANSWER, (elsewhere[0],), why="it is told to who is in Mexico")
    return _one_of(theirs[:KEPT], s, state)


def _one_of(theirs: Sequence[Procedure], s: Signals, state: Conversation) -> Decision | None:
    if len(theirs) == 1:
        return errands.begun_with(theirs[0], s, state)
    choices = tuple(way_in(one, s, state, named=True) for one in theirs)
    return Decision(Outcome.CLARIFY, (Offer(choices, "steps.which"),), why="which procedure") if choices else None


def _spoken_of(rest: str, ranking: Ranking, s: Signals, state: Conversation) -> list[Procedure]:
    """What stands behind the section that the words are surely of, else behind the one that is open."""
    surely = ranking.verdict == "answer" and bool(said_in(rest, ranker_of(s.knowledge), s.knowledge))
    sure = [(one.topic, one.section) for one in ranking.candidates[:1] if surely]
    offered = (
        offered_with(one[0], one[1] or "", s.knowledge) or (behind_section(*one, s.knowledge) if one in sure else ())
        for one in (*sure, (state.topic, state.section))
        if one[0]
    )
    meant = {one.id: one for page in pages_in(state.offered) for one in offered_with(*page, s.knowledge)}
    likely = [one for one in ranking.candidates if ranking.verdict != "admit" and one.score >= least.OFFER]
    led = {one.id: one for at in likely for one in behind_section(at.topic, at.section, s.knowledge)}
    return list(next(filter(None, offered), (meant or (led if len(led) == 1 else {})).values()))


def errands_offered(state: Conversation) -> list[str | None]:
    """For each choice on offer the errand that it begins or goes on with."""
    taps = (read_payload(one.payload) for one in state.offered)
    return [tap.parts[0] if tap and tap.kind == "z" and tap.parts[1:] in ((), ("g",)) else None for tap in taps]
