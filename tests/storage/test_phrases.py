"""What editors read of what people asked and said of the answers."""

from datetime import UTC, datetime

from bot.conversation import AnswerRated, NotUnderstood
from bot.storage import Phrases, Ratings

EVER = datetime(2000, 1, 1, tzinfo=UTC)


async def test_phrases_come_back_masked_the_newest_first(world):
    for text in ("uno", "mi cel es 55 1234 5678"):
        await world.say(text, events=[NotUnderstood(text, "es")])
    phrases, _ = await Phrases(world.database).page(None, 5)
    assert [phrase.text for phrase in phrases] == ["mi cel es [número]", "uno"]


async def test_ratings_are_counted_by_section(world):
    rated = [("pale", "cost", False), ("pale", "cost", True), ("pale", "cost", False), ("ciam", "what", True)]
    for topic, section, helped in rated:
        await world.say("x", events=[AnswerRated(topic, section, helped, "es")])
    found = await Ratings(world.database).unhelpful(EVER, 5)
    assert [(one.topic, one.section, one.no, one.yes) for one in found] == [("pale", "cost", 2, 1)]
