"""Topics with what they lead to, and flows with their questions, as Mermaid text: `ventanilla kb graph`."""

from collections.abc import Iterator

from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.flows import Flow


def graph(knowledge: Knowledge, item: str, lang: Lang) -> str:
    """A flow with its questions; a topic with its neighbours; "" = all topics. LookupError for an unknown id."""
    flow = knowledge.flows.get(item)
    lines = list(_flow(flow, lang) if flow else _topics(knowledge, item, lang))
    if not lines and item:
        raise LookupError(repr(item))
    return "\n".join(("flowchart LR", *lines))


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


def _node(item_id: str, label: str) -> str:
    plain = "".join(c if c.isalnum() else "_" for c in item_id)
    return f'{plain}["{label.replace(chr(34), "”")}"]'
