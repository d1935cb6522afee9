"""What editors read of what people asked and said of the answers."""

from bot.conversation import AnswerRated, NotUnderstood
from bot.storage import Phrases, Rated, Ratings


async def test_phrases_come_back_masked_the_newest_first(world):
    for text in ("uno", "mi cel es 55 1234 5678"):
        await world.say(text, events=[NotUnderstood(text, "es")])
    assert [phrase.text for phrase in await Phrases(world.database).newest(5)] == ["mi cel es [número]", "uno"]


async def test_ratings_are_counted_by_section(world):
    rated = [("pale", "cost", False), ("pale", "cost", True), ("pale", "cost", False), ("ciam", "what", True)]
    for topic, section, helped in rated:
        await world.say("x", events=[AnswerRated(topic, section, helped, "es")])
    assert await Ratings(world.database).by_section() == [Rated("pale", "cost", helped=1, failed=2)]
