"""What is nearest to a message in the open topic: its sections by how likely each answers, and who knows more."""

from collections.abc import Sequence

from bot.dialogue.bearing.situations import choose_in_thread
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import to_ask
from bot.dialogue.ranking.context import recent
from knowledge.addresses import contact_names, put
from knowledge.schema.base import Words
from knowledge.schema.topics import Topic


def open_topic(hearing: Hearing) -> str | None:
    """The topic that is open since the message before, where that is not long ago."""
    state = hearing.conversation
    return recent(state.having(heard=state.heard[:-1]), hearing.now).topic


def ranked_sections(topic: Topic, hearing: Hearing) -> Sequence[tuple[str, float]]:
    """Each with its likelihood, the likeliest first; those for others are none."""
    return choose_in_thread(topic, hearing.text, hearing.conversation, hearing.knowledge).ranked


def unshown_section(hearing: Hearing) -> str | None:
    """`topic/section` that answers a message in the open topic and was not shown yet."""
    topic, state = hearing.knowledge.topics.get(open_topic(hearing) or ""), hearing.conversation
    chosen = choose_in_thread(topic, hearing.text, state, hearing.knowledge) if topic is not None else None
    if topic is None or chosen is None or chosen.gap or not chosen.fits or chosen.section in state.shown:
        return None
    return f"{topic.id}/{chosen.section}"


def reached(topic: Topic, hearing: Hearing) -> Sequence[str]:
    """Those to ask who are there for the person, from where they are."""
    return to_ask(topic, hearing.conversation, hearing.text, hearing.knowledge)


def with_contacts(said: Words, contacts: Sequence[str], hearing: Hearing, **values: str) -> str:
    """A text of ours that names whom to ask; `values`: what else stands in it."""
    names = contact_names(contacts, hearing.knowledge, hearing.lang, hearing.now.date())
    return put(said.say(hearing.lang), {"contacts": names, **values})
