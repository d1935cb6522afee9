"""A conversation in danger without the rest of the engine: message, signals, two policies, words, state."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.conversation import Conversation, Heard, InboundMessage, Kind, Location, OpenDanger, Reply, Turn
from bot.dialogue.decision import Act, Check, Decision, Help, Line
from bot.dialogue.engine import assess, take_turn
from bot.dialogue.message import Message, read
from bot.dialogue.policies.danger import check, danger
from bot.dialogue.policies.steps import goes_on
from bot.dialogue.rendering.danger import render_check, render_help, render_line
from bot.dialogue.signals import Signals
from knowledge.model import Knowledge

RENDERERS = {Help: render_help, Line: render_line, Check: render_check}
BEGINS = datetime(2026, 11, 22, 18, tzinfo=UTC)
REMEMBERED = 4


@dataclass
class DangerTalk:
    """One person's messages, one minute apart."""

    knowledge: Knowledge
    state: Conversation = field(default_factory=Conversation)
    now: datetime = BEGINS
    decision: Decision | None = None

    def say(
        self, text: str, *, place: Location | None = None, after: timedelta = timedelta(minutes=1)
    ) -> tuple[Reply, ...]:
        """The replies to a message; none where no policy of danger holds."""
        self.now += after
        kind = Kind.LOCATION if place else Kind.TEXT
        m = read(InboundMessage("test", "1", "a", kind, self.now, text=text, location=place), self.knowledge)
        s = assess(m, self.state, self.knowledge, self.now)
        decided = danger(m, s, self.state, goes_on=goes_on) or check(m, s, self.state)
        self.decision = decided and (decided.otherwise or decided)  # no engine, no answer beside
        changes = dict(self.decision.changes) if self.decision else {}
        self.state = self.state.having(
            situation=s.situation,
            lang=s.lang,
            heard=(*self.state.heard, Heard(text=m.text, at=self.now))[-REMEMBERED:],
            turns=self.state.turns + 1,
            **changes,
        )
        return tuple(reply for act in self.decision.acts for reply in self._words(act, m, s)) if self.decision else ()

    def _words(self, act: Act, m: Message, s: Signals) -> tuple[Reply, ...]:
        render = RENDERERS.get(type(act))
        return render(act, m, s, self.state).replies if render else ()  # type: ignore[operator]


def last_turn(texts: list[str], knowledge: Knowledge) -> tuple[Conversation, Turn]:
    """The conversation before the last of these messages, and the turn that this makes; one minute apart."""
    before, state, turn = Conversation(), Conversation(), None
    for number, text in enumerate(texts):
        at = BEGINS + number * timedelta(minutes=1)
        before = state
        turn = take_turn(state, InboundMessage("test", str(number), "a", Kind.TEXT, at, text=text), knowledge, at)
        state = turn.conversation
    assert turn is not None
    return before, turn


def answered(now: OpenDanger, before: OpenDanger | None, knowledge: Knowledge) -> tuple[set[str], set[str]]:
    """The readings that the lines of a turn are for, and the kinds of which it said other words."""
    readings, kinds = set[str](), set[str]()
    for line in {*now.given} - {*(before.given if before else ())}:
        readings |= {*knowledge.triage.cared.get(line, ()), *knowledge.triage.common.get(line, ())}
        kind, _, rest = line.removeprefix("kind.").partition("/")
        name, _, number = rest.partition(".")
        if name in ("care", "care_other"):
            care = getattr(knowledge.protocols[kind], name)[int(number)]
            readings |= {*care.only, *care.soon}
        elif rest:
            kinds.add(kind)
    return readings, kinds
