"""A case put into words, for the console and for programs: a summary, ten lines to read out, what is said most."""

from collections.abc import Sequence

from api.clock import now
from bot.conversation import Lang
from bot.handoff.summary import Heard, ten_lines, three_lines
from bot.storage import Line, Whole
from bot.wiring import Service


def summary(service: Service, whole: Whole, lines: Sequence[Line], lang: Lang) -> tuple[str, str, str]:
    """Three lines."""
    return three_lines(_heard(service, whole, lines, lang), lambda key, **values: service.say(key, lang, **values))


def to_read_out(service: Service, whole: Whole, lines: Sequence[Line], lang: Lang) -> tuple[str, ...]:
    """Ten lines, for a telephone."""
    return ten_lines(_heard(service, whole, lines, lang), lambda key, **values: service.say(key, lang, **values))


def canned(service: Service, lang: Lang, name: str) -> list[str]:
    """What is said most, in the person's language."""
    return [service.say("console.safe_question", lang), service.say("console.hello", lang, name=name)]


def category_name(service: Service, category: str | None, lang: Lang) -> str:
    """A kind of danger in words."""
    known = service.knowledge.categories.get(category or "")
    return known.label.say(lang) if known else category or service.say("console.no_category", lang)


def _heard(service: Service, whole: Whole, lines: Sequence[Line], lang: Lang) -> Heard:
    said = [line.text for line in lines if line.author == "person"]
    level = service.say(f"level.{whole.case.level}", lang)
    name = category_name(service, whole.case.category, lang)
    # With a place that was shared the clock names the nearest town, which is not what they said.
    town = "" if whole.case.place else service.clocks(whole.case, whole.person, said).town
    return Heard(whole.case, name, level, whole.person, whole.channel, said, now(), town)
