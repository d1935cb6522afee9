"""A procedure as replies: a step, what it needs, what is told of it, what is left, what ends it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.conversation import Block, Choice, Conversation, Part, Reply, ReplyKind, Role
from bot.dialogue import decision as acts
from bot.dialogue.message import Message
from bot.dialogue.rendering import words as shared
from bot.dialogue.rendering.words import OPENED, Rendered, View
from bot.dialogue.signals import Signals
from bot.texts import say
from knowledge.asked_steps import price_told
from knowledge.citing import age_note
from knowledge.comparing import beside
from knowledge.frames import fold
from knowledge.hearing_options import options_left
from knowledge.hearing_steps import TROUBLES, Wish, day_in, wishes_in
from knowledge.noting import ALL_NOTED, NOT_YET, NOTED, noted
from knowledge.procedures import steps_of, stopped_by
from knowledge.render import fill
from knowledge.taking import lacked, names_listed, otherwise, step_papers, taken, ways_of
from knowledge.telling_steps import Show, Teller

Replied = tuple[Sequence[Block], Sequence[Choice]]


def render_step(act: acts.Step, m: Message, s: Signals, state: Conversation) -> Rendered:
    """One view of a procedure, behind the lines in front of it."""
    procedure = s.knowledge.procedures.get(act.progress.procedure)
    if procedure is None:
        menu = shared.menu_choices(s.knowledge, s.lang)
        return Rendered((Reply(ReplyKind.QUESTION, say("steps.gone", s.lang), menu),))
    teller = Teller(procedure, act.progress.answers, act.progress.has, s.knowledge, s.lang, s.today, state.country)
    view = View(act, s, procedure, teller)
    blocks, choices = VIEWS[act.view](view)
    if ways := ways_of(act.ways, act.about, act.beside, teller, act.view, state.steps):
        by = say("steps.waits" if act.view is Show.END else "steps.got_by", s.lang, names=teller.titles(ways))
        blocks = (by, *blocks) if act.view in (Show.STEP, Show.QUESTION) else (*blocks, by)
        choices = (*choices, *(shared.way_in(one, s, state, named=True) for one in ways))
    steps = "; ".join(teller.say(step.name) for step in steps_of(procedure, act.progress.answers))
    title = procedure.title.say(s.lang).removesuffix(".")
    held = (
        one for one in state.steps if one.procedure == procedure.id and not (one.over and "steps.begin" in act.heads)
    )
    before = next(held, None)
    stands = f"{procedure.id} {s.today} {act.progress.holds}" if "steps.resumed" in act.heads else ""
    if stands and act.view is not Show.LIST and stands not in state.said_before.shown:  # the same list once a day
        blocks = (*blocks, *teller.stands(act.progress))
    names, new = noted(teller, before, act.progress, s.situation.shown(), m.letters, act.heads, act.view)
    every = ((key, say(key, s.lang, title=title, steps=steps, names=names)) for key in dict.fromkeys(act.heads))
    heads = [told + new * (key in (NOTED, ALL_NOTED, NOT_YET)) for key, told in every]
    unknown = say("steps.unknown", s.lang, contacts=teller.ask())
    said = [block if isinstance(block, str) else block.text for block in blocks]
    beside = [one for one in act.beside if act.view is not Show.STUCK or one[1] not in TROUBLES]
    told = (*heads, *teller.told_beside(beside, said, unknown, act.progress.step), *blocks)
    # A letter is a message of its own, to be copied.
    bubbles = [(one,) for one in told if one] if act.view is Show.LETTER else [told]
    *first, last = (Reply.of(ReplyKind.QUESTION, one) for one in bubbles)
    return Rendered((*first, replace(last, choices=tuple(choices))), (stands,) * bool(stands))


def _open(view: View) -> Replied:
    """Which step stands open, in one line."""
    step = view.tell.say(view.step.name)
    told = say("steps.open_yet", view.s.lang, number=view.number, count=len(view.steps), step=step)
    return ("" if view.act.progress.asked else told,), (view.go(),)


def _almost(view: View) -> Replied:
    """What we do not know to be done; with that, it is."""
    left = [step for step in view.steps if step.id not in view.act.progress.done]
    did = view.tap("d", left[-1].id, key="steps.all_did")
    return (say("steps.almost", view.s.lang, names=view.tell.names(left)),), (did, view.go())


def _moved(view: View) -> Replied:
    """The new day in their own words; the step stays open."""
    day = day_in(view.s.message.letters, view.s.knowledge)
    told = say("steps.moved_day" if day else "steps.moved", view.s.lang, day=day, step=view.tell.say(view.step.name))
    return (told,), view.step_buttons()


def _step(view: View) -> Replied:
    """`Paso 2 de 5: …`, its deadline, the age and source of what it says."""
    step, s, tell = view.step, view.s, view.tell
    before = next((one.step for one in s.state.steps if one.procedure == view.procedure.id and not one.asked), None)
    if (view.act.beside or "steps.noted" in view.act.heads) and before == step.id:  # it was said whole
        told = f"{tell.say(step.name)}\n{otherwise(tell, step, s.state.turns)}".strip()
        return (*_numbered(view, told), view.source(step.sources)), view.step_buttons()
    used = fill(step.text.say(s.lang), s.knowledge, s.lang, s.today).used
    return (
        *_numbered(view, tell.say(step.text)),
        *(tell.deadline(one) for one in view.procedure.deadlines if one.step == step.id),
        Part(Role.NOTE, age_note(used, step.ask or view.procedure.ask, s.knowledge, s.lang, s.today)),
        view.source(step.sources, step.text.es),
    ), view.step_buttons()


def _numbered(view: View, text: str) -> tuple[Block, ...]:
    """`Paso 2 de 5:` and what it says."""
    head = say("steps.step", view.s.lang, number=view.number, count=len(view.steps), text="").rstrip()
    return Part(Role.TITLE, head), Part(Role.ANSWER, text, " ")


def _bring(view: View) -> Replied:
    """The papers of a step, and what else is told of it."""
    step, tell = view.step, view.tell
    lines, papers, cited = step_papers(tell, step, say("steps.papers", view.s.lang))
    did, *_, later = view.step_buttons()
    models = [one.name for one in view.procedure.letters if one.step == step.id]
    letter = say("steps.has_letter", view.s.lang, names=tell.names_of(models)) if models else ""
    return (lines, tell.details(step), letter, view.source(cited)), (did, *view.ticks(papers), later)


def _take(view: View) -> Replied:
    """What is taken to the visit that is ahead; where nothing is, what is told of the step."""
    told, papers, cited = taken(view.tell, view.act.progress.step, view.act.progress.lacks)
    return ((*told, view.source(cited)), (*view.ticks(papers), view.go())) if told else _bring(view)


def _forward(view: View) -> Replied:
    """The papers alone, in words that may be sent on; of a private matter there are none."""
    if view.procedure.private:
        return (say("steps.no_forward", view.s.lang),), (view.go(),)
    head = say("steps.forward", view.s.lang, title=view.tell.say(view.procedure.title))
    return (head, names_listed(view.tell), view.tell.costs()), (view.go(),)


def _code(view: View) -> Replied:
    """The code of its page, which opens an organisation's errand on another phone too."""
    code, lang, desk = view.act.progress.code, view.s.lang, view.s.state.desk
    if not code:
        return (say("steps.no_forward", lang),), (view.go(),)
    page = say("steps.page", lang, link=f"{desk.public_url}/checklist") if desk.public_url else ""
    phone = say("steps.phone", lang) if view.procedure.organisation else ""
    return (say("steps.code", lang, code=code), page, phone), (view.go(),)


