"""Who says that a danger was heard wrong: they are believed, and what they say beside it is answered."""

import re
from dataclasses import replace

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.danger.another_matter import ANOTHER, SURELY, is_asked
from bot.dialogue.danger.care import fits
from bot.dialogue.danger.help_text import answer_danger
from bot.dialogue.danger.judging import CHECK_RULE, NEVER, SCORER, likelihood_of
from bot.dialogue.danger.meant import became, told_besides
from bot.dialogue.danger.remembered import enders_of, told_of
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.hearing import Hearing
from bot.dialogue.in_danger.after_help import go_on_in_danger, lately_told, stay_with_danger
from bot.dialogue.in_danger.beside_no import REST
from bot.dialogue.topics import answer_topic, clarify
from bot.dialogue.understanding import ANSWER, understand
from bot.dialogue.words.afterwards import behind_denial, denies, denies_only_gravity, only_denies, words_denied
from bot.dialogue.words.ends import ends_of
from bot.texts import say
from knowledge.schema.base import Level
from knowledge.schema.care import ANY
from knowledge.schema.urgent import Category

CLAUSES = re.compile(r"[,.;!?\n]+|\s(?:y|and|pero|but)\s", re.IGNORECASE)
"""Where one thing that a report tells ends and another begins."""


def hear_denied(hearing: Hearing) -> Turn | None:
    """Who says that we heard it wrong is believed: back to the danger before it, to what they tell, or the question."""
    category, state, knowledge = lately_told(hearing), hearing.conversation, hearing.knowledge
    if category is None or not denies(category.id, hearing.text, knowledge) or became(hearing) is not None:
        return None
    if _is_told_again(hearing, category) or _is_grave(hearing, category):
        return None
    told = tuple(
        each.model_copy(update={"over": each.over or each.category == category.id, "aside": False})
        for each in state.told
    )
    danger = hearing.danger
    if danger is not None and (danger.category == category.id or only_denies(category.id, hearing.text, knowledge)):
        danger = None
    if danger is None or danger.rule == SCORER:
        # What was told as a part of it is not denied with it: who was never held is ill still.
        danger = told_besides(hearing, told_of(hearing, category)) or danger
    free = replace(hearing, conversation=state.having(told=told, flow=None), danger=danger)
    if turn := answer_danger(free) or go_on_in_danger(free) or stay_with_danger(free):
        return turn
    said, stands = _met(free, category)
    if turn := _asked_beside(free, category, stands=stands):
        return replace(turn, replies=(said, *turn.replies))
    asks = Reply(ReplyKind.CARE, say("danger.denied_asks", hearing.lang))
    return free.turn(Outcome.QUESTION, said, asks)


def _is_grave(hearing: Hearing, category: Category) -> bool:
    """Whether a life may be at risk by what is told beside the words that it is not grave: `pero no despierta`."""
    if category.level is not Level.CRITICAL or not denies_only_gravity(category.id, hearing.text, hearing.knowledge):
        return False
    if enders_of(told_of(hearing, category), hearing.knowledge):
        return True
    return likelihood_of(behind_denial(category.id, hearing.text, hearing.knowledge), hearing.knowledge) >= CHECK_RULE


def _met(free: Hearing, denied: Category) -> tuple[Reply, bool]:
    """What is said to who denies a danger, and whether the need stands: its name was denied, or how grave it is."""
    gravity = denies_only_gravity(denied.id, free.text, free.knowledge)
    lines = free.knowledge.care[ANY if gravity else denied.id].denials
    line = next((line for line in lines if line.say is not None and fits(line, denied, free)), None)
    words = line.say.say(free.lang) if line is not None and line.say is not None else say("danger.denied", free.lang)
    return Reply(ReplyKind.CARE, free.fill(words)), line is not None


def _is_told_again(hearing: Hearing, category: Category) -> bool:
    """Whether a rule is sure of this danger in other words than those that deny it."""
    denied = words_denied(category.id, hearing.text, hearing.knowledge)
    rules = (one for one in read_rules(hearing.text, hearing.knowledge).found if one.category.id == category.id)
    return any(not found.unsure and all(found.words not in words for words in denied) for found in rules)


def _asked_beside(free: Hearing, denied: Category, *, stands: bool) -> Turn | None:
    """The answer to what is asked behind the denial, also with what was told before it; or else what was asked then."""
    behind, asked = behind_denial(denied.id, free.text, free.knowledge), is_asked(free)
    needed, before = ANSWER if asked else ANOTHER, [heard.text for heard in reversed(free.conversation.heard[:-1])]
    told = before if stands else [_without_danger(text, free) for text in before]
    alone = [_heard_anew(text, free) for text in (behind, *(end for _, end in ends_of(behind)))]
    clear = [one for one in alone if _answers(one, needed, denied, 0.0 if stands and asked else SURELY)][:1]
    if len(behind.split()) >= REST and not (clear and clear[0].understood.best >= SURELY):
        joined = [_without_gap(_heard_anew(f"{text}. {behind}", free)) for text in told if text]
        clear += [one for one in joined if _answers(one, needed, denied, 0.0 if stands else NEVER)]
        clear.sort(key=lambda one: -one.understood.best)
    clear += [one for text in told if _answers(one := _heard_anew(text, free), ANSWER, denied, NEVER)]
    if clear:
        return answer_topic(clear[0])
    return clarify(alone[0]) if asked or stands else None


def _without_danger(text: str, free: Hearing) -> str:
    """What a report tells besides: on which farm he works, and not that he died there."""
    clauses = (clause.strip() for clause in CLAUSES.split(text))
    return ". ".join(one for one in clauses if one and likelihood_of(one, free.knowledge) < CHECK_RULE)


def _heard_anew(text: str, free: Hearing) -> Hearing:
    """These words as if nothing had been said before."""
    state = free.conversation.having(heard=(), topic=None)
    return replace(free, text=text, understood=understand(text, state, free.knowledge))


def _without_gap(heard: Hearing) -> Hearing:
    """What the report before may have made look like a question of its own: `no tengo dónde dormir`."""
    return replace(heard, understood=replace(heard.understood, gap=False, aspect=None))


def _answers(heard: Hearing, needed: float, denied: Category, own: float) -> bool:
    """Whether words are so likely about a topic; about one that the denied danger speaks of, so likely as `own`."""
    understood = heard.understood
    if not understood.clear or understood.best < needed:
        return False
    return understood.topics[0].topic not in denied.topics or understood.best >= own
