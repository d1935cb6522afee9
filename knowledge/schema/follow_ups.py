"""How people tie a message to what was said before, and what they tell of themselves, in frames."""

from knowledge.schema.base import Frozen, Text


class Kin(Frozen):
    """People for whom somebody asks besides: how they are called, and how a section that speaks of them names them."""

    said: tuple[Text, ...]
    named: tuple[Text, ...]


class Circumstance(Frozen):
    """What is told of somebody, in frames, and in which words a text of ours speaks to it."""

    said: tuple[Text, ...]
    named: tuple[Text, ...]


class FollowUps(Frozen):
    """Frames for messages that go on from, correct, or leave what was said before, and for two questions in one."""

    tie: tuple[Text, ...]
    points: tuple[Text, ...] = ()
    left: tuple[Text, ...] = ()
    """That we left something unanswered; what it is stands behind."""
    complains: tuple[Text, ...] = ()
    """How a message begins that says that we answered something else; what was asked stands behind it, or before."""
    correct: tuple[Text, ...]
    turn: tuple[Text, ...]
    subject: tuple[Text, ...]
    join: tuple[Text, ...]
    asks: tuple[Text, ...]
    when: tuple[Text, ...] = ()
    """Words that ask for a date."""
    vague: tuple[Text, ...] = ()
    """Words that tell no section of a topic from another."""
    stands_for: dict[Text, tuple[Text, ...]] = {}
    """Words of our labels -> frames that ask for the same in others."""
    kin: tuple[Kin, ...] = ()
    circumstances: tuple[Circumstance, ...] = ()
    """What is told of them, which one of our texts may speak to."""
    they_are: tuple[Text, ...] = ()
    """That somebody else than the writer is somewhere."""
    for_me: tuple[Text, ...] = ()
    """That the writer wants something for themselves."""
    village: tuple[Text, ...] = ()
    """Words for where one comes from, in Mexico."""
