"""The walk through a procedure in conversation: what taps and words do with it. Positions are ids, derived anew."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial

from bot.conversation import NEAR, UNSEEN, Conversation, Kind, NotUnderstood, Outcome, Progress
from bot.dialogue import errands, in_errand
from bot.dialogue.danger.classifiers import DONE, option_meant
from bot.dialogue.danger.judging import lent_phone
from bot.dialogue.decision import Decision
from bot.dialogue.errand_effects import asked_to_begin, clauses_in, learned, surely, taken_back, threatened, told_whole
from bot.dialogue.errand_questions import elsewhere, option_in, told_and_asked
from bot.dialogue.message import Message, read
from bot.dialogue.reminders import heard_of_reminders
from bot.dialogue.signals import Signals
from bot.dialogue.thresholds import MAY_BE_DONE, OPTION_ASKING
from bot.dialogue.words.questions import pieces_of
from knowledge import hearing_done, hearing_turns
from knowledge import hearing_options as options
from knowledge import hearing_papers as papers
from knowledge import hearing_steps as hearing
from knowledge.asked_steps import asks_way, lacks_told, wishes_asked
from knowledge.clause_acts import NOTED, Does
from knowledge.errand_bounds import BRIEF, DETAILS, SHOWN, TELLING
from knowledge.frames import fold
from knowledge.hearing_clauses import goes_back, returned_to
from knowledge.hearing_others import names_step
from knowledge.hearing_steps import Wish
from knowledge.hearing_things import of_errand
from knowledge.hearing_turns import step_wanted
from knowledge.procedures import steps_of
from knowledge.telling_steps import Show

LEAVES = frozenset[str]({Does.LEAVE, Does.SKIP})
"""What is said of an errand that is not gone on with."""
VIEWED = {Wish.OTHER: Show.OTHER, Wish.FORWARD: Show.FORWARD, Wish.BRING: Show.TAKE}
MOVES: Mapping[Wish, Callable[[Progress, Signals, Conversation], Decision]] = {
    Wish.NEXT: errands.passed,
    **dict.fromkeys((Wish.NOW, Wish.REPEAT), errands.resumed),
    Wish.BACK: errands.went_back,
    Wish.DROP: partial(errands.shown_of, view=Show.PAUSED),
}
"""What a wish does that needs no more than where they stand."""


def steps(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the words do with a reminder, or with the procedure that is open or asked for."""
    if m.empty or m.inbound.kind is not Kind.TEXT:
        return None
    return heard_of_reminders(m, s, state, heard_of_steps) or heard_of_steps(m, s, state)


