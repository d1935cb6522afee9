"""What a phone screen and a button can hold."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.render import answer
from knowledge.schema.base import LANGS, Words

RULE = "text_length"
ANSWER_LIMIT = 1500
TEXT_LIMIT = 700
BUTTON_LIMIT = 20
"""Characters on a WhatsApp button."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Answers as they are said, texts as they are written, and words on buttons."""
    yield from _answers(knowledge, today)
    for spot, words in _buttons(knowledge):
        for lang in LANGS:
            if (length := len(words.say(lang))) > BUTTON_LIMIT:
                yield spot.at(lang).problem(knowledge, RULE, f"{length} characters, a button holds {BUTTON_LIMIT}")


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
