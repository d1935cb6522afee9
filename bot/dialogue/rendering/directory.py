"""Places of help as replies: what is nearest, several by name, where the person is; and their buttons."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import cast

from bot.conversation import Choice, Conversation, Part, Reply, ReplyKind, Role
from bot.conversation.payload import make
from bot.dialogue.decision import AskPlace, Consulates, Nearest, Place
from bot.dialogue.directory import offered_near
from bot.dialogue.message import Message
from bot.dialogue.person.gazetteer import Town, gazetteer_of
from bot.dialogue.person.signals import MEXICO
from bot.dialogue.person.told import MAY_BE_MEXICAN
from bot.dialogue.places.nearest import Near, near_town, seat_of, town_at, town_name
from bot.dialogue.rendering.words import FIND_CONSULATE, Rendered, filled, topic_buttons
from bot.dialogue.signals import Signals
from bot.texts import say
from knowledge.citing import age_note, dated, source_line, source_list
from knowledge.frames import fold
from knowledge.freshness import is_fresh, is_withdrawn
from knowledge.offices import Office, office_called, standing
from knowledge.schema.base import Dated
from knowledge.schema.directory import CONSULATE, Ask, Consulate, PlaceKind, Told
from knowledge.schema.facts import Contact
from knowledge.schema.topics import Aspect
from knowledge.wording import country

PAGE, BESIDE = 3, 2
"""Consulates of a list that are shown at a time; neighbours offered beside the nearest."""
LABEL = 20
"""Characters of a button on the narrowest channel."""
METRES_OF_A_MILE = 1609
REACHED = ("address", "phone")
"""By which of what is told somebody gets there."""
BESIDE_ASKED: dict[str, tuple[str, ...]] = {"phone": ("phone", "guard"), "hours": ("phone",)}
"""What is told with the one thing that is asked of a place shown before."""
BESIDE_ANSWER: Mapping[Aspect, Set[str]] = {Aspect.WHERE: {"address", "phone"}, Aspect.PHONE: {"phone"}}
"""What of the person's consulate stands in an answer to a question for it."""
FRESH_MONTHS = 12
AT_THE_SEAT, ROUNDED = 10, 5
"""Kilometres within which nothing is said of the distance; miles and kilometres to which it is rounded."""
PROTECTION = ("ciam-us", "ciam-mx", "mx-embassy-pages")
"""The consular protection line; the first that works from where the person is: beyond these countries the embassy."""
APPOINTMENTS = "miconsulado-phone"


def render_nearest(act: Nearest, m: Message, s: Signals, state: Conversation) -> Rendered:
    """What is nearest, in full; out of reach only how far it is; or where it is from."""
    office, kind = office_called(act.id, s.knowledge)[0], s.knowledge.place_kinds[act.of]
    town = seat_of(office, s.knowledge) if act.town is None else gazetteer_of(s.knowledge).towns[act.town]
    near = near_town(town, kind, s.knowledge, s.person.citizen)
    within = [one for one in near if kind.reach is None or one.kilometres <= kind.reach]
    shown = within[: min(kind.shown, BESIDE) if act.short else kind.shown]
    if act.far:
        return Rendered((Reply(ReplyKind.ANSWER, _of(town, near[0], kind, "none", s)),))
    if act.asked == "sources":
        reply = _sources(shown, kind, s)
    elif act.asked and all(one.office.id in state.said_before.shown for one in shown):
        reply = _asked_of(shown, kind, act, s)
    else:
        reply = _card(shown, near[len(shown) :], town, kind, act, s)
    return Rendered((reply,), tuple(one.office.id for one in shown))


def _asked_of(shown: Sequence[Near], kind: PlaceKind, act: Nearest, s: Signals) -> Reply:
    """Of places that were shown the one thing that is asked; the page stands in for what no source says."""
    asked = cast(Told, act.asked)
    held = [one for one in shown if _item(one.office, asked, kind, s)]
    told = {*BESIDE_ASKED.get(asked, (asked,)), *(() if held else ("page",))}
    unheard = act.asked == Ask.HOURS and not held
    office = shown[0].office
    lines = _lines(office, kind, s, told) if kind.id == CONSULATE else (_line(one, kind, s) for one in held)
    blocks = (
        Part(Role.TITLE, office.name.say(s.lang) if kind.id == CONSULATE else ""),
        s.knowledge.aspects[Aspect.HOURS].gap.say(s.lang) + "." if unheard else "",
        "\n".join(lines),
        filled(kind.missing.say(s.lang), s) if kind.missing and not held else "",
        Part(Role.NEXT, "" if held and kind.id == CONSULATE else "➡ " + filled(kind.do.say(s.lang), s)),
    )
    return Reply.of(ReplyKind.ANSWER, blocks, topic_buttons(kind.then, s))


