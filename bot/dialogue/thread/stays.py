"""A message that stays with the open topic, "y eso dónde se arregla", or leaves it: "no la CURP, la vacuna"."""

import re
from dataclasses import replace

from bot.conversation import Conversation, TopicScore
from bot.dialogue.bearing.answering import TOLD, choose_next
from bot.dialogue.bearing.situations import choose_in_thread
from bot.dialogue.directory.places import read
from bot.dialogue.excerpts.quoting import has_it
from bot.dialogue.ranking.ambiguous import meanings
from bot.dialogue.ranking.context import is_tied, named_in, wording_of
from bot.dialogue.ranking.denied import BARE, apart
from bot.dialogue.ranking.offering import category_of
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.understanding import ANSWER, CANDIDATES, MARGIN, Understanding, by_itself
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import asks
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Topic

HAS = ("^(si)? (tengo|tenemos|traigo|traemos|tiene|saque|sacamos) ya",)
"""The frames for what somebody has already, with the other order of words."""
_STILL = re.compile(r"^\s*(?:ya|pero|y|es que|oiga)\s+(?=no\b)", re.IGNORECASE)
"""What may stand before a "no" that puts something right: "ya no es lo del doctor, es la escuela"."""
_IS = re.compile(r"^\s*(?:es|era|son|its|it is|it's)\s+(?=(?:el|la|los|las|lo|un|una|the|a|an|my|mi)\b)", re.IGNORECASE)
"""What may stand before the name of what is meant."""
NOT = "no"
"""The word with which a place is put right."""
SPOKEN = 0.5
"""Share of what is denied from which a topic is meant by it, and of what is meant up to which it is not."""
SPEAKS, AS_MUCH = 0.2, 0.05
"""Share of what was said that the open topic has to speak of, and how much less than the likeliest it may."""
LEAVES = 0.7
"""Likelihood in the thread from which another topic is meant, however little the message says by itself."""
MAY_MEAN = 0.08
"""Likelihood from which a bare name that is meant may be of the open topic: no donee status, "subsidios"."""
NAME = 2
"""Words for a subject that are no more than a name: "la matrícula consular"."""