def _letter(view: View) -> Replied:
    """That it is a model and what is missing in it; then the letter alone."""
    letter = next(one for one in view.procedure.letters if one.id == view.act.about)
    text, blanks = view.tell.letter(letter)
    head = say("steps.letter", view.s.lang, name=view.tell.say(letter.name), blanks=blanks)
    return (f"{head} {view.source(letter.sources).text}", text), (shared.way_in(view.procedure, view.s, view.s.state),)


def _beside(view: View) -> Replied:
    """Several side by side; or the door that each opens without consultative status."""
    s, every = view.s, [view.s.knowledge.procedures[name] for name in view.act.about.split()]
    tellers = [Teller(one, {}, (), s.knowledge, s.lang, s.today) for one in every]
    choices = [shared.way_in(one, s, s.state, named=True) for one in every]
    if view.act.view is Show.COMPARE:
        return [beside(teller) for teller in tellers], choices
    doors = (f"• {one.say(one.procedure.without_ecosoc)}" for one in tellers)
    cited = [source for one in every for source in one.sources]
    return (say("steps.doors", s.lang), "\n".join(doors), view.source(cited)), choices


def _detail(view: View) -> Replied:
    """Where what was asked stands; the open step stays open."""
    cited = view.tell.sources_of({name for name, _ in view.act.beside})
    return (view.source(cited) if cited else "",), (view.tap("d", view.step.id, key="steps.did"), view.go())


def _paper(view: View) -> Replied:
    """How to get a paper that is not there; a gap where no source says it."""
    names, tell = view.act.about.split(), view.tell
    unknown = say("steps.paper_gap", view.s.lang, contacts=tell.ask())
    papers, has, gap, sources = lacked(tell, names, view.step, unknown)
    there = say("steps.has", view.s.lang, names=has) if has else ""
    lacks = say("steps.lacks", view.s.lang) if not {*names}.isdisjoint(view.act.progress.lacks) else ""
    told = "\n".join(map(tell.paper, papers))
    return (lacks, told, gap, view.source(sources), there), (*view.ticks(papers), view.go())


def _list(view: View) -> Replied:
    """The open step, what is done, there and missing, and what it costs by sourced prices."""
    tell, progress = view.tell, view.act.progress
    here = _numbered(view, tell.say(view.step.name)) if progress.step and progress.step not in progress.past else ()
    send = () if view.procedure.private or view.s.state.watched else (view.tap("f", key="steps.send"),)
    return (*here, *tell.stands(progress), tell.costs()), (view.go(), *view.ticks(tell.papers()), *send)


