"""The replies of a decision: each act by its renderer, then what every turn needs: choices once, first contact."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.conversation import Choice, Conversation, Kind, Outcome, Reply, ReplyKind
from bot.dialogue import decision as acts
from bot.dialogue.decision import Decision
from bot.dialogue.errands import open_in
from bot.dialogue.message import Message
from bot.dialogue.person.told import leads_to_government
from bot.dialogue.rendering import answers, calendar, danger, directory, procedures, talk
from bot.dialogue.rendering.words import Rendered, button, way_in, who_answers
from bot.dialogue.signals import Signals
from knowledge.hearing_steps import named_in
from knowledge.procedures import offered_with
from knowledge.telling_steps import Show

Renderer = Callable[[Any, Message, Signals, Conversation], Rendered]

RENDERERS: Mapping[type, Renderer] = {
    acts.Help: danger.render_help,
    acts.Line: danger.render_line,
    acts.Check: danger.render_check,
    acts.Section: answers.render_section,
    acts.Sources: talk.render_sources,
    acts.Definition: answers.render_definition,
    acts.Events: calendar.render_events,
    acts.Say: talk.render_say,
    acts.Offer: answers.render_offer,
    acts.Step: procedures.render_step,
    acts.Place: directory.render_place,
    acts.Nearest: directory.render_nearest,
    acts.Consulates: directory.render_consulates,
    acts.AskPlace: directory.render_ask_place,
    acts.Remark: talk.render_remark,
    acts.Admit: talk.render_admit,
    acts.ForOthers: talk.render_for_others,
}
FEEDBACK = "f"
"""The letter of the buttons under "¿Le sirvió?"; `predict` leaves them out."""
RATINGS = {"yes": "feedback.yes", "no": "feedback.no"}
"""What the buttons carry, and the words on them."""
MOST, RANKS = 4, "z01cypotl"
"""Choices that lead on, and which stay where there are more: the kinds of their taps, 0 and 1 the first two."""
WHOLE, ASKED, WAY_IN = ("g|", "q|"), "|a|", "|g"
"""Taps of which none is left out: a menu's, a question's options, an errand's, and of errands alone (their end)."""
NOTHING = Rendered(())
HELPING, MENUS = (Outcome.URGENT, Outcome.CHECK), (Outcome.ANSWER, Outcome.CLARIFY)


def render(decision: Decision, m: Message, s: Signals, state: Conversation, behind: Rendered = NOTHING) -> Rendered:
    """All replies of a turn, with what goes `behind`; only the last with choices keeps them: "1" means one thing."""
    state = state.having(danger=decision.changes.get("danger", state.danger))
    parts = [*(RENDERERS[type(act)](act, m, s, state) for act in decision.acts), behind]
    said = [reply for part in parts for reply in part.replies]
    menu = state.in_danger and decision.outcome in MENUS and acts.Step not in map(type, decision.acts)  # P9
    last = max((n for n, reply in enumerate(said) if reply.choices and not menu), default=-1)
    plain = state.danger is not None or state.watched or decision.outcome in HELPING
    shown = (replace(reply, spans=()) if plain else reply for reply in said)  # nothing stands out for who reads along
    replies = tuple(reply if n == last else replace(reply, choices=()) for n, reply in enumerate(shown))
    replies = _leading_on(replies, decision, s, state)
    listed = decision.outcome is Outcome.COMMAND  # a menu
    replies = replies if listed else tuple(replace(reply, choices=fitting(reply.choices)) for reply in replies)
    return Rendered(_greeted(replies, decision, s, state), tuple(name for part in parts for name in part.shown))


def _leading_on(replies: tuple[Reply, ...], decision: Decision, s: Signals, state: Conversation) -> tuple[Reply, ...]:
    """Under an answer its procedure or the open one, at times "¿Le sirvió?"; never in danger or in a case."""
    unsure = any(isinstance(act, acts.Offer) and act.likely for act in decision.acts)
    if not replies or not (unsure or decision.outcome is Outcome.ANSWER) or state.danger or state.case:
        return replies
    *before, last = replies
    choices, given = last.choices, next((act for act in reversed(decision.acts) if isinstance(act, acts.Section)), None)
    if not any(isinstance(act, acts.Step) for act in decision.acts):
        choices += _ways_in(given, s, state, unsure=unsure)
        if (ours := open_in(s, state)) and not state.watched:
            act = acts.Step(ours.having(answers=s.answers(ours)), Show.OPEN)
            here = procedures.render_step(act, s.message, s, state).replies[0]
            if here.choices[0].payload not in {one.payload for one in choices}:
                choices += here.choices
                last = replace(last, text="\n\n".join(filter(None, (last.text, here.text))))
    if given and choices and state.until_feedback <= 1:
        choices += tuple(button(key, s.lang, FEEDBACK, given.topic, given.section, one) for one, key in RATINGS.items())
    return (*before, replace(last, choices=choices))


def fitting(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Four: the errands, what comes first, a person, the consulate, the next topic; in order; and "¿Le sirvió?"."""
    taps = [one.payload for one in choices if not one.payload.startswith(FEEDBACK)]
    if len(taps) <= MOST or any(one.startswith(WHOLE) or ASKED in one for one in taps) or taps[0].endswith(WAY_IN):
        return choices
    kinds = [*"01", *("z" if one.endswith(WAY_IN) else one[0].replace("z", "-") for one in taps[len("01") :])]
    kept = sorted(range(len(taps)), key=lambda at: (RANKS + kinds[at]).index(kinds[at]))[:MOST]
    return (*(choices[at] for at in sorted(kept)), *choices[len(taps) :])


def _ways_in(given: acts.Section | None, s: Signals, state: Conversation, *, unsure: bool) -> tuple[Choice, ...]:
    """Behind an answer: its procedures."""
    topic, section = (given.topic, given.section) if given else ("", "")
    said = named_in(s.message.letters, s.knowledge)
    beside = [one for one in s.knowledge.procedures.values() if topic in one.topics or (unsure and one.id in said)]
    found = [one for one in beside if one.id in said] or [*offered_with(topic, section, s.knowledge)]
    if given and not s.person.country and s.knowledge.topics[topic].section_or_first(section).where:
        found = found or beside  # told of one country, and nobody said which
    if s.person.fears_government and topic and leads_to_government(s.knowledge.topics[topic], "", s.knowledge):
        found = []
    return tuple(way_in(one, s, state, named=unsure or len(beside) > 1) for one in found)


def _greeted(replies: tuple[Reply, ...], decision: Decision, s: Signals, state: Conversation) -> tuple[Reply, ...]:
    """First contact: who answers, that it is free, what is kept; after the first answer, never in a danger."""
    calm = decision.outcome not in (*HELPING, Outcome.SILENT) and not state.in_danger
    if state.greeted or decision.changes.get("greeted") or not calm or s.message.inbound.kind is Kind.GROUP:
        return replies
    return (*replies, Reply(ReplyKind.NOTICE, who_answers(s, "first_contact.operated_by", "first_contact.nobody")))
