"""What is said beside the topics: small talk, subjects beyond ours, the menu and plain commands."""

from pydantic import Field

from knowledge.schema.base import Frozen, Slug, Text, Words


class SmallTalk(Frozen):
    """Everyday talk that no topic answers."""

    id: Slug
    frames: tuple[Text, ...] = ()
    """Of whole messages."""
    reply: Words
    opens: tuple[Text, ...] = ()
    """Frames of a piece of courtesy that says nothing of a question behind it: there it is taken away."""
    closes: tuple[Text, ...] = ()
    """Frames of a piece of courtesy that counts only where nothing else is said."""
    calm: bool = False
    """These words report no danger, though the danger model may find them suspicious; a rule still goes before."""
    topics: tuple[Slug, ...] = ()
    """Who does answer: topics offered as buttons."""
    untold: Words | None = None
    """Said instead where no danger was told."""
    again: Words | None = None
    """Said instead where the reply was said last: no text is said twice in a row."""
    heeds: bool = False
    """What the danger model asks goes before it, and no part of it is taken away as a courtesy."""
    alone: bool = False
    """It counts only where nothing else is said."""
    back: bool = False
    """Behind the reply we come back to what was open."""
    menu: bool = False
    """What can be asked is offered as a button."""
    signs: tuple[Text, ...] = ()
    """What stands for it in a message without words."""


class OwnWord(Frozen):
    """A short word in a language that we do not answer in; a person is promised only while somebody is on duty."""

    on_duty: Text
    nobody: Text

    def say(self, *, on_duty: bool) -> str:
        """The one that is true now."""
        return self.on_duty if on_duty else self.nobody


class Beyond(Frozen):
    """A subject of our field that is not in our knowledge, and who does know. It has `frames`, or `sure` ones."""

    id: Slug
    sure: tuple[Text, ...] = ()
    """Frames of what is surely this: it is admitted before a topic that only sounds alike answers."""
    frames: tuple[Text, ...] = ()
    """Frames of what may be this, where no topic answers."""
    unless: tuple[Text, ...] = ()
    """Frames that take it back: the words name something else."""
    reply: Words
    topics: tuple[Slug, ...] = ()
    """What we do know beside it: topics offered as buttons."""


class MenuGroup(Frozen):
    """A line of /menu and the topics behind it."""

    id: Slug
    title: Words
    topics: tuple[Slug, ...] = Field(min_length=1)


class PlainCommand(Frozen):
    """Plain words that count as a chat command, as a whole message."""

    id: Slug
    frames: tuple[Text, ...] = Field(min_length=1)
    within: tuple[Text, ...] = ()
    """Frames of a wish for a language inside a longer message, which is answered in it."""
