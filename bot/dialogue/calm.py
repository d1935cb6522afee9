"""The end of an open danger: who says that it is over is believed, unless it is only the writer who is safe."""

from dataclasses import replace

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.after_help import go_on_in_danger, lately_told, stay_with_danger
from bot.dialogue.afterwards import SHARED, beside_calm, denies, how_ended, only_denies, takes_back
from bot.dialogue.another_matter import ANOTHER, is_asked
from bot.dialogue.danger.care import holds_on, line_over, makes_move, told_of
from bot.dialogue.danger.help_text import answer_danger, turns_worse
from bot.dialogue.danger.matter import asked_apart
from bot.dialogue.danger.meant import STILL_FOR
from bot.dialogue.danger.moves import OWN_SAFETY, moves_in, speaks_of
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.hearing import Hearing
from bot.dialogue.line_said import say_line
from bot.dialogue.talk import is_courtesy
from bot.dialogue.topics import answer_topic, clarify
from bot.dialogue.understanding import ANSWER, understand
from bot.texts import say
from knowledge.schema.care import Line
from knowledge.schema.urgent import Category

AFRAID = frozenset({"safe-afraid"})
"""The move of who is safe for now, and still in fear."""
HELPED, HARDLY = frozenset({"help-here", "hospital", "found", "born"}), 0.1
"""Moves that tell of all, and the likelihood from which a message may make them, too: `ya llegaron, estamos bien`."""


def hear_denied(hearing: Hearing) -> Turn | None:
    """Who says that we heard it wrong is believed: back to the danger before it, to what they tell, or the question."""
    category, state, knowledge = lately_told(hearing), hearing.conversation, hearing.knowledge
    if category is None or not denies(category.id, hearing.text, knowledge):
        return None
    rules = read_rules(hearing.text, knowledge).found
    if any(found.category.id == category.id and not found.unsure for found in rules):
        return None  # told once more in the same words
    told = tuple(
        each.model_copy(update={"over": each.over or each.category == category.id, "aside": False})
        for each in state.told
    )
    danger = hearing.danger
    if danger is not None and (danger.category == category.id or only_denies(category.id, hearing.text, knowledge)):
        danger = None
    free = replace(hearing, conversation=state.having(told=told, flow=None), danger=danger)
    if turn := answer_danger(free) or go_on_in_danger(free) or stay_with_danger(free):
        return turn
    said = Reply(ReplyKind.CARE, say("danger.denied_short", hearing.lang))
    if turn := _asked_before(free, category):
        return replace(turn, replies=(said, *turn.replies))
    return free.turn(Outcome.QUESTION, Reply(ReplyKind.CARE, say("danger.denied", hearing.lang)))


def _asked_before(free: Hearing, denied: Category) -> Turn | None:
    """The answer to what the correction asks, or else to what was asked before it; not what that danger spoke of."""
    for text in (free.text, *(heard.text for heard in reversed(free.conversation.heard[:-1]))):
        understood = understand(text, free.conversation.having(heard=(), topic=None), free.knowledge)
        ours = understood.clear and understood.topics[0].topic not in denied.topics
        if ours and understood.best >= ANSWER:
            return answer_topic(replace(free, text=text, understood=understood))
    return None


def hear_calm(hearing: Hearing) -> Turn | None:
    """Who says that it is over is believed, and the conversation is free; what is asked beside it is answered."""
    category, state, knowledge = lately_told(hearing) or _lately_over(hearing), hearing.conversation, hearing.knowledge
    ended = _how_ended(hearing, category) if category is not None else None
    if category is None or ended is None:
        return None
    despite = ended.despite if isinstance(ended, Line) else ()
    danger = hearing.danger
    if danger is not None and danger.category not in despite and read_rules(hearing.text, knowledge).sure:
        return None  # by itself, not only with what was told before
    told = tuple(each.model_copy(update={"over": True}) for each in state.told)
    free = replace(hearing, conversation=state.having(told=told, flow=None), danger=None)
    line = ended if isinstance(ended, Line) else None
    rest = _answer_beside(free, category)
    if line is None:
        said = "danger.over" if rest is None else "danger.over_short"
        over = free.turn(Outcome.QUESTION, Reply(ReplyKind.CARE, hearing.fill(say(said, hearing.lang))))
    else:
        over = say_line(free, category, line)
    return over if rest is None else replace(rest, replies=(*over.replies, *rest.replies))


def _lately_over(hearing: Hearing) -> Category | None:
    """The danger that ended last, of which more may be told: `ya la están atendiendo`."""
    told = hearing.conversation.told[-1:]
    lately = told and told[0].over and hearing.now - told[0].at < STILL_FOR
    return hearing.knowledge.categories[told[0].category] if lately else None


def _how_ended(hearing: Hearing, category: Category) -> Line | str | None:
    """The line that answers the end of a danger, `SHARED` where it has none; None where it is not over.

    Who comes back may be the one whom the writer fears, and who is safe may be only the writer.
    """
    afraid = makes_move(hearing, only=AFRAID)
    if afraid or turns_worse(hearing) or _is_own_calm(hearing, category):
        return None
    lines = hearing.knowledge.care[category.id].lines
    line = None if is_courtesy(hearing.text, hearing.knowledge) else line_over(hearing, category)
    if line is not None and (line in lines or not takes_back(hearing.text, hearing.knowledge)):
        return line
    ended = None if told_of(hearing, category).over else how_ended(category.id, hearing.text, hearing.knowledge)
    if ended is None or (holds_on(hearing, category) and (ended == SHARED or is_asked(hearing))):
        return None
    return next((line for line in lines if line.id == ended), SHARED)


def _is_own_calm(hearing: Hearing, category: Category) -> bool:
    """Whether only the writer is safe, who told of somebody else."""
    if not told_of(hearing, category).other:
        return False
    besides = sum(value for move, value in moves_in(hearing.text, hearing.knowledge).items() if move in HELPED)
    alone = makes_move(hearing, only=OWN_SAFETY) and besides < HARDLY
    return alone and speaks_of(hearing.text, hearing.knowledge) != "other"


def _answer_beside(free: Hearing, category: Category) -> Turn | None:
    """The answer to what is asked beside the end of a danger, or is plainly a topic of its own."""
    apart = asked_apart(free, category)
    text = apart[1].text if apart is not None else beside_calm(category.id, free.text, free.knowledge)
    if not text:
        return None
    alone = free.conversation.having(heard=(), topic=None)
    asked = replace(free, text=text, understood=understand(text, alone, free.knowledge))
    if apart is not None or is_asked(asked):
        return answer_topic(asked) or clarify(asked)
    return answer_topic(asked) if asked.understood.best >= ANOTHER else None
