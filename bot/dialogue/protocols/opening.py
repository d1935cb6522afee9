"""How a danger is opened: its kind, who is in it and where, from the words that told it."""

from dataclasses import replace
from datetime import datetime

from bot.conversation import Conversation, Danger, OpenDanger
from bot.conversation.danger import Who
from bot.dialogue.danger.classifiers import kinds_of
from bot.dialogue.danger.judging import UNANSWERED
from bot.dialogue.danger.rules import read_rules, together
from bot.dialogue.message import Message
from bot.dialogue.protocols import book, readings, told
from bot.dialogue.protocols.reader import AT_ONCE, beside_phone, read_by
from bot.dialogue.protocols.readings import WATCHED
from bot.dialogue.protocols.told import facts_of, placed
from bot.dialogue.protocols.turn import Turn, Walked, as_kind, unless_told
from bot.dialogue.signals import Signals
from bot.dialogue.thresholds import OVER_WIDE
from bot.dialogue.words.questions import questions_in, told_beside
from knowledge.model import Knowledge
from knowledge.schema.protocols import Spoken

LATELY = 2  # messages before the one that told a danger that are read with it for its kind and for who is in it


def begun(found: Danger, words: str, who: Who, now: datetime) -> OpenDanger:
    """A danger as it is told now in these words, or asked about, before anything else is known of it."""
    return OpenDanger(
        category=found.category, level=found.level, who=who, told=words, rule=found.rule, opened_at=now, heard_at=now
    )


def open_danger(found: Danger, m: Message, s: Signals, state: Conversation) -> Walked:
    """The first words of a danger that is told now, without what else the message tells."""
    words = _told(m, s, state)
    heard = readings.readings_in(m.text, s.knowledge)
    danger = begun(found, words[-1], told.opens_for(words, found.category, s.knowledge), s.now)
    danger = danger.having(heard=tuple(sorted(heard)), leans=told.margin_of(words[-1], s.knowledge) / 2)
    at = facts_of(placed(danger, m, s.situation, heard), s.situation, on_duty=False).danger_at
    least = told.SURE if found.rule == UNANSWERED else told.LEAST  # nobody said that it is so, and less still what
    kinds = (told.kind_of(said, found.category, s.knowledge, least, at=at) for said in (words[-1], together(words)))
    asked = state.danger is not None and state.danger.state == "asked"  # "ya no tengo a nadie" answers that question
    if (wish := told.wish_told(words[-1], found, s.knowledge, sure=asked)) is not None:
        kinds = (wish if kind and kind not in kinds_of(found.category, s.knowledge) else kind for kind in kinds)
    opened = (one.kind for one in s.knowledge.categories[found.category].rules if one.id == found.rule)
    named = (*opened, *(one.rule.kind for one in read_rules(words[-1], s.knowledge).found))
    protocol = s.knowledge.protocols[next(filter(None, (*named, *kinds)), found.category)]
    protocol = book.for_whom(protocol, danger.who, s.knowledge)
    danger = danger.having(
        category=protocol.of,
        kind=None if protocol.general else protocol.id,
        who=book.who_of(protocol, danger.who, minor=s.situation.minor),
    )
    danger = placed(_as_answered(_body_first(_foremost(danger, heard, s), s), s), m, s.situation, heard)
    if (answer := read_by(danger, heard & AT_ONCE, told=True, knowledge=s.knowledge)) is not None:
        dying = book.untold_below(answer.danger, s.knowledge)  # what kills waits for nobody to leave
        return replace(answer, ids=(*answer.ids, "line.if_you_can", *dying) if answer.ids else (), new=(WATCHED,))
    facts = facts_of(danger, s.situation, on_duty=state.desk.on_duty)
    danger = unless_told(danger.having(asked=book.question_of(danger, facts, s.knowledge)), m.text, s.knowledge)
    return Walked(danger, help=True, why="a danger is told", new=(danger.kind or danger.category,))


def _as_answered(danger: OpenDanger, s: Signals) -> OpenDanger:
    """The kind that the answer to its question makes it, where the words that told it give that answer."""
    ask = book.ask_of(danger, s.knowledge)
    answer = readings.framed_answer(danger.told, ask[1], s.knowledge) if ask is not None else None
    target = readings.target_of(ask[1].then, answer) if ask is not None and answer is not None else None
    if target is None or target.says is not Spoken.KIND or target.name is None:
        return danger
    if s.knowledge.protocols[target.name].of != danger.category:
        return danger  # frames of an answer, and no answer: "hay balacera" tells of no wound
    who = target.who.value if target.who else None
    return as_kind(danger, s.knowledge.protocols[target.name], who, minor=s.situation.minor, ends=True)


