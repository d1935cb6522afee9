"""Policies 3 and 4: danger is told, open, or doubtful: the next words of its protocol, or one question."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta

from bot.conversation import CaseNeeded, Conversation, Danger, Event, Kind, OpenDanger, Outcome, PlaceGiven
from bot.conversation.state import EARLIER
from bot.dialogue.danger.judging import SCORER, UNANSWERED
from bot.dialogue.decision import Act, Check, Decision, Help, Line, Place
from bot.dialogue.in_errand import speaks_of_steps, surely_of_it
from bot.dialogue.message import Message, place_in
from bot.dialogue.places.nearest import consulate_asked, kind_asked
from bot.dialogue.protocols import readings
from bot.dialogue.protocols.book import DEATH, HEAD, first_words, may_harm, protocol_of, said
from bot.dialogue.protocols.change import over
from bot.dialogue.protocols.opening import begun, open_danger, over_again, turn_of
from bot.dialogue.protocols.reader import comes_near, may_command, wants_silence
from bot.dialogue.protocols.readings import out_of_it
from bot.dialogue.protocols.saying import ANSWERED, NEXT, UNKNOWN, with_beside
from bot.dialogue.protocols.told import body_told, facts_of, grave_kind, is_mild, likeliest_kind, opens_for
from bot.dialogue.protocols.turn import Turn, Walked
from bot.dialogue.protocols.walk import walk
from bot.dialogue.signals import Signals
from bot.dialogue.signals.acts import is_calm
from bot.dialogue.taps import leave, wants_person
from bot.dialogue.thresholds import KIND_ASKED, KIND_TOLD
from knowledge.hearing_steps import Wish, wishes_in
from knowledge.schema.base import Level

SOME_WORDS = 5  # words with which a question that only sounds like one has a subject of its own
GoesOn = Callable[[Message, Signals, Conversation], bool]
"""Whether an errand goes on, which a policy of its own knows: handed over by the engine."""
ANSWERED_WITHIN = timedelta(minutes=30)  # how long a check waits for its answer
ASKED = "check"  # in place of a rule, where the person said yes to a check
LONG_SILENCE = timedelta(hours=48)  # after which it is asked first how it is (P3)


def danger(m: Message, s: Signals, state: Conversation, *, goes_on: GoesOn) -> Decision | None:
    """Help where danger is told; else the walk through the one that is open, unless an errand goes on."""
    told = s.danger.danger
    if state.danger is None or not state.in_danger:
        if told is None and wants_silence(m, s):
            return replace(leave(m, s, state), outcome=Outcome.SILENT, acts=(), why="no reply is wanted")
        if told and told.category == DEATH and s.keeps_to_topic:
            return None  # "murió hace dos semanas", where the talk is of bringing him home
        if told and told.rule == SCORER and surely_of_it(m, s, state):
            return None  # "apunté todo, tengo las fotos"
        if (back := comes_near(told, m, s, state)) is not None:
            return _walked(back, m, s, state, goes_on)
        return _opened(told, m, s, state) if told else None
    if _errand_goes_on(state.danger, m, s, state, goes_on):
        return None
    if state.claimed:
        return _opened(told, m, s, state) if told and told.category != state.danger.category else None
    return _walked(state.danger, m, s, state, goes_on)


def _opened(found: Danger, m: Message, s: Signals, state: Conversation, waiting: str | None = None) -> Decision:
    """The first words, or of an end told with it; behind, or kept, what is asked or was before a check (`waiting`)."""
    walked = open_danger(found, m, s, state)
    turn = turn_of(walked.danger, m, s, state, own_matter=False, shared=False)
    out = walked.help and out_of_it(walked.danger, m.text, s.knowledge)
    critical = walked.danger.level is Level.CRITICAL
    own = m.asks and s.ranking.verdict == "answer" and "what_now" not in turn.heard and turn.answer_to() is None
    beside = walked.help and not critical and (own or kind_asked(m.text, s.knowledge) is not None)
    walked = (over(turn) if out else None) or with_beside(walked, replace(turn, own_matter=beside))
    said = {one.removesuffix(HEAD) for one in walked.ids}
    apart = next((one for one in s.apart if replace(turn, text=one).answer_to() not in said), None)
    kept = None if beside else walked.again or apart or waiting
    hangs = walked.danger.reader != "none" or (walked.help and critical and not turn.past)
    danger = walked.danger.having(kept_question=kept if hangs else None)
    walked = replace(walked, danger=danger, aside=beside, again=None if hangs else kept)
    return _or_unknown(walked, m, s, state, turn.heard)


def _walked(danger: OpenDanger, m: Message, s: Signals, state: Conversation, goes_on: GoesOn) -> Decision | None:
    place = place_in(m)
    silent = Decision(Outcome.SILENT, why="somebody may read", changes={"danger": danger})
    if m.empty and place is None and m.inbound.kind is not Kind.TAP:
        return silent if danger.reader != "none" else None
    tapped = m.command is not None or m.inbound.kind is Kind.TAP
    if danger.reader != "none" and tapped and not may_command(m, s, state):
        return Decision(Outcome.URGENT, (Line("line.reading"),)) if danger.reader == "reading" else silent
    if s.now - danger.heard_at > LONG_SILENCE and s.danger.danger is None:
        line = "line.alone_again" if danger.category in s.knowledge.triage.neutral else "line.safe_now"
        return _decided(Walked(danger.having(asked=line, heard_at=s.now), (line,), why="a long silence"), m, s, state)
    own = m.smalltalk is None and (_is_own_matter(danger, m, s) or _goes_on_with(danger, m, s, state, goes_on))
    turn = turn_of(danger, m, s, state, own_matter=own, shared=place is not None)
    person = "asks_person" in turn.heard or ("person" in s.acts.all and "asks_send" not in turn.heard)  # we send none
    if turn.found is None and danger.reader == "none" and person:
        return wants_person(m, s, state)
    walked = _with_question(walk(turn), turn, s)
    thanks = m.smalltalk is not None and m.smalltalk.id == "thanks" and danger.level is not Level.CRITICAL
    if thanks and walked.why == NEXT and turn.says("line.thanked"):
        walked = Walked(walked.danger, ("line.thanked",), why="thanked")
    if not walked.help and not turn.at_stake and consulate_asked(m.text, s.knowledge):
        walked = replace(walked, ids=tuple(one for one in walked.ids if one not in UNKNOWN), aside=True)
    needs = turn.question is not None and "what_now" not in turn.heard  # "y si no lo pasan, ¿qué hago?"
    aside = turn.own_matter or m.smalltalk is not None or needs
    if walked.spent and (aside if danger.state == "handed" else danger.level is not Level.CRITICAL):
        return None  # nothing of the protocol is left to say, and no life is at stake: an ordinary conversation
    offers = s.danger.likely is None and s.ranking.verdict == "offer"
    if offers and walked.why == NEXT and is_mild(walked.danger, s.knowledge):
        walked = Walked(walked.danger, why="what may be meant", aside=True)
    decision = _or_unknown(walked, m, s, state, turn.heard)
    if walked.aside:
        alone = walk(replace(turn, own_matter=False))
        alone = replace(alone, danger=alone.danger.having(kept_question=m.text))  # what nothing answers is not lost
        return replace(decision, otherwise=_decided(alone, m, s, state, turn.heard))
    return decision


def _or_unknown(walked: Walked, m: Message, s: Signals, state: Conversation, heard: frozenset[str]) -> Decision:
    """A decision, and what is said where nothing answers what was asked; behind an end no question of ours."""
    if not walked.again:
        return _decided(walked, m, s, state, heard)
    if walked.danger.state == "over":
        walked = replace(walked, ids=(f"{walked.ids[0]}/told", *walked.ids[1:]))
    ids = (*walked.ids, "line.ask_them" if walked.danger.state == "handed" else "line.no_answer")
    unknown = _decided(replace(walked, ids=ids, again=None), m, s, state, heard)
    return replace(_decided(walked, m, s, state, heard), otherwise=unknown)


def _with_question(walked: Walked, turn: Turn, s: Signals) -> Walked:
    """What a step says, and what was asked beside it (P9), kept while a life hangs on it or some may read."""
    danger, said = walked.danger, {one.removesuffix(HEAD) for one in walked.ids}
    if walked.aside or walked.again is not None or "line.first_things" in walked.ids:  # which keeps the question itself
        return walked
    wants = turn.own_matter and turn.asks and s.surely_answered
    parts = (*s.apart, turn.text) if wants else s.apart
    asked = next((one for one in parts if replace(turn, text=one).answer_to() not in said), None)
    if "what_now" in turn.heard or (walked.why == ANSWERED and turn.at_stake):
        asked = None  # what its own lines answer, no topic answers once more while a life hangs on it
    if (part := asked or danger.kept_question) is None:
        return walked
    past = turn.past or turn.danger.asked == "line.first_things"
    grave = turn.mortal_line is not None or (turn.found is not None and asked is None)  # no old question behind news
    hangs = danger.state == "open" and (grave or (turn.at_stake and not past))
    if walked.help or danger.reader != "none" or hangs:
        return replace(walked, danger=danger.having(kept_question=part))
    ids = tuple(one for one in walked.ids if one not in UNKNOWN)
    return replace(walked, danger=danger.having(kept_question=None), ids=ids, again=part)


def _is_news(heard: Danger | None, danger: OpenDanger) -> bool:
    """Whether the danger that is heard is another than the open one, or of another level."""
    return heard is not None and (heard.category, heard.level) != (danger.category, danger.level)


def _is_own_matter(danger: OpenDanger, m: Message, s: Signals) -> bool:
    """Whether a message clearly asks for something that is no part of the danger."""
    sure, heard = s.surely_answered, readings.readings_in(m.text, s.knowledge)
    if is_mild(danger, s.knowledge) and not _is_news(s.danger.danger, danger):
        number = readings.questions_in(m.text, s.knowledge)[:1] == ("asks_number",)
        dials = number and not s.ranking.reached  # the danger's
        asked = s.ranking.verdict == "answer" and (m.asks or danger.reader == "none")  # no name of a choice, if watched
        return not dials and (asked or kind_asked(m.text, s.knowledge) is not None)
    if danger.state == "handed" and s.danger.likely is None:
        return m.asks and sure and ("what_now" not in heard or "ordinary_matter" in heard)
    if sure and danger.level is Level.URGENT and s.danger.danger is None:
        about = protocol_of(danger, s.knowledge).about.values()
        if s.danger.likely is None or any(one.startswith(f"{s.ranking.topics[0].topic}/") for one in about):
            return True
    ordinary = "ordinary_matter" in heard or (sure and len(m.letters.split()) >= SOME_WORDS)
    return m.asks and s.danger.likely is None and ordinary


def _errand_goes_on(danger: OpenDanger, m: Message, s: Signals, state: Conversation, goes_on: GoesOn) -> bool:
    """Whether no life is at stake, the first words were said, and an errand is asked for or open: it goes on."""
    told = s.danger.likely
    mild = is_mild(danger, s.knowledge) and (told is None or Wish.START in wishes_in(m.letters, s.knowledge))
    calm = mild or danger.level is Level.PRIORITY or danger.kind in s.knowledge.triage.led
    if _is_news(told, danger) or not (danger.given and calm) or danger.reader != "none" or state.claimed:
        return False
    return body_told(m.text, danger, s.knowledge) is None and m.inbound.kind is Kind.TEXT and goes_on(m, s, state)


def _goes_on_with(danger: OpenDanger, m: Message, s: Signals, state: Conversation, goes_on: GoesOn) -> bool:
    """P9: whether others have the person in their care, and the message goes on with what was asked before."""
    heard = readings.readings_in(m.text, s.knowledge)
    if danger.state != "handed" or s.danger.likely is not None or "what_now" in heard:
        return False
    of_topic = state.topic is not None and s.ranking.verdict == "answer"
    return of_topic or "ordinary_matter" in heard or goes_on(m, s, state)


def _decided(walked: Walked, m: Message, s: Signals, state: Conversation, heard: Collection[str] = ()) -> Decision:
    """The acts, the facts to be remembered, and what a person should know."""
    danger = walked.danger.having(heard=(*walked.danger.heard, *sorted({*heard}.difference(walked.danger.heard))))
    acts, events = list[Act](), [*_case(walked, s, state)]
    if place := place_in(m):
        acts.append(Place(place.latitude, place.longitude, in_danger=True))
        events.append(PlaceGiven(place.latitude, place.longitude))
    if walked.help:
        facts = facts_of(danger, s.situation, on_duty=state.desk.on_duty)
        first, second = first_words(danger, facts, s.knowledge)
        acts.append(Help(danger.category, danger.kind, (*walked.head, *first), (*walked.ids, *second)))
        danger = said(danger, (*walked.head, *first, *walked.ids, *second))
    elif walked.ids:
        acts.append(Line(walked.ids[0], walked.ids[1:]))
        danger = said(danger, walked.ids)
    changes = {"danger": danger, **(_errand(walked, s, state) if not walked.aside else {})}
    outcome, again = Outcome.URGENT if acts else Outcome.SILENT, m.text if walked.aside else walked.again
    return Decision(outcome, tuple(acts), why=walked.why, events=tuple(events), changes=changes, again=again)


def _errand(walked: Walked, s: Signals, state: Conversation) -> dict[str, object]:
    """What was asked before rests until others have the person or it is over; a mild danger has a matter of its own."""
    if walked.help:
        resting = filter(None, (state.topic,))
        own = s.ranking.verdict == "answer" and is_mild(walked.danger, s.knowledge)
        topic, section = (s.ranking.candidates[0].topic, s.ranking.candidates[0].section) if own else (None, None)
        return {"topic": topic, "section": section, "earlier": (*state.earlier, *resting)[-EARLIER:]}
    if walked.danger.state in ("handed", "over") and state.topic is None and state.earlier:
        return {"topic": state.earlier[-1], "earlier": state.earlier[:-1]}
    return {}


def _case(walked: Walked, s: Signals, state: Conversation) -> tuple[Event, ...]:
    """A case for a person where a danger is opened, becomes another, or is graver than it was."""
    before, danger, found = state.danger, walked.danger, s.danger.danger
    if before is not None and state.in_danger and danger.level.rank >= before.level.rank and not walked.new:
        return ()
    rule, words = (found.rule, found.words) if found else (danger.rule or walked.why, danger.told)
    return (CaseNeeded("danger", danger.level, danger.category, rule, words, danger.danger_at),)


def check(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The answer to a check that was asked; else one question where danger is doubtful."""
    asked = _asked(s, state)
    if asked and not state.asked_of_steps and (answer := _answered(asked, m, s, state)):
        return answer
    if (doubtful := s.danger.check) is None or state.in_danger or state.claimed or speaks_of_steps(m, s, state):
        return None
    done = state.topic is not None and "done" in s.acts.all  # "ya junté todo"; "ya me llegó, es el jueves 3", of a step
    if doubtful.rule == SCORER and (done or surely_of_it(m, s, state) or over_again(state.danger, m.text, s.knowledge)):
        return None  # "ya comió, ya está en su cama", behind the end
    if grave_kind(m.text, doubtful.category, s.knowledge, KIND_TOLD):
        return _opened(doubtful, m, s, state)  # what it is like is surer than whether it is
    if (told := likeliest_kind(m.text, s.knowledge, KIND_TOLD)) is not None and told.of != doubtful.category:
        return _opened(replace(doubtful, category=told.of, level=told.level), m, s, state)  # of whatever category
    if asked and asked.category == doubtful.category:
        return None  # asked just now, with the number
    return _ask(doubtful, m, s)