def _card(
    shown: Sequence[Near], others: Sequence[Near], town: Town, kind: PlaceKind, act: Nearest, s: Signals
) -> Reply:
    """Of consulates the nearest, with its neighbours as buttons; of other kinds one line each."""
    far, consulate = shown[0].kilometres > AT_THE_SEAT, kind.at_consulates
    used = [item for one in shown for item in _used(one.office, kind, s)]
    ids = [item.id for item in (*standing(shown[0].office, s.knowledge), *_used(shown[0].office, kind, s))]
    cited = ids[:-1] if consulate and ids[1:] else ids
    reached = any(_item(one.office, what, kind, s) for one in shown for what in kind.told if what in REACHED)
    unheard = act.asked == Ask.HOURS and not any(_item(one.office, "hours", kind, s) for one in shown)
    away = say("directory.distance", s.lang, miles=_round(shown[0], METRES_OF_A_MILE), km=_round(shown[0]))
    nearest = say("directory.nearest", s.lang, place=town_name(town, s.knowledge, s.lang), distance=away)
    named = shown[0].office.name.say(s.lang) if consulate else _of(town, shown[0], kind, "near" if far else "in", s)
    blocks = (
        Part(Role.TITLE if consulate else Role.ANSWER, named),
        nearest if consulate and far else "",
        filled(kind.before.say(s.lang), s) if kind.before else "",
        s.knowledge.aspects[Aspect.HOURS].gap.say(s.lang) + "." if unheard else "",
        "\n".join(_lines(shown[0].office, kind, s) if consulate else (_line(one, kind, s) for one in shown)),
        filled(kind.missing.say(s.lang), s) if kind.missing and not reached else "",
        Part(Role.NOTE, age_note(used, kind.ask or (_protection(s),), s.knowledge, s.lang, s.today)),
        Part(Role.NEXT, "➡ " + filled(kind.do.say(s.lang), s)),
        Part(Role.SOURCE, "" if act.short else source_line(cited, s.knowledge, s.lang)),
    )
    topics = dict.fromkeys((*(one.office.more for one in shown), *kind.then))
    beside = [_button(one.office, s) for one in others[:BESIDE]] if far and kind.id == CONSULATE else []
    return Reply.of(ReplyKind.ANSWER, blocks, (*beside, *topic_buttons(topics, s)))


def _of(town: Town, near: Near, kind: PlaceKind, key: str, s: Signals) -> str:
    """What is told of a kind: in a town, near it, or none near it."""
    seat, place = (town_name(one, s.knowledge, s.lang) for one in (seat_of(near.office, s.knowledge), town))
    title, reach = kind.title.say(s.lang), kind.reach
    return say(f"directory.kind_{key}", s.lang, title=title, place=place, seat=seat, reach=reach, km=_round(near))


def _round(near: Near, metres: int = 1000) -> int:
    return max(ROUNDED, round(near.kilometres * 1000 / metres / ROUNDED) * ROUNDED)


def _line(near: Near, kind: PlaceKind, s: Signals) -> str:
    """`• Casa INDI, Monterrey, Nuevo León (a unos 65 km): …`, and how old what is known of it is."""
    place, seat = near.office, town_name(seat_of(near.office, s.knowledge), s.knowledge, s.lang)
    where = say("directory.where", s.lang, town=seat, km=_round(near)) if near.kilometres > AT_THE_SEAT else ""
    about = [filled(place.about.say(s.lang), s)] if place.about else []
    held = [(what, item) for what in kind.told if (item := _item(place, what, kind, s)) and _is_heard(item, s)]
    told = [filled(say(f"directory.{what}", s.lang, value=_value(item, s)), s) + "." for what, item in held]
    newest = max(standing(place, s.knowledge), key=lambda item: item.as_of or "")
    fresh = is_fresh(newest, FRESH_MONTHS, s.today)
    key = "directory.noted" if fresh else "directory.stale" if newest.as_of else "directory.undated"
    age = [] if fresh and told else [say(key, s.lang, date=dated(newest.as_of, s.knowledge, s.lang))]
    first = [say("directory.call_first", s.lang)] if place.call_first and _item(place, "phone", kind, s) else []
    return " ".join((f"• {place.name.say(s.lang)}{where}.", *about, *told, *first, *age))


