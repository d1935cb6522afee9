"""Consulates as replies: one in full with its neighbours, several by name, where the person is; and their buttons."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import get_args

from bot.conversation import Choice, Conversation, Reply, ReplyKind
from bot.dialogue.decision import AskPlace, Consulate, Consulates, Place
from bot.dialogue.message import Message
from bot.dialogue.person.gazetteer import Town, gazetteer_of
from bot.dialogue.person.told import MAY_BE_MEXICAN, told_by
from bot.dialogue.places.nearest import Near, near_town, seat_of, town_at, town_name
from bot.dialogue.rendering.words import FIND_CONSULATE, Rendered, filled, topic_button
from bot.dialogue.signals import Signals
from bot.dialogue.signals.places import town_known
from bot.dialogue.words.payload import make
from bot.texts import say
from knowledge.citing import age_note, dated, source_line, source_list
from knowledge.freshness import is_withdrawn
from knowledge.schema.base import Dated
from knowledge.schema.directory import Consulate as Office
from knowledge.schema.directory import Told
from knowledge.schema.facts import Contact
from knowledge.schema.topics import Aspect
from knowledge.wording import country

PAGE, BESIDE = 3, 2
"""Consulates of a list that are shown at a time; neighbours offered beside the nearest."""
LABEL = 20
"""Characters of a button on the narrowest channel."""
METRES = 1609
"""Of a mile."""
AT_THE_SEAT, ROUNDED = 10, 5
"""Kilometres within which nothing is said of the distance; miles and kilometres to which it is rounded."""
PROTECTION = ("ciam-us", "ciam-mx", "ciam-world")
"""The consular protection line; the first that works from where the person is."""
BOOKING = "miconsulado-phone"
"""Where appointments are made."""


def render_consulate(act: Consulate, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The consulate in full, its neighbours as buttons; or where its values come from."""
    office = s.knowledge.consulates[act.id]
    town = seat_of(office, s.knowledge) if act.town is None else gazetteer_of(s.knowledge).towns[act.town]
    reply = _sources(office, s) if act.asked == "sources" else _card(office, town, act.asked, s)
    return Rendered((reply,), (act.id,))


def _card(office: Office, town: Town, asked: str, s: Signals) -> Reply:
    near, *others = near_town(town, s.knowledge)
    far = near.kilometres > AT_THE_SEAT
    used = _used(office, s)
    blocks = (
        office.name.say(s.lang),
        _how_near(near, town, s) if far else "",
        s.knowledge.aspects[Aspect.HOURS].gap.say(s.lang) + "." if asked else "",
        "\n".join(_lines(office, s)),
        age_note(used, (_protection(s),), s.knowledge, s.lang, s.today),
        "➡ " + say("directory.do", s.lang),
        source_line([item.id for item in used[:-1] or used], s.knowledge, s.lang),
    )
    beside = [_button(one.consulate) for one in others[:BESIDE]] if far else []
    choices = (*beside, *_topics([s.knowledge.directory.appointments], s))
    return Reply(ReplyKind.ANSWER, "\n\n".join(filter(None, blocks)), choices)


def _how_near(near: Near, town: Town, s: Signals) -> str:
    miles, km = near.kilometres * 1000 / METRES, near.kilometres
    rounded = {name: max(ROUNDED, round(n / ROUNDED) * ROUNDED) for name, n in (("miles", miles), ("km", km))}
    distance = say("directory.distance", s.lang, **rounded)
    return say("directory.nearest", s.lang, place=town_name(town, s.knowledge, s.lang), distance=distance)


def _item(office: Office, what: Told, s: Signals) -> Dated | None:
    """The fact or contact that holds it, where it may be said today."""
    item = s.knowledge.dated(office.told(what) or "")
    return None if item is None or is_withdrawn(item, s.today) else item


def _used(office: Office, s: Signals) -> list[Dated]:
    """The page last: it names itself, and is a source to show only where there is no other."""
    return [item for what in get_args(Told) if (item := _item(office, what, s)) and _is_heard(item, s)]


def _is_heard(item: Dated, s: Signals) -> bool:
    """Whether it is no number, or one that works from where the person is."""
    here = {None, "*", "US" if s.person.country == "PR" else s.person.country}
    return not isinstance(item, Contact) or here == {None, "*"} or bool(here & {*item.works_from})


def _protection(s: Signals) -> str:
    return next(name for name in PROTECTION if _is_heard(s.knowledge.contacts[name], s))


def _lines(office: Office, s: Signals) -> Iterator[str]:
    """Address, phones and page; what no good source says is admitted; no number is given that does not work here."""
    line = f"{{{_protection(s)}}}"
    for what in get_args(Told):
        item = _item(office, what, s)
        key, value = (f"directory.{what}", _value(item, s)) if item else (f"directory.no_{what}", "")
        if item is None or _is_heard(item, s):
            yield filled(say(key, s.lang, value=value, line=line), s)
        elif what == "guard":
            yield filled(say("directory.protection", s.lang, line=line), s)
    if _is_heard(s.knowledge.contacts[BOOKING], s):
        yield filled(say("directory.appointments", s.lang), s)


