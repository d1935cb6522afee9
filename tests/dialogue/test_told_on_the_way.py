"""What is told beside a question takes nothing from its answer: the price is said, the facts stay."""

import pytest


@pytest.mark.parametrize(
    "told",
    [
        "si nació aquí pero ya tiene su acta mexicana. cuánto sale el de ella",
        "el ya está registrado como mexicano, cuanto cuesta el suyo",
    ],
)
def test_an_asked_price_wins(talk, told):
    talk.say("cuanto cuesta el pasaporte mexicano")
    talk.say("y para mi niña")
    assert talk.say(told).conversation.section == "cost"


@pytest.mark.parametrize(
    ("first", "lacks"),
    [
        ("how do i send money to my mom in durango", "ok but she has no account how does she pick it up"),
        ("how do i send money to my sister in morelia", "she does not have a bank account, how does she collect"),
    ],
)
def test_nothing_required_is_missing(talk, first, lacks):
    talk.say(first)
    said = talk.say(lacks).replies[0].text
    assert talk.knowledge.texts["thread-lacks"].en.partition(".")[0] not in said
    assert any(word in said for word in ("Oxxo", "collects"))


def test_in_short_keeps_what_is_asked_for(talk):
    talk.say("how do i send money to my mom in durango")
    talk.say("where can she pick it up")
    turn = talk.say("can she pick up cash at like elektra or oxxo")
    assert "Oxxo" in turn.replies[0].text


@pytest.mark.parametrize("text", ["mesi anpil, gracias", "mèsi", "merci beaucoup"])
def test_thanks_in_other_languages(talk, text):
    assert talk.say(text).reading.outcome.value == "smalltalk"


@pytest.mark.parametrize(
    "text",
    [
        "no de estados unidos no, la del gobierno de mexico la del bienestar",
        "no la de EU no, la pensión del bienestar de mexico",
    ],
)
def test_a_country_beside_a_matter_is_no_place_alone(talk, text):
    talk.say("me pueden pagar la pension del seguro social gringo en mexico")
    assert talk.say(text).conversation.topic == "pension-bienestar"
