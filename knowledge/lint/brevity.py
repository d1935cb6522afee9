"""Answers that are too long, and short forms that are none. What was too long before the rule is listed beside it."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from knowledge.addresses import PLACEHOLDER
from knowledge.brevity import ANSWER, SENTENCE, SHORT, long_sentences, said, words
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.schema.base import LANGS, Words
from knowledge.schema.topics import Section
from knowledge.yaml import compose, plain

RULE = "brevity"
LISTED = Path(__file__).with_name("brevity.yaml")
"""`topic/section` of what may be too long for now; it only shrinks."""


@cache
def listed() -> dict[str, list[str]]:
    """The exceptions: `words` for whole answers, `sentences` for one of theirs."""
    return dict(plain(compose(LISTED)))


def too_long(knowledge: Knowledge) -> dict[str, list[str]]:
    """What would be listed: the sections over ANSWER words, and those with a sentence over SENTENCE."""
    found: dict[str, list[str]] = {"words": [], "sentences": []}
    for topic in sorted(knowledge.topics.values(), key=lambda one: one.id):
        for section in topic.sections:
            if any(words(said(section, lang)) > ANSWER for lang in LANGS):
                found["words"].append(f"{topic.id}/{section.id}")
            if any(long_sentences(section, lang) for lang in LANGS):
                found["sentences"].append(f"{topic.id}/{section.id}")
    return found


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Every section in both languages, and its short form."""
    for topic in knowledge.topics.values():
        for number, section in enumerate(topic.sections):
            spot, name = Spot("topics", topic.id, ("sections", number)), f"{topic.id}/{section.id}"
            for message in _long(section, name):
                yield spot.at("text").problem(knowledge, RULE, message)
            if section.short is not None:
                yield from _short(section, section.short, spot.at("short"), knowledge)


def _long(section: Section, name: str) -> Iterator[str]:
    for lang in LANGS:
        if name not in listed()["words"] and (count := words(said(section, lang))) > ANSWER:
            yield f"{lang}: {count} words before the next step, at most {ANSWER}"
        if name not in listed()["sentences"]:
            for one in long_sentences(section, lang):
                yield f"{lang}: {words(one)} words in a sentence, at most {SENTENCE}: {one}"


def _short(section: Section, short: Words, spot: Spot, knowledge: Knowledge) -> Iterator[Problem]:
    known = knowledge.facts.keys() | knowledge.contacts.keys()
    values = {name for one in (section.text, *section.steps) for name in PLACEHOLDER.findall(one.es)} & known
    for lang in LANGS:
        if (count := words(short.say(lang))) > SHORT:
            yield spot.at(lang).problem(knowledge, RULE, f"{count} words, a short form has at most {SHORT}")
        if values and not (values | {*section.sources}).intersection(PLACEHOLDER.findall(short.say(lang))):
            yield spot.at(lang).problem(knowledge, RULE, f"names none of the values: {', '.join(sorted(values))}")
