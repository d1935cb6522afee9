"""Which errand is asked for; what answers a question in the middle of one: its steps, papers, any section."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from math import log

from bot.conversation import KEPT, Conversation, Progress
from bot.conversation.payload import pages_in
from bot.conversation.payload import read as read_payload
from bot.dialogue import thresholds as least
from bot.dialogue.danger.classifiers import option_meant
from bot.dialogue.decision import Section
from bot.dialogue.message import Message, read
from bot.dialogue.person.told import closed, closed_to
from bot.dialogue.ranking.nearness import nearness
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.ranking.sections import said_in
from bot.dialogue.signals import Signals
from bot.dialogue.signals.found import BEST, Candidate, Ranking
from bot.dialogue.words.features import features_of
from bot.dialogue.words.questions import pieces_of
from bot.dialogue.words.talk import surely_beyond
from knowledge import asked_steps as asking
from knowledge import hearing_options as options
from knowledge import hearing_steps as hearing
from knowledge import procedures as walk
from knowledge.choosing import EMPTY, Others
from knowledge.errand_bounds import UNLIKELY
from knowledge.frames import fold
from knowledge.hearing_clauses import IF, apart, is_bare, marked, named_before
from knowledge.hearing_papers import others_named
from knowledge.hearing_steps import Wish, wishes_in
from knowledge.particulars import SECTION, answers_particular, asked_particularly
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect
from knowledge.titles import names_title

NEITHER = 1 / 1024
"""No likelihood of a section counts as less."""
GENERAL = (Aspect.WHAT, Aspect.HOW, Aspect.REQUIREMENTS)
"""What is told of a matter as a whole: no more than its steps do."""
OF_STEPS = (asking.MUST, *IF)
"""What is asked of a step that no section tells: whether it must be, what to do if not."""


def told_in_mexico(procedure: Procedure, s: Signals) -> Section | None:
    """Of an errand for who is abroad what is said to who is in Mexico; None where its steps are for them."""
    topic = procedure.topic_for(s.person.country)
    likely = (one.section for one in s.of_person(s.message.text).ranking.candidates if one.topic == topic)
    return Section(topic, next(likely, s.knowledge.topics[topic].sections[0].id)) if topic else None


def told_beside(ours: Progress, asked: Message, s: Signals, theirs: Others = EMPTY) -> Section | asking.Told | None:
    """What tells what is asked most nearly: of the errand's steps, or any section; `theirs`: errands that it is of."""
    named = theirs.get(asked.letters) or others_named(ours.procedure, asked.letters, s.knowledge)
    procedure = s.knowledge.procedures[(*named, ours.procedure)[0]]
    if named and (here := told_in_mexico(procedure, s)):
        return here
    held = ours.having(answers=s.answers(ours))
    framed = None if named else asking.told_of(asked, held, s.knowledge, s.today)
    if framed and framed == asking.price_told(procedure, held.answers, s.knowledge, s.today):
        topic, _, section = framed[0].removeprefix(SECTION).partition("/")
        return Section(topic, section, short=True) if framed[0].startswith(SECTION) else framed
    bare = is_bare(asked.letters)
    fits = asked_particularly(asked.letters, s.knowledge) or Wish.FITS in wishes_in(asked.letters, s.knowledge)
    doubted = framed is None or (fits and framed == asking.UNSAID) or framed[1] == Aspect.HOW
    if framed and not doubted and (bare or framed[1] in OF_STEPS):
        return framed
    asked = s.message if bare and not asked.aspects else asked  # "mi niña no va a la escuela, ¿la aceptan?"
    known = asked.letters == s.message.letters and s.state.topic in procedure.topics
    ranking = s.ranking if known else s.of(asked, s.near(procedure)).ranking
    near = dict[Section | asking.Told, float](_sections(ranking, procedure, asked, s))
    near |= {} if named else dict(_texts(held, asked, s))
    if framed == asking.UNSAID:
        near[framed] = least.TOLD_NOWHERE
    elif framed:
        near.setdefault(framed, least.TOLD_AS_WELL)
        near[framed] += least.TOLD_FRAMED * asking.is_surely_asked(asked, framed, held, s.knowledge)
    best = max(near, key=near.__getitem__, default=None)
    return best if best and near[best] >= least.TOLD_LEAST else None