def _value(item: Dated, s: Signals) -> str:
    """With the date that it is from; of a number without "from the United States": it is there."""
    value = str(item.dial) if isinstance(item, Contact) else filled(f"{{{item.id}}}", s)
    return f"{value} ({dated(item.as_of, s.knowledge, s.lang)})"


def _sources(office: Office, s: Signals) -> Reply:
    """Where each value comes from, and whose towns and distances these are."""
    blocks = (
        say("sources.head", s.lang, title=office.name.say(s.lang)),
        source_list([item.id for item in _used(office, s)], s.knowledge, s.lang),
        filled(say("directory.credit", s.lang, address=f"{{{s.knowledge.directory.credit}}}"), s),
    )
    return Reply(ReplyKind.ANSWER, "\n\n".join(blocks), (_button(office),))


def render_consulates(act: Consulates, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Three consulates by name, a button for each and for the next three of a state."""
    seats = [s.knowledge.consulates[name] for name in act.ids]
    shown, left = seats[act.start :][:PAGE], seats[act.start + PAGE :] if act.key == "directory.in_state" else []
    region = s.knowledge.regions[act.region].name.say(s.lang) if act.region else ""
    head = say(act.key, s.lang, count=len(seats), state=region, city=act.city)
    lines = "\n".join(f"• {office.name.say(s.lang)}" for office in shown)
    more = make("n", act.region, str(act.start + PAGE))
    last = (Choice(label=say("button.more", s.lang, count=len(left)), payload=more),) if left else ()
    text = "\n\n".join((head, lines, "➡ " + say("directory.tell_town", s.lang)))
    return Rendered((Reply(ReplyKind.ANSWER, text, (*map(_button, shown), *last)),), tuple(one.id for one in shown))


def render_ask_place(act: AskPlace, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Where the person is, with towns to choose from; or that there is no consulate of ours."""
    towns = [gazetteer_of(s.knowledge).towns[town] for town in act.towns]
    there = country(act.country, s.lang, article=True) if act.country else say("directory.that_country", s.lang)
    values = {"country": there, "town": towns[0].name if towns else "", "line": f"{{{_protection(s)}}}"}
    text = filled(say(act.key, s.lang, page=f"{{{s.knowledge.directory.abroad}}}", **values), s)
    choices = [Choice(label=_label(town, s), payload=make("w", str(town.id))) for town in towns]
    if act.region is not None:
        label = say("directory.state", s.lang, state=s.knowledge.regions[act.region].name.say(s.lang))
        choices = [*choices[:1], Choice(label=label, payload=make("n", act.region, "0"))]
    return Rendered((Reply(act.kind, text, (*_topics(act.topics, s), *choices)),))


def render_place(act: Place, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The degrees of a shared place, to read to the emergency operator; in calm with the nearest consulate."""
    degrees = f"{act.latitude:.5f}, {act.longitude:.5f}"
    if act.in_danger:
        return Rendered((Reply(ReplyKind.HELP, filled(say("location.danger", s.lang, degrees=degrees), s)),))
    town = None if s.person.fears_government else town_at(act.latitude, act.longitude, s.knowledge)
    choices = tuple(_offer(near.consulate, s) for near in (near_town(town, s.knowledge) if town else ())[:1])
    return Rendered((Reply(ReplyKind.QUESTION, filled(say("location.calm", s.lang, degrees=degrees), s), choices),))


def consulate_choice(topic: str, m: Message, s: Signals) -> Choice | None:
    """The consulate nearest to the person's town, for a topic whose business is done at one."""
    person = s.person
    barred = person.fears_government or person.citizen not in MAY_BE_MEXICAN or person.in_danger
    elsewhere = told_by(person, m.text, s.knowledge).home != person.country  # whom it is about is elsewhere
    town = None if barred or elsewhere or topic not in s.knowledge.directory.business else town_known(m, s)
    return None if town is None else _offer(near_town(town, s.knowledge)[0].consulate, s)


def with_consulate(reply: Reply, topic: str, m: Message, s: Signals) -> Reply:
    """An answer with the nearest consulate in place of the way to find it."""
    choice = consulate_choice(topic, m, s)
    others = tuple(one for one in reply.choices if one.payload != FIND_CONSULATE)
    return reply if choice is None else replace(reply, choices=(choice, *others))


def _offer(office: Office, s: Signals) -> Choice:
    return Choice(label=say("directory.offer", s.lang, city=office.city), payload=make("p", office.id))


def _button(office: Office) -> Choice:
    return Choice(label=f"{office.city}, {office.region.partition('-')[2]}", payload=make("p", office.id))


def _topics(names: Iterable[str], s: Signals) -> Iterator[Choice]:
    known = (s.knowledge.topics[name] for name in names if name in s.knowledge.topics)
    return (topic_button(topic, s.knowledge, s.lang) for topic in known)


def _label(town: Town, s: Signals) -> str:
    """With the state's name where a button holds it, else its letters."""
    whole = town_name(town, s.knowledge, s.lang)
    return whole if len(whole) <= LABEL else f"{town.name}, {town.region.partition('-')[2]}"
