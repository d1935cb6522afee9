"""The replies of a decision: each act by its renderer, then what every turn needs: choices once, first contact."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.conversation import Choice, Conversation, Outcome, Reply, ReplyKind
from bot.dialogue import decision as acts
from bot.dialogue.decision import Decision
from bot.dialogue.message import Message
from bot.dialogue.rendering import answers, calendar, danger, directory, procedures, talk
from bot.dialogue.rendering.words import Rendered, who_answers
from bot.dialogue.signals import Signals
from bot.dialogue.words.payload import make
from bot.texts import say

Renderer = Callable[[Any, Message, Signals, Conversation], Rendered]

RENDERERS: Mapping[type, Renderer] = {
    acts.Help: danger.render_help,
    acts.Line: danger.render_line,
    acts.Check: danger.render_check,
    acts.Section: answers.render_section,
    acts.Sources: answers.render_sources,
    acts.Definition: answers.render_definition,
    acts.Events: calendar.render_events,
    acts.Say: talk.render_say,
    acts.Privacy: talk.render_privacy,
    acts.PersonLine: talk.render_person,
    acts.Offer: talk.render_offer,
    acts.Question: talk.render_question,
    acts.Reminders: talk.render_reminders,
    acts.Step: procedures.render_step,
    acts.Place: directory.render_place,
    acts.Nearest: directory.render_nearest,
    acts.Consulates: directory.render_consulates,
    acts.AskPlace: directory.render_ask_place,
    acts.Remark: talk.render_remark,
    acts.Welcome: talk.render_welcome,
    acts.Admit: talk.render_admit,
    acts.ForOthers: talk.render_for_others,
}
FEEDBACK = "f"
"""The letter of the buttons under "¿Le sirvió?"; `predict` leaves them out."""
RATINGS = {"yes": "feedback.yes", "no": "feedback.no"}
"""What the buttons carry, and the words on them."""
NOTHING = Rendered(())
HELPING = (Outcome.URGENT, Outcome.CHECK)


def render(decision: Decision, m: Message, s: Signals, state: Conversation, behind: Rendered = NOTHING) -> Rendered:
    """All replies of a turn; only the last one with choices keeps them: "1" must mean one thing.

    `behind`: what is said after this decision's own words. The words of a danger hang on its facts after this message.
    """
    state = state.having(danger=decision.changes.get("danger", state.danger))
    parts = [*(RENDERERS[type(act)](act, m, s, state) for act in decision.acts), behind]
    replies = _choices_once([reply for part in parts for reply in part.replies])
    replies = _asking_feedback(_offering_steps(replies, decision, s, state), decision, s, state)
    return Rendered(_greeted(replies, decision, s, state), tuple(name for part in parts for name in part.shown))


def _choices_once(replies: Sequence[Reply]) -> tuple[Reply, ...]:
    last = max((n for n, reply in enumerate(replies) if reply.choices), default=-1)
    return tuple(reply if n == last else replace(reply, choices=()) for n, reply in enumerate(replies))


def _offering_steps(
    replies: tuple[Reply, ...], decision: Decision, s: Signals, state: Conversation
) -> tuple[Reply, ...]:
    """Under an answer the way into its procedure, or back into the open one; never in danger or in a case."""
    calm = state.danger is None and state.case is None and decision.outcome is Outcome.ANSWER
    given = next((act for act in reversed(decision.acts) if isinstance(act, acts.Section)), None)
    if not calm or not replies or any(isinstance(act, acts.Step) for act in decision.acts):
        return replies
    ways = procedures.ways_in(given, s, state)
    return (*replies[:-1], replace(replies[-1], choices=(*replies[-1].choices, *ways)))


def _asking_feedback(
    replies: tuple[Reply, ...], decision: Decision, s: Signals, state: Conversation
) -> tuple[Reply, ...]:
    """Ask "¿Le sirvió?" under an answer, never in danger or in a case, at most once in some turns."""
    sections_given = [act for act in decision.acts if isinstance(act, acts.Section)]
    calm = state.danger is None and state.case is None and decision.outcome not in HELPING
    due = state.until_feedback <= 1 and decision.outcome is Outcome.ANSWER
    if not (due and calm and sections_given and replies[-1].choices):
        return replies
    asked = sections_given[-1]
    ratings = (
        Choice(label=say(key, s.lang), payload=make(FEEDBACK, asked.topic, asked.section, carried))
        for carried, key in RATINGS.items()
    )
    return (*replies[:-1], replace(replies[-1], choices=(*replies[-1].choices, *ratings)))


def _greeted(replies: tuple[Reply, ...], decision: Decision, s: Signals, state: Conversation) -> tuple[Reply, ...]:
    """First contact: who answers, that it is free, what is kept; after the first answer, never in a danger."""
    calm = decision.outcome not in (*HELPING, Outcome.SILENT) and not state.in_danger
    if state.greeted or decision.changes.get("greeted") or not calm or s.message.group:
        return replies
    return (*replies, Reply(ReplyKind.NOTICE, say("first_contact", s.lang, who=who_answers(s))))
