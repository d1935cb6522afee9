"""The order of the policies: of two that hold the earlier decides; one that fails leaves it to the next."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from bot.conversation import CaseView, Choice, Conversation, Kind, Level, OpenDanger, Outcome, Progress, Said
from bot.conversation.payload import make
from bot.dialogue import engine
from bot.dialogue.engine import assess
from bot.dialogue.message import read
from bot.dialogue.signals import Signals
from knowledge.model import Knowledge
from tests.support.talk import NOON, Talk

HOLDING = dict(engine.POLICIES)
NAMES = list(HOLDING)
LOST = "estamos perdidos en el desierto y ya no traemos agua"
HELD = CaseView(claimed=True, category="violence", level=Level.CRITICAL)
MATRICULA = Choice(label="Matrícula consular", payload=make("t", "matricula-consular"))
AT_STEP = Progress(procedure="curp", step="print", turn=1, at=NOON)
IN_ERRAND = {"steps": (AT_STEP,), "turns": 2}
DONE = Choice(label="Hecho", payload=make("z", "curp", "d", "print"))
FORUMS = tuple(Choice(label=name, payload=make("z", name, "g")) for name in ("oas", "ecosoc"))
ON_FORUMS = {
    "topic": "oea-registro",
    "section": "how",
    "said_before": Said(shown=("oea-registro/how",)),
    "offered": FORUMS,
}
BRACERO = "qué hago para la pensión de mi tío, fue bracero en los cincuenta"


def open_danger(category: str, **changes: object) -> OpenDanger:
    return OpenDanger(category=category, level=Level.CRITICAL, rule="beaten", opened_at=NOON, heard_at=NOON).model_copy(
        update=changes
    )


ASKED = open_danger("violence", state="asked", told="me pega")

NEIGHBOURS = [
    # the earlier, the next one that holds too, the state, the message
    ("channel", "command", {}, {"kind": Kind.BLOCKED, "text": "/menu"}),
    ("command", "danger", {"danger": open_danger("violence")}, {"text": "/menu"}),
    ("danger", "check", {"danger": ASKED}, {"text": "sí, me está pegando, me quiere matar"}),
    ("check", "held", {"danger": ASKED, "case": HELD}, {"text": "sí"}),
    ("held", "question", {"case": HELD, "flow": "delete"}, {"text": "no, gracias"}),
    (
        "picked",
        "place_in_errand",
        {**IN_ERRAND, "offered": (DONE,)},
        {"text": "1. ¿dónde está el consulado más cercano?"},
    ),
    ("place_in_errand", "steps", IN_ERRAND, {"text": "listo, dónde hay un consulado en houston"}),
    ("steps", "other_language", IN_ERRAND, {"text": "je veux faire la CURP paso a paso"}),
    ("other_language", "courtesy", {}, {"text": "привет hola"}),
    ("courtesy", "person", {}, {"text": "no"}),
    ("person", "nameless", {"topic": "pasaporte", "section": "cost"}, {"text": "otra vez el teléfono"}),
    (
        "directory",
        "calendar",
        {},
        {"text": "quiero ir al foro permanente en nueva york, dónde está el consulado"},
    ),
    ("calendar", "faint", {}, {"text": "when is the bitcoin event, se cayó una barda"}),
    ("faint", "not_ours", {}, {"text": "it smells of gas outside. bitcoin"}),
    ("not_ours", "unsure", IN_ERRAND, {"text": "placas foraneas tamaulipas"}),
    ("unsure", "answer", {}, {"text": "ando triste"}),
    ("offer", "admit", {}, {"text": "visa"}),
]
APART = [
    # two neighbours that never hold at once, as one asks for what the other rules out: the messages of each
    ("nameless", "directory", "y cuanto cuesta", "dónde hay un albergue en tijuana"),
    ("answer", "offer", "cuanto cuesta el pasaporte", "visa"),
]
WHOLE = [("question", "picked")]
"""Two that never hold at once: a question's options are whole messages, and a choice has more beside it."""
BOTH = [
    *NEIGHBOURS,
    ("channel", "held", {"case": HELD}, {"kind": Kind.GROUP, "text": "hola", "payload": "https://t.me/a_bot"}),
    ("channel", "admit", {}, {"kind": Kind.PHOTO}),
    ("command", "answer", {"offered": (MATRICULA,)}, {"text": "matricula consular"}),
    ("danger", "person", {}, {"text": f"{LOST}, quiero hablar con una persona"}),
    ("danger", "held", {"case": HELD}, {"text": "mi hermano ya no respira, esta inconsciente"}),
    ("danger", "other_language", {}, {"text": "nous sommes perdus dans la montagne, aidez nous"}),
    ("held", "answer", {"case": HELD}, {"text": "cuanto cuesta el pasaporte"}),
    ("held", "courtesy", {"case": HELD}, {"text": "gracias"}),
    ("question", "courtesy", {"flow": "delete"}, {"text": "no gracias"}),
    ("picked", "steps", {**IN_ERRAND, "offered": (DONE,)}, {"text": "1. ¿qué me falta?"}),
    ("other_language", "admit", {}, {"text": "mwen pa konnen kote pou m jwenn papye"}),
    ("courtesy", "admit", {}, {"text": "muchas gracias"}),
    ("nameless", "offer", {}, {"text": "cuánto tarda"}),
    ("answer", "admit", {}, {"text": "cuanto cuesta el pasaporte"}),
    ("unsure", "admit", IN_ERRAND, {"text": "me huellearon y todo"}),
    ("not_ours", "admit", {}, {"text": BRACERO}),
]


