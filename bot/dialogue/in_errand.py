"""In the middle of an errand: what stands in the way of a step, a question beside it, what nothing answers surely."""

from collections.abc import Collection
from dataclasses import replace
from math import inf

from bot.conversation import Conversation, NotUnderstood, Progress
from bot.dialogue import errands
from bot.dialogue.danger.classifiers import DONE, WAITS
from bot.dialogue.decision import Decision, Section
from bot.dialogue.errands import NEAR
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from bot.dialogue.signals.acts import MARKS, step_told
from bot.dialogue.signals.ranking import Candidate
from bot.dialogue.thresholds import ACT, ASIDE_OTHER, ASIDE_OWN, MAY_BE_DONE, OFFER, OPTION_ASKING, STEP_SURE, STEP_TOLD
from bot.dialogue.words.phrasing import spell_out
from knowledge import hearing_options as options
from knowledge import hearing_papers
from knowledge import hearing_steps as hearing
from knowledge.frames import fold
from knowledge.hearing_steps import Wish
from knowledge.procedures import PRICES, steps_of
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import Show
from knowledge.titles import title_of

BRIEF = 14
"""Words of a message that may tell that the open step is done."""
DETAILS = (Aspect.WHERE, Aspect.COST, Aspect.PAY, Aspect.DURATION, Aspect.WHO, Aspect.REQUIREMENTS, Aspect.HOURS)
"""Aspects that a question may ask of the open step."""
COMMON = (Aspect.WHAT, Aspect.HOW, Aspect.WHERE, Aspect.REQUIREMENTS)
"""Aspects of sections that say what the steps say; one of another aspect may know of an obstacle."""
FEW, UNLIKELY = 3, 5
"""Words of a question that names no matter of its own: "y cuánto cuesta"; and where nothing else is likely."""
PLAIN_WORDS = 2
"""Words of a message that is a plain yes or no, whatever was learned."""
CONFIRMED = dict.fromkeys(("done", "yes"), errands.moved_on) | dict.fromkeys(("no", "waits"), errands.not_yet)
"""What a bare answer does where we asked whether the step is done."""
FELT = "worries"


def told_and_asked(m: Message) -> tuple[Message, Message | None]:
    """A message in two: what it tells, and what it asks."""
    told, asked, pieces = list[str](), list[str](), m.text.split("?")
    for left, piece in zip(range(len(pieces))[::-1], pieces, strict=True):
        parts = (spell_out(part, m.knowledge.spelling) for part in MARKS.split(piece))
        clauses = [clause for part in parts for clause in hearing.clauses_of(part, m.knowledge)]
        for one in clauses:
            marked = (left and one is clauses[-1]) or Wish.ASKS in hearing.wishes_in(one, m.knowledge)
            (asked if marked else told).append(one)
    question = replace(m, text=f"{' '.join(asked)}?") if asked else None
    return replace(m, text=", ".join(told), tells=True), question


def open_in(s: Signals, state: Conversation) -> Progress | None:
    """The errand that what is said now may be of: one that a few turns ago was spoken of, and that was not left."""
    ours = errands.last_of(s, state)
    near = ours is not None and not ours.paused and state.turns - ours.turn <= NEAR
    return ours if near and ours is not None and (ours.step or ours.asked) else None


def _sure(s: Signals) -> Candidate | None:
    return s.ranking.candidates[0] if s.ranking.verdict == "answer" else None


