"""What is said of consulates: one in full with its nearest neighbours, the ones of a state, and why there is none."""

from collections.abc import Iterator, Sequence

from babel import Locale

from bot.conversation import Choice, Reply, ReplyKind
from bot.dialogue.compose import menu_choices, topic_button
from bot.dialogue.directory.nearest import Near, Point
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.gazetteer import Town
from bot.dialogue.words.payload import make
from bot.texts import say
from knowledge.addresses import put
from knowledge.citing import age_note, source_list, source_names
from knowledge.freshness import is_withdrawn
from knowledge.render import fill
from knowledge.schema.base import Dated, Lang
from knowledge.schema.directory import Ask, Consulate, Region, Told
from knowledge.schema.facts import Contact
from knowledge.schema.topics import Aspect
from knowledge.wording import country, month

PAGE = 3
BESIDE = 2
"""Neighbours offered beside the nearest."""
LABEL = 20
"""Characters of a button on the narrowest channel."""
MILES = 1.609344
AT_THE_SEAT = 10.0
"""Kilometres within which nothing is said of the distance."""
ROUNDED = 5
TOLD: tuple[Told, ...] = ("page", "address", "phone", "guard")
"""The page first: it names itself, and is a source to show only where there is no other."""
REFUGE = "condicion-refugiado"
SRE_OFFICES = "delegaciones-sre"
AGE_ASK = ("ciam-us",)


def town_name(town: Town, hearing: Hearing) -> str:
    """`Yakima, Washington`."""
    region = hearing.knowledge.regions.get(town.region)
    return f"{town.name}, {region.name.say(hearing.lang)}" if region else town.name


def _seat_label(consulate: Consulate) -> str:
    return f"{consulate.city}, {consulate.region.partition('-')[2]}"


def _button(consulate: Consulate) -> Choice:
    return Choice(label=_seat_label(consulate), payload=make("p", consulate.id))


def _item(consulate: Consulate, what: Told, hearing: Hearing) -> Dated | None:
    """The fact or contact that holds it, where it may be said today."""
    item = hearing.knowledge.dated(consulate.told(what) or "")
    return None if item is None or is_withdrawn(item, hearing.now.date()) else item


def _value(item: Dated, hearing: Hearing) -> str:
    return fill(f"{{{item.id}}}", hearing.knowledge, hearing.lang, hearing.now.date()).text


def _said(item: Dated, hearing: Hearing) -> str:
    """The value, with the date that it is from; of a number without "from the United States": it is there."""
    value = str(item.dial) if isinstance(item, Contact) else _value(item, hearing)
    words = hearing.knowledge.texts["source-of" if item.as_of else "source-seen"].say(hearing.lang)
    return f"{value} ({put(words, {'date': month(item.as_of or item.seen.isoformat(), hearing.lang)})})"


def _lines(consulate: Consulate, hearing: Hearing) -> Iterator[str]:
    """Address, phone and page; what no good source says is admitted."""
    lang = hearing.lang
    address, phone = _item(consulate, "address", hearing), _item(consulate, "phone", hearing)
    if address is None and phone is None:
        yield say("directory.neither", lang)
    else:
        yield (
            say("directory.address", lang, value=_said(address, hearing))
            if address
            else say("directory.no_address", lang)
        )
        yield say("directory.phone", lang, value=_said(phone, hearing)) if phone else say("directory.no_phone", lang)
    if page := _item(consulate, "page", hearing):
        yield say("directory.page", lang, value=_value(page, hearing))
    yield hearing.fill(say("directory.appointments", lang))


def _emergencies(consulate: Consulate, hearing: Hearing) -> str:
    """The guard line with CIAM beside it; CIAM alone where no good source names one."""
    guard = _item(consulate, "guard", hearing)
    if guard is None:
        return hearing.fill(say("directory.ciam", hearing.lang))
    return hearing.fill(say("directory.guard", hearing.lang, value=_said(guard, hearing)))


def _distance(near: Near, hearing: Hearing) -> str:
    miles, km = near.kilometres / MILES, near.kilometres
    return say("directory.distance", hearing.lang, miles=_rounded(miles), km=_rounded(km))