def heard_of_steps(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What words do with the open procedure, or the one that they ask for; None where they are of another matter."""
    if state.checklist.refused or state.checklist.opened is not None:
        return errands.by_code(state.checklist.opened, s, state)
    ours, righted = errands.open_in(s, state), s.acts.righted
    if ours and not righted.rejects and (away := _turned_away(ours, m, s, state)):
        return away
    if righted.rejects and righted.meant:  # what is not meant tells nothing of a step
        if righted.denied:
            return None
        m = replace(m, text=righted.meant)
    known = of_errand(pieces_of(m.text, s.knowledge), ours.procedure, s.knowledge) if ours else None
    found = None if known == "" else _heard(replace(m, text=known) if known else m, s, state)
    last = errands.last_of(s, state)
    sure = surely(found, last, m, s, state)
    if found and last and sure is None and state.in_errand and "complains" not in s.acts.said:
        return surely(learned(last, m, s, state), last, m, s, state)  # without its frames
    return sure


def _turned_away(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Another matter that is wanted instead, or first: the open errand is left, and that begins, or is answered."""
    own, clauses = s.knowledge.procedures[ours.procedure], clauses_in(m, ours, s)
    others = {one: {*hearing.named_in(one.text, s.knowledge)} - {own.id} for one in clauses}
    refused = [one for one in clauses if one.does[0] in LEAVES and not (one.marked or others[one])]
    rest = [one for one in clauses if one not in refused]
    wants = any(Does.BEGIN in one.does for one in rest)
    asks = wants or any(one.marked or Does.ASKS in one.does or others[one] for one in rest)
    last = [one for one in refused[-1:] if one is clauses[-1] and not names_step(one.text, own, s.knowledge)]
    if last and not asks and (rest or all(Does.LEAVE in one.sure for one in refused)):
        return errands.shown_of(ours, s, state, view=Show.PAUSED)
    aside = any(one.marked or one.does[0] in one.sure & NOTED for one in rest)  # "otra cosa, ¿cómo …?"; "no, la perdí"
    if not (rest and asks) or not (refused or (wants and not aside)):
        return None
    asked = read(replace(m.inbound, text=", ".join(one.text + "?" * one.marked for one in rest)), s.knowledge)
    left = (*(one for one in state.steps if one.procedure != own.id), ours.having(paused=True))
    away = state.having(steps=left, topic=None, section=None)
    there, letters, k = s.of(asked, away), asked.letters, s.knowledge
    named = [one for one in hearing.named_in(letters, k) if one != own.id]
    step = step_wanted(letters, own.id, [one.id for one in own.steps], k) if named else names_step(letters, own, k)
    elsewhere = there.ranking.verdict != "admit" and there.ranking.candidates[0].topic not in own.topics
    if step or not (named or elsewhere):
        return None
    public = [one for one in named if not k.procedures[one].private]
    begun = asked_to_begin(public, asked, there, away) if wants and public and not asked.aspects else None
    return begun or Decision(Outcome.QUESTION, why="turned away", changes={"steps": left}, instead=asked.text)


def _heard(m: Message, s: Signals, state: Conversation) -> Decision | None:
    words, here = len(m.letters.split()), state.near_errand
    limit = TELLING if here else BRIEF
    said = hearing.wishes_in(m.letters, s.knowledge)
    if words > limit:
        said = hearing_turns.wishes_in_story(m.letters, pieces_of(m.text, s.knowledge), s.knowledge)
    named = hearing.named_in(fold(s.acts.righted.meant) or m.letters, s.knowledge)
    begun = [one for one in state.steps if one.procedure in s.knowledge.procedures]
    ours = next((one for one in reversed(begun) if one.procedure in named), begun[-1] if begun else None)
    unbegun = bool(named) and {*named}.isdisjoint(one.procedure for one in begun)
    starts = Wish.START in said or (Wish.BEGIN in said and unbegun and not s.knowledge.procedures[named[0]].private)
    starts |= Wish.NOW in said and not begun and state.in_danger  # a death: "qué sigue"
    starts |= Wish.RESUME in said and unbegun and (not here or goes_back(m.letters, s.knowledge))
    if starts and Wish.DROP not in said and (begin := asked_to_begin(named, m, s, state)):
        return begin
    if Wish.DOORS in said or (Wish.COMPARE in said and len(named) > 1):
        return errands.beside(() if Wish.DOORS in said else named[:2], s)
    if Wish.LETTER in said and words <= BRIEF and (given := errands.letter_of(named, ours, m, s, state)):
        return given
    if ours is None:
        return errands.gone(state) if Wish.RESUME in said and state.steps else None
    if ours.stops(state.turns) and (freed := _no_longer_stopped(ours, m, s, state)):
        return freed
    if state.watched and said and s.now - ours.at > UNSEEN and ours.procedure not in named:  # it is not named first
        return errands.shown_of(ours.having(veiled=True), s, state, view=Show.VEILED)
    if Wish.ANEW in said:
        left = state.having(steps=tuple(one for one in state.steps if one is not ours), heard=())
        return errands.begun_with(s.knowledge.procedures[ours.procedure], s, left)
    if words > limit or not (here or _goes_back(ours, said, m, s)):
        return _of_errand(ours, said, m, s, state)
    if lent_phone(m) and said.isdisjoint({Wish.DONE, Wish.HAS, Wish.EVERY}):
        return errands.shown_of(ours, s, state, view=Show.LENT)
    if back := taken_back(ours, m, s, state):
        return back
    return told_whole(_told(ours, said, m, s, state), ours, m, s, state) or learned(ours, m, s, state)


def _told(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What a message tells and asks of the open errand, and what it answers beside that."""
    own, answers = s.knowledge.procedures[ours.procedure], options.options_told(m.letters, ours.procedure, s.knowledge)
    left = [one.id for one in own.questions if f"?{one.id}" in ours.later]  # an answer to what was left open
    answers |= {q: option for q in left if (option := options.option_framed(m.letters, own.id, q, s.knowledge))}
    known = ours.told(own, s.answers(ours), answers)
    tells, asked = told_and_asked(m)
    told = hearing.wishes_told(tells, s.knowledge)
    if leaves := in_errand.left_open(known, m, s, state):
        return leaves
    found = None if asked and tells.empty else _of_errand(known, told, tells, s, state)
    warned = threatened(found, known, s, state) if Wish.THREAT in said else None
    named = answers or Wish.RESUME in said or papers.papers_named(s.message.letters, own.id, s.knowledge)
    if warned or (not (found or named) and elsewhere(known, s, asked)):
        return warned
    asked = [*(replace(m, text=one) for one in lacks_told(tells.text, known, s.knowledge)), *asked]
    goes_on = {Wish.NOW, Wish.NEXT} & said if asked else {Wish.GO_TO} & said
    unheard = len(asked) <= 1 and not (tells.empty or (found and errands.moves(found, known)))
    if goes_on and unheard and (heard := learned(known, m, s, state)) and errands.moves(heard, known):
        return heard  # "va el especial, ¿qué sigue?"
    if asked:
        beside = in_errand.answered_too(found, known, asked, s, state) or _of_errand(known, said, m, s, state)
        onward = any(Does.NEXT in one.sure for one in clauses_in(m, known, s))
        alone = len(asked) == 1 and not onward and wishes_asked(asked[0].letters, s.knowledge).isdisjoint(SHOWN)
        return beside or (in_errand.detail(known, asked[0], s, state) if alone else None)
    noted = bool(answers) or options.said_again(m.letters, own, known.answers, known.second, s.knowledge)
    noted |= Wish.IN_HAND in told and known.past.issuperset(one.id for one in steps_of(own, known.answers))
    return found or (errands.following(known, s, state, heads=("steps.noted",)) if noted else None)


def _no_longer_stopped(ours: Progress, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The other answer to the question that ended it a few turns ago: "ya nos dieron el RFC"; or that it is near."""
    tells, asked = told_and_asked(m)
    procedure, question = s.knowledge.procedures[ours.procedure], ours.asked or ""
    told = options.options_told(tells.letters, procedure.id, s.knowledge)
    ours = ours.told(procedure, s.answers(ours), told)
    if Wish.ALMOST in hearing.wishes_in(tells.letters, s.knowledge):
        return errands.shown_of(ours, s, state, view=Show.PAUSED)
    framed = options.option_framed(tells.letters, procedure.id, question, s.knowledge)
    learned, margin = option_meant(tells.text, procedure.id, question, s.knowledge)
    option = framed or (None if options.lead_of(tells.letters, s.knowledge) or margin < OPTION_ASKING else learned)
    free = [one.id for held in procedure.questions if held.id == question for one in held.options if one.stop is None]
    if option is None or option not in free:
        return None
    after = errands.answered(ours.having(paused=False), s, state, question, option)
    stands = after.changes["steps"][-1]
    m = replace(m, text=" ".join(one.text for one in asked)) if stands.asked else m  # what it tells was heard
    beside = (asked or not stands.asked) and _told(stands, hearing.wishes_in(m.letters, s.knowledge), m, s, state)
    return beside if beside and errands.moves(beside, stands) else after  # "ya salió, y ya escaneamos todo"


def _of_errand(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What words mean for the open errand: where they want to go, what is in the way, then what is done, had, asked."""
    said = hearing_turns.wishes_of(said, m.letters, ours.procedure, s.knowledge)
    ours = ours.unmarked(s.knowledge.procedures[ours.procedure], s.answers(ours), m, said, s.knowledge)
    framed = ours.asked and options.option_framed(m.letters, ours.procedure, ours.asked, s.knowledge)
    free = ours.answering(ours.asked or "", framed, m.letters, s.knowledge) if framed else ours
    if turned := in_errand.turned_to(free, said, m, s, state):
        return turned
    in_way = {Wish.MOVED} if framed else {Wish.STUCK, Wish.MOVED}  # "no aparece", asked whether it did
    if found := in_errand.troubled(free, said & in_way, m, s, state):
        return found
    if _goes_back(ours, said, m, s):
        moved = _moved(ours, said, m, s, state)
        return moved if moved and errands.moves(moved, ours) else errands.resumed(ours, s, state)
    if Wish.TOTAL in said:
        return in_errand.detail(ours, m, s, state) or errands.summed(ours, s, state)
    if Wish.MISSING in said and said.isdisjoint({Wish.EVERY, Wish.OTHER}):
        return errands.shown_of(ours, s, state, view=Show.LIST, why="what is left")
    return _moved(ours, said, m, s, state) or (errands.following(ours, s, state) if ours.denied else None)


def _goes_back(ours: Progress, said: Collection[Wish], m: Message, s: Signals) -> bool:
    """Whether words ask where they stand, or go back to it by its name."""
    veiled = ours.veiled and ours.procedure in hearing.named_in(m.letters, s.knowledge)
    return veiled or Wish.RESUME in said or ours.procedure in returned_to(m.letters, s.knowledge)


def goes_on(m: Message, s: Signals, state: Conversation) -> bool:
    """Whether a message begins an errand or is a word to one, or one is open that it may be of."""
    return errands.open_in(s, state) is not None or heard_of_steps(m, s, state) is not None


def _moved(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the words do with it: the most particular first."""
    procedure = s.knowledge.procedures[ours.procedure]
    open_yet = not ours.paused and (state.turns - ours.turn <= NEAR or state.topic in procedure.topics)
    free = not options.says_no(m.letters, procedure, ours.asked, s.knowledge)  # a no is of what we asked
    known, denies = s.answers(ours), free and Wish.DENIES in said
    meant = bool(said & {Wish.INSTEAD, Wish.UNMARKS}) or (free and "corrects" in s.acts.said)
    changes = open_yet and "?" not in m.text and (meant or denies)
    ours, before = (ours.anew(procedure, known, m, s.knowledge, meant=meant) if changes else ours), ours
    order = list(steps_of(procedure, s.answers(ours)))
    asks = ("?" in m.text or (m.asks and m.aspects)) and said.isdisjoint({Wish.NOW, Wish.NEXT})
    may = open_yet and not m.asks  # not "que es el acta larga, a mi me dieron una chiquita"
    ticked = papers.ticked_in(m, said, procedure, order, ours, state.heard[-1:], s.knowledge) if may else {}
    did, denied, undone, ticked = hearing_done.done_and_not(m, said, procedure.id, order, ticked, ours, s.knowledge)
    trouble = hearing_done.troubles_left(said, did, ticked)
    if m.tells and open_yet and (asked := papers.papers_demanded(m.text, procedure, order, s.knowledge)) is not None:
        return in_errand.demanded(ours, ticked, asked, did, s, state)
    if did and not asks and not (trouble and open_yet):
        told = options.options_beside_done(m.letters, procedure.id, ours.asked, s.knowledge)
        kept, did = ours.told_done(procedure, s.answers(ours), did, ticked, told, said)
        return errands.moved_on(kept, s, state, *did, but=denied)
    if not open_yet:
        return None
    if ours is not before:
        return errands.following(ours.ticked(ticked).undone(procedure, undone), s, state, heads=("steps.noted",))
    held = ours.ticked(ticked)
    if found := _answers(ours, said, ticked, m, s, state) or in_errand.troubled(held, trouble, m, s, state):
        return found
    almost = (ours.step or "",) if Wish.ALMOST in said and Wish.DONE not in said and not ticked else ()
    if (undone := undone or almost) and not m.asks:
        return errands.not_yet(ours.ticked(ticked), s, state, *undone)
    if ticked:
        return in_errand.with_papers(ours, ticked, s, state, now=Wish.NOW in said)
    early = options.option_said(m.letters, procedure, s.answers(ours), s.knowledge)
    if early and not (m.asks or hearing.wishes_in(m.letters, s.knowledge) - hearing.PARTS):
        return errands.answered(ours, s, state, *early)
    return in_errand.confirmed(ours, s, state) or _plainly(ours, said, m, s, state)


def _answers(
    ours: Progress, said: set[Wish], ticked: dict[str, str], m: Message, s: Signals, state: Conversation
) -> Decision | None:
    """What the words mean, or a fact told in them, answers a question of ours; a trouble told beside it counts too."""
    if ours.asked is None:
        return None
    procedure = s.knowledge.procedures[ours.procedure]
    option = s.answers(ours).get(ours.asked) or option_in(ours.asked, procedure, m, s)
    if Wish.HALVES in said and option in hearing.PLAIN:
        return errands.following(ours.ticked(ticked).halved(procedure), s, state, heads=("steps.halves",))
    if option is None:
        return None
    after = errands.answered(ours.ticked(ticked), s, state, ours.asked, option)
    own = options.wishes_answering(m.letters, procedure.id, ours.asked, s.knowledge)
    stands, trouble = after.changes["steps"][-1:], said - own - {Wish.STUCK}
    return next((found for one in stands if (found := in_errand.troubled(one, trouble, m, s, state, told=True))), after)


def _plainly(ours: Progress, said: set[Wish], m: Message, s: Signals, state: Conversation) -> Decision | None:
    if state.turns - ours.turn <= 1 and "?" not in m.text and Wish.DENIES not in said:  # right behind a step
        said = said | ({Wish.DONE, Wish.REPEAT} & {*s.acts.all})
    but = {Wish.EVERY, Wish.LACKS} <= said  # "ya tengo todo, menos eso del pediatra": which one nobody knows
    if view := next((shown for wish, shown in VIEWED.items() if wish in said), Show.LIST if but else None):
        noted = (NotUnderstood(m.text, m.lang),) if view is Show.OTHER else ()
        return errands.shown_of(ours, s, state, view=view, events=noted)
    if Wish.PRINT in said:
        private = s.knowledge.procedures[ours.procedure].private
        code = "" if private or state.watched else ours.code or state.checklist.code
        return errands.shown_of(ours.having(code=code), s, state, view=Show.CODE, why="a code")
    now = Wish.NOW in said or Wish.NEXT in said
    learned = Wish.NEXT not in said and s.acts.likely.get(DONE, MAY_BE_DONE - 1) >= MAY_BE_DONE
    told = Wish.EVERY in said or (now and (learned or Wish.HAS in said) and Wish.DENIES not in said)
    other = Wish.BOOKED in said or hearing_turns.names_other(m.letters, ours, s.answers(ours), s.knowledge)
    if ((Wish.DONE in said and (now or not other)) or told) and ("?" not in m.text or now):
        return errands.moved_on(ours, s, state)
    if (move := next((move for wish, move in MOVES.items() if wish in said), None)) is not None:
        return move(ours, s, state)
    asks = Wish.OF_IT in said or asks_way(m.letters, s.knowledge) or not DETAILS.isdisjoint(m.aspects)
    return in_errand.detail(ours, m, s, state) if asks else None
