"""Back to what was spoken of before a danger was told, where a message names it: `y entonces lo de la beca`."""

from dataclasses import replace

from bot.conversation import Turn
from bot.dialogue.danger.remembered import told_of, with_told
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.after_help import is_free, lately_told
from bot.dialogue.ranking.context import wording_of
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.topics import answer_topic
from bot.dialogue.understanding import ANSWER, Understanding, understand
from knowledge.model import Knowledge


def go_back_in_danger(hearing: Hearing) -> Turn | None:
    """The answer in the topic before an open danger that a message names, and tells no danger beside it."""
    category = lately_told(hearing)
    if category is None or hearing.danger or hearing.check or not is_free(hearing, category):
        return None
    heard = as_earlier(hearing, named_only=True)
    if heard is None:
        return None
    return answer_topic(with_told(heard, told_of(heard, category).model_copy(update={"aside": True})))


def as_earlier(hearing: Hearing, *, named_only: bool = False) -> Hearing | None:
    """The message heard as of the topic that was open before; None where it is not."""
    state, knowledge = hearing.conversation, hearing.knowledge
    before = [name for name in reversed(state.earlier) if not named_only or _names(hearing.text, name, knowledge)]
    if state.topic is not None or not before:
        return None
    again = state.having(topic=before[0], section=knowledge.topics[before[0]].section_or_first("").id)
    heard = understand(hearing.text, again.having(heard=()), knowledge)
    if not heard.topics or heard.topics[0].topic != before[0] or heard.best < ANSWER:
        if not named_only:
            return None
        heard = Understanding(tuple(replace(one, score=1.0) for one in heard.topics if one.topic == before[0])[:1])
    return replace(hearing.with_state(again), understood=heard) if heard.topics else None


def _names(text: str, topic: str, knowledge: Knowledge) -> bool:
    return topic in wording_of(text, ranker_of(knowledge), knowledge).named
