"""One message as every reader of meaning takes it: two normal forms, language, acts by themselves, people, places."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.conversation import InboundMessage, Kind
from bot.dialogue.message.commands import command_in
from bot.dialogue.message.language import SCRIPT, foreign_in, language_of
from bot.dialogue.person.signals import Found, read_signals
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.phrasing import heard_in, spell_out
from bot.dialogue.words.questions import asks, questions_in
from bot.dialogue.words.talk import smalltalk_in, without_opening
from knowledge.model import Knowledge
from knowledge.schema.talk import SmallTalk
from knowledge.schema.topics import Aspect

LONGEST_TEXT = 4096
"""Characters of a message that are read."""


@dataclass(frozen=True, eq=False)
class Message:
    """The words of one inbound message; `whole` as written, `text` without the courtesy in front."""

    inbound: InboundMessage
    knowledge: Knowledge
    whole: str
    text: str

    @cached_property
    def letters(self) -> str:
        """The words folded and spelled out: the normal form that most frames are matched against."""
        return spell_out(self.text, self.knowledge.spelling)

    @cached_property
    def ear(self) -> Sequence[str]:
        """The sentences as they sound: the normal form for words that people misspell."""
        return heard_in(self.text, self.knowledge.spelling)

    @cached_property
    def lang(self) -> str:
        """es, en, mixed or other."""
        return language_of(self.whole, self.knowledge)

    @cached_property
    def foreign(self) -> str | None:
        """The language, none of ours, that it is surely in."""
        return foreign_in(self.text, self.knowledge)

    @cached_property
    def command(self) -> str | None:
        """The command that the whole message is; of other letters than ours only the Latin ones would be read."""
        return None if self.foreign == SCRIPT else command_in(self.text, self.knowledge)

    @cached_property
    def smalltalk(self) -> SmallTalk | None:
        """The greeting, thanks, laugh … that the whole message is."""
        return smalltalk_in(self.text, self.knowledge)

    @cached_property
    def aspects(self) -> Sequence[Aspect]:
        """What is asked about a thing: cost, place, requirements …; the surest first."""
        return aspects_in(self.text, self.knowledge)

    @cached_property
    def asks(self) -> bool:
        """Whether it asks anything."""
        return asks(self.text, self.knowledge) or self.person.asks

    @cached_property
    def questions(self) -> Sequence[str]:
        """Its parts that ask something by themselves, spelled out."""
        return questions_in(self.text, self.knowledge)

    @cached_property
    def person(self) -> Found:
        """What it says about the writer: country, citizenship, age, fear."""
        return read_signals(self.text, self.knowledge)

    @property
    def group(self) -> bool:
        """Whether it was written in a group, where others read along."""
        return self.inbound.kind is Kind.GROUP

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read."""
        return not any(map(str.isalnum, self.text))


def read(inbound: InboundMessage, knowledge: Knowledge) -> Message:
    """Read an inbound message; the words of a group are left unread."""
    whole = inbound.text[:LONGEST_TEXT] if inbound.kind is not Kind.GROUP else ""
    return Message(inbound, knowledge, whole, without_opening(whole, knowledge))