def faint(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """One question where nothing answers what sounds of danger, the second opens it; an end told again, its line."""
    again = over_again(state.danger, m.text, s.knowledge)
    if again and not (m.asks or state.topic or state.claimed or s.ranking.verdict == "answer"):
        return _decided(Walked(again, (f"line.{protocol_of(again, s.knowledge).end.says}",)), m, s, state)
    asked = _asked(s, state)
    told = s.danger.faint or (s.danger.check if asked else None)
    if told is None or again or s.ranking.verdict == "answer" or state.claimed:
        return None
    return _opened(told, m, s, state) if asked and asked.category == told.category else _ask(told, m, s)


def _asked(s: Signals, state: Conversation) -> OpenDanger | None:
    """The danger that a check asks about, while its answer is waited for."""
    waits = state.danger is not None and state.danger.state == "asked"
    return state.danger if waits and state.danger and s.now - state.danger.heard_at <= ANSWERED_WITHIN else None


def _ask(doubtful: Danger, m: Message, s: Signals) -> Decision:
    danger = begun(doubtful, m.text, opens_for((m.text,), doubtful.category, s.knowledge), s.now)
    danger = danger.having(state="asked", kept_question=m.text if m.asks else None)
    needs = m.asks or kind_asked(m.text, s.knowledge) or len(m.letters.split()) > SOME_WORDS
    again = m.text if needs and not s.knowledge.categories[doubtful.category].dying else None  # not of a wish to die
    asks = Check(doubtful.category, kind=grave_kind(m.text, doubtful.category, s.knowledge, KIND_ASKED))
    return Decision(Outcome.CHECK, (asks,), "doubtful", changes={"danger": danger}, again=again)


def _answered(asked: OpenDanger, m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Yes, unclear, or harm is only away: the danger opens. A bare no (of dying, a plain one): what stood beside it."""
    category, said = s.knowledge.categories[asked.category], readings.readings_in(m.text, s.knowledge)
    since = any(one.at > asked.heard_at for one in state.heard)  # "si ya tiene acta", six matters later
    affirms = not since and may_harm(asked, s.knowledge) and not said.isdisjoint(s.knowledge.triage.affirms)
    bare = m.text if since else m.text.partition(",")[0]  # "No, mi hermana no quiere vender", five matters later
    no = "bare_no" in readings.readings_in(bare, s.knowledge)
    yes = readings.plain_answer(m.text, s.knowledge) in {readings.YES, readings.UNSURE} or affirms
    learned = frozenset[str]() if since or s.acts.righted.rejects else readings.turned_in(m.text, s.knowledge)
    unsafe = since or category.dying or said & {*s.knowledge.triage.keeps_open}
    safe = not unsafe and out_of_it(asked, m.text, s.knowledge)
    if not affirms and (safe or no or (category.dying and "will_not_do_it" in said) or "denies" in said | learned):
        line = Check(asked.category, answered=True) if category.dying else Line("line.denied")
        again = m.text if m.asks or speaks_of_steps(m, s, state) else asked.kept_question
        return Decision(Outcome.CHECK, (line,), why="no", changes={"danger": None}, again=again)
    ordinary = s.danger.likely is None and (s.keeps_to_topic or (m.asks and s.ranking.verdict == "answer"))
    if category.dying and not since and is_calm(m):  # "repite" is no yes, it is the question that is wanted again
        return Decision(Outcome.CHECK, (Check(asked.category),), "asked again", changes={"danger": asked})
    begins = not since and readings.begins_with_yes(m.text, s.knowledge)
    untold = category.dying and not ordinary and not since  # the message right behind it
    if yes or (begins and not ordinary) or untold:
        told = Danger(asked.category, asked.level, ASKED if yes or begins else UNANSWERED, asked.told)
        return replace(_opened(told, m, s, state, asked.kept_question), why="yes to a check")
    return None
