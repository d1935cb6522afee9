"""In the middle of an errand: what stands in the way of a step, a question beside it, what nothing answers surely."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import cast

from bot.conversation import Conversation, NotUnderstood, Progress
from bot.dialogue import errands
from bot.dialogue import thresholds as least
from bot.dialogue.danger.judging import SCORER, judged_in_part, lent_phone
from bot.dialogue.decision import Decision, Section, Step
from bot.dialogue.errand_questions import elsewhere, is_particular, option_in, told_and_asked, told_beside, who_is_gone
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from bot.dialogue.signals.errand_acts import Stands, does_in
from knowledge import hearing_options as options
from knowledge import hearing_papers
from knowledge import hearing_steps as hearing
from knowledge.asked_steps import UNSAID, price_told
from knowledge.choosing import others_asked, wishes_beside
from knowledge.clause_acts import Does
from knowledge.errand_bounds import ALONE, SHOWN, UNLIKELY
from knowledge.frames import fold
from knowledge.hearing_clauses import leaves_open
from knowledge.hearing_done import turned_away
from knowledge.hearing_others import names_step
from knowledge.hearing_steps import TROUBLES, Wish
from knowledge.hearing_turns import trouble_about, turn_in
from knowledge.procedures import PRICES, steps_of
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import Show, trouble_told

OF_IT = frozenset({*Does} - {Does.ASKS, Does.ANSWER, Does.DEMAND, Does.BEGIN})
"""What a clause does that only an open errand is told; what is asked, answered, demanded, begun may be of anything."""
CONFIRMED = dict.fromkeys(("done", "yes"), errands.moved_on) | dict.fromkeys(("no", "waits"), errands.not_yet)
"""What a bare answer does where we asked whether the step is done."""


def detail(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What tells a question most nearly, in the errand or anywhere; of the cost all, and what that hangs on."""
    procedure = s.knowledge.procedures[ours.procedure]
    if (ours.step is None and not ours.asked) or s.is_beside(procedure) or (found := told_beside(ours, m, s)) is None:
        return None
    if isinstance(found, Section):
        return errands.of_its_topic(found)
    if found == price_told(procedure, s.answers(ours), s.knowledge, s.today):
        return errands.summed(ours, s, state)
    return errands.shown_of(ours, s, state, view=Show.DETAIL, beside=found, why=f"{found[1]} of a step")


def surely_of_it(m: Message, s: Signals, state: Conversation) -> bool:
    """Whether what may be a danger goes on with the open errand surely, and none is one by a rule or very likely."""
    if (ours := errands.open_in(s, state)) is None:
        return False
    here, parts = Stands(ours.procedure, ours.step, ours.asked), judged_in_part(m.text, s.knowledge)
    goes_on = OF_IT | {Does.ASKS} if "?" in m.text else OF_IT
    if who_is_gone(ours, m, s):
        goes_on |= {Does.ANSWER}
    if any(one.likelihood >= least.IN_ERRAND or (one.sure and one.danger.rule != SCORER) for one in parts.values()):
        return False
    for part in parts or (m.text,):
        told = does_in(part, here, s.knowledge)
        free = (one for one in told if Wish.STUCK not in hearing.wishes_in(one.text, s.knowledge))
        doubtful = [one for one in free if judged_in_part(one.text, s.knowledge)]
        of_it = any(not goes_on.isdisjoint(act.partition("/")[0] for act in one.sure) for one in told)
        if not (of_it and all(one.sure & goes_on for one in doubtful)):
            return False
    return True


