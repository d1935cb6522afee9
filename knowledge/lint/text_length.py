"""What a phone screen and a button can hold."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot, our_words
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.render import answer
from knowledge.schema.base import LANGS, Words

RULE = "text_length"
ANSWER_LIMIT = 1500
TEXT_LIMIT = 700
BUTTON_LIMIT = 20
"""Characters on a WhatsApp button."""
CHOICE_LIMIT = 60
"""Characters of a choice that leads to a topic: Telegram cuts there; a row of a WhatsApp list would hold 72."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Answers as they are said, texts as they are written, and words on buttons."""
    yield from _answers(knowledge, today)
    limits = (
        (_buttons(knowledge), BUTTON_LIMIT, "a button holds"),
        (_choices(knowledge), CHOICE_LIMIT, "a choice holds"),
        (our_words(knowledge), ANSWER_LIMIT, "a message holds"),
    )
    for spots, limit, holds in limits:
        for spot, words in spots:
            for lang in LANGS:
                if (length := len(words.say(lang))) > limit:
                    yield spot.at(lang).problem(knowledge, RULE, f"{length} characters, {holds} {limit}")


def _answers(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    for topic in knowledge.topics.values():
        for number, section in enumerate(topic.sections):
            spot = Spot("topics", topic.id, ("sections", number, "text"))
            for lang in LANGS:
                if (length := len(section.text.say(lang))) > TEXT_LIMIT:
                    message = f"{length} characters, better up to {TEXT_LIMIT}"
                    yield spot.at(lang).problem(knowledge, RULE, message, Severity.WARNING)
                try:
                    length = len(answer(topic, section, knowledge, lang, today).text)
                except LookupError:
                    continue  # unknown_reference says so
                if length > ANSWER_LIMIT:
                    message = f"the whole answer has {length} characters, over {ANSWER_LIMIT}"
                    yield spot.at(lang).problem(knowledge, RULE, message)


def _choices(knowledge: Knowledge) -> Iterator[tuple[Spot, Words]]:
    yield from ((Spot("topics", topic.id, ("title",)), topic.title) for topic in knowledge.topics.values())
    yield from ((Spot("menu", group.id, ("title",)), group.title) for group in knowledge.menu)
    for procedure in knowledge.procedures.values():
        spot = Spot("procedures", procedure.id)
        yield spot.at("title"), procedure.title
        for name in ("steps", "papers"):
            yield from ((spot.at(name, n, "name"), item.name) for n, item in enumerate(getattr(procedure, name)))


def _buttons(knowledge: Knowledge) -> Iterator[tuple[Spot, Words]]:
    for topic in knowledge.topics.values():
        for number, section in enumerate(topic.sections):
            if section.title is not None:
                yield Spot("topics", topic.id, ("sections", number, "title")), section.title
    for aspect in knowledge.aspects.values():
        yield Spot("aspects", aspect.id, ("button",)), aspect.button
    for flow in knowledge.flows.values():
        for q, question in enumerate(flow.questions):
            for o, option in enumerate(question.options):
                yield Spot("flows", flow.id, ("questions", q, "options", o, "label")), option.label
    for procedure in knowledge.procedures.values():
        for q, asked in enumerate(procedure.questions):
            for o, one in enumerate(asked.options):
                yield Spot("procedures", procedure.id, ("questions", q, "options", o, "label")), one.label
