"""What a message looks like to the ranker."""

import pytest

from bot.dialogue.words.features import LONGEST, Features, bag_of
from bot.training.matrix import bags_of
from knowledge.model import Spelling

CONCEPTS = {
    "immigration-police": ("la migra", "border patrol"),
    "child": ("hijo", "kid"),
    "passport": ("pasaporte",),
    "lgbt": ("queer",),
    "marriage": ("casar",),
    "computers": ("ia",),
    "match": ("=partido",),
}
FEATURES = Features(Spelling({"xq": "por que", "k": "que"}), CONCEPTS)


def kinds(text: str, kind: str) -> set[str]:
    return {name[2:] for name in FEATURES.names(text).values() if name.startswith(f"{kind}:")}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("la migra", ["immigration-police"]),
        ("Border Patrol!!", ["immigration-police"]),
        ("mis HIJOS y mi pasaporte", ["child", "passport"]),
        ("my kids", ["child"]),
        ("la casa que ya vendí", []),
        ("la ia", ["computers"]),
        ("me voy a casar", ["marriage"]),
        ("el partido", ["match"]),
        ("una parte", []),
    ],
)
def test_words_of_both_languages_mean_one_concept(text: str, concepts: list[str]) -> None:
    assert FEATURES.concepts(FEATURES.words(text)) == concepts


def test_concepts_that_stand_together_are_a_feature() -> None:
    assert kinds("pasaporte de mi hijo", "p") == kinds("mi hijo, su pasaporte", "p")
    assert len(kinds("mi hijo, su pasaporte", "p")) == 1


def test_chat_spellings_are_written_out() -> None:
    assert FEATURES.words("xq k") == ["por", "que", "que"]


@pytest.mark.parametrize(
    ("written", "meant"), [("llaves", "yaves"), ("zapato", "sapato"), ("hola", "ola"), ("vaca", "baca")]
)
def test_words_that_sound_alike_have_the_same_pieces(written: str, meant: str) -> None:
    assert kinds(written, "c") == kinds(meant, "c")


def test_letters_that_repeat_are_cut() -> None:
    assert FEATURES.words("ayudaaaaaaa") == ["ayuda"]


@pytest.mark.parametrize("text", ["", "👍", "...", "\u200b", "x" * 10_000, "пожалуйста", "a b " * 5_000])
def test_any_text_has_few_features(text: str) -> None:
    assert len(FEATURES.words(text)) <= LONGEST
    assert len(FEATURES.ids(text)) < 40 * LONGEST


@pytest.mark.parametrize("text", ["", "hola", "pasaporte de mi hijo para la migra", "la casa de la casa"])
def test_names_are_those_of_the_numbers(text: str) -> None:
    assert FEATURES.names(text).keys() == set(FEATURES.ids(text).tolist())


def test_texts_read_at_once_are_read_as_one_by_one() -> None:
    texts = ["pasaporte de mi hijo", "", "hola", "la migra y mis hijos"]
    bags = bags_of(texts, FEATURES.ids)
    for text, start, end in zip(texts, bags.starts, bags.starts[1:], strict=False):
        ids, times = bag_of(FEATURES.ids(text))
        assert bags.ids[start:end].tolist() == ids.tolist()
        assert bags.times[start:end].tolist() == times.tolist()