def _rounded(amount: float) -> int:
    return max(ROUNDED, round(amount / ROUNDED) * ROUNDED)


def _how_near(found: Sequence[Near], point: Point, hearing: Hearing) -> str:
    near = found[0]
    if point.town is not None and near.kilometres <= AT_THE_SEAT:
        return ""
    place = town_name(point.town, hearing) if point.town else say("directory.your_place", hearing.lang)
    return say("directory.nearest", hearing.lang, place=place, distance=_distance(near, hearing))


def card(
    hearing: Hearing,
    found: Sequence[Near],
    point: Point,
    asks: frozenset[Ask] = frozenset(),
    others: Sequence[Town] = (),
) -> Reply:
    """The nearest consulate in full; its neighbours, and another town of the name, as buttons."""
    knowledge, lang, today = hearing.knowledge, hearing.lang, hearing.now.date()
    consulate, how_near = found[0].consulate, _how_near(found, point, hearing)
    used = [item for what in TOLD if (item := _item(consulate, what, hearing))]
    hours = knowledge.aspects[Aspect.HOURS].gap.say(lang) + "." if Ask.HOURS in asks else ""
    blocks = (
        consulate.name.say(lang),
        how_near,
        hours,
        "\n".join(_lines(consulate, hearing)),
        _emergencies(consulate, hearing),
        age_note(used, AGE_ASK, knowledge, lang, today),
        "➡ " + say("directory.do", lang),
        source_names([item.id for item in used[1:] or used], knowledge, lang),
    )
    beside = found[1 : 1 + BESIDE] if how_near else ()
    choices = (
        Choice(label=say("button.sources", lang), payload=make("p", consulate.id, "o")),
        *(_town_button(town, hearing) for town in others),
        *(_button(near.consulate) for near in beside),
        *_topics(hearing, knowledge.directory.appointments),
    )
    return Reply(ReplyKind.ANSWER, "\n\n".join(filter(None, blocks)), choices)


def _topics(hearing: Hearing, *ids: str) -> Iterator[Choice]:
    topics = hearing.knowledge.topics
    yield from (topic_button(topics[each], hearing.knowledge, hearing.lang) for each in ids if each in topics)


def _town_button(town: Town, hearing: Hearing) -> Choice:
    """With the state's name where a button holds it, else its letters."""
    whole = town_name(town, hearing)
    label = whole if len(whole) <= LABEL else f"{town.name}, {town.region.partition('-')[2]}"
    return Choice(label=label, payload=make("w", str(town.id)))


def sources(hearing: Hearing, consulate: Consulate) -> Reply:
    """Where each value comes from, and whose towns and distances these are."""
    knowledge, lang = hearing.knowledge, hearing.lang
    used = [item.id for what in TOLD if (item := _item(consulate, what, hearing))]
    credit = _value(knowledge.facts[knowledge.directory.credit], hearing)
    blocks = (
        say("sources.head", lang, title=consulate.name.say(lang)),
        source_list(used, knowledge, lang),
        say("directory.credit", lang, address=credit),
    )
    return Reply(ReplyKind.ANSWER, "\n\n".join(blocks), (_button(consulate),))


def listed(hearing: Hearing, region: Region, seats: Sequence[Consulate], start: int) -> Reply:
    """Three of a state's consulates, with buttons for each and for the next three."""
    lang, shown = hearing.lang, seats[start : start + PAGE]
    left = len(seats) - start - len(shown)
    head = say("directory.in_state", lang, count=len(seats), state=region.name.say(lang))
    more = Choice(label=say("button.more", lang, count=left), payload=make("n", region.id, str(start + PAGE)))
    return _several(head, shown, lang, more=(more,) if left else ())


def none_there(hearing: Hearing, region: Region, around: Sequence[Near]) -> Reply:
    """A state without a consulate: those nearest to its largest town."""
    head = say("directory.none_in_state", hearing.lang, state=region.name.say(hearing.lang))
    return _several(head, [near.consulate for near in around[:PAGE]], hearing.lang)


def around(hearing: Hearing, consulate: Consulate, found: Sequence[Near]) -> Reply:
    """The consulates nearest to one that was shown."""
    head = say("directory.around", hearing.lang, city=consulate.city)
    return _several(head, [near.consulate for near in found[:PAGE]], hearing.lang)


