"""How people tie a message to what was said before, and what they tell of themselves, in frames."""

from knowledge.schema.base import Frozen, Slug, Text, Words


class Kin(Frozen):
    """People for whom somebody asks besides: how they are called, and how a section that speaks of them names them."""

    said: tuple[Text, ...]
    named: tuple[Text, ...]


class Paper(Frozen):
    """A paper that a step may name: words for it, and how we name it."""

    said: tuple[Text, ...]
    name: Words


class Circumstance(Frozen):
    """What is told of somebody, in frames, and in which words a text of ours speaks to it."""

    about: Words
    """What it is, behind "on" or "sobre"."""
    first: bool = False
    """It is what is asked: what speaks to it goes before a section that other words, as places, sound like."""
    said: tuple[Text, ...]
    named: tuple[Text, ...]


class Land(Frozen):
    """Topics of one country's programme, which have twins in another's, and what names it."""

    country: str
    topics: tuple[Slug, ...]
    named: tuple[Text, ...]


class Feared(Frozen):
    """How who feared to go to a consulate says that it is not their government whom they fear."""

    section: Text | None = None
    """topic/section for who fears nobody but ICE."""
    denied: tuple[Text, ...] = ()
    """That they do not fear it: what is denied is no sign of it."""
    caught: tuple[Text, ...] = ()
    """That somebody asks whether they are caught at the consulate."""
    there: tuple[Text, ...] = ()
    """That going to the consulate is what is feared."""
    others: tuple[Text, ...] = ()
    """Words for those who catch, and for who has no papers."""
    graver: tuple[Text, ...] = ()
    """Words for more than that: of a government, of refuge."""


class FollowUps(Frozen):
    """Frames for messages that go on from, correct, or leave what was said before, and for two questions in one."""

    tie: tuple[Text, ...]
    points: tuple[Text, ...] = ()
    lacks: tuple[Text, ...] = ()
    has: tuple[Text, ...] = ()
    """That somebody has what it takes, or did a part of it."""
    serves: tuple[Text, ...] = ()
    """That somebody asks whether a paper that they have will do."""
    gives: tuple[Slug, ...] = ()
    """Topics that tell how one gets what others ask for: who lacks it is led there."""
    without: tuple[Text, ...] = ()
    """How a sentence of ours speaks to who lacks what it takes."""
    simpler: tuple[Text, ...] = ()
    """That the last answer was not understood."""
    not_found: tuple[Text, ...] = ()
    """That somebody looked and did not find, without what."""
    unreached: tuple[Text, ...] = ()
    """That nobody answers where we sent the person."""
    whom: tuple[Text, ...] = ()
    """That somebody asks who can be asked."""
    instead: dict[Slug, Text] = {}
    """A contact -> the section for when it does not answer."""
    left: tuple[Text, ...] = ()
    """That we left something unanswered; what it is stands behind."""
    complains: tuple[Text, ...] = ()
    """How a message begins that says that we answered something else; what was asked stands behind it, or before."""
    leaning: tuple[Text, ...] = ()
    """How a sentence of ours begins that says nothing without the one before it."""
    correct: tuple[Text, ...]
    turn: tuple[Text, ...]
    back: tuple[Text, ...]
    subject: tuple[Text, ...]
    opening: tuple[Text, ...]
    join: tuple[Text, ...]
    asks: tuple[Text, ...]
    when: tuple[Text, ...] = ()
    """Words that ask for a date."""
    fragment: tuple[Text, ...] = ()
    """First words of a fragment that is the rest of a question, or the answer to one."""
    vague: tuple[Text, ...] = ()
    """Words that tell no section of a topic from another."""
    stands_for: dict[Text, tuple[Text, ...]] = {}
    """Words of our labels -> frames that ask for the same in others."""
    kin: tuple[Kin, ...] = ()
    lands: tuple[Land, ...] = ()
    """Programmes of one country that sound like another's."""
    arrived: tuple[Text, ...] = ()
    """That somebody is now where they said that they would go."""
    circumstances: tuple[Circumstance, ...] = ()
    """What is told of them, which one of our texts may speak to."""
    papers: tuple[Paper, ...] = ()
    """What somebody may lack that a step names."""
    lacked: tuple[Text, ...] = ()
    """That somebody lacks one, PAPER in place of the words for it."""
    of_that: tuple[Text, ...] = ()
    """That something is asked of "that", the open matter, and of nothing else."""
    they_are: tuple[Text, ...] = ()
    """That somebody else than the writer is somewhere."""
    for_me: tuple[Text, ...] = ()
    """That the writer wants something for themselves."""
    village: tuple[Text, ...] = ()
    """Words for where one comes from, in Mexico."""
    coarse: tuple[Text, ...] = ()
    """Words for their people that we do not say back."""
    besides: tuple[Text, ...] = ()
    """That something is asked for somebody else too."""
    feared: Feared = Feared()
    feelings: tuple[Slug, ...] = ()
    """Topics that speak of how one feels: what sounds like them in the middle of another matter is worry."""
