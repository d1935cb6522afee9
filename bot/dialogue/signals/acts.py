"""What a person does with a message: goes on, turns to another matter, complains, picks, is done, thanks …"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import inf
from operator import ne

from rapidfuzz.distance import OSA

from bot.conversation import Choice, Conversation
from bot.dialogue.danger.classifiers import DENIED, Group, classifier_of
from bot.dialogue.message import Message
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.ranking.sections import said_in
from bot.dialogue.signals.found import Acts, Righted, shown_in
from bot.dialogue.thresholds import ACT, BRIEF, IN_OWN_WORDS, IS_DENIED, NEAR_WORD, OF_TALK, TALK, TALK_SURE
from bot.dialogue.words.phrasing import REMEMBERED, spell_out
from bot.dialogue.words.questions import clauses_apart, empty_words, pieces_of, untold_words
from knowledge.frames import FrameSet, Match, frames_of
from knowledge.hearing_clauses import cut_at
from knowledge.model import Knowledge
from knowledge.schema.topics import Everyday

PICKS = "picks"
COMPLAINS = frozenset({"complains", "corrects"})
OURSELVES = frozenset({"about-us", "what-can-you-do", "who-are-you"})
"""Small talk of who answers here, which is meant also where a section sounds alike."""
LONGEST_OF_TALK, TELLING = 24, 3
"""Words of a message that is only of the talk itself, and of these such as name a matter."""
ANYWHERE = frozenset({"person", "complains", "corrects", "other_matter"})
"""Acts whose frames count in a message of any length."""
ALONE = frozenset({"tells", "thanks", "worries"})
"""Acts that were learned and mean something where nothing is open."""


def acts_of(message: Message, state: Conversation) -> Acts:
    """Explicit words first, then what was learned."""
    if message.empty:
        return Acts()
    knowledge = message.knowledge
    righted, shown = put_right(message.text, knowledge), shown_in(state, knowledge)
    if shown or state.offered:
        against, rest = denials_in(righted.meant or message.text, knowledge)
        righted = righted._replace(against=against, rest=rest)
    explicit = [act for act in _explicit(knowledge) if _says(act, message)]
    picked = _picked(message, state.offered, bool(explicit))  # "más corto" is no "Costo"
    said = [PICKS, *explicit] if picked else explicit
    said += ["complains"] if righted.rejects else ["corrects"] if righted.rest else []
    likely = classifier_of(knowledge, Group.ACTS).margins(message.text)
    held = likely.keys() if shown else ALONE
    learned = [act for act, margin in likely.items() if margin >= ACT and act in held]
    of_talk = _of_talk(message)
    if of_talk in knowledge.acts:
        learned.append(of_talk)
    return Acts(tuple(dict.fromkeys((*said, *learned))), likely, picked, righted, tuple(said), of_talk)


def _of_talk(message: Message) -> str:
    """Which command, act or small talk of who answers here a message is; longer ones tell or ask of a matter."""
    telling = len(said_in(message.text, ranker_of(message.knowledge), message.knowledge))
    if len(message.letters.split()) > LONGEST_OF_TALK or telling > TELLING:
        return ""
    name, margin = talk_meant(message.text, message.knowledge)
    if name in OURSELVES:
        return name if margin >= TALK_SURE else ""
    named = name in message.knowledge.acts or any(one.id == name for one in message.knowledge.commands)
    return name if named and margin >= OF_TALK else ""


@lru_cache(maxsize=4)
def _explicit(knowledge: Knowledge) -> Mapping[str, FrameSet[str]]:
    return {act.id: FrameSet((act.id, frame) for frame in act.frames) for act in knowledge.acts.values() if act.frames}


def _says(act: str, message: Message) -> bool:
    brief = act in ANYWHERE or len(message.letters.split()) <= BRIEF
    return brief and _explicit(message.knowledge)[act].first(message.letters) is not None


def is_calm(message: Message) -> bool:
    """Whether explicit words for an act that tells of nothing wrong are all that it says: "más corto, por favor"."""
    knowledge, said = message.knowledge, message.letters
    found = (_explicit(knowledge)[act.id].first(said) for act in knowledge.acts.values() if act.calm)
    return any(untold_words(knowledge).issuperset(said.replace(one.words, " ").split()) for one in found if one)


def _picked(message: Message, offered: Sequence[Choice], exact: bool) -> Choice | None:
    """The choice that is taken by its place in the list, or by its own words."""
    if not offered:
        return None
    found = _ordinals(message.knowledge).first(message.letters)
    if found is not None:
        at = found.key - 1 if found.key > 0 else len(offered) + found.key
        return offered[at] if at < len(offered) else None
    said = message.letters.split()
    telling = [word for word in said if word not in empty_words(message.knowledge)]
    words, least = (telling, IN_OWN_WORDS) if telling else (said, 1.0)  # "no me contestan" is no "no me sirvió"
    if not words or message.asks or len(said) > BRIEF:
        return None
    shares = [tuple(_share(one, choice, message.knowledge, exact) for one in (words, said)) for choice in offered]
    best = max(shares)
    return offered[shares.index(best)] if best[0] >= least and shares.count(best) == 1 else None


@lru_cache(maxsize=4)
def _ordinals(knowledge: Knowledge) -> FrameSet[int]:
    ordinals = knowledge.acts[PICKS].ordinals
    return FrameSet((number, frame) for number, frames in ordinals.items() for frame in frames)


def _share(words: Sequence[str], choice: Choice, knowledge: Knowledge, exact: bool) -> float:
    """How many of the words stand in a choice's own, one letter of a longer word forgiven where not `exact`."""
    own = spell_out(choice.label, knowledge.spelling).split()
    forgiven = {one: 0 if exact or len(one) < NEAR_WORD else 1 for one in words}
    return sum(any(OSA.distance(one, other) <= forgiven[one] for other in own) for one in words) / len(words)


