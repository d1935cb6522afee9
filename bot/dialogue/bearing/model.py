"""Which option a message in a thread is, by the trained weights, and what speaks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation import Conversation
from bot.dialogue.bearing import threads
from bot.dialogue.bearing.options import NOWHERE, OBJECTIONS, Reading, options_of, read
from bot.dialogue.bearing.softmax import Options, Weights, likelihoods, read_weights
from bot.dialogue.ranking.model_files import fingerprint, kept, made
from bot.dialogue.ranking.trained import ranker_name, ranker_of
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing

CODE = ("bot.training.bearing",)
"""What a change of makes another model of the same threads, with all that these import."""
OBJECTING = 0.5
"""Likelihood from which a message by itself is nothing but an objection."""
SURELY = 0.7
"""The same from which it is one whatever the thread: nine in ten of the threads' such messages that ask no aspect."""
SURE = 0.5
"""Likelihood from which a message is thanks, worry, or none of ours; below it it tells something all the same."""
FELT = frozenset({Bearing.THANKS.value, Bearing.WORRIES.value})
SHOWN = 6
"""Numbers that explain an option."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A message read in its thread, and how likely each option is, the likeliest first."""

    reading: Reading
    options: Options
    likely: Mapping[str, float]
    objection: float
    """How likely it is by itself an objection or a doubt, whatever it is about."""

    @property
    def objecting(self) -> bool:
        """By itself it is one."""
        return self.objection >= OBJECTING

    @property
    def best(self) -> str:
        """A topic, or the name of what leads nowhere."""
        if self.objection >= SURELY and not self.reading.aspects and not self.reading.denies:
            return Bearing.OBJECTS.value
        if self._asks_only_how:
            return self.reading.opened
        # "No X, sino Y" says what is meant.
        out = {Bearing.OBJECTS.value} if self.reading.denies else set()
        name = next(one for one, share in self.likely.items() if one not in out and (one not in FELT or share >= SURE))
        told = name == Bearing.NOT_OURS.value and self.likely[name] < SURE and not self.reading.asks
        return Bearing.TELLS.value if told else name

    @property
    def _asks_only_how(self) -> bool:
        """A bare "y qué papeles ocupo" names no matter: it is of the open topic, where a section answers that."""
        reading, wording = self.reading, self.reading.wording
        elsewhere = wording.subject or wording.named or wording.corrects or reading.denies
        return bool(reading.aspects) and reading.best.fits and not elsewhere

    @property
    def bearing(self) -> Bearing:
        """What the message is."""
        if self.best == self.reading.opened:
            return Bearing.GOES_ON
        return next((one for one in NOWHERE if one.value == self.best), Bearing.OTHER)


def bearing_of(text: str, conversation: Conversation, knowledge: Knowledge) -> Choice:
    """For a message in a conversation whose topic the ranker knows."""
    ranker, weights = ranker_of(knowledge), weights_of(knowledge)
    reading = read(text, conversation, ranker, knowledge)
    options = options_of(reading, ranker, knowledge)
    likely = likelihoods(options, weights)
    objection = sum(float(reading.alone[n]) for kind, n in ranker.talk.items() if kind in OBJECTIONS)
    return Choice(reading, options, likely, objection)


def explained(choice: Choice, name: str, knowledge: Knowledge) -> dict[str, float]:
    """What weighs most for and against an option."""
    weights = weights_of(knowledge)
    counts = {number: weights.get(number, 0.0) * value for number, value in choice.options[name].items()}
    heaviest = sorted(counts, key=lambda number: -abs(counts[number]))[:SHOWN]
    return {number: round(counts[number], 2) for number in heaviest if counts[number]}


@lru_cache(maxsize=4)
def weights_of(knowledge: Knowledge) -> Weights:
    """The weights of this Knowledge; the first call for new threads, or for a new ranker, trains them (ten seconds)."""
    name = f"bearing-{fingerprint(CODE, (ranker_name(knowledge), *threads.taught(knowledge)))}"
    return kept(knowledge.root, name, lambda: made("bearing", knowledge), read_weights)