def sent(knowledge: Knowledge, state: Conversation, message: dict[str, object]) -> Signals:
    talk = Talk(knowledge, state)
    inbound = talk.message(**{"kind": Kind.TEXT, **message})  # type: ignore[arg-type]
    return assess(read(inbound, knowledge), state, knowledge, NOON)


@pytest.mark.parametrize(("first", "later", "state", "message"), BOTH)
def test_the_earlier_of_two_that_hold_decides(
    first: str, later: str, state: dict[str, object], message: dict[str, object], knowledge: Knowledge
) -> None:
    conversation = Conversation(greeted=True).having(**state)
    s = sent(knowledge, conversation, message)
    assert NAMES.index(first) < NAMES.index(later)
    assert HOLDING[first](s.message, s, conversation) is not None
    assert HOLDING[later](s.message, s, conversation) is not None
    decided = next(name for name in NAMES if HOLDING[name](s.message, s, conversation) is not None)
    assert decided == first


def test_each_two_neighbours_have_a_row() -> None:
    rows = [pair[:2] for pair in (*NEIGHBOURS, *APART, *WHOLE)]
    assert sorted(rows, key=lambda pair: NAMES.index(pair[0])) == list(pairwise(NAMES))


@pytest.mark.parametrize(("first", "later", "said", "said_to_later"), APART)
def test_two_that_never_hold_at_once(
    first: str, later: str, said: str, said_to_later: str, knowledge: Knowledge
) -> None:
    messages = [*(message for *_, message in BOTH if "kind" not in message), {"text": said}, {"text": said_to_later}]
    signals = [sent(knowledge, Conversation(greeted=True), message) for message in messages]
    holds = [tuple(HOLDING[name](s.message, s, s.state) is not None for name in (first, later)) for s in signals]
    assert holds[-2:] == [(True, False), (False, True)]
    assert (True, True) not in holds


def test_one_policy_always_decides(knowledge: Knowledge) -> None:
    for text in ("zxqv wkjr plomf", "hola", "…", "?", "1"):
        s = sent(knowledge, Conversation(), {"text": text})
        assert HOLDING["admit"](s.message, s, Conversation()) is not None, text


def failing(*_: object) -> None:
    raise ValueError("a fault")


MESSAGES = {"channel": "hola", "danger": LOST, "command": "/menu", "courtesy": "gracias", "answer": "que es el ciam"}


@pytest.mark.parametrize("name", NAMES)
def test_where_a_policy_fails_the_next_that_holds_decides(
    name: str, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engine, "POLICIES", tuple((HOLDING | {name: failing}).items()))
    if name == "admit":
        return  # behind it stands bot.turn, which says the last resort
    turn = Talk(knowledge).say(MESSAGES.get(name, "cuanto cuesta el pasaporte"))
    assert turn.replies
    assert "a fault" not in caplog.text  # an exception's words may hold a person's
    if name != "danger":
        assert turn.reading.policy != name


@pytest.mark.parametrize("name", NAMES)
def test_in_sure_danger_the_emergency_number_is_said_whatever_fails(
    name: str, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "POLICIES", tuple((HOLDING | {name: failing}).items()))
    talk = Talk(knowledge)
    turn = talk.say(LOST)
    assert "911" in talk.said
    assert turn.reading.outcome is Outcome.URGENT


@pytest.mark.parametrize("broken", ["render", "bubble"])
def test_and_where_its_words_fail(broken: str, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.dialogue.rendering import danger

    monkeypatch.setattr(danger, "bubble" if broken == "bubble" else "_speech", failing)
    talk = Talk(knowledge)
    turn = talk.say(LOST)
    assert "911" in talk.said
    assert [event for event in turn.events if type(event).__name__ == "CaseNeeded"]


SAY: dict[str, Callable[[Talk], object]] = {
    "menu": lambda talk: talk.say("/menu"),
    "tap": lambda talk: talk.send(Kind.TAP, payload=make("t", "pasaporte")),
    "start": lambda talk: talk.say("/start"),
    "privacy": lambda talk: talk.say("/privacidad"),
}


@pytest.mark.parametrize("reader", ["may_read", "reading"])
@pytest.mark.parametrize("way", SAY)
def test_while_somebody_may_read_no_command_shows_anything(way: str, reader: str, knowledge: Knowledge) -> None:
    danger = open_danger("violence", reader=reader)
    talk = Talk(knowledge, Conversation(greeted=True, lang="es", danger=danger))
    SAY[way](talk)
    assert not talk.labels
    assert "violencia" not in talk.said
    assert "pasaporte" not in talk.said.lower()


def test_leaving_works_while_somebody_may_read(knowledge: Knowledge) -> None:
    talk = Talk(knowledge, Conversation(greeted=True, lang="es", danger=open_danger("violence", reader="may_read")))
    talk.say("/salir")
    assert talk.said == "Hasta luego."