def _sections(ranking: Ranking, procedure: Procedure, asked: Message, s: Signals) -> Iterator[tuple[Section, float]]:
    """Sections that may answer, and how nearly; not what is closed to this person, or tells nothing particular."""
    brief = asked_particularly(asked.letters, s.knowledge) is None  # a short form may not speak of it
    for one in ranking.candidates[: 2 * BEST]:
        topic = s.knowledge.topics[one.topic]
        shut = one.section in closed(topic, s.person, asked.text, s.knowledge)
        if shut or not answers_particular(asked.letters, one.topic, one.section, procedure, s.knowledge):
            continue
        near = nearness(asked.text, [topic.section_or_first(one.section).text.say(s.lang)], s.knowledge)
        whole = 0.0 if is_particular(one, s) else least.TOLD_WHOLE
        less = whole if one.topic in procedure.topics else least.TOLD_OTHER
        score = near + least.TOLD_RANKED * log(one.score + NEITHER) + least.TOLD_SECTION - less
        yield Section(one.topic, one.section, short=brief), score


def is_particular(one: Candidate, s: Signals) -> bool:
    """Whether a section tells more than what a matter is, how it goes and what it takes, as the steps do."""
    return s.knowledge.topics[one.topic].section_or_first(one.section).aspect not in GENERAL


def _texts(ours: Progress, asked: Message, s: Signals) -> Iterator[tuple[asking.Told, float]]:
    """What steps and papers tell, and how nearly; the text of the open step was said just before."""
    own, lang = s.knowledge.procedures[ours.procedure], s.lang
    theirs, wanted = walk.steps_of(own, ours.answers), {*map(str, asked.aspects)}
    unpriced = wanted.isdisjoint(walk.PRICES)
    for step in theirs:
        for key, words in asking.texts_of(step).items():
            near = nearness(asked.text, [words.say(lang)], s.knowledge, step.name.say(lang))
            near += least.TOLD_ASKED * (key in wanted) - least.TOLD_PRICE * (unpriced and key in walk.PRICES)
            if step.id == ours.step:
                near += least.TOLD_HERE - least.TOLD_BEFORE * (key == Aspect.HOW)
            yield (step.id, key), near
    bring = {paper: step.id == ours.step for step in theirs for paper in step.bring}
    for paper in (one for one in own.papers if one.id in bring):
        told = [words.say(lang) for words in (paper.holds, paper.given_by) if words]
        near = nearness(asked.text, told, s.knowledge, paper.name.say(lang)) + least.TOLD_HERE * bring[paper.id]
        near += least.TOLD_ASKED * (Aspect.REQUIREMENTS in wanted)
        yield (walk.paper_key(paper.id), Aspect.REQUIREMENTS), near


def told_and_asked(m: Message) -> tuple[Message, Sequence[Message]]:
    """What a message tells, and its questions; whether something will do is asked of what was told right before."""
    told, asked = apart(marked(pieces_of(m.text, m.knowledge), m.knowledge), m.knowledge)
    plain = (hearing.beside_wish(Wish.AGAIN, one, m.knowledge) for one in asked)
    return replace(m, text=", ".join(told), tells=True), [replace(m, text=f"{one}?") for one in plain if one]


def elsewhere(ours: Progress, s: Signals, asked: Sequence[Message] = ()) -> bool:
    """Whether a message is surely of another matter: by a name (in what is `asked`), a topic far ahead."""
    first, procedure = next(iter(s.ranking.candidates), None), s.knowledge.procedures[ours.procedure]
    if first is None or first.topic in procedure.topics or s.ranking.verdict != "answer":
        return False
    letters = " ".join(one.letters for one in asked) or s.message.letters
    named = any(one != procedure.id for one in hearing.named_in(letters, s.knowledge))
    far = named or names_title(letters, first.topic, procedure, ours.step, s.knowledge)
    few = len(letters.split()) <= UNLIKELY and s.message.aspects  # "cuánto tarda en llegar"
    far |= (first.score >= least.ASIDE_OTHER and not few) or "other_matter" in s.acts.said
    return far or (not asked and s.is_beside(procedure))  # which reads a part anew: last


