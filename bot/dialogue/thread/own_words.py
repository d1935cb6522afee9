"""The person's own words, said back where we were of no use, and the topics nearest to all that they said."""

from bot.conversation import Choice
from bot.dialogue.bearing.options import OBJECTIONS
from bot.dialogue.compose import topic_button
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.section_words import said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed
from bot.dialogue.rejected import kept
from bot.dialogue.thread.complaints import correction_in
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.talk import smalltalk_in
from knowledge.model import Knowledge

OBJECTING = 0.2
"""Likelihood from which a message by itself objects: two in a hundred that do not are above."""
DOUBTING = 0.45
"""The same for one that doubts what we said."""
LONGEST = 80
"""Characters of their words that are said back."""
MOST_TOPICS = 3
SHARE = 0.1
"""Of all topics' likelihood, from which one is offered; how likely any is does not count: nothing better is there."""


def objection_in(text: str, knowledge: Knowledge) -> float:
    """How likely a message by itself is an objection or a doubt."""
    ranker = ranker_of(knowledge)
    likely = ranker.likelihoods(ranker.point(text))
    return sum(float(likely[number]) for kind, number in ranker.talk.items() if kind in OBJECTIONS)


def left_open(text: str, knowledge: Knowledge) -> str:
    """What they say that we did not answer; empty where they name nothing, or say nothing of the kind."""
    spelled, rest = spell_out(text, knowledge.spelling), ""
    while found := frames_of(knowledge.follow_ups.left).first(rest or spelled):
        rest = f" {rest or spelled} "[found.end :].strip()
        if not rest:
            break
    return rest if said_in(rest, ranker_of(knowledge), knowledge) else ""


def last_question(hearing: Hearing) -> str:
    """The last thing said that was no objection and no courtesy, cut short; empty where there is none."""
    said = next(reversed(_told(hearing)), "")
    words = " ".join(said.translate({ord(brace): None for brace in "{}«»"}).split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rpartition(' ')[0]}…"


def nearest_topics(hearing: Hearing, without: str | None = None, most: int = MOST_TOPICS) -> list[Choice]:
    """The topics nearest to all that was told lately."""
    knowledge = hearing.knowledge
    read = ((one, correction_in(one, knowledge)) for one in _told(hearing))
    told = [meant.asks if meant else one for one, meant in read]  # nothing that they say not to mean
    if not told:
        return []
    ranker = ranker_of(knowledge)
    by_topic = ranker.by_topic(ranker.likelihoods(ranker.point(". ".join(told))))
    least = SHARE * float(by_topic.sum())
    likely = [ranker.topics[n] for n in (-by_topic).argsort()[: most + 1].tolist() if by_topic[n] >= least]
    meant = [name for name in likely if name != without and not is_closed(name, hearing)][:most]
    return kept((topic_button(knowledge.topics[name], knowledge, hearing.lang) for name in meant), hearing)


def wants_before(hearing: Hearing) -> list[str]:
    """What was asked before this message, the newest last; of who put us right, what they asked."""
    knowledge = hearing.knowledge
    said = [one.text for one in hearing.conversation.heard[:-1] if not smalltalk_in(one.text, knowledge)]
    read = [(one, correction_in(one, knowledge)) for one in said]
    wants = (meant.asks if meant else one for one, meant in read)
    return [one for one in wants if said_in(one, ranker_of(knowledge), knowledge)]


def _told(hearing: Hearing) -> list[str]:
    knowledge, heard = hearing.knowledge, [one.text for one in hearing.conversation.heard]
    asked = [one for one in heard if not smalltalk_in(one, knowledge) and not left_open(one, knowledge)]
    return [one for one in asked if objection_in(one, knowledge) < OBJECTING]
