"""Messages in languages that we do not answer in: a short word in that language, plain Spanish, a person."""

import pytest

from bot.conversation import Desk, Outcome
from bot.dialogue.language import foreign_in
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("mwen pa konnen kote pou m jwenn papye", "ht"),
        ("bonjour, comment obtenir des papiers pour mon enfant", "fr"),
        ("bom dia, meus filhos nao tem documentos", "pt"),
    ],
)
def test_a_word_in_the_persons_own_language_with_the_emergency_number(
    talk: Talk, knowledge: Knowledge, text: str, lang: str
) -> None:
    turn = talk.say(text)
    assert foreign_in(text, knowledge) == lang
    assert turn.reading.outcome is Outcome.FALLBACK
    first = turn.replies[0].text.splitlines()[0]
    assert first.startswith(knowledge.foreign[lang].nobody[:20])
    assert "911" in first


def test_danger_in_another_language_is_answered_as_danger(talk: Talk, knowledge: Knowledge) -> None:
    turn = talk.say("socorro meu filho nao respira, por favor ajuda")
    assert turn.reading.outcome is Outcome.URGENT
    assert turn.replies[0].text.startswith(knowledge.foreign["pt"].nobody[:20])


@pytest.mark.parametrize(
    "text", ["ajuda", "no tengo documentos y estoy en tapachula", "de mi papa por favor", "ok merci"]
)
def test_a_word_or_two_shows_no_language_that_is_surely_foreign(knowledge: Knowledge, text: str) -> None:
    assert foreign_in(text, knowledge) is None


def test_a_language_of_mexico_named_is_met_with_plain_words_and_a_person(talk: Talk) -> None:
    turn = talk.say("hablo mixteco no entiendo bien español")
    assert turn.reading.outcome is Outcome.SMALLTALK
    assert "persona" in turn.replies[0].text


def test_who_says_after_danger_that_help_came_is_not_met_with_a_shrug(talk: Talk) -> None:
    talk.say("mi primo se desmayo por el calor y no reacciona")
    turn = talk.say("gracias ya lo estan atendiendo")
    assert talk.conversation.danger is not None
    assert talk.conversation.danger.state == "handed"
    assert "ya hay quien ayude" in turn.replies[0].text


@pytest.mark.parametrize(
    ("text", "lang", "category"),
    [
        ("nous sommes perdus dans la montagne, aidez nous", "fr", "lost"),
        ("mon copain me bat tous les jours", "fr", "violence"),
        ("minha filha foi sequestrada", "pt", "kidnapping"),
        ("meu namorado me bateu ontem", "pt", "violence"),
        ("yo kidnape pitit mwen", "ht", "kidnapping"),
        ("nou pèdi nan mòn nan", "ht", "lost"),
        ("yo touye papa m", "ht", "death"),
    ],
)
def test_words_of_danger_in_another_language_lead_to_its_help(
    talk: Talk, knowledge: Knowledge, text: str, lang: str, category: str
) -> None:
    turn = talk.say(text)
    assert turn.reading.urgent is not None
    assert turn.reading.urgent.category == category
    assert turn.replies[0].text.startswith(knowledge.foreign[lang].nobody[:20])


@pytest.mark.parametrize(
    "text", ["помогите, меня похитили", "help me 我迷路了在沙漠里没有水", "النجدة أنا ضائع في الصحراء"]
)
def test_letters_that_are_not_latin_get_the_number_first_in_both_our_languages(talk: Talk, text: str) -> None:
    turn = talk.say(text)
    first = turn.replies[0].text.splitlines()[0]
    assert first.startswith("In danger, call 911")
    assert "llame al 911" in first


@pytest.mark.parametrize("text", ["mwen pa konnen kote pou m ale", "je cherche un refuge pour ma famille", "помогите"])
def test_a_reader_is_promised_in_their_language_only_while_somebody_is_on_duty(
    talk: Talk, knowledge: Knowledge, text: str
) -> None:
    lang = foreign_in(text, knowledge) or ""
    own = knowledge.foreign[lang]
    talk.say(text)
    assert own.nobody.rpartition("{emergency}")[2] in talk.said
    talk.remember(desk=Desk(on_duty=True))
    talk.say(text)
    assert own.on_duty.rpartition("{emergency}")[2] in talk.said
