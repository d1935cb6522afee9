"""Messages that no section answers: of other channels, in a held case, to our own question, courtesy."""

from functools import lru_cache

from bot.conversation import Conversation, Kind, NotUnderstood, Outcome, ReplyKind
from bot.dialogue.decision import Admit, Decision, Say, Section
from bot.dialogue.errands import following
from bot.dialogue.in_errand import kept_in_errand, open_in
from bot.dialogue.message import Message
from bot.dialogue.person.signals import citizen_alone, place_alone, places_apart
from bot.dialogue.person.told import WHERE, told_by
from bot.dialogue.places.nearest import kind_asked
from bot.dialogue.procedures import heard_of_steps
from bot.dialogue.ranking.glossary import place_of
from bot.dialogue.reminders import heard_of_reminders
from bot.dialogue.rendering.words import topic_buttons
from bot.dialogue.signals import Signals
from bot.dialogue.signals.acts import ALONE, talk_meant
from bot.dialogue.signals.situation import place_said
from bot.dialogue.taps import option_chosen, remarked
from bot.dialogue.thresholds import TALK, TALK_SURE
from bot.dialogue.words.phrasing import heard_of
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.introductions import Introduced
from knowledge.schema.topics import Everyday

WORDLESS = frozenset({Kind.VOICE, Kind.PHOTO, Kind.STICKER, Kind.CONTACT, Kind.OTHER})
"""Messages without words; of each the line of `locales` by its name."""


def channel(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Who blocks us is told nothing; a group reads along; what we cannot hear or see is asked for in words."""
    kind = m.inbound.kind
    if kind is Kind.BLOCKED:
        return Decision(Outcome.SILENT, why="blocked us")
    if kind is Kind.GROUP:
        return Decision(Outcome.COMMAND, (Say("group", values={"link": m.inbound.payload}),), why="a group")
    if kind not in WORDLESS or m.text.strip() or state.claimed:
        return None
    key = "wordless.danger" if state.in_danger else kind.value
    asked = (Say(key, ReplyKind.QUESTION),)
    return Decision(Outcome.QUESTION, asked, why="no words", changes={"offered": state.offered})


def held(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Silence, whatever is said."""
    return Decision(Outcome.SILENT, why="a person holds the case") if state.claimed else None


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> dict[tuple[str, str], FrameSet[str]]:
    return {
        (flow.id, question.id): FrameSet((o.id, frame) for o in question.options for frame in o.frames)
        for flow in knowledge.flows.values()
        for question in flow.questions
    }


def question(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The option of the open flow that the words mean."""
    flow = s.knowledge.flows.get(state.flow or "")
    question = flow.open_question(state.answers) if flow else None
    if flow is None or question is None:
        return None
    found = _frames(s.knowledge)[flow.id, question.id].first(m.letters)
    return option_chosen(m, s, state, flow.id, question.id, found.key) if found else None


def steps(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """What the words do with a reminder, or with the procedure that is open or asked for."""
    if m.empty or m.inbound.kind is not Kind.TEXT:
        return None
    return heard_of_reminders(m, s, state) or heard_of_steps(m, s, state)


def unsure(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Where they stand in the open errand, or small talk that was learned, where nothing answers surely."""
    return None if m.empty or m.inbound.kind is not Kind.TEXT else kept_in_errand(m, s, state) or _talk(m, s, state)


def _talk(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Small talk in words of their own: never where a danger may be told, or something of ours waits for an answer."""
    told = s.danger.likely is not None or (state.danger is not None and state.danger.state != "over")
    if told or state.asked_place is not None or state.in_errand or set(s.acts.all) - ALONE or s.ranking.term:
        return None
    sure = s.ranking.verdict == "answer" and s.ranking.everyday is not Everyday.SMALLTALK
    if sure and state.topic is not None:
        return None
    best, margin = talk_meant(m.text, s.knowledge)
    if margin < (TALK_SURE if sure else TALK) or (best == Everyday.FAR and state.topic is not None):
        return None
    return next((remarked(talk, state) for talk in s.knowledge.smalltalk if talk.id == best), None)


def other_language(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """Our one sentence in that language, where we have it."""
    if m.foreign is None:
        return None
    return Decision(Outcome.FALLBACK, (Admit(),), why=m.foreign, events=(NotUnderstood(m.whole, m.lang),))


def courtesy(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """A greeting, thanks, a laugh; an introduction, where nothing is open; an answer in short to who reads little."""
    if m.smalltalk is not None and m.smalltalk.id == "reads-little" and state.topic and state.section:
        return Decision(Outcome.ANSWER, (Section(state.topic, state.section, short=True),), why="reads little")
    if m.smalltalk is not None:
        ours = open_in(s, state) if state.in_errand and m.smalltalk.id in ("bare-answer", "unsure") else None
        return following(ours, s, state) if ours else remarked(m.smalltalk, state)  # "sí", to "¿aquí o en México?"
    if state.topic is None and state.asked_place is None and not state.wants and introduces(m):
        group = group_of(m, s.person)
        said = Say("", ReplyKind.SMALLTALK, words=group.reply, choices=topic_buttons(group.topics, s))
        return Decision(Outcome.SMALLTALK, (said,), why="introduces themselves")
    return None


NAME = 3
"""Words of a name behind "me llamo"."""
LONGEST = 24
"""Words of a message that may only introduce; longer ones tell a story."""


def introduces(m: Message) -> bool:
    """Whether a message only says who its writer is, or where; the bare name of a place may ask for anything there."""
    text, knowledge, said = m.text, m.knowledge, m.person
    if place_of(text, knowledge):
        return False
    if place_said(text, knowledge)[0] and place_alone(text, knowledge) and kind_asked(text, knowledge) is None:
        return True
    if said.citizen is not None and citizen_alone(text, knowledge):
        return True
    held, heard = knowledge.introductions, " ".join(m.ear)
    needs, tells = (heard_of(one).first(heard) is not None for one in (held.needs, held.tells))
    if said.asks or needs or not tells or len(heard.split()) > LONGEST:
        return False
    known = heard_of((*held.words, *held.tells))
    if (found := heard_of(held.named).first(heard)) is not None:  # the words of a name may be any
        padded = f" {heard} "
        heard = " ".join((padded[: found.end], *padded[found.end :].split()[NAME:]))
    named = places_apart(heard, knowledge)
    return all(is_place or word.isdigit() or known.first(word) for word, is_place in named)


def group_of(m: Message, person: Conversation) -> Introduced:
    """The first group that somebody is of; the last is anybody's."""
    heard = " ".join(m.ear)
    people = told_by(person, m.text, m.knowledge).people
    here = WHERE.get(person.country or "")
    return next(
        group
        for group in m.knowledge.introductions.groups
        if (not group.words or heard_of(group.words).first(heard) is not None)
        and (group.people is None or (people is not None and group.people in people))
        and (group.where is None or group.where is here)
    )
