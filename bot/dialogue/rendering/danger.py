"""Acts in danger as bubbles: help, lines, numbers, the check. `state` holds already what the decision changes."""

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import Conversation, Reply, ReplyKind
from bot.dialogue.danger.judging import foreign_danger
from bot.dialogue.decision import Check, Help, Line
from bot.dialogue.message import Message
from bot.dialogue.protocols.facts import Facts, facts_of
from bot.dialogue.protocols.text import (
    LATER_WORDS,
    Said,
    Speech,
    bubble,
    worded,
    words_in,
)
from bot.dialogue.rendering.words import Rendered
from bot.dialogue.signals import Signals
from knowledge.schema.base import Words
from knowledge.schema.protocols import Clause

ASKS = ("/ask", "/ask_other")
"""How the ids of questions end."""


def render_help(act: Help, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The first reply: what to do now; then who reads this, and the one question."""
    speech, numbers = replace(_speech(s, state), labelled=True), list[str]()
    bubbles = [_own_word(m, s, state), bubble(act.first, speech, numbers), bubble(act.second, speech, numbers)]
    return _rendered([one for one in bubbles if one], ReplyKind.HELP, numbers)


def _own_word(m: Message, s: Signals, state: Conversation) -> Said | None:
    """What we can say in a language that is none of ours, before the help in one that is."""
    told = foreign_danger(m.text, s.knowledge)
    own = s.knowledge.foreign.get(told[0] if told else m.foreign or "")
    return Said(own.say(on_duty=state.desk.on_duty), ()) if own else None


def render_line(act: Line, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Later lines as one bubble; a question that makes it too long is left out."""
    speech, ids = _speech(s, state), (act.id, *act.then)
    numbers = list[str]()
    said = bubble(ids, speech, numbers)
    if said is not None and words_in(said.text) > LATER_WORDS and ids[-1].endswith(ASKS):
        numbers = []
        said = bubble(ids[:-1], speech, numbers)
    return _rendered([said] if said else [], ReplyKind.CARE, numbers)


def render_check(act: Check, m: Message, s: Signals, state: Conversation) -> Rendered:
    """One question with the number in it, or what is said to a no."""
    category = s.knowledge.categories[act.category]
    minor = s.situation.minor and category.check_minor
    asked = category.check_minor if minor and category.check_minor else category.check
    words: Words = category.check_no if act.answered and category.check_no else asked
    place = s.situation.country.value if s.situation.country else None
    speech = Speech(Facts(danger_at=place, writer_at=place), s.knowledge, s.lang, s.today, labelled=True)
    numbers = list[str]()
    said = worded(Clause(es=words.es, en=words.en), speech, numbers)
    return _rendered([Said(said, ())], ReplyKind.CHECK, numbers)


def _speech(s: Signals, state: Conversation) -> Speech:
    facts = facts_of(state.danger, s.situation, on_duty=state.desk.on_duty) if state.danger else Facts()
    return Speech(facts, s.knowledge, s.lang, s.today)


def _rendered(bubbles: Sequence[Said], kind: ReplyKind, numbers: Sequence[str]) -> Rendered:
    shown = [name for one in bubbles for name in one.ids]
    shown += [f"contact.{name}" for name in dict.fromkeys(numbers)]
    return Rendered(tuple(Reply(kind, one.text) for one in bubbles), tuple(shown))