def detail(ours: Progress, asked: Aspect, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What a question asks of the open step, where the step tells it or admits that nobody does; of its cost, all."""
    procedure = s.knowledge.procedures[ours.procedure]
    alone = len(m.letters.split()) <= (FEW if s.ranking.verdict == "answer" else UNLIKELY)
    if ours.step is None or not (alone or not _elsewhere(ours, procedure, s, state)):
        return None
    if asked is Aspect.REQUIREMENTS:
        brings = any(one.id == ours.step and one.bring for one in procedure.steps)
        return errands.shown_of(ours, s, state, view=Show.BRING) if brings else None
    if beside := errands.beside_of(ours, m, s):
        return errands.shown_of(ours, s, state, view=Show.DETAIL, beside=beside, why=f"{asked} of a step")
    best = _sure(s)
    told = best is not None and s.knowledge.topics[best.topic].section_or_first(best.section).aspect in PRICES
    return errands.summed(ours, s, state) if asked in PRICES and not told else None


def _elsewhere(ours: Progress, procedure: Procedure, s: Signals, state: Conversation) -> bool:
    """Whether a message is clearly of another matter than the errand: its name, a topic far ahead, the open one."""
    first = s.ranking.candidates[0] if s.ranking.candidates else None
    if first is None or first.topic in procedure.topics:
        return False
    named = {one for one in hearing.named_in(s.message.letters, s.knowledge) if one != procedure.id}
    here = (fold(f"{one.text.es} {one.text.en}").split() for one in procedure.steps if one.id == ours.step)
    words = title_of(first.topic, s.knowledge).difference(
        *(title_of(one, s.knowledge) for one in procedure.topics), *here
    )
    by_name = bool(named) or not words.isdisjoint(s.message.letters.split())
    what = Aspect.WHAT in s.message.aspects and s.ranking.verdict != "admit"  # "qué es la CURP", though a step names it
    sure = s.ranking.verdict == "answer" and (by_name or first.score >= ASIDE_OTHER)
    return sure or what or s.ranking.term is not None or (first.topic == state.topic and s.ranking.verdict != "admit")


def turned_to(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The step that somebody wants to see first, or the next one where the open one is put off."""
    if (here := open_in(s, state)) is None or here.procedure != ours.procedure:
        return None
    if Wish.UNDO in said and (anew := _undone(ours, m, s, state)):
        return anew
    if said.isdisjoint({Wish.LATER, Wish.GO_TO}) or not said.isdisjoint({Wish.DROP, Wish.TOTAL, Wish.LETTER}):
        return None
    procedure = s.knowledge.procedures[ours.procedure]
    theirs = [one.id for one in steps_of(procedure, errands.answers_of(ours, s))]
    did = [one for one in hearing.steps_done_in(m.letters, procedure.id, theirs, s.knowledge) if one in theirs]
    step = next((one for one in theirs if one not in ours.past), None) if ours.asked else ours.step
    later = Wish.LATER in said and step not in did
    wanted = hearing.step_wanted(m.letters, procedure.id, theirs, s.knowledge) if Wish.GO_TO in said else None
    if later and wanted is None:
        named = hearing.steps_named(m.letters, procedure.id, theirs, s.knowledge)
        if named and Wish.GO_TO not in said and step and step not in named and named[0] not in ours.past:
            refused = ours.having(step=step, later=(*ours.later, named[0]))  # another one than the open one
            return errands.shown_of(refused, s, state, about=step, heads=("steps.put_off",), why="put off")
        wanted = next((one for one in named if one != step and (step in named or one in ours.past)), None)
    if later and wanted in ours.past:
        return errands.resumed(ours, s, state)  # it was put off before
    if wanted == step:
        return errands.resumed(ours, s, state) if wanted and (later or not m.asks) else None
    if wanted is None:
        return errands.put_off(ours.having(step=step), s, state, heads=("steps.put_off",)) if later else None
    if not later and (("?" in m.text and m.aspects) or wanted in did):
        return None
    done = (*ours.done, *did, *((step,) if step and Wish.DONE in said else ()))
    past = (*ours.later, step) if later and step else ours.later
    return errands.opened(ours.having(done=tuple(dict.fromkeys(done)), later=past), s, state, wanted)


def troubled(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the step that is named, else the open one, says of a trouble, or who knows. The step stays open."""
    procedure, trouble = s.knowledge.procedures[ours.procedure], hearing.trouble_in(said)
    if trouble is None or (ours.step is None and trouble is not Wish.SILENCE):
        return None
    if trouble is Wish.LOST and (lost := hearing_papers.papers_named(m.letters, procedure.id, s.knowledge)):
        marked = hearing_papers.papers_in(m.text if m.tells else m.letters, procedure.id, s.knowledge)
        return errands.with_papers(ours, {**dict.fromkeys(lost, str(Wish.LACKS)), **marked}, s, state)
    theirs = [one.id for one in steps_of(procedure, errands.answers_of(ours, s))]
    if trouble is Wish.MOVED:  # who is told to come on another day has an appointment
        booked = [one.id for one in procedure.steps if one.books and one.id in theirs]
        kept = errands.having_done(ours, s, *booked) if booked and ours.step not in ours.done else ours
        here = next((one for one in steps_of(procedure, errands.answers_of(kept, s)) if one.id not in kept.past), None)
        return errands.shown_of(
            kept.having(step=here.id if here else ours.step, asked=None), s, state, view=Show.MOVED, why=trouble
        )
    named = hearing.steps_named(m.letters, procedure.id, theirs, s.knowledge) if trouble is Wish.STUCK else ()
    about = next((one.id for one in procedure.steps if one.id in named and one.if_not), ours.step or "")
    did = [one for one in hearing.steps_done_in(m.letters, procedure.id, theirs, s.knowledge) if one in theirs]
    if trouble is Wish.STUCK and did and did[-1] not in ours.past:  # tried: what stands before it is done
        kept = errands.having_done(ours, s, did[-1])
        ours, about = kept.having(done=tuple(one for one in kept.done if one != did[-1]), step=did[-1]), did[-1]
    return errands.shown_of(ours, s, state, view=Show.STUCK, about=about, why=trouble)


def answered_by_section(ours: Progress, said: Collection[Wish], s: Signals, state: Conversation) -> bool:
    """Whether the section that words are surely of says what to do in the trouble that they tell."""
    best, trouble, words = _sure(s), hearing.trouble_in(said), s.message.letters.split()
    if best is None or trouble is None or best.id in state.said_before.shown or best.score < ASIDE_OWN:
        return False
    section, own = s.knowledge.topics[best.topic].section_or_first(best.section), s.knowledge.procedures[ours.procedure]
    in_the_way = trouble in (Wish.STUCK, Wish.MOVED)
    if in_the_way and (best.topic not in own.topics or section.aspect in COMMON):
        return False
    named = best.topic in own.topics or not title_of(best.topic, s.knowledge).isdisjoint(words)
    return named and hearing.tells_of(section.text.es, trouble, s.knowledge)


def _undone(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """An answer that is denied is asked again."""
    name = options.answer_denied(m.letters, s.knowledge.procedures[ours.procedure], ours.answers, s.knowledge)
    if name is None:
        return None
    answers = {question: option for question, option in ours.answers.items() if question != name}
    anew = ours.having(answers=answers, asked=name, chosen="")
    return errands.shown_of(anew, s, state, view=Show.QUESTION, about=name, heads=("steps.undone",))


def kept_in_errand(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What nothing answers surely: where they stand, and whether it is done."""
    ours = open_in(s, state)
    if ours is None or s.ranking.term is not None or FELT in s.acts.all or ours.step in ours.past:
        return None
    procedure, best = s.knowledge.procedures[ours.procedure], _sure(s)
    if answered_by_section(ours, hearing.wishes_in(m.letters, s.knowledge), s, state):
        return None
    own_section = best is not None and best.topic in procedure.topics
    if not _may_be_done(ours, m, s, state) and (own_section or _elsewhere(ours, procedure, s, state)):
        return None
    if paper := paper_asked(ours, m, s, state):
        return paper
    untold = {*PRICES, Aspect.DURATION, Aspect.HOURS}.isdisjoint(m.aspects)
    of_it = m.asks and untold and len(m.letters.split()) <= UNLIKELY  # "¿a quién se la pido?"
    if ours.unsure or of_it or errands.answers_of(ours, s) != ours.answers:
        return errands.resumed(ours, s, state)
    own = [one for one in s.ranking.candidates if one.topic in procedure.topics and one.score >= OFFER]
    if own and m.asks:  # asked of its matter: nothing is done
        stands = errands.resumed(ours, s, state)
        return replace(stands, acts=(Section(own[0].topic, own[0].section, short=True), *stands.acts))
    other = best if best is not None and not own_section else next(iter(own), None)
    noted, about = () if best else (NotUnderstood(m.text, m.lang),), other.id if other else ""
    return errands.shown_of(ours, s, state, view=Show.UNSURE, about=about, why="unsure", events=noted)


def paper_asked(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What is known of the one paper of the open step that is asked about."""
    here = next((one.bring for one in s.knowledge.procedures[ours.procedure].steps if one.id == ours.step), ())
    papers = hearing_papers.papers_named(m.letters, ours.procedure, s.knowledge).intersection(here)
    asked = m.asks and len(papers) == 1
    return errands.shown_of(ours, s, state, view=Show.PAPER, about=min(papers), why="a paper") if asked else None


def _may_be_done(ours: Progress, m: Message, s: Signals, state: Conversation) -> bool:
    """Whether words right behind a step may tell of it, or answer its question."""
    if ours.unsure or state.turns - ours.turn > 1 or "?" in m.text or s.acts.said or len(m.letters.split()) > BRIEF:
        return False
    told = any(s.acts.likely.get(act, MAY_BE_DONE - 1) >= MAY_BE_DONE for act in (DONE, WAITS, "yes", "no"))
    return told or (ours.asked is not None and s.ranking.verdict != "answer")


def told_of_step(
    ours: Progress, said: set[Wish], theirs: Collection[str], m: Message, s: Signals, state: Conversation
) -> Decision | None:
    """What tells in own words that a step of the procedure is done, or that it is not yet."""
    step, margin = step_told(m.text, ours.procedure, s.knowledge)
    if margin < (OPTION_ASKING if m.asks else STEP_TOLD) or "?" in m.text or len(m.letters.split()) <= PLAIN_WORDS:
        return None
    waits, done = (s.acts.likely.get(act, -inf) for act in (WAITS, DONE))
    if step == WAITS or waits > max(done, MAY_BE_DONE):
        denied = Wish.DENIES in said or (Wish.LACKS in said and not m.asks)
        waiting = step == WAITS and ours.step and denied and Wish.DONE not in said
        return errands.not_yet(ours, s, state) if waiting else None
    surely = margin >= STEP_SURE or done >= MAY_BE_DONE or (step == ours.step and Wish.HAS in said)
    order = [one.id for one in s.knowledge.procedures[ours.procedure].steps if one.id in theirs]
    if step is None or step not in order or step in ours.past or not surely or Wish.DENIES in said:
        return None
    at = order.index(step)
    if ours.step in order[:at] and (done < ACT or ours.step != order[at - 1]):  # what was learned goes one step ahead
        return None
    return errands.moved_on(ours, s, state, step)


def confirmed(ours: Progress, s: Signals, state: Conversation) -> Decision | None:
    """A yes or a no to whether the open step is done."""
    if ours.asked or not ours.unsure or state.turns - ours.turn > 1:
        return None
    learned = (act for act, margin in s.acts.likely.items() if margin >= MAY_BE_DONE and not s.message.asks)
    brief = len(s.message.letters.split()) <= UNLIKELY  # "sí, soy casada pero no sé por qué régimen" ticks nothing
    lead = options.lead_of(s.message.letters, s.knowledge) if brief else None
    said = (lead, *s.acts.said, *learned)
    act = next((act for act in said if act in CONFIRMED), None)
    return CONFIRMED[act](ours, s, state) if act else None


def answered_anew(ours: Progress, said: Collection[Wish], m: Message, s: Signals) -> Progress:
    """With another answer to a question that was answered: "no, por internet no, en el consulado"."""
    meant, known = Wish.INSTEAD in said or "corrects" in s.acts.said, errands.answers_of(ours, s)
    procedure = s.knowledge.procedures[ours.procedure]
    changed = options.option_changed(m.letters, procedure, known, s.knowledge, stops=meant)
    if changed is None or not (meant or Wish.DENIES in said):
        return ours
    return ours.having(answers={**ours.answers, changed[0]: changed[1]}, asked=None, chosen=changed[0])