@lru_cache(maxsize=REMEMBERED)
def put_right(text: str, knowledge: Knowledge) -> Righted:
    """What explicit words say of our answer: that it was not what was asked, what it should not have been about."""
    held = knowledge.putting_right
    rejects, unwanted, means = map(frames_of, (held.rejects, held.unwanted, held.means))
    splits, meant, denied, rejected = frames_of(held.splits), list[str](), list[str](), False
    for piece in pieces_of(text, knowledge):
        left, wholes = list[str](), [_without(part, rejects.first(part)) for part in piece]
        rejected = rejected or any(map(ne, wholes, piece))
        for clause in (one for whole in wholes for one in cut_at(whole, splits)):
            behind = _without(clause, rejects.first(clause))
            rejected = rejected or len(behind) < len(clause)
            if found := unwanted.first(behind):
                rejected = True
                denied.append(_without(behind, found))
            else:
                left.append(_without(behind, means.first(behind)))
        meant.append(", ".join(filter(None, left)))
    return Righted("? ".join(meant).strip(" ?"), " ".join(denied), rejected) if rejected else Righted()


@lru_cache(maxsize=REMEMBERED)
def denials_in(text: str, knowledge: Knowledge) -> tuple[str, str]:
    """The clauses that by what was learned deny something of the answer before, and the others; "" where none does."""
    clauses, of = clauses_apart(text, knowledge), classifier_of(knowledge, Group.DENIES)
    denied = [one for one in clauses if of.margins(one)[DENIED] >= IS_DENIED]
    rest = ", ".join(one for one in clauses if one not in denied) if denied else ""
    return " ".join(denied), rest


def _without(clause: str, found: Match[bool] | None) -> str:
    """A clause without the words of a frame in front of it."""
    return f" {clause} "[found.end :].strip() if found else clause


LENGTHS = ((0, "bare"), (2, "few"), (4, "some"), (1000, "many"))
"""Words that tell something, at most, and how that is called."""
WORDINGS = ("tie", "turn", "correct", "closes")
"""Lists of frames in the content's follow-ups."""


@lru_cache(maxsize=4)
def _wordings(knowledge: Knowledge) -> FrameSet[str]:
    held = knowledge.follow_ups
    return FrameSet((name, frame) for name in WORDINGS for frame in getattr(held, name))


@lru_cache(maxsize=16)
def wording_of(message: Message) -> Mapping[str, float]:
    """1 for each that holds."""
    telling = len(said_in(message.text, ranker_of(message.knowledge), message.knowledge))
    length = next(name for most, name in LENGTHS if telling <= most)
    says = {length, *(found.key for found in _wordings(message.knowledge).find(message.letters))}
    names = (*WORDINGS, *(name for _, name in LENGTHS))
    return {"asks": float(message.asks), **{name: float(name in says) for name in names}}


@lru_cache(maxsize=REMEMBERED)
def talk_meant(text: str, knowledge: Knowledge) -> tuple[str, float]:
    """The likeliest small talk, command or act of the talk itself, and its margin; another world's comes last."""
    likely = classifier_of(knowledge, Group.TALK).margins(text)
    ours = ((name, margin) for name, margin in likely.items() if margin >= TALK and name != Everyday.FAR.value)
    return next(chain(ours, likely.items()), ("", -inf))