def option_in(question: str, procedure: Procedure, m: Message, s: Signals) -> str | None:
    """The answer that words give to an errand's question: its own words, as was learned, a plain yes or no."""
    m = replace(m, text=options.beside_papers(m.text, procedure.id, s.knowledge)) if m.tells else m
    wish = hearing.is_wish(m.letters, s.knowledge)  # "creo que no" asks nothing
    asks = not wish and (m.asks or m.person.asks)
    learned, margin = option_meant(m.text, procedure.id, question, s.knowledge)
    if margin >= least.OPTION_SURE and not (wish or Wish.DENIES in wishes_in(m.letters, s.knowledge)):
        return learned  # "por internet no, en el consulado" is read by its frames
    surely = asks or options.must_be_sure(m.letters, procedure, question, learned, s.knowledge)
    sure = not wish and margin >= (least.OPTION_ASKING if surely else least.OPTION)
    said = (m.letters, s.acts.said, learned if sure else None, m.text.split(", ")[0])
    return options.option_given(*said, procedure, question, s.knowledge, asks=asks)


def errands_meant(named: Collection[str], m: Message, s: Signals, state: Conversation) -> Section | Sequence[Procedure]:
    """The errands that somebody may want to begin; or what is told of that to who is in Mexico."""
    before = named_before([fold(one.text) for one in state.heard], state.topic, s.knowledge)
    said = {name for one in state.heard for name in hearing.named_in(fold(one.text), s.knowledge)}
    offered = [s.knowledge.procedures[one] for one in errands_offered(state) if one and one in s.knowledge.procedures]
    offered = [one for one in offered if one.id in said] or offered  # "to renew it" was said
    if len(offered) == 1 and not named:
        return offered
    rest = hearing.beside_wish(Wish.START, m.letters, s.knowledge)
    asked = read(replace(m.inbound, text=rest), s.knowledge)  # bare words for steps are of no matter
    ranking = (s if rest == m.letters else s.of(asked, state)).ranking
    sure = [(one.topic, one.section) for one in ranking.candidates[:1] if one.score >= least.ANSWER_OPEN]
    sure += [(state.topic, state.section)] if state.topic and state.section and not named else []
    spoken = [s.knowledge.procedures[one] for one in named or before] or _spoken_of(rest, ranking, s, state)
    spoken = [one for one in spoken if one.id in said] or spoken
    found = [one for one in spoken if all(walk.covers(one, *place, s.knowledge) for place in sure)]
    strange = surely_beyond(m.text, s.knowledge)  # "el pasaporte americano": not ours, and not the Mexican one
    found = [one for one in found if strange is None or set(one.topics).isdisjoint(strange.topics)]
    known, places = s.knowledge, ((one, *walk.section_of(one, Aspect.WHAT, s.knowledge)) for one in found)
    theirs = [one for one, topic, at in places if closed_to(known.topics[topic], at, s.person, m.text, known) is None]
    elsewhere = [told for one in theirs if (told := told_in_mexico(one, s))]
    return elsewhere[0] if elsewhere and len(elsewhere) == len(theirs) else theirs[:KEPT]


def _spoken_of(rest: str, ranking: Ranking, s: Signals, state: Conversation) -> list[Procedure]:
    """What stands behind the section that the words are surely of, else behind the one that is open."""
    surely = ranking.verdict == "answer" and bool(said_in(rest, ranker_of(s.knowledge), s.knowledge))
    sure = [(one.topic, one.section) for one in ranking.candidates[:1] if surely]
    offered = (
        walk.offered_with(one[0], one[1] or "", s.knowledge)
        or (walk.behind_section(*one, s.knowledge) if one in sure else ())
        for one in (*sure, (state.topic, state.section))
        if one[0]
    )
    meant = {one.id: one for page in pages_in(state.offered) for one in walk.offered_with(*page, s.knowledge)}
    likely = [one for one in ranking.candidates if ranking.verdict != "admit" and one.score >= least.OFFER]
    led = {one.id: one for at in likely for one in walk.behind_section(at.topic, at.section, s.knowledge)}
    return list(next(filter(None, offered), (meant or (led if len(led) == 1 else {})).values()))


def errands_offered(state: Conversation) -> list[str | None]:
    """For each choice on offer the errand that it begins or goes on with."""
    taps = (read_payload(one.payload) for one in state.offered)
    return [tap.parts[0] if tap and tap.kind == "z" and tap.parts[1:] in ((), ("g",)) else None for tap in taps]


def who_is_gone(ours: Progress, m: Message, s: Signals) -> bool:
    """Whether the question that waits is answered with who is gone, whom nobody looks for: the other parent."""
    own, who = s.knowledge.procedures[ours.procedure], {*features_of(s.knowledge).concepts(m.letters.split())}
    said = option_in(ours.asked, own, m, s) if ours.asked and "child" not in who else None
    options = chain.from_iterable(one.options for one in own.questions if one.id == ours.asked)
    return any(one.id == said and who & {*one.missing} for one in options)
