"""`ventanilla kb show --channel`: an item exactly as a person sees it there, through the engine itself."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from bot.channels.rendering import fit, units
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import Terminal
from bot.channels.twilio import MOST_BUTTONS, capabilities
from bot.channels.web import WebChannel
from bot.conversation import Conversation, InboundMessage, Kind, Reply
from bot.conversation.payload import make
from bot.conversation.ports import Capabilities
from bot.dialogue.engine import take_turn
from knowledge.model import Knowledge
from knowledge.schema.base import Lang

CHANNELS = {
    "telegram": TelegramChannel.capabilities,
    "whatsapp": capabilities(0, marks=True),
    "whatsapp-buttons": capabilities(MOST_BUTTONS, marks=True),
    "sms": capabilities(0),
    "web": WebChannel.capabilities,
    "terminal": Terminal.capabilities,
}
"""WhatsApp with buttons: where TWILIO_CHOICES_TEMPLATE names three templates."""
ASKED = {"es": "que significa {}", "en": "what does {} mean"}


def as_seen(knowledge: Knowledge, item: str, lang: Lang, today: date, channel: str) -> str:
    """Every message, with its buttons and its length. LookupError for what a person never sees by itself."""
    state = Conversation(greeted=True, lang=lang, lang_chosen=True)
    now = datetime.combine(today, time(12), tzinfo=UTC)
    shown: list[str] = []
    for label, kind, said in _ways(knowledge, item, lang):
        text, payload = ("", said) if kind is Kind.TAP else (said, "")
        message = InboundMessage(channel, label, "1", kind, now, text, payload)
        replies = take_turn(state, message, knowledge, now).replies
        shown.append("\n".join((f"── {label}", *_bubbles(replies, CHANNELS[channel]))))
    if not shown:
        raise LookupError(f"{item!r} that a person sees by itself; without --channel an editor sees more")
    return "\n\n".join(shown)


def _ways(knowledge: Knowledge, item: str, lang: Lang) -> Iterator[tuple[str, Kind, str]]:
    """How a person comes to see an item: the button or the words."""
    topic_id, _, section_id = item.partition("/")
    if topic := knowledge.topics.get(topic_id):
        for section in topic.sections:
            if section_id in ("", section.id):
                yield f"{topic.id}/{section.id}", Kind.TAP, make("s", topic.id, section.id)
    if item in knowledge.categories:
        yield item, Kind.TAP, make("k", item, "yes")
    if item in knowledge.events:
        yield item, Kind.TAP, make("e", item)
    if term := knowledge.glossary.get(item):
        yield item, Kind.TEXT, ASKED[lang].format(term.terms[0])
    if ambiguous := knowledge.ambiguous.get(item):
        yield item, Kind.TEXT, ambiguous.phrases[0]


def _bubbles(replies: tuple[Reply, ...], shows: Capabilities) -> Iterator[str]:
    for reply in replies:
        for part in fit(reply, shows):
            yield shows.written(part)
            yield from (f"  [ {choice.label} ]" for choice in part.choices)
            limit = shows.button_text_limit if part.choices and shows.button_text_limit else shows.text_limit
            yield f"  ({units(shows.written(part))} of {limit} characters)"
