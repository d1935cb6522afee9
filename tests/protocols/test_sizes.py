"""Sizes of whole replies (P5, P9): an ordinary question asked in each kind of danger gets one short block behind it."""

import re

import pytest

from bot.conversation import Conversation, InboundMessage, Kind, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.engine import take_turn
from bot.dialogue.protocols.saying import LATER_WORDS, REPLY_WORDS
from bot.dialogue.rendering.danger import MOST_NUMBERS, words_in
from knowledge.model import Knowledge
from tests.support.danger_talk import BEGINS

FIRST_WORDS, BESIDE_WORDS, OFFERED_WORDS = 45, 48, 80
"""Words of the first bubble; of the block behind with what stands in front of it ("En corto:", the arrow); of two
answers between which nothing decides, in a mild danger."""
PHONE_WORDS = 9
"""Words in which a number may be said beyond the one that stands for it: its name, its digits, its country (P5)."""
LABEL = re.compile(r" \([^()]*\)")
NUMBER = re.compile(r"\+?\d[\d ]{5,}\d|\b(?:911|988|079)\b|https?://\S+|\d+ USD|\d+ MXN")
OWN = (ReplyKind.HELP, ReplyKind.CARE, ReplyKind.CHECK)
QUESTIONS = ("cuanto cuesta el pasaporte", "que papeles necesito para la matricula", "como saco una cita")


def _turns(texts: tuple[str, ...], knowledge: Knowledge) -> Turn:
    state, turn = Conversation(), None
    for number, text in enumerate(texts):
        turn = take_turn(
            state, InboundMessage("test", str(number), "a", Kind.TEXT, BEGINS, text=text), knowledge, BEGINS
        )
        state = turn.conversation
    assert turn is not None
    return turn


def _over(replies: list[Reply], most: int) -> bool:
    """Whether these have more words than that, beside those in which numbers are said."""
    said = LABEL.sub("", " ".join(one.text for one in replies))
    return words_in(said) > most + PHONE_WORDS * len(set(NUMBER.findall(said)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_ordinary_question_in_a_danger_gets_one_short_block(question: str, knowledge: Knowledge) -> None:
    wrong = []
    for name, protocol in knowledge.protocols.items():
        told = next(iter(protocol.said), "")
        for texts in ((f"{told}. {question}",), (told, question), (told, f"ya llame al 911. {question}")):
            turn = _turns(texts, knowledge)
            if turn.conversation.danger is None or turn.conversation.danger.state != "open":
                continue
            own = [one for one in turn.replies if one.kind in OWN]
            behind = [one for one in turn.replies if one.kind not in OWN]
            helped = any(one.kind is ReplyKind.HELP for one in own)
            numbers = {one for reply in own for one in NUMBER.findall(LABEL.sub("", reply.text))}
            if _over(own[:1], FIRST_WORDS if helped else LATER_WORDS) or _over(
                own, REPLY_WORDS if helped else LATER_WORDS
            ):
                wrong.append(f"{name} {texts[-1]}: {[words_in(one.text) for one in own]} words of its own")
            if len(numbers) > MOST_NUMBERS:
                wrong.append(f"{name} {texts[-1]}: {numbers}")
            most = OFFERED_WORDS if turn.reading.outcome is Outcome.CLARIFY else BESIDE_WORDS
            if len(behind) > 1 or _over(behind, most) or any(one.choices for one in behind):
                wrong.append(f"{name} {texts[-1]}: {[one.text for one in behind]}")
    assert not wrong, "\n".join(wrong)
