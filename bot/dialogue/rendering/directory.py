"""Consulates as replies: one in full with its neighbours, several by name, where the person is; and their buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.conversation import Choice, Conversation, Reply, ReplyKind
from bot.dialogue.decision import AskPlace, Consulate, Consulates, Place
from bot.dialogue.message import Message
from bot.dialogue.person.audience import MAY_BE_MEXICAN
from bot.dialogue.person.gazetteer import Town, gazetteer_of
from bot.dialogue.person.told import told_by
from bot.dialogue.places.nearest import Near, near_town, nearest, seat_of
from bot.dialogue.places.words import MEXICO
from bot.dialogue.rendering.buttons import FIND_CONSULATE, topic_button
from bot.dialogue.rendering.doors import filled
from bot.dialogue.rendering.rendered import Rendered
from bot.dialogue.signals import Signals
from bot.dialogue.signals.places import town_known
from bot.dialogue.words.payload import make
from bot.texts import say
from knowledge.addresses import names_others_numbers, put
from knowledge.citing import age_note, source_list, source_names
from knowledge.freshness import is_withdrawn
from knowledge.schema.base import Dated
from knowledge.schema.directory import Consulate as Office
from knowledge.schema.directory import Told
from knowledge.schema.facts import Contact
from knowledge.schema.topics import Aspect, Topic
from knowledge.wording import country, month

PAGE = 3
"""Consulates of a list that are shown at a time."""
BESIDE = 2
"""Neighbours offered beside the nearest."""
LABEL = 20
"""Characters of a button on the narrowest channel."""
MILES = 1.609344
"""Kilometres of one."""
AT_THE_SEAT = 10.0
"""Kilometres within which nothing is said of the distance."""
OUT_OF_REACH = 150.0
"""Kilometres to the nearest known town from which a shared place is in another country, or at sea."""
ROUNDED = 5
"""Miles and kilometres to which distances are rounded."""
TOLD: tuple[Told, ...] = ("page", "address", "phone", "guard")
"""The page first: it names itself, and is a source to show only where there is no other."""
PROTECTION = ("ciam-us", "ciam-mx", "ciam-world")
"""The consular protection line; the first that works from where the person is."""
KINDS = {
    "directory.which": ReplyKind.CLARIFY,
    "directory.not_found": ReplyKind.QUESTION,
    "directory.no_postal_codes": ReplyKind.QUESTION,
}
"""Of questions; all else is an answer."""


def render_consulate(act: Consulate, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The consulate in full, its neighbours as buttons; or where its values come from."""
    office = s.knowledge.consulates[act.id]
    reply = _sources(office, s) if act.asked == "sources" else _card(act, office, m, s)
    return Rendered((reply,), (act.id,))


def _card(act: Consulate, office: Office, m: Message, s: Signals) -> Reply:
    found, place = _near(act, office, m, s)
    far = bool(place) and found[0].kilometres > AT_THE_SEAT
    used = [item for what in TOLD if (item := _item(office, what, s))]
    blocks = (
        office.name.say(s.lang),
        say("directory.nearest", s.lang, place=place, distance=_distance(found[0], s)) if far else "",
        s.knowledge.aspects[Aspect.HOURS].gap.say(s.lang) + "." if act.asked == "hours" else "",
        "\n".join(_lines(office, s)),
        _emergencies(office, s),
        age_note(used, (_protection(s),), s.knowledge, s.lang, s.today),
        "➡ " + say("directory.do", s.lang),
        source_names([item.id for item in used[1:] or used], s.knowledge, s.lang),
    )
    others = () if act.also is None else (_town_button(gazetteer_of(s.knowledge).towns[act.also], s),)
    beside = (_button(near.consulate) for near in found[1 : 1 + BESIDE]) if far else ()
    sources = Choice(label=say("button.sources", s.lang), payload=make("p", office.id, "o"))
    choices = (sources, *others, *beside, *_topics(s, s.knowledge.directory.appointments))
    return Reply(ReplyKind.ANSWER, "\n\n".join(filter(None, blocks)), choices)


