"""Answers and sentences that are too long, and short forms that are none."""

from collections.abc import Iterator
from datetime import date

from knowledge.addresses import PLACEHOLDER
from knowledge.brevity import ANSWER, SENTENCE, SHORT, long_sentences, said, sentences, words
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.schema.base import LANGS, Words
from knowledge.schema.topics import Section

RULE = "brevity"
LOOSE = 25
"""Words of a sentence of a next step or a short form: numbers with the countries that they work from make it longer."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Every section in both languages, and its short form."""
    for topic in knowledge.topics.values():
        yield from _loose(topic.do, Spot("topics", topic.id, ("do",)), knowledge)
        for number, section in enumerate(topic.sections):
            spot = Spot("topics", topic.id, ("sections", number))
            for message in _long(section):
                yield spot.at("text").problem(knowledge, RULE, message)
            yield from _loose(section.do, spot.at("do"), knowledge)
            if section.short is not None:
                yield from _short(section, section.short, spot.at("short"), knowledge)


def _long(section: Section) -> Iterator[str]:
    for lang in LANGS:
        if (count := words(said(section, lang))) > ANSWER:
            yield f"{lang}: {count} words before the next step, at most {ANSWER}"
        for one in long_sentences(section, lang):
            yield f"{lang}: {words(one)} words in a sentence, at most {SENTENCE}: {one}"


def _loose(said: Words | None, spot: Spot, knowledge: Knowledge) -> Iterator[Problem]:
    for lang in LANGS:
        for one in sentences(said.say(lang)) if said else ():
            if (count := words(one)) > LOOSE:
                message = f"{count} words in a sentence, at most {LOOSE}: {one}"
                yield spot.at(lang).problem(knowledge, RULE, message)


def _short(section: Section, short: Words, spot: Spot, knowledge: Knowledge) -> Iterator[Problem]:
    yield from _loose(short, spot, knowledge)
    known = knowledge.facts.keys() | knowledge.contacts.keys()
    values = {name for one in (section.text, *section.steps) for name in PLACEHOLDER.findall(one.es)} & known
    for lang in LANGS:
        if (count := words(short.say(lang))) > SHORT:
            yield spot.at(lang).problem(knowledge, RULE, f"{count} words, a short form has at most {SHORT}")
        if values and not (values | {*section.sources}).intersection(PLACEHOLDER.findall(short.say(lang))):
            yield spot.at(lang).problem(knowledge, RULE, f"names none of the values: {', '.join(sorted(values))}")
