"""A case put into words, for the console and for programs: a summary, ten lines to read out, what is said most."""

from collections.abc import Sequence

from api.clock import now
from bot.conversation import Conversation, Lang
from bot.conversation.case import Case
from bot.handoff.summary import CHANNELS, Heard, ten_lines, three_lines
from bot.storage import Line, Whole
from bot.wiring import Service
from knowledge.wording import country as in_words
from knowledge.wording import listed


def summary(service: Service, whole: Whole, lines: Sequence[Line], lang: Lang) -> tuple[str, str, str]:
    """Three lines."""
    return three_lines(_heard(service, whole, lines, lang), lambda key, **values: service.say(key, lang, **values))


def to_read_out(service: Service, whole: Whole, lines: Sequence[Line], lang: Lang) -> tuple[str, ...]:
    """Ten lines, for a telephone."""
    return ten_lines(_heard(service, whole, lines, lang), lambda key, **values: service.say(key, lang, **values))


def canned(service: Service, lang: Lang, name: str) -> list[str]:
    """What is said most, in the person's language."""
    return [service.say("console.safe_question", lang), service.say("console.hello", lang, name=name)]


def ask_place(service: Service, lang: Lang, channel: str) -> str:
    """Where the person is: asked as their channel shares a place."""
    button = service.say("chat.locate", lang)
    return service.say(f"console.ask_place_{channel if channel in CHANNELS else 'sms'}", lang, button=button)


def country(service: Service, case: Case, person: Conversation, lang: Lang) -> str:
    """Where the person is, in words: one country, or two near a border; empty where nobody knows."""
    return listed((in_words(code, lang) for code in service.countries(case, person)), lang, either=True)


def category_name(service: Service, category: str | None, lang: Lang) -> str:
    """A kind of danger in words."""
    known = service.knowledge.categories.get(category or "")
    return known.label.say(lang) if known else category or service.say("console.no_category", lang)


def danger(service: Service, person: Conversation, lang: Lang) -> str:
    """What the danger of this conversation is now: kind, who is in it, how it stands, who may hold the phone."""
    if (now_open := person.danger) is None:
        return ""
    protocols, below = service.knowledge.protocols, [(one.kind, one.category) for one in now_open.below]
    named, *others = (
        known.label.say(lang) if (known := protocols.get(kind or "")) and known.label
        else category_name(service, category, lang)
        for kind, category in ((now_open.kind, now_open.category), *below)
    )  # fmt: skip
    told = [named, *(service.say(f"danger.{fact}.{getattr(now_open, fact)}", lang) for fact in ("who", "state"))]
    if now_open.reader != "none":
        told.append(service.say(f"danger.reader.{now_open.reader}", lang))
    if others:
        told.append(service.say("danger.below", lang, others=listed(dict.fromkeys(others), lang)))
    return "; ".join(told)


def _heard(service: Service, whole: Whole, lines: Sequence[Line], lang: Lang) -> Heard:
    said = [line.text for line in lines if line.author == "person"]
    level = service.say(f"level.{whole.case.level}", lang)
    name = category_name(service, whole.case.category, lang)
    # With a place that was shared the clock names the nearest town, which is not what they said.
    town = "" if whole.case.place else service.clocks(whole.case, whole.person, said).town
    here = country(service, whole.case, whole.person, lang)
    return Heard(whole.case, name, level, whole.person, whole.channel, said, now(), town, here)