def _several(head: str, shown: Sequence[Consulate], lang: Lang, more: tuple[Choice, ...] = ()) -> Reply:
    """Consulates by name, a button for each, and that a town would tell the nearest."""
    lines = "\n".join(f"• {seat.name.say(lang)}" for seat in shown)
    text = "\n\n".join((head, lines, "➡ " + say("directory.tell_town", lang)))
    return Reply(ReplyKind.ANSWER, text, (*map(_button, shown), *more))


def no_postal_codes(hearing: Hearing) -> Reply:
    """A postal code alone: the town is asked for."""
    return Reply(ReplyKind.QUESTION, say("directory.no_postal_codes", hearing.lang))


def which(hearing: Hearing, towns: Sequence[Town], region: Region | None) -> Reply:
    """A name of several towns, or of a town and a state."""
    lang = hearing.lang
    choices = [_town_button(town, hearing) for town in towns]
    if region is not None:
        label = say("directory.state", lang, state=region.name.say(lang))
        choices = [*choices[:1], Choice(label=label, payload=make("n", region.id, "0"))]
    return Reply(ReplyKind.CLARIFY, say("directory.which", lang, town=towns[0].name), tuple(choices))


def which_town(hearing: Hearing) -> Reply:
    """A question for the consulate without a town; what helps meanwhile."""
    choices = tuple(_topics(hearing, hearing.knowledge.directory.appointments))
    return Reply(ReplyKind.ANSWER, _with_list("directory.which_town", hearing), choices)


def not_found(hearing: Hearing) -> Reply:
    """A place that we do not know."""
    return Reply(ReplyKind.QUESTION, _with_list("directory.not_found", hearing))


def _with_list(key: str, hearing: Hearing) -> str:
    return hearing.fill(say(key, hearing.lang, page=_official_list(hearing)))


def _official_list(hearing: Hearing) -> str:
    return _value(hearing.knowledge.facts[hearing.knowledge.directory.abroad], hearing)


def anothers(hearing: Hearing) -> Reply:
    """Another country's consulate: that we have Mexico's alone, who knows it, and what can be asked of us."""
    text = hearing.fill(say("directory.anothers", hearing.lang))
    return Reply(ReplyKind.FALLBACK, text, menu_choices(hearing.knowledge, hearing.lang))


def in_mexico(hearing: Hearing, namesakes: Sequence[Town] = ()) -> Reply:
    """Consulates are abroad; inside Mexico the ministry has offices; towns abroad of the same name are offered."""
    towns = [_town_button(town, hearing) for town in namesakes]
    return Reply(
        ReplyKind.ANSWER,
        hearing.fill(say("directory.in_mexico", hearing.lang)),
        (*_topics(hearing, SRE_OFFICES), *towns),
    )


def abroad(hearing: Hearing, code: str | None) -> Reply:
    """A country that our directory does not have."""
    lang = hearing.lang
    known = code is not None and code in Locale(lang).territories
    name = country(code, lang, article=True) if code is not None and known else say("directory.that_country", lang)
    said = say("directory.abroad", lang, country=name, page=_official_list(hearing))
    return Reply(ReplyKind.ANSWER, hearing.fill(said))


def rather_not(hearing: Hearing) -> Reply:
    """Who fears their government is not sent to it."""
    text = hearing.fill(say("directory.fears", hearing.lang))
    return Reply(ReplyKind.CLARIFY, text, tuple(_topics(hearing, REFUGE)))


def offer(consulate: Consulate, lang: Lang) -> Choice:
    """The nearest consulate, beside the answer of another topic."""
    return Choice(label=say("directory.offer", lang, city=consulate.city), payload=make("p", consulate.id))


def located(hearing: Hearing, consulate: Consulate) -> Reply:
    """A place shared without a question: that it is not kept, the number, and the consulate for who wants it."""
    place = hearing.message.location
    degrees = f"{place.latitude:.5f}, {place.longitude:.5f}" if place else ""
    text = hearing.fill(say("location.calm", hearing.lang, degrees=degrees))
    return Reply(ReplyKind.QUESTION, text, (offer(consulate, hearing.lang),))
