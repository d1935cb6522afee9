"""What is put forward against what was shown: another month, another forum, one that the list left out."""

from collections.abc import Iterator
from dataclasses import replace

from bot.conversation import Turn
from bot.dialogue.calendar import replies
from bot.dialogue.calendar.evidence import LIMITS
from bot.dialogue.calendar.search import INSTITUTION
from bot.dialogue.calendar.thread import ASKS
from bot.dialogue.calendar.turns import MOST, some
from bot.dialogue.calendar.words import Asked, asked_in
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.hearing import Hearing
from bot.dialogue.understanding import by_itself
from knowledge.calendar import in_order
from knowledge.schema.calendar import Event

CLAIMS = frozenset(tokens("era eran seria dice dicen dijo dijeron decia says said told was wasnt isnt"))
"""Words with which one puts a date forward."""
STRAY = 1
"""Words that we cannot place beside it."""
NO = frozenset(tokens("no nop nope not"))
ANOTHER = frozenset(tokens("la el lo las los de del the one"))
"""Words between a "no" and the forum that was meant: `no, la de desertificación`."""
MEANT = frozenset(
    tokens("dije digo decia pregunte preguntaba pregunto hablo hablaba referia said asked asking mean meant about")
)
"""Words with which one says again what one asked for: `yo dije el otro`."""
ABSENT = frozenset(tokens("falta faltan falto faltaron faltaba missing missed omitted olvido olvidaron forgot"))
LISTED = frozenset(
    tokens("sale salen salio salieron aparece aparecen aparecio esta estan lista listado veo vi puso pusieron dio")
    + tokens("listed list there show shows appear appears see")
)
"""Words that with a "no" say that something was left out of what was shown."""
UNLISTED = NO | frozenset(tokens("isnt arent didnt dont doesnt"))
LONGEST = 14
"""Words of a message that says so."""


def answer_claim(asked: Asked, event: Event | None, hearing: Hearing) -> Turn | None:
    """When the open forum is, or until when, where a month is put forward for it: no other forum has to be in it."""
    named = asked.named or asked.topics or asked.kinds or asked.places or asked.organisers or asked.strangers
    if named or asked.plural or "all" in asked.asks or len(asked.unknown) > STRAY:
        return None
    claimed = bool(asked.dates.spans) and not asked.dates.year_said and not CLAIMS.isdisjoint(tokens(hearing.text))
    until = "until" in asked.asks and not asked.dates.spans and event is None
    if not (claimed or until):
        return None
    shown = event if hearing.conversation.event is not None else None
    event = shown or _named_before(hearing) or event
    if event is None:
        return None
    return ASKS["until" if "until" in asked.asks or event.kind in LIMITS else "when"](hearing, event)


def left_out(asked: Asked, hearing: Hearing) -> Turn | None:
    """`¿Y el de la OEA no sale?`: what is to come of each that is named, after a list that did not show it."""
    words = tokens(hearing.text)
    lacking = not ABSENT.isdisjoint(words) or not (UNLISTED.isdisjoint(words) or LISTED.isdisjoint(words))
    if hearing.conversation.event is None or not lacking or asked.dates.spans or len(words) > LONGEST:
        return None
    named = [
        event
        for event in replies.coming(hearing)
        if event.series in asked.series or event.id in asked.editions or set(event.topics) & set(asked.topics)
    ]
    return some(hearing, in_order(named, hearing.today)) if named else None


def put_right(asked: Asked, event: Event | None, hearing: Hearing) -> Asked | None:
    """`No, la de desertificación`, `yo dije ECOSOC`: what was meant instead of the event shown; None where nothing."""
    words, shown = tokens(hearing.text), hearing.conversation.event
    if event is None or shown is None or len(words) < len(("no", "la", "…")):
        return None
    said_again = max((at for at, word in enumerate(words) if word in MEANT), default=None)
    if said_again is not None and (again := asked_in(" ".join(words[said_again + 1 :]), hearing)).series:
        return replace(again, asks=again.asks | {"when"}, unknown=())
    if words[0] not in NO or words[1] not in ANOTHER or asked.asks:
        return None
    meant = asked_in(" ".join(words[1:]), hearing)
    if meant.named or meant.kinds or not meant.topics:
        return meant
    return replace(meant, kinds=("forum",), asks=meant.asks | {"list"})


def of_spoken_forum(asked: Asked, hearing: Hearing) -> Asked:
    """`Las fechas de la asamblea`: of the several that are called so, the one that the conversation spoke of."""
    named = asked.named or asked.topics or asked.places or asked.organisers or asked.strangers
    if asked.kinds != INSTITUTION or named or asked.several:
        return asked
    coming = [event for event in replies.coming(hearing) if event.kind in INSTITUTION and event.series]
    for said in _spoken_of(coming, hearing):
        if len(said) == 1:
            return replace(asked, series=tuple(said))
    return asked


def _spoken_of(events: list[Event], hearing: Hearing) -> Iterator[set[str]]:
    """The forums of these that each topic answered lately tells of, and each message heard names, the newest first."""
    state = hearing.conversation
    topics = (state.topic, *(place.partition("/")[0] for place in reversed(state.places)), *reversed(state.earlier))
    for topic in topics:
        yield {event.series for event in events if event.series and topic in event.leads[:MOST]}
    for heard in reversed(state.heard[:-1]):
        asked = asked_in(heard.text, hearing)
        subjects = set(asked.topics)
        yield {e.series for e in events if e.series and (e.series in asked.series or subjects & set(e.topics))}


def _named_before(hearing: Hearing) -> Event | None:
    """The next of the one forum that an earlier message names, of which the open topic or a neighbour speaks."""
    topic = hearing.knowledge.topics.get(hearing.conversation.topic or "")
    if topic is None:
        return None
    for heard in reversed(hearing.conversation.heard[:-1]):
        asked = asked_in(heard.text, hearing)
        if len(asked.series) == 1:
            of_it = (event for event in replies.coming(hearing) if event.series == asked.series[0])
            return next((event for event in of_it if {topic.id, *topic.next} & set(event.leads)), None)
        alone = by_itself(heard.text, hearing.knowledge)
        if alone.clear and alone.topics[0].topic == topic.id:
            break  # what is open was named since
    return None
