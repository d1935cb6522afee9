"""The trained half: what it learns from, what it shows, and how it is read in a conversation."""

import json
import time
from datetime import datetime, timedelta
from random import Random

from bot.conversation import Conversation, Heard, InboundMessage, Kind, OpenDanger
from bot.dialogue.danger.features import DangerFeatures
from bot.dialogue.danger.judging import SCORER, judge
from bot.dialogue.danger.model import scorer_of
from bot.dialogue.message import read
from bot.dialogue.signals.danger import find_danger
from bot.dialogue.words.features import number_of
from bot.training.danger import misspelled
from bot.training.danger_lessons import lessons_of
from knowledge.frames import fold
from knowledge.lint.sentences import check
from knowledge.model import Knowledge
from knowledge.schema.base import Level

ENOUGH = 150


def test_every_category_has_sentences_and_as_many_look_alikes(knowledge: Knowledge) -> None:
    for category in knowledge.categories:
        sentences = knowledge.sentences[category]
        assert len(list(sentences.reports())) >= ENOUGH, category
        assert len(sentences.calm) >= ENOUGH, category


def test_sentences_pass_their_lint(knowledge: Knowledge, today: datetime) -> None:
    assert list(check(knowledge, today)) == []


def test_a_phrase_that_is_a_sentence_is_taught_once(knowledge: Knowledge) -> None:
    lessons = [lesson for lesson in lessons_of(knowledge) if lesson.conversation is None]
    texts = [fold(lesson.text) for lesson in lessons if lesson.weight < 1]
    sentences = {fold(lesson.text) for lesson in lessons if lesson.weight == 1}
    assert not sentences & set(texts)


def test_words_of_a_kind_read_alike(knowledge: Knowledge) -> None:
    reads = DangerFeatures(knowledge)
    both = set(reads.bag("mi ijo no contesta")[0]) & set(reads.bag("my daughter is not answering")[0])
    assert {number_of("K:<child>"), number_of("K:<answer>")} <= both


def test_the_scorer_shows_words_of_the_message(knowledge: Knowledge) -> None:
    text = "le sale agua de los oidos y ya no me reconoce mi abuelita"
    reading = judge(text, knowledge)
    assert reading is not None
    assert reading.danger.rule == SCORER
    assert set(reading.danger.words.split()) <= set(fold(text).split())


def test_no_words_no_danger(knowledge: Knowledge) -> None:
    assert not any(one.sure or one.unsure for one in (judge("…", knowledge), judge("", knowledge)))


def test_typos_keep_most_of_a_text() -> None:
    text = "mi hermano no contesta desde el lunes"
    written = [misspelled(text, Random(number)) for number in range(20)]
    assert len(set(written)) > 5
    assert all(abs(len(one) - len(text)) <= 8 for one in written)


def in_turn(
    texts: list[str], knowledge: Knowledge, now: datetime, apart: int = 1, open_now: OpenDanger | None = None
) -> tuple[bool, bool]:
    """Whether the last of these messages gets help, or a check."""
    heard = tuple(
        Heard(text=text, at=now - timedelta(minutes=apart * (len(texts) - number)))
        for number, text in enumerate(texts[:-1])
    )
    message = InboundMessage("test", "1", "1", Kind.TEXT, now, text=texts[-1])
    found = find_danger(read(message, knowledge), Conversation(heard=heard, danger=open_now), now)
    return found.danger is not None, found.check is not None


def test_danger_in_the_middle_of_a_question(knowledge: Knowledge, now: datetime) -> None:
    assert in_turn(["cuánto cuesta el pasaporte", "ay mi mamá se desmayó y no respira"], knowledge, now)[0]


def test_danger_in_several_messages(knowledge: Knowledge, now: datetime) -> None:
    pieces = ["iba con mi primo", "por el desierto de Altar", "se nos separó", "no contesta"]
    assert any(in_turn(pieces[:told], knowledge, now)[0] for told in (3, 4))
    assert not any(in_turn(pieces[:told], knowledge, now, apart=60)[0] for told in (3, 4))


def test_what_was_said_before_makes_it_harmless(knowledge: Knowledge, now: datetime) -> None:
    news = ["vi en la tele una película", "se llevan a la muchacha y la tienen encerrada"]
    assert not in_turn(news, knowledge, now)[0]
    assert in_turn([*news[:1], "ahorita mi vecina grita que su marido la está matando"], knowledge, now)[0]


def test_the_same_danger_is_not_found_again_in_what_follows(knowledge: Knowledge, now: datetime) -> None:
    first = "estamos perdidos en el desierto y ya no traemos agua"
    at = now - timedelta(minutes=1)
    lost = OpenDanger(category="lost", level=Level.CRITICAL, rule="lost-now", opened_at=at, heard_at=at)
    for next_message in ("ok", "gracias", "/salir", "cuánto cuesta la matrícula"):
        assert not in_turn([first, next_message], knowledge, now, open_now=lost)[0], next_message


def test_a_message_is_scored_in_about_a_millisecond(knowledge: Knowledge) -> None:
    scorer = scorer_of(knowledge)
    texts = [lesson.text for lesson in lessons_of(knowledge)[::80]]
    for text in texts:
        scorer.score(text)
    started = time.process_time()
    for text in texts:
        scorer.score(text)
    assert (time.process_time() - started) / len(texts) < 0.003


def test_any_text_is_read(knowledge: Knowledge) -> None:
    for text in ("\u200b", "a" * 10_000, "ayuda " * 1_000, "🆘", "помогите", json.dumps({"a": 1}), "\x00"):
        judge(text, knowledge)