def _near(act: Consulate, office: Office, m: Message, s: Signals) -> tuple[Sequence[Near], str]:
    """The consulates nearest to what is asked about, and the name of that place."""
    if act.shared and (place := m.inbound.location):
        found = nearest(place.latitude, place.longitude, office.country, s.knowledge)
        return found, say("directory.your_place", s.lang)
    town = seat_of(office, s.knowledge) if act.town is None else gazetteer_of(s.knowledge).towns[act.town]
    return near_town(town, s.knowledge), _town_name(town, s)


def _distance(near: Near, s: Signals) -> str:
    miles, km = (max(ROUNDED, round(n / ROUNDED) * ROUNDED) for n in (near.kilometres / MILES, near.kilometres))
    return say("directory.distance", s.lang, miles=miles, km=km)


def _item(office: Office, what: Told, s: Signals) -> Dated | None:
    """The fact or contact that holds it, where it may be said today, and is dialled from where the person is."""
    item = s.knowledge.dated(office.told(what) or "")
    away = isinstance(item, Contact) and not _works(item, s)
    return None if item is None or away or is_withdrawn(item, s.today) else item


def _works(contact: Contact, s: Signals) -> bool:
    here = {"PR": "US"}.get(s.person.country or "", s.person.country)
    return here is None or bool({here, "*"} & set(contact.works_from))


def _protection(s: Signals) -> str:
    return next((name for name in PROTECTION if _works(s.knowledge.contacts[name], s)), PROTECTION[-1])


def _value(item: Dated, s: Signals) -> str:
    """With the date that it is from; of a number without "from the United States": it is there."""
    value = str(item.dial) if isinstance(item, Contact) else filled(f"{{{item.id}}}", s)
    words = s.knowledge.texts["source-of" if item.as_of else "source-seen"].say(s.lang)
    return f"{value} ({put(words, {'date': month(item.as_of or item.seen.isoformat(), s.lang)})})"


def _lines(office: Office, s: Signals) -> Iterator[str]:
    """Address, phone and page; what no good source says is admitted."""
    address, phone = _item(office, "address", s), _item(office, "phone", s)
    unheard = s.knowledge.dated(office.told("phone") or "") is not None and phone is None
    if address is None and phone is None and not unheard:
        yield say("directory.neither", s.lang)
    else:
        yield (
            say("directory.address", s.lang, value=_value(address, s))
            if address
            else say("directory.no_address", s.lang)
        )
        if phone or not unheard:
            yield say("directory.phone", s.lang, value=_value(phone, s)) if phone else say("directory.no_phone", s.lang)
    if page := _item(office, "page", s):
        yield say("directory.page", s.lang, value=filled(f"{{{page.id}}}", s))
    yield filled(say("directory.appointments", s.lang), s)


def _emergencies(office: Office, s: Signals) -> str:
    """The guard line with the protection line beside it; that one alone where no good source names another."""
    guard, line = _item(office, "guard", s), f"{{{_protection(s)}}}"
    if guard is None:
        return filled(say("directory.ciam", s.lang, line=line), s)
    return filled(say("directory.guard", s.lang, value=_value(guard, s), line=line), s)


def _sources(office: Office, s: Signals) -> Reply:
    """Where each value comes from, and whose towns and distances these are."""
    used = [item.id for what in TOLD if (item := _item(office, what, s))]
    blocks = (
        say("sources.head", s.lang, title=office.name.say(s.lang)),
        source_list(used, s.knowledge, s.lang),
        filled(say("directory.credit", s.lang, address=f"{{{s.knowledge.directory.credit}}}"), s),
    )
    return Reply(ReplyKind.ANSWER, "\n\n".join(blocks), (_button(office),))


