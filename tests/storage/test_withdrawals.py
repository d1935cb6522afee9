"""What an editor stops is recorded, read by every process, and undone the same way."""

from datetime import UTC, date, datetime, timedelta

from bot.conversation import Conversation
from bot.dialogue.rendering.answers import answer
from bot.dialogue.rendering.words import Voice
from bot.storage import Withdrawal, Withdrawals
from knowledge.withdrawing import without

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_the_newest_decision_of_an_id_counts(world):
    withdrawals = Withdrawals(world.database)
    await withdrawals.record(Withdrawal("passport-fee", True, "changed on 1 January", "eva", NOW))
    await withdrawals.record(Withdrawal("pale", True, "page is gone", "eva", NOW))
    await withdrawals.record(Withdrawal("pale", False, "page is back", "luz", NOW + timedelta(hours=1)))
    assert await withdrawals.stopped() == {"passport-fee"}
    assert [one.by for one in await withdrawals.history()] == ["eva", "eva", "luz"]


def test_a_withdrawn_value_and_a_withdrawn_topic_are_not_said(knowledge):
    topic = knowledge.topics["pasaporte"]
    cost = topic.section("cost")
    said = _said(knowledge, "pasaporte", "cost")
    assert "USD" in said
    for stopped in (cost.sources[0], "pasaporte"):
        changed = without(knowledge, [stopped])
        assert "ya no es seguro y no lo repito" in _said(changed, "pasaporte", "cost")
        assert "USD" not in _said(changed, "pasaporte", "cost")
    assert without(knowledge, []) is knowledge
    assert without(knowledge, ["no-such-id"]).topics.keys() == knowledge.topics.keys()


def test_a_withdrawn_value_is_not_said_in_the_next_step(knowledge):
    step = knowledge.topics["ciam"].section("lost-relative").do.es
    assert "{emergency-911}" in step
    assert "911" not in _said(without(knowledge, ["emergency-911"]), "ciam", "lost-relative")


def _said(knowledge, topic_id, section_id):
    topic = knowledge.topics[topic_id]
    section = topic.section(section_id)
    return answer(topic, section, Voice(Conversation(), knowledge, "es", date(2026, 11, 20))).text
