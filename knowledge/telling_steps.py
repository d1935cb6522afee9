"""What a procedure tells in words: a paper, the details of a step, a deadline, what it costs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from knowledge.addresses import contact_names, put
from knowledge.asked_steps import IF_NOT, MUST, texts_of
from knowledge.citing import source_line
from knowledge.errand_bounds import Walked, needed_by
from knowledge.frames import fold
from knowledge.hearing_papers import papers_named
from knowledge.hearing_steps import TROUBLES, Wish, tells_of, trouble_in
from knowledge.model import Knowledge
from knowledge.procedures import (
    CURRENCIES,
    PRICES,
    Answers,
    costs_of,
    due,
    holds,
    paper_key,
    papers_called,
    papers_of,
    price_of,
    steps_of,
)
from knowledge.render import fill
from knowledge.schema.base import Lang, Words
from knowledge.schema.procedures import RESULT, Deadline, Letter, Paper, Procedure, Step
from knowledge.schema.topics import Aspect
from knowledge.wording import listed

OF_A_STEP = (RESULT, Aspect.WHO)
"""What is not understood without the step that it is of."""
TOLD = (Aspect.WHERE, Aspect.COST, Aspect.DURATION, Aspect.WHO)


class Show(StrEnum):
    """What of a procedure one message shows."""

    STEP = "step"
    QUESTION = "question"
    BRING = "bring"
    TAKE = "take"
    FORWARD = "forward"
    CODE = "code"
    LETTER = "letter"
    COMPARE = "compare"
    DOORS = "doors"
    DETAIL = "detail"
    PAPER = "paper"
    LIST = "list"
    TOTAL = "total"
    STOP = "stop"
    END = "end"
    OTHER = "other"
    PAUSED = "paused"
    VEILED = "veiled"
    LENT = "lent"
    GONE = "gone"
    UNSURE = "unsure"
    STUCK = "stuck"
    ALMOST = "almost"
    MOVED = "moved"
    OPEN = "open"


OF_PAPERS = (Show.BRING, Show.TAKE, Show.LIST, Show.PAPER, Show.FORWARD)
"""Views that tell which papers it takes."""


def trouble_told(
    kind: Wish, step: Step | None, procedure: Procedure, knowledge: Knowledge
) -> tuple[Words, tuple[str, ...]] | None:
    """What the step, else the procedure, says of a trouble, and its sources; None: neither does."""
    otherwise = kind is Wish.STUCK and step and step.otherwise
    if step and step.if_not and (otherwise or tells_of(step.if_not.es, kind, knowledge)):
        return step.if_not, step.sources
    words = {Wish.REFUSAL: procedure.refusal, Wish.SILENCE: procedure.silence}.get(kind)
    return (words, procedure.sources) if words else None


@dataclass(frozen=True, slots=True)
class Teller:
    """One procedure as it is told to somebody with these answers and papers."""

    procedure: Procedure
    answers: Answers
    has: Collection[str]
    knowledge: Knowledge
    lang: Lang
    today: date
    country: str | None = None
    """Where they are: who cannot be reached from there is not named, if others can."""

    def say(self, words: Words | None) -> str:
        """Words with their values; who knows, in place of a value that must no longer be said; empty for none."""
        filled = fill(words.say(self.lang) if words else "", self.knowledge, self.lang, self.today)
        return self.text("withdrawn", contacts=self.ask()) if filled.withdrawn else filled.text

    def text(self, name: str, **values: str) -> str:
        """A shared text of content."""
        return put(self.knowledge.texts[name].say(self.lang), values)

    def names(self, items: Sequence[Paper] | Sequence[Step]) -> str:
        """`Estatutos, Finanzas y Registro`."""
        return self.names_of([item.name for item in items])

    def titles(self, procedures: Sequence[Procedure]) -> str:
        """Procedures by their titles."""
        return self.names_of([one.title for one in procedures])

    def names_of(self, names: Sequence[Words]) -> str:
        """The same of words alone."""
        return self.joined([self.say(name) for name in names])

    def joined(self, words: Sequence[str]) -> str:
        """What is said already, in one row."""
        return listed([one for one in words if one], self.lang)

    def ask(self, step: Step | None = None) -> str:
        """Who knows what our sources do not say."""
        names = (step.ask if step else ()) or self.procedure.ask
        here = [one for one in names if {"*", self.country} & {*self.knowledge.contacts[one].works_from}]
        return contact_names((here or names) if self.country else names, self.knowledge, self.lang, self.today)

    def paper(self, paper: Paper, *, ticked: bool = True) -> str:
        """`• Estatutos (ya lo tiene). Adoptados …. 41 USD.`"""
        mark = f" {self.text('steps-have').strip()}" if ticked and paper.id in self.has else ""
        own = self.text("steps-own-osc" if self.procedure.organisation else "steps-own") if paper.own else ""
        told = " ".join(filter(None, (self.say(paper.holds), self.say(paper.given_by) or own)))
        price = self.price(paper)
        priced = "" if price.removesuffix(".") in told else price  # what it is like may say it
        return " ".join(filter(None, (f"• {self.say(paper.name)}{mark}.", told, priced)))

    def price(self, item: Paper | Step) -> str:
        """What it costs by its source; empty where none says it."""
        price = price_of(item.prices, self.answers)
        if price is None:
            return ""
        each = self.text("steps-each") if price.each else ""
        if price.free:
            return self.text("steps-free")
        return f"{self.say(Words(es=f'{{{price.fact}}}', en=f'{{{price.fact}}}'))}{each}."

    def papers(self) -> tuple[Paper, ...]:
        """Their papers, but those that hang on an answer: nobody said that these are needed."""
        return tuple(one for one in papers_of(self.procedure, self.answers) if holds(one.needs, self.answers))

    def stands(self, ours: Walked) -> tuple[str, ...]:
        """What is done, then the papers that are there and those that are missing, then the steps that are left."""
        sure, steps = self.papers(), steps_of(self.procedure, self.answers)
        papers = [one for one in self.procedure.papers if one in sure or one.id in {*ours.has, *ours.lacks}]
        there = (*(one for one in papers if one.id in self.has), *self.asked_for(ours.has))
        past = {*self.has, *needed_by(self.procedure, ours.done)} - {*ours.lacks}
        open_yet = (one for one in papers if one.id not in past and (not one.optional or one.id in ours.lacks))
        missing = (*open_yet, *self.asked_for(ours.lacks))
        named = (
            ("steps-done", self.names([one for one in steps if one.id in ours.done])),
            ("steps-there", self.names(there)),
            ("steps-missing", self.names(missing)),
            ("steps-put-off", self.names([one for one in steps if one.id in ours.later and not one.optional])),
        )
        left = [f"• {self.say(one.name)}" for one in steps if one.id not in ours.past]
        ahead = [self.text("steps-left", count=str(len(left))), *left] if left else [self.text("steps-none-left")]
        return (*(self.text(key, names=names) for key, names in named if names), "\n".join(ahead))

    def details(self, step: Step) -> str:
        """All that is told of a step beside its text, and what no source says."""
        told = [*(step.detail(aspect) for aspect in (*TOLD, RESULT)), step.if_not]
        gap = self.gap(step.gaps, step) if step.gaps else ""
        return "\n".join(filter(None, (*map(self.say, told), gap)))

    def trouble(self, step: Step, said: Collection[Wish]) -> tuple[str, tuple[str, ...]]:
        """What the step, else the procedure, says of the trouble that is told, and its sources; empty: none does."""
        kind = trouble_in(said) or Wish.STUCK
        words, sources = trouble_told(kind, step, self.procedure, self.knowledge) or (None, ())
        return self.say(words), sources

    def gap(self, aspects: Sequence[Aspect], step: Step | None = None) -> str:
        """That no source says these, and who knows."""
        missing = ". ".join(self.knowledge.aspects[aspect].gap.say(self.lang) for aspect in aspects)
        return self.text("gap", gap=missing, contacts=self.ask(step))

    def detail(self, step: Step, aspect: Aspect) -> str:
        """What a step tells of one aspect; of the cost also its prices; else the gap."""
        items: tuple[Step | Paper, ...] = (step, *papers_of(self.procedure, self.answers, step))
        priced = map(self.price, items)
        told = self.say(step.detail(aspect)) or (" ".join(filter(None, priced)) if aspect is Aspect.COST else "")
        return told or self.gap((aspect,), step)

    def asked(self, name: str, aspect: str) -> str:
        """What is known of a step or a paper that is asked about, or of the cost of all; empty: nothing is."""
        step = next((one for one in self.procedure.steps if one.id == name), None)
        if step is not None and aspect in (IF_NOT, RESULT):
            return self.say(texts_of(step)[aspect])
        if aspect == MUST:
            return self.must(step or next(one for one in self.procedure.papers if paper_key(one.id) == name))
        if step is not None and aspect in TROUBLES:
            return self.trouble(step, {Wish(aspect)})[0]
        if step is not None and aspect == Aspect.VALIDITY:
            theirs = [one for one in self.procedure.deadlines if one.step == name]
            late = (self.say(one.late) for one in theirs if due(one, self.today) is None)  # whether it has passed
            return " ".join((*map(self.deadline, theirs), *late))
        if step is not None:
            return self.detail(step, Aspect(aspect))
        paper = next((one for one in self.procedure.papers if paper_key(one.id) == name), None)
        told = self.paper(paper) if paper else (self.costs() or self.each_cost()) if aspect in PRICES else ""
        each = not paper and told and not self.costs()  # that reading the rules is free is no price of all
        known = told and (CURRENCIES.keys() & fold(told).split() or not (paper or each))
        return " ".join(filter(None, (told, "" if known or aspect not in PRICES else self.gap((Aspect(aspect),)))))

    def each_cost(self) -> str:
        """What the steps tell of their cost, where no price is summed; empty: none does."""
        told = [(self.say(one.name), self.say(one.cost)) for one in steps_of(self.procedure, self.answers) if one.cost]
        return "\n".join(f"• {name}: {cost}" for name, cost in told)

    def told_beside(
        self, asked: Sequence[tuple[str, str]], blocks: Sequence[str], unknown: str, here: str | None
    ) -> list[str]:
        """The answers to what was asked, each once, none that is in the blocks; of another step than `here` by name."""
        names = {one.id: f"{self.say(one.name)}: " for one in self.procedure.steps if one.id != here}
        heads = (names.get(one, "") if aspect in OF_A_STEP else "" for one, aspect in asked)
        known = (self.asked(*one) for one in asked)
        told = list(dict.fromkeys(head + said if said else unknown for head, said in zip(heads, known, strict=True)))
        others = (*blocks, *told)
        return [one for one in told if one not in blocks and not any(one in other for other in others if one != other)]

    def must(self, item: Paper | Step) -> str:
        """Whether something is compulsory: what is told of it says so, else that it is in the list of our sources."""
        if isinstance(item, Step) and item.optional and item.if_not:
            return self.say(item.if_not)
        told = self.paper(item) if isinstance(item, Paper) else ""
        listed_ = self.text("steps-must", names=self.say(item.name), contacts=self.ask())
        says = told and tells_of(f"{item.name.es} {told}", MUST, self.knowledge)
        return told if says else f"{told} {listed_}".strip()

    def sources_of(self, names: Collection[str]) -> list[str]:
        """The sources of the steps and papers that were asked about."""
        papers = ((paper_key(one.id), one.sources) for one in self.procedure.papers)
        every = (*((one.id, one.sources) for one in self.procedure.steps), *papers)
        return [source for key, sources in every if key in names for source in sources]

    def without(self, papers: Sequence[Paper], step: Step, unknown: str) -> tuple[str, Sequence[str]]:
        """What a step says of who does not have these papers, and its sources; empty: it says nothing of that."""
        names = {one.id for one in papers}
        for one in (step, *(other for other in self.procedure.steps if names.intersection(other.bring))):
            words = fold(one.if_not.es if one.if_not else "")
            named = papers_named(words, self.procedure.id, self.knowledge) & {*one.bring} & names
            if named and tells_of(words, Wish.LACKS, self.knowledge):
                return self.say(one.if_not), one.sources
        return "" if all(one.given_by or one.own for one in papers) else unknown, ()

    def letter(self, letter: Letter) -> tuple[str, str]:
        """A model, and what only its writer knows."""
        text = self.say(letter.text)
        blanks = dict.fromkeys(part[:1].lower() + part[1:].partition("]")[0] for part in text.split("[")[1:])
        return text, listed([*blanks], self.lang)

    def asked_for(self, names: Sequence[str]) -> tuple[Paper, ...]:
        """Papers that an authority asked for beside those of the procedure."""
        return papers_called([one for one in names if "/" in one], self.procedure, self.knowledge)

    def deadline(self, deadline: Deadline) -> str:
        """Its sentence, and how many days are left, or what is still possible."""
        day = due(deadline, self.today)
        if day is None:
            return self.say(deadline.says)
        left = (day - self.today).days
        behind = self.say(deadline.late) if left < 0 else self.text("steps-days", days=str(left))
        return f"{self.say(deadline.says)} {behind}"

    def costs(self) -> str:
        """The sum by currency of sourced prices, what hangs on an answer, what has no price; empty: none is known."""
        costs = costs_of(self.procedure, self.answers, self.knowledge, self.today, self.has)
        if not (costs.facts or costs.hanging):
            return ""
        sums = self.joined([f"{amount:,f} {currency}" for currency, amount in costs.sums.items()])
        all_free = costs.free and not (costs.unknown or costs.hanging or costs.varying)
        priced = self.joined(
            [f"{self.say(one.name)}: {self.price(one).removesuffix('.')}" for one in costs.apart if one.prices]
        )
        told = (
            self.text("steps-cost", sums=sums) if sums else self.text("steps-cost-free") if all_free else "",
            self._named("steps-cost-nothing", () if sums or all_free else costs.free),
            self._named("steps-cost-later", costs.hanging),
            self._named("steps-cost-varies", costs.varying),
            self._named("steps-cost-unknown", costs.unknown, contacts=self.ask()),
            self.text("steps-cost-apart" if priced else "steps-cost-papers", names=priced)
            if costs.apart and costs.facts
            else "",
            source_line(costs.facts, self.knowledge, self.lang) if costs.facts else "",
        )
        return " ".join(filter(None, told))

    def _named(self, text: str, names: Sequence[Words], **values: str) -> str:
        """A text about what is named; empty where nothing is."""
        return self.text(text, names=self.names_of(names), **values) if names else ""
