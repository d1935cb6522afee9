"""How words are spelled out, cut into sentences, and spelled by ear."""

from bot.dialogue.words.phrasing import by_first_word, by_length, names_apart, sentences, sound, sound_frame, spell_out
from knowledge.model import Spelling

PLAIN = Spelling({})


def test_spelling_by_ear_keeps_words_apart() -> None:
    assert sound("hijo") == sound("ijo")
    assert sound("llevo") == sound("yebo")
    assert sound("perro") != sound("pero")
    assert sound("his") != sound("is")
    assert sound("jaja") != sound("a")
    assert sound("hahaha") == "haha"
    assert sound_frame("(hijo|niño)? ... secuestr*") == "(ijo|nino)? ... sekuestr*"
    assert sound_frame("(hij*|his|calc*)") == "(ij*|his|kalk*|kals*)", "a beginning sounds as the longer words do"
    assert sound("silla") == sound("siya")
    kills = sound_frame("kill*").removesuffix("*")
    assert sound("killed").startswith(kills)
    assert not sound("quiere").startswith(kills)


def test_short_forms_are_written_out() -> None:
    assert spell_out("I can't, he's gone", PLAIN) == "i can not he is gone"
    assert [part.words for part in sentences("Uno dos. ¿Tres?\ncuatro", PLAIN)] == [
        ("uno", "dos"),
        ("tres",),
        ("cuatro",),
    ]


def test_words_are_near_by_their_letters_and_names_by_their_first_word() -> None:
    assert by_length(["casa", "casas", "carta"]) == {3: ["casa"], 4: ["casa", "casas", "carta"]} | {
        5: ["casa", "casas", "carta"],
        6: ["casas", "carta"],
    }
    begin = by_first_word(["new york", "new york city hall", "houston"], 3)
    assert begin == {"new": 3, "houston": 1}
    names = {"new york", "houston"}
    assert [*names_apart(["in", "new", "york", "city"], names, begin)] == [
        ("in", False),
        ("new york", True),
        ("city", False),
    ]