def render_consulates(act: Consulates, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Three consulates by name, a button for each and for the next three, and that a town would tell the nearest."""
    shown = [s.knowledge.consulates[name] for name in act.ids[act.start : act.start + PAGE]]
    region = s.knowledge.regions.get(act.region or "")
    name = region.name.say(s.lang) if region else ""
    head = say(act.key, s.lang, count=len(act.ids), state=name, city=act.city)
    lines = "\n".join(f"• {office.name.say(s.lang)}" for office in shown)
    left = len(act.ids) - act.start - len(shown)
    more = make("n", act.region or "", str(act.start + PAGE))
    last = (Choice(label=say("button.more", s.lang, count=left), payload=more),) if left else ()
    text = "\n\n".join((head, lines, "➡ " + filled(say("directory.tell_town", s.lang), s)))
    return Rendered((Reply(ReplyKind.ANSWER, text, (*map(_button, shown), *last)),), tuple(one.id for one in shown))


def render_ask_place(act: AskPlace, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Where the person is, with towns to choose from; or that there is no consulate of ours."""
    towns = [gazetteer_of(s.knowledge).towns[town] for town in act.towns]
    values = {
        "page": f"{{{s.knowledge.directory.abroad}}}",
        "line": f"{{{_protection(s)}}}",
        "town": towns[0].name if towns else "",
        "country": country(act.country, s.lang, article=True) if act.country else say("directory.that_country", s.lang),
    }
    choices = [_town_button(town, s) for town in towns]
    if act.region is not None:
        label = say("directory.state", s.lang, state=s.knowledge.regions[act.region].name.say(s.lang))
        choices = [*choices[:1], Choice(label=label, payload=make("n", act.region, "0"))]
    text = filled(say(act.key, s.lang, **values), s)
    return Rendered((Reply(KINDS.get(act.key, ReplyKind.ANSWER), text, (*_topics(s, *act.topics), *choices)),))


def render_place(act: Place, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The degrees of a shared place, to read to the emergency operator; in calm with the nearest consulate."""
    degrees = f"{act.latitude:.5f}, {act.longitude:.5f}"
    if act.in_danger:
        return Rendered((Reply(ReplyKind.HELP, filled(say("location.danger", s.lang, degrees=degrees), s)),))
    town, away = gazetteer_of(s.knowledge).nearest(act.latitude, act.longitude)
    found = nearest(act.latitude, act.longitude, town.country, s.knowledge) if away <= OUT_OF_REACH else ()
    choices = tuple(_offer(near.consulate, s) for near in found[:1] if not s.person.fears_government)
    return Rendered((Reply(ReplyKind.QUESTION, filled(say("location.calm", s.lang, degrees=degrees), s), choices),))


def consulate_choice(topic: str, m: Message, s: Signals) -> Choice | None:
    """The consulate nearest to the person's town, for a topic whose business is done at one."""
    person = s.person
    barred = person.fears_government or person.citizen not in MAY_BE_MEXICAN
    elsewhere = told_by(person, m.text, s.knowledge).home != person.country  # whom it is about is elsewhere
    if topic not in s.knowledge.directory.business or barred or elsewhere or person.in_danger:
        return None
    town = town_known(m, s)
    return None if town is None else _offer(near_town(town, s.knowledge)[0].consulate, s)


def with_consulate(reply: Reply, topic: Topic, m: Message, s: Signals) -> Reply:
    """An answer with the nearest consulate in place of the way to find it; what the directory lacks, where it does."""
    person = s.person
    others = tuple(choice for choice in reply.choices if choice.payload != FIND_CONSULATE)
    if (choice := consulate_choice(topic.id, m, s)) is not None:
        return replace(reply, choices=(choice, *others))
    return reply


def _offer(office: Office, s: Signals) -> Choice:
    return Choice(label=say("directory.offer", s.lang, city=office.city), payload=make("p", office.id))


def _button(office: Office) -> Choice:
    return Choice(label=f"{office.city}, {office.region.partition('-')[2]}", payload=make("p", office.id))


def _topics(s: Signals, *names: str) -> Iterator[Choice]:
    known = (s.knowledge.topics[name] for name in names if name in s.knowledge.topics)
    return (topic_button(topic, s.knowledge, s.lang) for topic in known)


def _town_name(town: Town, s: Signals) -> str:
    """`Yakima, Washington`."""
    region = s.knowledge.regions.get(town.region)
    return f"{town.name}, {region.name.say(s.lang)}" if region else town.name


def _town_button(town: Town, s: Signals) -> Choice:
    """With the state's name where a button holds it, else its letters."""
    whole = _town_name(town, s)
    label = whole if len(whole) <= LABEL else f"{town.name}, {town.region.partition('-')[2]}"
    return Choice(label=label, payload=make("w", str(town.id)))
