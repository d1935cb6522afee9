"""The parts of a message that may say more by themselves: beside a question of another matter, or in long talk."""

from collections.abc import Iterator, Sequence

from bot.dialogue.danger.rules import RuleReading, read_rules, stops_in
from bot.dialogue.person.signals import read_signals
from bot.dialogue.words.afterwards import means
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.ends import ends_of
from bot.dialogue.words.phrasing import Sentence, sentences
from knowledge.model import Knowledge
from knowledge.schema.base import Level

LONG, AROUND = 30, 8
"""Words from which a rule's words are drowned by the others, and how many on each side are read with them."""
WORK = "organisation"
"""The suppressor of what is asked for work or study."""


def parts_of(text: str, rules: RuleReading, knowledge: Knowledge) -> Iterator[tuple[str, bool]]:
    """Each with whether it is surely spoken for itself: no stop of another kind stands in the message."""
    apart = {stop.id: stop.doubt for stop in knowledge.suppressors if stop.apart}
    stops = rules.stops
    if stops & apart.keys() and stops <= apart.keys():
        yield from ((rest, not any(apart[stop] for stop in stops)) for rest in _rests(text, knowledge))
    if rules.sure and len(text.split()) >= LONG:
        yield from ((words, not stops) for words in _around(text, rules, knowledge))
    if rules.found and not rules.sure:
        yield from ((words, False) for words in _clauses(text, rules, knowledge))
    if any(found.category.apart for found in rules.found):
        yield from ((told, True) for told, rest in told_apart(text, knowledge) if _asks(rest, knowledge))
    if stops == {WORK} and not rules.found:
        yield from ((told, False) for told in _told_of_own(text, knowledge))


def _told_of_own(text: str, knowledge: Knowledge) -> Iterator[str]:
    """What is surely told of the writer or their people, before words of another kind: `secuestraron a mi tía, cifras`.

    Whoever studies it may have people, too: it is asked about.
    """
    for told, _ in ends_of(text):
        tells = read_rules(told, knowledge)
        if tells.sure and not tells.stops and read_signals(told, knowledge).own:
            yield told


def _asks(text: str, knowledge: Knowledge) -> bool:
    """Whether words ask, also by what they wonder: `si lo denuncio pierdo la residencia`."""
    asks = read_signals(text, knowledge).asks or bool(aspects_in(text, knowledge))
    return asks or means("wonders", text, knowledge)


def told_apart(text: str, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """What is told first, where a rule is sure that it happens, and the rest, where none fires: `me pega, y el acta`.

    Only of dangers that are told beside anything else.
    """
    for told, rest in ends_of(text):
        tells = read_rules(told, knowledge)
        sure = any(found.category.apart and not found.unsure for found in tells.found)
        if sure and not tells.stops and not read_rules(rest, knowledge).found:
            yield told, rest


def sentences_apart(text: str, rules: RuleReading, knowledge: Knowledge) -> Iterator[str]:
    """The sentences in which a rule is sure, where what stops rules stands in others: `murió hace años. estoy perdido`.

    Not beside what speaks of the whole message, a film or a joke.
    """
    if not rules.sure or any(stop.whole or stop.apart for stop in knowledge.suppressors if stop.id in rules.stops):
        return
    for sentence in sentences(text, knowledge.spelling):
        told = " ".join(sentence.words)
        own = read_rules(told, knowledge)
        if rules.stops and own.sure and not own.stops:
            yield told


def _rests(text: str, knowledge: Knowledge) -> Iterator[str]:
    """What stands before and after the words of a question and what it asks about."""
    for sentence in sentences(text.replace(",", "."), knowledge.spelling):
        asked = [s for s in stops_in(sentence, knowledge) if s.key.apart]
        words = sentence.words
        kept = [True] * len(words)
        for stop in asked:
            first = _number(sentence, stop.start)
            joined = (n for n in range(_number(sentence, stop.end), len(words)) if words[n] in knowledge.signals.joins)
            last = next(joined, len(words))
            kept[first:last] = [False] * (last - first)
        yield from _runs(words, kept, knowledge.signals.joins)


def _runs(words: Sequence[str], kept: Sequence[bool], joins: Sequence[str]) -> Iterator[str]:
    """The words that are kept, as far as they stand together, without a word that joins them to others."""
    run: list[str] = []
    for word, keep in zip((*words, ""), (*kept, False), strict=True):
        if keep:
            run.append(word)
            continue
        while run and run[0] in joins:
            run.pop(0)
        while run and run[-1] in joins:
            run.pop()
        if run:
            yield " ".join(run)
        run = []


def _around(text: str, rules: RuleReading, knowledge: Knowledge) -> Iterator[str]:
    """The words of each sure rule of a danger that cannot wait, with those beside them."""
    said = [f" {' '.join(sentence.words)} " for sentence in sentences(text, knowledge.spelling)]
    for found in rules.found:
        sentence = next((one for one in said if f" {found.words} " in one), None)
        if sentence is None or found.unsure or found.level is Level.PRIORITY:
            continue
        before, after = (part.split() for part in sentence.split(f" {found.words} ", maxsplit=1))
        yield " ".join([*before[-AROUND:], found.words, *after[:AROUND]])


def _clauses(text: str, rules: RuleReading, knowledge: Knowledge) -> Iterator[str]:
    """The clauses in which a rule fired: told in passing, "… pero está detenido" is drowned by what is beside it."""
    joins = knowledge.signals.joins
    for sentence in sentences(text.replace(",", "."), knowledge.spelling):
        for clause in _runs(sentence.words, [word not in joins for word in sentence.words], joins):
            if any(found.words in clause for found in rules.found):
                yield clause


def _number(sentence: Sentence, position: int) -> int:
    """The number of the word at a place in ` heard `, as frames count it."""
    return f" {sentence.heard} "[:position].count(" ") - 1