def turned_to(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The step that somebody wants to see first, or the next one where the open one is put off."""
    if (here := errands.open_in(s, state)) is None or here.procedure != ours.procedure:
        return None
    own = s.knowledge.procedures[ours.procedure]
    if Wish.UNDO in said and (name := options.answer_denied(m.letters, own, ours.answers, s.knowledge)):
        anew = ours.without(name).having(asked=name)
        return errands.shown_of(anew, s, state, view=Show.QUESTION, about=name, heads=("steps.undone",))
    if said.isdisjoint({Wish.LATER, Wish.GO_TO}) or not said.isdisjoint({Wish.DROP, Wish.TOTAL}):
        return None
    theirs = [one.id for one in steps_of(own, s.answers(ours))]
    turn = turn_in(m.letters, said, own, theirs, ours, s.knowledge)
    step, later, wanted = turn.step, turn.later, turn.wanted
    if turn.refused:  # another one than the open one
        refused = ours.having(step=step, later=tuple(dict.fromkeys((*ours.later, turn.refused))))
        return errands.shown_of(refused, s, state, about=step or "", heads=("steps.put_off",), why="put off")
    if wanted == step:
        return errands.resumed(ours, s, state) if wanted and (later or not m.asks) else None
    if wanted is None:
        return errands.put_off(ours.having(step=step), s, state, heads=("steps.put_off",)) if later else None
    if not later and (("?" in m.text and m.aspects) or wanted in turn.did):
        return None
    return errands.opened(ours.turned(turn, here=Wish.DONE in said), s, state, wanted)


def left_open(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The question that waits is left open: they do not know, say it later, or only ask what comes next."""
    own, k, asked = s.knowledge.procedures[ours.procedure], s.knowledge, ours.asked if state.asked_of_steps else None
    if asked is None or names_step(m.letters, own, k) or options.option_framed(m.letters, own.id, asked, k):
        return None
    sure = {act for one in does_in(m.text, Stands(own.id, ours.step, asked), k) for act in one.sure}
    leaves = (m.smalltalk is not None and m.smalltalk.id == "unsure") or (sure and sure <= {Does.SKIP, Does.NEXT})
    return errands.left_open(ours, s, state, goes_on=Does.NEXT in sure) if leaves else None


def troubled(
    ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation, *, told: bool = False
) -> Decision | None:
    """What the step that is named, else the open one, says of a trouble, or who knows; `told`: only that."""
    procedure, trouble = s.knowledge.procedures[ours.procedure], hearing.trouble_in(said)
    if trouble is None or (ours.step is None and trouble is not Wish.SILENCE):
        return None
    theirs = [one.id for one in steps_of(procedure, s.answers(ours))]
    if trouble is Wish.MOVED:  # who is told to come on another day has an appointment
        booked = ours.booked(procedure, s.answers(ours))
        return errands.shown_of(booked, s, state, view=Show.MOVED, why=trouble)
    ahead = theirs if trouble in (Wish.STUCK, Wish.REFUSAL) else ()
    if did := turned_away(m, trouble, procedure.id, ahead, s.knowledge):
        turned = ours.waiting(procedure, s.answers(ours), did)
        return _of_trouble(turned, trouble, did[-1], s, state)
    about = trouble_about(trouble, m.letters, procedure, theirs, ours.step, s.knowledge, told=told)
    if about is None or about not in theirs:
        return None
    kept = ours.at_step(about) if trouble is Wish.WRONG and about in ours.done else ours.refused(procedure, about)
    return _of_trouble(kept, trouble, about, s, state)


def held_up(ours: Progress, trouble: Wish, did: Sequence[str], s: Signals, state: Conversation) -> Decision:
    """A trouble told behind steps that are done: the last that says what then stays open; silence is of the next."""
    own = s.knowledge.procedures[ours.procedure]
    kept = ours if trouble is Wish.SILENCE else ours.held_up(own, s.answers(ours), did)
    return _of_trouble(kept, trouble, kept.step or "", s, state)


def _of_trouble(kept: Progress, trouble: Wish, about: str, s: Signals, state: Conversation) -> Decision:
    """What a step says of a trouble, else the section that is surely of it, else who knows."""
    own, best = s.knowledge.procedures[kept.procedure], s.ranking.answer
    step = next((one for one in own.steps if one.id == about), None)
    sure = best is not None and (best.topic in own.topics or best.score >= least.ASIDE_OTHER)
    if best and sure and s.message.asks and (step is None or trouble_told(trouble, step, own, s.knowledge) is None):
        stays = errands.shown_of(kept, s, state).changes
        return replace(errands.of_its_topic(Section(best.topic, best.section)), changes=stays)
    return errands.shown_of(kept, s, state, view=Show.STUCK, about=about, why=trouble, beside=(about, str(trouble)))


def demanded(
    ours: Progress, told: Mapping[str, str], papers: Sequence[str], did: Sequence[str], s: Signals, state: Conversation
) -> Decision:
    """What somebody in charge asks for is kept as missing; the step that was done till then waits, or another opens."""
    own = s.knowledge.procedures[ours.procedure]
    kept = ours.demanded(own, s.answers(ours), told, papers, did)
    best = s.ranking.answer
    asks = papers or told_and_asked(s.message)[1]
    if best and is_particular(best, s) and best.topic in own.topics and not asks:  # "they ask for her SSN"
        stays = errands.shown_of(kept, s, state).changes
        return replace(errands.of_its_topic(Section(best.topic, best.section)), changes=stays)
    noted = () if papers else (NotUnderstood(s.message.text, s.message.lang),)
    view = Show.OTHER if any("/" in one for one in papers) or not papers else Show.PAPER
    found = errands.shown_of(kept, s, state, view=view, about=" ".join(papers), why=Show.OTHER, events=noted)
    ways = tuple(one for one in hearing.named_in(s.message.letters, s.knowledge) if one != ours.procedure)
    return replace(found, acts=(replace(cast(Step, found.acts[-1]), ways=ways),))


def kept_in_errand(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What nothing answers surely: where they stand, and whether it is done."""
    ours = errands.open_in(s, state)
    if ours is None or s.ranking.term is not None or "worries" in s.acts.all or ours.step in ours.past:
        return None
    procedure, best = s.knowledge.procedures[ours.procedure], s.ranking.answer
    own_section = best is not None and best.topic in procedure.topics and (bool(m.aspects) or is_particular(best, s))
    said = hearing.wishes_in(m.letters, s.knowledge)
    if own_section or elsewhere(ours, s):
        return None
    if m.asks and (known := detail(ours, m, s, state)):
        return known
    few = m.asks and len(m.letters.split()) <= UNLIKELY  # "¿a quién se la pido?"
    of_it = few and {*PRICES, Aspect.DURATION, Aspect.HOURS}.isdisjoint(m.aspects)
    if ours.unsure or of_it or s.answers(ours) != ours.answers:
        return (errands.left_open if ours.unsure and ours.asked and not m.asks else errands.resumed)(ours, s, state)
    noted, about = ((), best.id) if best else ((NotUnderstood(m.text, m.lang),), "")
    unanswered = (m.asks and not best) or Wish.LETTER in said  # no "is it done" to a question
    gap, view = (UNSAID, Show.DETAIL) if unanswered else (None, Show.UNSURE)
    return errands.shown_of(ours, s, state, view=view, about=about, why="unsure", events=noted, beside=gap)


def confirmed(ours: Progress, s: Signals, state: Conversation) -> Decision | None:
    """A yes or a no to whether the open step is done; "sí, soy casada pero no sé por qué régimen" ticks nothing."""
    if ours.asked or not ours.unsure or state.turns - ours.turn > 1:
        return None
    learned = (act for act, margin in s.acts.likely.items() if margin >= least.MAY_BE_DONE and not s.message.asks)
    lead = options.lead_of(s.message.letters, s.knowledge) if len(s.message.letters.split()) <= UNLIKELY else None
    act = next((act for act in (lead, *s.acts.said, *learned) if act in CONFIRMED), None)
    return CONFIRMED[act](ours, s, state) if act else None


def with_papers(
    ours: Progress, ticked: Mapping[str, str], s: Signals, state: Conversation, *, now: bool = False
) -> Decision:
    """Papers that are there or missing, ticked; of one that is missing, how to get it; `now`: what is next is asked."""
    procedure = s.knowledge.procedures[ours.procedure]
    kept = ours.ticked(ticked).short(procedure, s.answers(ours))
    gathers = any(one.id == ours.step and one.is_gathering for one in procedure.steps)
    if new := kept.gathered(procedure, s.answers(ours), ticked):
        return errands.moved_on(kept, s, state, *new)
    if lacks := [paper for paper in ticked if paper in kept.lacks]:
        return errands.shown_of(kept, s, state, view=Show.PAPER, about=" ".join(lacks), why="lacks a paper")
    if kept.asked is not None or kept.step in kept.past:
        return errands.following(kept, s, state, heads=("steps.noted",))
    if kept.step is not None and (now or not gathers):
        return errands.opened(kept, s, state, kept.step, heads=("steps.noted",))
    return errands.shown_of(kept, s, state, view=Show.LIST, heads=("steps.noted",))


WISHED = {Wish.BRING: Show.TAKE, Wish.MISSING: Show.LIST}
"""What is shown of what is wished for beside what is told."""


def answered_too(
    found: Decision | None, ours: Progress, questions: Sequence[Message], s: Signals, state: Conversation
) -> Decision | None:
    """Each question beside what was told, where that was kept; several questions, or whether a paper will do, alone."""
    theirs = others_asked(ours.procedure, s.message.letters, [one.letters for one in questions], s.knowledge)
    wish = wishes_beside(theirs, ours.procedure, s.message.letters, s.knowledge)
    said = set[Wish]().union(*wish.values(), hearing.wishes_in(s.message.letters, s.knowledge) & {Wish.AGAIN})
    act = found.acts[-1] if found else None
    stays = isinstance(act, Step) and act.view in (Show.STUCK, Show.MOVED, Show.OTHER)
    kept = act if found and isinstance(act, Step) and (stays or errands.moves(found, ours, here=True)) else None
    lists = isinstance(act, Step) and act.view in (Show.LIST, Show.PAPER)  # "ya tengo el acta, ¿falta algo?"
    if Wish.FINISHED in said and not (stays or (kept and lists)):
        return errands.finished(kept.progress if kept else ours, s, state)
    if kept is None and (isinstance(act, Section) or (len(questions) == 1 and said.isdisjoint(ALONE))):
        return found if isinstance(act, Section) else None
    goes_on = bool(said & {Wish.NOW, Wish.NEXT, Wish.RESUME})
    view = None if stays else next((view for wish, view in WISHED.items() if wish in said), None)
    shows = view or not goes_on
    alone = errands.shown_of(ours, s, state, view=view or Show.DETAIL) if shows else errands.resumed(ours, s, state)
    base, shown = found if kept and found else alone, kept or cast(Step, alone.acts[-1])
    shown = replace(shown, view=view, heads=shown.heads or ("steps.noted",) * bool(kept)) if view else shown
    seen = SHOWN | ({*TROUBLES} if stays else {Wish.FINISHED})  # what to do in a trouble is
    told = {q: told_beside(shown.progress, q, s, theirs) for q in questions if wish[q.letters].isdisjoint(seen)}
    sections = [*dict.fromkeys(one for one in told.values() if isinstance(one, Section))]
    says = shown.view is not Show.PAPER or Wish.FITS in said  # how to get it says who knows, not whether it will do
    beside = [one for one in told.values() if isinstance(one, tuple) and (any(one) or says)]
    if not (kept or goes_on or view or beside):
        return errands.of_its_topic(*sections) if sections else None
    open_yet = leaves_open({one.letters: bool(known) for one, known in told.items()})
    beside += [UNSAID] if open_yet and not stays and says else []  # it says who knows
    if beside and shown.view is Show.END:  # beside an answer its details, as nothing is over yet
        shown = replace(shown, view=Show.DETAIL, heads=(*shown.heads, "steps.noted"))
    ways, beside = (*shown.ways, *chain(*theirs.values())), [*shown.beside, *beside]
    return replace(base, acts=(*sections, replace(shown, ways=ways, beside=tuple(beside))))


def says_more(m: Message, s: Signals, state: Conversation) -> bool:
    """Whether the words say more than a button: several papers, an option by its own name, a no, the steps."""
    ours = errands.last_of(s, state)
    label = hearing.wishes_in(fold(s.acts.picked.label if s.acts.picked else ""), s.knowledge)
    own = {Wish.DENIES, Wish.START} & (hearing.wishes_in(m.letters, s.knowledge) - label)
    return bool(ours and (own or hearing_papers.papers_in(m.letters, ours.procedure, s.knowledge)))


def speaks_of_steps(m: Message, s: Signals, state: Conversation) -> bool:
    """Whether the whole message is a word to the open procedure: "no nos contestan", or answers its question."""
    said, begun = hearing.wishes_in(m.letters, s.knowledge), errands.last_of(s, state)
    if begun is not None and Wish.RESUME in said and len(m.letters.split()) <= UNLIKELY:
        return True
    if (ours := errands.open_in(s, state)) is None:
        return False
    procedure = s.knowledge.procedures[ours.procedure]
    if said & {Wish.EVERY, Wish.MOVED} or hearing.is_wish(m.letters, s.knowledge) or lent_phone(m):
        return True
    if not (ours.asked and state.asked_of_steps):
        return False
    early = options.option_said(m.letters, procedure, ours.answers, s.knowledge)
    return early is not None or option_in(ours.asked, procedure, m, s) is not None