def staying(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same with the open topic first where the message asks of "that" alone, and does not name the likeliest."""
    opened = knowledge.topics.get(conversation.topic or "")
    if opened is None or found.turned or found.term is not None:
        return found
    place = _puts_place_right(text, knowledge)
    if not place and (meant := _instead(found, text, conversation, knowledge)):
        return meant
    if found.bearing is not Bearing.OTHER:
        return found
    if place and _of_another_kind(found, opened, knowledge):
        there = going_on(opened, found, text, conversation, knowledge)
        return replace(there, bearing=Bearing.TELLS, fits=False)  # no section is of a place that is no question
    if _tells_of_paper(found, text, opened, knowledge):
        return replace(going_on(opened, found, text, conversation, knowledge), bearing=Bearing.TELLS, fits=False)
    named = wording_of(text, ranker_of(knowledge), knowledge).named
    likeliest = {one.topic for one in found.topics[:1]}
    if named & likeliest - {opened.id}:
        return found
    if asks_of_that(text, knowledge) or any(tie(found, text, opened, knowledge) for tie in (_leans, _besides)):
        return going_on(opened, found, text, conversation, knowledge)
    return found


def put_right(text: str, knowledge: Knowledge) -> tuple[str, str]:
    """What is meant and what is not, also behind "not" without a bare "no" before it: "not the card, the passport"."""
    text = _STILL.sub("", text)
    begins = fold(text).partition(" ")[0]
    meant, denied = apart(f"{NOT}, {text}" if begins in BARE and not apart(text, knowledge)[1] else text, knowledge)
    meant = _IS.sub("", meant)
    # "El director dice no": that is somebody else's; "eso no" is ours.
    ranker = ranker_of(knowledge)
    own = (
        denied.partition(" ")[0] in BARE
        or named_in(denied, ranker, knowledge)
        or not said_in(denied, ranker, knowledge)
    )
    return (meant, denied) if meant and own else (text, "")


def _instead(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding | None:
    """What is meant in place of what is denied: by itself, else with what was said of the same before.

    None where nothing is denied, or a section of what is denied answers all the same: "no carta poder, un testamento".
    """
    meant, denied = put_right(text, knowledge)
    likeliest = next((one.topic for one in found.topics), None)
    if not (meant and denied and likeliest):
        return None
    bare = len(wording_of(meant, ranker_of(knowledge), knowledge).subject) <= NAME and not aspects_in(meant, knowledge)
    if not is_denied(likeliest, meant, denied, knowledge):
        return _of_name(found, meant, denied, conversation, knowledge) if bare else None
    alone = by_itself(meant, knowledge)
    if (
        bare
        and likeliest == conversation.topic
        and any(one.topic == likeliest and one.score >= MAY_MEAN for one in alone.topics)
    ):
        return None
    if not alone.clear or alone.topics[0].topic == likeliest:
        best = choose_next(knowledge.topics[likeliest], meant, aspects_in(meant, knowledge), None, knowledge)
        if best.likely >= TOLD and best.section not in conversation.shown:
            return None
        alone = by_itself(". ".join([*_told_of(meant, conversation, knowledge), meant]), knowledge)
    left = tuple(one for one in alone.topics if not is_denied(one.topic, meant, denied, knowledge))
    read = replace(alone, topics=left, also=None, bearing=Bearing.OTHER, put_right=True)
    return _of_last(read, conversation, knowledge) if bare else read


def _of_name(
    found: Understanding, meant: str, denied: str, conversation: Conversation, knowledge: Knowledge
) -> Understanding | None:
    """What leaves the open topic for a name alone; where the open one is denied, what the name means decides.

    Of those that it may mean, the thread says which: "not the doctor, the school".
    """
    if found.bearing is not Bearing.OTHER:
        return None
    read, may_mean = _of_last(found, conversation, knowledge), meanings(meant, knowledge)
    opened = conversation.topic
    if not may_mean or opened is None or not is_denied(opened, meant, denied, knowledge):
        return read
    alone, first = by_itself(meant, knowledge), read.topics[0]
    if first.topic not in may_mean:
        spoken = _told_of(meant, conversation, knowledge)
        return read if spoken else replace(alone, bearing=Bearing.OTHER, put_right=True)
    sure = replace(first, score=max(first.score, alone.best))
    return replace(read, topics=(sure, *read.topics[1:]), put_right=True)


def _told_of(meant: str, conversation: Conversation, knowledge: Knowledge) -> list[str]:
    """The last message that spoke of the same."""
    ranker = ranker_of(knowledge)
    words = frozenset[str]().union(*(one.keys for one in said_in(meant, ranker, knowledge)))
    told = [one.text for one in conversation.heard]
    return [one for one in told if any(word.keys & words for word in said_in(one, ranker, knowledge))][-1:]


def is_denied(topic: str, meant: str, denied: str, knowledge: Knowledge) -> bool:
    """Whether what is denied names or surely means a topic, or is all that it speaks of; and what is meant is not."""
    ranker, said = ranker_of(knowledge), (meant, denied)
    named, unnamed = (named_in(part, ranker, knowledge) for part in (denied, meant))
    sounds, other = ([one.topic for one in by_itself(part, knowledge).topics[:1]] for part in (denied, meant))
    if topic in named - unnamed:
        return True
    if topic in sounds and topic not in other and by_itself(denied, knowledge).clear:
        # "No nos han revocado nada" denies a situation, and so its section alone.
        return not knowledge.topics[topic].section_or_first(by_itself(denied, knowledge).topics[0].section).only
    own, out = (covered(said_in(part, ranker, knowledge), knowledge.topics[topic], knowledge) for part in said)
    return own < SPOKEN <= out


def _of_last(found: Understanding, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """Where only a name is said, what was asked of the open topic is asked of the one that is named."""
    opened = knowledge.topics[conversation.topic or ""]
    last = opened.section_or_first(conversation.section or "").aspect
    first = found.topics[0] if found.topics else None
    if first is None or last is None or first.topic == opened.id:
        return found
    section = next((one.id for one in knowledge.topics[first.topic].sections if one.aspect is last), first.section)
    return replace(found, topics=(TopicScore(first.topic, section, first.score), *found.topics[1:]), aspect=last)


def _leans(found: Understanding, text: str, opened: Topic, knowledge: Knowledge) -> bool:
    """Whether words that tie it to the last message are no more of the likeliest topic than of the open one."""
    alone, likeliest = by_itself(text, knowledge), next((one.topic for one in found.topics), opened.id)
    if alone.clear or alone.best >= ANSWER or found.best >= LEAVES or not is_tied(text, knowledge):
        return False
    said = said_in(text, ranker_of(knowledge), knowledge)
    here, there = (covered(said, topic, knowledge) for topic in (opened, knowledge.topics[likeliest]))
    return here >= max(there - AS_MUCH, SPEAKS)


def _besides(found: Understanding, text: str, opened: Topic, knowledge: Knowledge) -> bool:
    """Whether it asks the same for somebody else, "can she too", and the open topic is about as likely as any."""
    here = next((one.score for one in found.topics if one.topic == opened.id), 0.0)
    asked = frames_of(knowledge.follow_ups.besides).first(spell_out(text, knowledge.spelling)) is not None
    return asked and here > 0 and found.best - here < MARGIN


def asks_of_that(text: str, knowledge: Knowledge) -> bool:
    """Whether a message asks of "that" and of nothing else."""
    return frames_of(knowledge.follow_ups.of_that).first(spell_out(text, knowledge.spelling)) is not None


def _tells_of_paper(found: Understanding, text: str, opened: Topic, knowledge: Knowledge) -> bool:
    """Whether it only tells of a paper that is had, and that is not what is open: nobody asks for what they have."""
    paper = next((one.topic for one in found.topics), None)
    if paper == opened.id or paper not in knowledge.follow_ups.gives or asks(text, knowledge):
        return False
    owns = has_it(text, knowledge) or frames_of(HAS).first(spell_out(text, knowledge.spelling)) is not None
    return owns and not aspects_in(text, knowledge)


def _puts_place_right(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says that it is not in this place but that one, and nothing else: "a Cuba, no a México"."""
    if NOT not in fold(text).replace(",", " ").split():
        return False
    asked = read(text, knowledge)
    return asked is not None and asked.only_told


def _of_another_kind(found: Understanding, opened: Topic, knowledge: Knowledge) -> bool:
    """Whether what it sounds like only bears the name of the place: the same done elsewhere is of one kind."""
    return all(category_of(one.topic, knowledge) != category_of(opened.id, knowledge) for one in found.topics[:1])


def going_on(
    opened: Topic, found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge
) -> Understanding:
    """A message read as one that goes on with the open topic, with the section that answers it best."""
    best = choose_in_thread(opened, text, conversation, knowledge)
    score = found.topics[0].score if found.topics else 0.0
    others = tuple(one for one in found.topics if one.topic != opened.id)
    return Understanding(
        (TopicScore(opened.id, best.section, score), *others)[:CANDIDATES],
        best.aspect,
        best.gap,
        from_context=True,
        goes_on=True,
        fits=best.fits,
        bearing=Bearing.GOES_ON,
        again=best.section in conversation.shown,
    )
