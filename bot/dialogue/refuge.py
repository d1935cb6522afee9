"""Whom a consulate of Mexico cannot help: who fears their government, and who is of another country."""

from collections.abc import Mapping
from itertools import chain

from bot.conversation import Conversation, Outcome, Reply, ReplyKind, TopicScore, Turn
from bot.dialogue.compose import topic_button
from bot.dialogue.directory.answer import never_named
from bot.dialogue.directory.replies import rather_not
from bot.dialogue.doors import doors
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import is_for
from bot.dialogue.person.signals import read_signals
from bot.dialogue.person.told import MEXICO, UNITED_STATES, told_by
from bot.dialogue.understanding import Understanding, by_itself
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import asks
from bot.texts import say
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.render import PLACEHOLDER
from knowledge.schema.base import Words
from knowledge.schema.facts import Serves
from knowledge.schema.topics import People, Section, Topic

HELP_BY: Mapping[str | None, tuple[str, ...]] = {MEXICO: ("foreign.help.mx",), UNITED_STATES: ("foreign.help.us",)}
"""By where somebody says that they are: nobody in one country is sent to a telephone of the other one."""
HELP_ANYWHERE = ("foreign.help.mx", "foreign.help.us")


def fears_government(text: str, before: Conversation, knowledge: Knowledge) -> bool:
    """Whether who writes fears their government, now or by what they said before; ICE alone is no fear of it.

    Only a Mexican's is taken back: by who denies it, and by who feared to go to a consulate and asks for ICE there.
    """
    feared, spelled = knowledge.follow_ups.feared, spell_out(text, knowledge.spelling)
    signs = _fears(text, knowledge)
    if not (signs or before.fears_government) or told_by(before, text, knowledge).foreign:
        return signs or before.fears_government
    said = [spell_out(one.text, knowledge.spelling) for one in before.heard if _fears(one.text, knowledge)]
    # What was feared is no longer heard, or is more than the way to a consulate: no words on ICE take that back.
    if (before.fears_government and not said) or frames_of(feared.graver).first(" ".join(said)):
        return True
    if denied := frames_of(feared.denied).first(spelled):
        padded = f" {spelled} "
        return _fears(f"{padded[: denied.start]} {padded[denied.end :]}", knowledge)
    told = " ".join((*(spell_out(one.text, knowledge.spelling) for one in before.heard), spelled))
    there = all(frames_of(feared.there).first(one) for one in said)
    asked = frames_of(feared.caught).first(spelled) and frames_of(feared.others).first(told)
    return signs or not (said and there and asked) or frames_of(feared.graver).first(told) is not None


def _fears(text: str, knowledge: Knowledge) -> bool:
    return read_signals(text, knowledge).fears_government


def of_safe_consulate(
    found: Understanding, text: str, before: Conversation, now: Conversation, knowledge: Knowledge
) -> Understanding:
    """Whether the consulate is safe, where a message says that ICE is what is feared and asks no more; else `found`."""
    feared = knowledge.follow_ups.feared
    if feared.section is None or not _fears_others_alone(text, before, now, knowledge):
        return found
    topic, section = feared.section.split("/")
    return Understanding((TopicScore(topic, section, 1.0),))


def _fears_others_alone(text: str, before: Conversation, now: Conversation, knowledge: Knowledge) -> bool:
    """Whether a message says that their own government is not what is feared, and asks nothing else."""
    feared, spelled = knowledge.follow_ups.feared, spell_out(text, knowledge.spelling)
    if now.fears_government or asks(text, knowledge) or told_by(now, text, knowledge).foreign:
        return False
    denied = frames_of(feared.denied).first(spelled) and frames_of(feared.others).first(spelled)
    return before.fears_government or denied is not None


def turn_away(hearing: Hearing) -> Turn | None:
    """Instead of an answer that ends at a door which is not theirs: what is, for anybody."""
    best = hearing.understood.topics[0]
    topic = hearing.knowledge.topics[best.topic]
    if hearing.conversation.fears_government and leads_to_government(topic, best.section, hearing):
        return hearing.turn(Outcome.CLARIFY, _for_anybody(hearing))
    if _is_for_others(topic, hearing):
        return hearing.turn(Outcome.CLARIFY, _for_others(topic, hearing))
    return None


def is_closed(topic_id: str, hearing: Hearing) -> bool:
    """Whether a topic is never offered to this person."""
    topic = hearing.knowledge.topics[topic_id]
    if hearing.conversation.fears_government:
        return never_named(topic_id, hearing) or leads_to_government(topic, topic.sections[0].id, hearing)
    return _is_for_others(topic, hearing)


def leads_to_government(topic: Topic, section_id: str, hearing: Hearing) -> bool:
    """Whether an answer's words or its next step name a consulate, or a line for a government's own people."""
    knowledge = hearing.knowledge
    section = topic.section_or_first(section_id)
    people = topic.people if section.people is None else section.people
    if people == (People.FOREIGNERS,) and topic.id not in knowledge.directory.others_consulates:
        return False  # a consulate of Mexico is not their government's
    if people == (People.MEXICANS,):
        return True
    step = (section.do or topic.do).es
    doors = {*knowledge.directory.consulate, *knowledge.directory.embassy}
    if doors & set(fold(step).split()):
        return True
    named = chain.from_iterable(PLACEHOLDER.findall(text) for text in (step, *_said(section)))
    contacts = (knowledge.contacts[name] for name in named if name in knowledge.contacts)
    return any(contact.serves is not Serves.EVERYBODY for contact in contacts)


def _said(section: Section) -> list[str]:
    words: tuple[Words, ...] = (section.text, *section.steps)
    return [each.es for each in words]


def _is_for_others(topic: Topic, hearing: Hearing) -> bool:
    """Whether a topic is for Mexicans, and the person is none."""
    people = told_by(hearing.conversation, hearing.text, hearing.knowledge).people
    return people is not None and People.MEXICANS not in people and not is_for(topic, people)


def _for_others(topic: Topic, hearing: Hearing) -> Reply:
    """Help that anybody is given, in danger or where the need has it; of a paper of Mexico's, whose it is."""
    knowledge, lang = hearing.knowledge, hearing.lang
    paper = next((one.topic for one in by_itself(hearing.text, knowledge).topics), None) in knowledge.follow_ups.gives
    if (topic.instead and not paper) or any(not told.over for told in hearing.conversation.told):
        choices = tuple(topic_button(knowledge.topics[name], knowledge, lang) for name in topic.instead)
        there = " ".join(say(key, lang) for key in HELP_BY.get(hearing.conversation.country, HELP_ANYWHERE))
        return Reply(ReplyKind.CLARIFY, hearing.fill(say("foreign.help", lang, there=there)), choices)
    papers = say("foreign.papers", lang)
    return Reply(ReplyKind.CLARIFY, hearing.fill(f"{papers} {doors(hearing)}".strip()))


def _for_anybody(hearing: Hearing) -> Reply:
    reply = rather_not(hearing)
    lines = hearing.fill(say("refuge.lines", hearing.lang))
    return Reply(reply.kind, f"{reply.text}\n\n{lines}", reply.choices)