def _total(view: View) -> Replied:
    """What it costs, and the question that the sum hangs on."""
    told = view.tell.asked(*price_told(view.procedure, view.tell.answers, view.s.knowledge, view.s.today))
    if view.act.progress.asked is None:
        return (told,), (view.go(),)
    asked, choices = _question(view)
    return (told, *asked), choices


def _question(view: View) -> Replied:
    asked = next(one for one in view.procedure.questions if one.id == view.act.progress.asked)
    heard = [fold(view.s.message.text), *(fold(one.text) for one in view.s.state.heard)]
    said = ((f"{asked.id}|{one.id}", view.tell.say(one.label)) for one in options_left(asked, heard))
    return (view.tell.say(asked.ask),), [view.tap("a", about, label=label) for about, label in said]


def _stop(view: View) -> Replied:
    """Why it ends for this person, and what is possible instead."""
    option = stopped_by(view.procedure, view.tell.answers)
    choices = shared.topic_buttons(option.topics if option else (), view.s)
    told = (view.tell.say(option.stop if option else None), view.source(view.procedure.sources))
    return told, (*choices, shared.person_button(view.s.lang))


def _end(view: View) -> Replied:
    """What comes now, and what was put off."""
    left = [step for step in view.steps if step.id in view.act.progress.later and not step.optional]
    lang, names = view.s.lang, view.tell.names(left)
    finished = "steps.finished_sober" if view.procedure.sober else "steps.finished"
    done = say("steps.but", lang, names=names) if left else say(finished, lang)
    choices = (view.tap("p", step.id, label=view.tell.say(step.name)) for step in left[:OPENED])
    blocks = (done, view.tell.say(view.procedure.end), view.source(view.procedure.sources))
    return blocks, (*choices, view.tap("m", key="steps.mine"))


def _other(view: View) -> Replied:
    """What is asked for beside what we said, kept where we know it; the step stays open."""
    papers = view.tell.asked_for(view.act.about.split())
    kept = say("steps.misses", view.s.lang, names=view.tell.names(papers)) if papers else ""
    told = say("steps.other", view.s.lang, contacts=view.tell.ask(view.step))
    return (kept, told), (view.go(), shared.person_button(view.s.lang))


def _unsure(view: View) -> Replied:
    """Whether the open step is done, or its question once more; and the section that the words may be of."""
    topic, _, section = view.act.about.partition("/")
    found = view.s.knowledge.topics.get(topic)
    other = (shared.topic_button(found, view.s.knowledge, view.s.lang, section),) if found else ()
    if view.act.progress.asked is not None:
        asked, choices = _question(view)
        return (say("steps.pick", view.s.lang), *asked), (*choices, *other)
    title, step = view.tell.say(view.procedure.title).removesuffix("."), view.tell.say(view.step.name)
    asked = say("steps.unsure", view.s.lang, number=view.number, count=len(view.steps), title=title, step=step)
    asks = "?" in view.s.message.text or view.s.message.aspects
    unknown = say("steps.unknown", view.s.lang, contacts=view.tell.ask(view.step)) if asks else ""
    return (unknown, asked), (*view.step_buttons(), *other)


def _stuck(view: View) -> Replied:
    """What to do where something stands in the way; the step stays open."""
    step, tell = view.step, view.tell
    heard = {Wish(aspect) for _, aspect in view.act.beside if aspect in TROUBLES}
    told, sources = tell.trouble(step, heard or wishes_in(view.s.message.letters, view.s.knowledge))
    stays = say("steps.stuck", view.s.lang, step=tell.say(step.name)) if view.act.about else ""
    cited = view.source(sources) if told else say("steps.untold", view.s.lang, contacts=tell.ask(step))
    buttons = view.step_buttons() if stays else (view.go(),)
    return (stays, told, cited), (*buttons, shared.person_button(view.s.lang))


VIEWS: Mapping[Show, Callable[[View], Replied]] = {
    Show.STEP: _step,
    Show.QUESTION: _question,
    Show.BRING: _bring,
    Show.TAKE: _take,
    Show.FORWARD: _forward,
    Show.CODE: _code,
    Show.COMPARE: _beside,
    Show.DOORS: _beside,
    Show.LETTER: _letter,
    Show.DETAIL: _detail,
    Show.PAPER: _paper,
    Show.LIST: _list,
    Show.TOTAL: _total,
    Show.STOP: _stop,
    Show.END: _end,
    Show.OTHER: _other,
    Show.PAUSED: lambda view: ((say("steps.paused", view.s.lang),), ()),
    Show.UNSURE: _unsure,
    Show.STUCK: _stuck,
    Show.OPEN: _open,
    Show.ALMOST: _almost,
    Show.MOVED: _moved,
    Show.LENT: lambda view: ((say("steps.lent", view.s.lang),), ()),
    Show.VEILED: lambda view: ((say("steps.veiled", view.s.lang),), ()),
}