def _item(office: Office, what: Told, kind: PlaceKind, s: Signals) -> Dated | None:
    """The fact or contact that holds it, where it may be said today."""
    item = s.knowledge.dated(office.told(what) or "")
    if item is None or is_withdrawn(item, s.today):
        return None
    old = what == "address" and kind.fresh_months is not None and not is_fresh(item, kind.fresh_months, s.today)
    return None if old else item


def _used(office: Office, kind: PlaceKind, s: Signals) -> list[Dated]:
    """The page last: it names itself, and is a source to show only where there is no other."""
    return [item for what in kind.told if (item := _item(office, what, kind, s)) and _is_heard(item, s)]


def _is_heard(item: Dated, s: Signals) -> bool:
    """Whether it is no number, or one that works from where the person is."""
    here = {None, "*", "US" if s.person.country == "PR" else s.person.country}
    return not isinstance(item, Contact) or here == {None, "*"} or bool(here & {*item.works_from})


def _protection(s: Signals) -> str:
    return next(name for name in PROTECTION if _is_heard(s.knowledge.contacts[name], s))


def _lines(office: Office, kind: PlaceKind, s: Signals, told: Set[str] | None = None) -> Iterator[str]:
    """Address, phones that work here and page, or those of `told`; what no good source says is admitted."""
    line = f"{{{_protection(s)}}}"
    for what in (one for one in kind.told if told is None or one in told):
        item = _item(office, what, kind, s)
        key, value = (f"directory.{what}", _value(item, s)) if item else (f"directory.no_{what}", "")
        if item is None or _is_heard(item, s):
            yield filled(say(key, s.lang, value=value, line=line), s)
        elif what == "guard":
            yield filled(say("directory.protection", s.lang, line=line), s)
    if told is None and kind.id == CONSULATE and _is_heard(s.knowledge.contacts[APPOINTMENTS], s):
        yield filled(say("directory.appointments", s.lang), s)


def _value(item: Dated, s: Signals) -> str:
    """With the date that it is from; of a number without "from the United States": it is there."""
    value = str(item.dial) if isinstance(item, Contact) else filled(f"{{{item.id}}}", s)
    return f"{value} ({dated(item.as_of, s.knowledge, s.lang)})"


def _sources(shown: Sequence[Near], kind: PlaceKind, s: Signals) -> Reply:
    """Where each value comes from, and whose towns and distances these are."""
    every = [item for one in shown for item in (*standing(one.office, s.knowledge), *_used(one.office, kind, s))]
    title = shown[0].office.name if kind.at_consulates else kind.title
    blocks = (
        Part(Role.TITLE, say("sources.head", s.lang, title=title.say(s.lang))),
        source_list([item.id for item in every], s.knowledge, s.lang),
        filled(say("directory.credit", s.lang, address=f"{{{s.knowledge.directory.credit}}}"), s),
    )
    return Reply.of(ReplyKind.ANSWER, blocks, (_button(shown[0].office, s),))