def _foremost(danger: OpenDanger, heard: frozenset[str], s: Signals) -> OpenDanger:
    """Where the same words tell another kind, too: the more pressing first, and the other below."""
    knowledge, minor = s.knowledge, s.situation.minor
    for found in readings.transitions_in(danger.told, danger, heard, knowledge):
        kind, who = found.to.name, found.to.who
        if not found.at_once or kind is None or kind == danger.kind:
            continue
        if found.ends or knowledge.triage.rank_of(kind) < knowledge.triage.rank_of(danger.kind):
            return as_kind(danger, knowledge.protocols[kind], who and who.value, minor=minor, ends=found.ends)
    return danger


def _body_first(danger: OpenDanger, s: Signals) -> OpenDanger:
    """What a body suffers, told with another danger: first where it is as pressing, else below."""
    triage, body = s.knowledge.triage, told.body_told(danger.told, danger, s.knowledge)
    if danger.category == book.BODY or body is None or body in (danger.kind, *(one.kind for one in danger.below)):
        return danger
    suffers = as_kind(danger, s.knowledge.protocols[body], None, minor=s.situation.minor, ends=False)
    surer = danger.kind is not None and told.kind_ahead(danger.kind, body, danger.told, s.knowledge)
    if triage.rank_of(body) <= triage.rank_of(danger.kind) and not surer:
        return suffers
    return danger.having(below=(*danger.below, suffers.as_below()))


def turn_of(danger: OpenDanger, m: Message, s: Signals, state: Conversation, *, own_matter: bool, shared: bool) -> Turn:
    """A message in an open danger, with the facts that it tells."""
    heard = readings.readings_in(m.text, s.knowledge) | readings.turned_in(m.text, s.knowledge)
    heard |= beside_phone(m.text, danger, heard, s.knowledge)
    if "caused_harm" in {*heard, *danger.heard}:  # "it was me" is not said by who took the phone
        heard -= {*s.knowledge.triage.reads, "claims_victim", "do_not_answer"}
    if danger.heard_at < s.now:
        danger = told.leaning(danger, m.text, s.knowledge)
    unsaid = {one for told in heard for one in s.knowledge.triage.unsays.get(told, ())}
    before = tuple(one for one in danger.heard if one not in unsaid)
    meant = told.corrected(heard) if danger.who == "own" else None  # "es mi hermana, yo estoy en Puebla" moves nobody
    at = placed(danger.having(who=meant or danger.who), m, s.situation, heard)
    danger = at.having(who=danger.who, heard_at=s.now, heard=before)
    facts = facts_of(danger, s.situation, on_duty=state.desk.on_duty)
    facts = replace(facts, heard=facts.heard | heard)
    plainly = "?" in m.text or "asked" in heard  # "he does not know where she lives" asks nothing
    return Turn(
        text=m.text,
        danger=danger,
        facts=facts,
        heard=heard,
        tells=readings.tells_in(m.text, s.knowledge),
        found=s.danger.danger,
        knowledge=s.knowledge,
        own_matter=own_matter,
        asks=m.asks,
        placed=shared,
        likely=s.danger.likely is not None,
        question=" ".join(questions_in(m.text, s.knowledge, alone=True)) or None if plainly else None,
    )


def _told(m: Message, s: Signals, state: Conversation) -> tuple[str, ...]:
    """What was told lately, last this message without an ordinary question; what was asked about, where it answers."""
    asked = state.danger.told if state.danger is not None and state.danger.state == "asked" else ""
    text = told_beside(m.text, s.apart, s.knowledge) or m.text
    before = [one.text for one in state.heard[-LATELY:] if one.text != asked]
    if asked and readings.begins_with_yes(m.text, m.knowledge):
        return (*before, together((asked, text)))  # "sí, ayer en la noche": of itself it sounds of nowhere to sleep
    return (*before, asked) if asked and s.danger.danger is None else (*before, *filter(None, (asked,)), text)


def over_again(danger: OpenDanger | None, text: str, knowledge: Knowledge) -> OpenDanger | None:
    """The danger that is over, where a message tells an end of it once more."""
    ends = book.ends_of(danger.having(state="handed"), knowledge) if danger and danger.state == "over" else ()
    return danger if readings.surest(ends, text, knowledge) >= OVER_WIDE else None
