"""Which errand is asked for; what answers a question in the middle of one: its steps, papers, any section."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain

from bot.conversation import KEPT, Conversation, Progress, Want
from bot.conversation.payload import pages_in
from bot.conversation.payload import read as read_payload
from bot.dialogue import thresholds as least
from bot.dialogue.danger.classifiers import option_meant
from bot.dialogue.decision import Section
from bot.dialogue.message import Message, read, written
from bot.dialogue.person.told import closed, closed_to
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.ranking.sections import said_in
from bot.dialogue.signals import Signals
from bot.dialogue.signals.found import Candidate, Ranking
from bot.dialogue.words.features import features_of
from bot.dialogue.words.questions import pieces_of
from bot.dialogue.words.talk import surely_beyond
from knowledge import asked_steps as asking
from knowledge import hearing_options as options
from knowledge import hearing_papers
from knowledge import hearing_steps as hearing
from knowledge import procedures as walk
from knowledge.choosing import EMPTY, Others
from knowledge.errand_bounds import UNLIKELY
from knowledge.frames import fold
from knowledge.hearing_clauses import apart, is_bare, marked, named_before
from knowledge.hearing_papers import others_named
from knowledge.hearing_steps import Wish, wishes_in
from knowledge.particulars import SECTION, answers_particular, asked_particularly
from knowledge.schema.procedures import Procedure
from knowledge.schema.topics import Aspect
from knowledge.titles import names_title

GENERAL = (Aspect.WHAT, Aspect.HOW)
"""What is told of a matter as a whole: no more than its steps do."""


def told_in_mexico(procedure: Procedure, s: Signals) -> Section | None:
    """Of an errand for who is abroad what is said to who is in Mexico; None where its steps are for them."""
    topic = procedure.topic_for(s.person.country)
    likely = (one.section for one in s.ranking.candidates if one.topic == topic)
    return Section(topic, next(likely, s.knowledge.topics[topic].sections[0].id)) if topic else None


def told_beside(ours: Progress, asked: Message, s: Signals, theirs: Others = EMPTY) -> Section | asking.Told | None:
    """What tells what is asked, here or in any topic; `theirs`: the other errands that questions are of."""
    named = theirs.get(asked.letters) or others_named(ours.procedure, asked.letters, s.knowledge)
    procedure = s.knowledge.procedures[(*named, ours.procedure)[0]]
    if named and (here := told_in_mexico(procedure, s)):
        return here
    told = None if named else asking.told_of(asked, ours.having(answers=s.answers(ours)), s.knowledge, s.today)
    surely = told is not None and told != asking.UNSAID and not told[0].startswith(SECTION)
    if told and surely and asking.is_surely_asked(asked, told, ours, s.knowledge):
        return told
    goes_on = is_bare(asked.letters) and not asked.aspects  # "tengo que trabajar, ¿se puede?"
    ranking = s.ranking if goes_on else ranked_near(procedure, asked, s)
    near_ones = [one for one in ranking.candidates if one.score >= least.OFFER or one is ranking.candidates[0]]
    shut = {one.topic: closed(s.knowledge.topics[one.topic], s.person, asked.text, s.knowledge) for one in near_ones}
    free = [one for one in near_ones if one.section not in shut[one.topic]]
    meant = [one for one in free if answers_particular(asked.letters, one.topic, one.section, procedure, s.knowledge)]
    first = [one for one in meant if one is ranking.candidates[0] and ranking.verdict == "answer"]
    places = [(one.topic, one.section) if goes_on else _place(one, procedure, asked, told, s) for one in first]
    sure = [one for one in places if one]
    likely = [(one.topic, one.section) for one in meant if one.score >= least.OFFER and told != asking.UNSAID]
    of_other = (*asked.aspects, Aspect.WHAT)[0] if named else None
    held = None if surely else told
    found = asking.section_for(asked.letters, procedure, likely, sure, held, s.knowledge, s.lang, of_other)
    if told and surely and found in (None, *(walk.section_of(procedure, one, s.knowledge) for one in GENERAL)):
        return told if told != (ours.step, Aspect.HOW) else asking.UNSAID  # it was said just before
    known = None if found else asking.told_anywhere(asked.letters, s.message.letters, procedure, s.knowledge)
    brief = asked_particularly(asked.letters, s.knowledge) is None  # a short form may not speak of it
    return Section(*found, short=brief) if found else known or (told if told == asking.UNSAID else None)


def ranked_near(procedure: Procedure, asked: Message, s: Signals) -> Ranking:
    """What answers as if the errand had just been asked for: nothing of another matter, nor what was shown last."""
    topic, section = walk.section_of(procedure, Aspect.HOW, s.knowledge)
    want = Want(text=procedure.title.say(s.lang), turn=s.state.turns, answer=f"{topic}/{section}")
    return s.of(asked, s.state.having(topic=topic, section=None, wants=(want,))).ranking


def _place(
    one: Candidate, procedure: Procedure, asked: Message, told: asking.Told | None, s: Signals
) -> tuple[str, str] | None:
    """The section that surely answers; of another matter that no section is sure of, what it is."""
    own, few = one.topic in procedure.topics, len(asked.letters.split()) <= UNLIKELY
    if not own and few and not names_title(asked.letters, one.topic, procedure, None, s.knowledge):
        return None  # "¿a quién se la pedimos?"
    if one.score >= (least.ASIDE_OWN if told == asking.UNSAID else least.ASKED_HERE if own else least.BESIDE):
        return one.topic, one.section
    return None if own else (one.topic, s.knowledge.topics[one.topic].sections[0].id)


def told_and_asked(m: Message) -> tuple[Message, Sequence[Message]]:
    """What a message tells, and its questions; whether something will do is asked of what was told right before."""
    told, asked = apart(marked(pieces_of(m.text, m.knowledge), m.knowledge), m.knowledge)
    plain = (hearing.beside_wish(Wish.AGAIN, one, m.knowledge) for one in asked)
    return replace(m, text=", ".join(told), tells=True), [replace(m, text=f"{one}?") for one in plain if one]


def told_of_other(procedure: Procedure, s: Signals) -> bool:
    """Whether what is told is surely of another matter by itself, and so is all of it: a child who has a fever."""
    tells, best = told_and_asked(s.message)[0], s.ranking.answer
    own = tells.empty or hearing_papers.papers_named(s.message.letters, procedure.id, s.knowledge)
    if own or best is None:
        return False
    alone = s.of(written(tells.text, s.knowledge, s.now), Conversation()).ranking.answer
    return alone is not None and alone.topic == best.topic not in procedure.topics


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
    return far or (not asked and told_of_other(procedure, s))  # which reads a part anew: last


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