def render_consulates(act: Consulates, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Three consulates by name, a button for each and for the next three of a state."""
    seats = [office_called(name, s.knowledge)[0] for name in act.ids]
    shown, left = seats[act.start :][:PAGE], seats[act.start + PAGE :] if act.key == "directory.in_state" else []
    kind, other = s.knowledge.place_kinds[act.of], [act.of] * (act.of != CONSULATE)
    region = s.knowledge.regions[act.region].name.say(s.lang) if act.region else ""
    key, tell = ("directory.kind_in_state", "directory.tell_kind") if other else (act.key, "directory.tell_town")
    head = say(key, s.lang, count=len(seats), state=region, city=act.city, title=kind.title.say(s.lang))
    towns = (f", {town_name(seat_of(office, s.knowledge), s.knowledge, s.lang)}" if other else "" for office in shown)
    lines = "\n".join(f"• {office.name.say(s.lang)}{town}" for office, town in zip(shown, towns, strict=True))
    more = make("n", act.region, str(act.start + PAGE), *other)
    last = (Choice(label=say("button.more", s.lang, count=len(left)), payload=more),) if left else ()
    blocks = (head, lines, Part(Role.NEXT, "➡ " + say(tell, s.lang)))
    choices = (*(_button(office, s) for office in shown), *last)
    return Rendered((Reply.of(ReplyKind.ANSWER, blocks, choices),), tuple(one.id for one in shown))


def render_ask_place(act: AskPlace, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Where the person is, with towns to choose from; or that there is no consulate of ours."""
    towns, other = [gazetteer_of(s.knowledge).towns[town] for town in act.towns], [act.of] * (act.of != CONSULATE)
    there = country(act.country, s.lang, article=True) if act.country else say("directory.that_country", s.lang)
    values = {"country": there, "town": towns[0].name if towns else "", "line": f"{{{_protection(s)}}}"}
    text = filled(say(act.key, s.lang, page=f"{{{s.knowledge.directory.abroad}}}", **values), s)
    choices = [Choice(label=_label(town, s), payload=make("w", str(town.id), *other)) for town in towns]
    if act.region is not None:
        label = say("directory.state", s.lang, state=s.knowledge.regions[act.region].name.say(s.lang))
        choices = [*choices[:1], Choice(label=label, payload=make("n", act.region, "0", *other))]
    return Rendered((Reply(act.kind, text, (*topic_buttons(act.topics, s), *choices)),))


def render_place(act: Place, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The degrees of a shared place, to read to the emergency operator; in calm with the nearest consulate."""
    degrees = f"{act.latitude:.5f}, {act.longitude:.5f}"
    if act.in_danger:
        return Rendered((Reply(ReplyKind.HELP, filled(say("location.danger", s.lang, degrees=degrees), s)),))
    town = None if s.person.fears_government else town_at(act.latitude, act.longitude, s.knowledge)
    kind = s.knowledge.place_kinds[CONSULATE]
    choices = tuple(_offer(near.office, s) for near in (near_town(town, kind, s.knowledge) if town else ())[:1])
    return Rendered((Reply(ReplyKind.QUESTION, filled(say("location.calm", s.lang, degrees=degrees), s), choices),))


def with_consulate(reply: Reply, topic: str, m: Message, s: Signals) -> Reply:
    """An answer with the consulate nearest to the person's town in place of the way to find it, and what may differ."""
    person = s.person
    barred = person.fears_government or person.citizen not in MAY_BE_MEXICAN or person.in_danger
    near = None if barred else offered_near(m, s)
    if near is None:
        return reply
    done_there = topic in s.knowledge.directory.business
    told = [at for at, one in enumerate(reply.parts) if one.role in (Role.ANSWER, Role.MORE)]
    if told and isinstance(near, Consulate):
        said, behind = " ".join(reply.parts[at].text for at in told), told[-1] + 1
        differs = person.country != MEXICO and _of_others(said, near, s)
        office = Part(Role.MORE, _reached(near, m, s) if done_there else "")
        note = Part(Role.NOTE, say("directory.may_differ", s.lang, city=near.city) if differs else "")
        reply = Reply.of(reply.kind, (*reply.parts[:behind], office, note, *reply.parts[behind:]), reply.choices)
    if not done_there:
        return reply
    others = tuple(one for one in reply.choices if one.payload != FIND_CONSULATE)
    return replace(reply, choices=(_offer(near, s), *others))


def _reached(near: Consulate, m: Message, s: Signals) -> str:
    """The name, address and phones of a consulate where these are asked for, its page for what no source says."""
    told = {what for aspect in m.aspects for what in BESIDE_ANSWER.get(aspect, ())}
    kind = s.knowledge.place_kinds[CONSULATE]
    if not told:
        return ""
    held = {what for what in told if _item(near, cast(Told, what), kind, s)}
    return "\n".join((f"{near.name.say(s.lang)}.", *_lines(near, kind, s, held if held == told else {*told, "page"})))


def _of_others(text: str, near: Consulate, s: Signals) -> bool:
    """Whether it tells what consulates of other cities do, and nothing of this one."""
    said = f" {fold(text)} "
    named = {one.city for one in s.knowledge.consulates.values() if f" {fold(one.city)} " in said}
    return bool(named) and near.city not in named and not {*s.knowledge.directory.consulate}.isdisjoint(said.split())


def _offer(office: Office, s: Signals) -> Choice:
    city = office.city if isinstance(office, Consulate) else ""
    return Choice(label=say("directory.offer", s.lang, city=city), payload=make("p", office.id))


def _button(one: Office, s: Signals) -> Choice:
    label = f"{one.city}, {one.region.partition('-')[2]}" if isinstance(one, Consulate) else one.name.say(s.lang)
    return Choice(label=label, payload=make("p", one.id))


def _label(town: Town, s: Signals) -> str:
    """With the state's name where a button holds it, else its letters."""
    whole = town_name(town, s.knowledge, s.lang)
    return whole if len(whole) <= LABEL else f"{town.name}, {town.region.partition('-')[2]}"
