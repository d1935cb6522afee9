"""Topics with what they lead to, flows and procedures with their questions, as Mermaid text: `ventanilla kb graph`."""

from collections.abc import Iterator
from datetime import date

from knowledge.model import Knowledge
from knowledge.procedures import position, ways
from knowledge.render import fill
from knowledge.schema.base import Lang
from knowledge.schema.flows import Flow
from knowledge.schema.procedures import Procedure


def graph(knowledge: Knowledge, item: str, lang: Lang, today: date) -> str:
    """A flow or procedure with its questions; a topic with its neighbours; "" = all. LookupError for an unknown id.

    Values stand in it as they are said on that day.
    """
    flow, procedure = knowledge.flows.get(item), knowledge.procedures.get(item)
    own = _procedure(procedure, lang) if procedure else _flow(flow, lang) if flow else None
    lines = list(own or _topics(knowledge, item, lang))
    if not lines and item:
        raise LookupError(repr(item))
    return fill("\n".join(("flowchart LR", *lines)), knowledge, lang, today).text


def _topics(knowledge: Knowledge, item: str, lang: Lang) -> Iterator[str]:
    for topic in knowledge.topics.values():
        for name in topic.next:
            if (not item or item in (topic.id, name)) and name in knowledge.topics:
                there = knowledge.topics[name].title.say(lang)
                yield f"  {_node(topic.id, topic.title.say(lang))} --> {_node(name, there)}"


def _flow(flow: Flow, lang: Lang) -> Iterator[str]:
    """From each answer to the next question that it allows."""
    for number, question in enumerate(flow.questions):
        here = _node(question.id, question.ask.say(lang))
        for option in question.options:
            later = (q for q in flow.questions[number + 1 :] if q.needs.get(question.id, option.id) == option.id)
            following = next(later, None)
            effect = f" ({option.effect})" if option.effect else ""
            there = (following.id, following.ask.say(lang)) if following else (f"end {option.id}{effect}", "■" + effect)
            yield f'  {here} -- "{option.label.say(lang)}" --> {_node(*there)}'


def _procedure(procedure: Procedure, lang: Lang) -> Iterator[str]:
    """Every move of every set of answers, once."""
    yield from dict.fromkeys(line for given in ways(procedure) for line in _moves(procedure, given, lang))


def _moves(procedure: Procedure, given: dict[str, str], lang: Lang) -> Iterator[str]:
    """From `begin` over what is asked and done to the end, or to where an answer ends it."""
    answers: dict[str, str] = {}
    past: list[str] = []
    before, by = _node("begin", procedure.title.say(lang)), ""
    while True:
        here = position(procedure, answers, past)
        if here.question is not None:
            node = _node(f"ask {here.question.id}", here.question.ask.say(lang))
        elif here.step is not None:
            node = _node(f"do {here.step.id}", here.step.name.say(lang))
        else:
            node = _node(f"stop {by}" if here.stopped else "the end", "■")
        yield f'  {before} -- "{by}" --> {node}' if by else f"  {before} --> {node}"
        before, by = node, ""
        if here.question is not None:
            answers[here.question.id] = given[here.question.id]
            chosen = next(one for one in here.question.options if one.id == given[here.question.id])
            by = chosen.label.say(lang)
        elif here.step is not None:
            past.append(here.step.id)
        else:
            return


def _node(item_id: str, label: str) -> str:
    plain = "".join(c if c.isalnum() else "_" for c in item_id)
    return f'{plain}["{label.replace(chr(34), "”")}"]'
