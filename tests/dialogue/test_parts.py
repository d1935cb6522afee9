"""What of an answer is its title, its lead, its next step, its source; in a danger nothing is told apart."""

import pytest

from bot.conversation import Kind, OpenDanger, Outcome, Reply, ReplyKind, Role
from bot.conversation.payload import make
from tests.support.talk import NOON, Talk


def roles(reply: Reply) -> list[str]:
    """The role of each part, a run of the same once."""
    found: list[str] = []
    for part in reply.parts:
        found += [part.role.value] if found[-1:] != [part.role.value] else []
    return found


def said(reply: Reply, role: Role) -> str:
    return next(part.text for part in reply.parts if part.role is role)


TAPS = [
    (make("s", "matricula-consular", "que-es"), ["title", "answer", "more", "note", "next", "source"]),
    (make("e", "csw71"), ["title", "answer", "more", "next", "source"]),
    (make("o", "matricula-consular", "que-es"), ["title", "answer"]),
    (make("z", "ecosoc", "g"), ["answer", "more"]),
]


@pytest.mark.parametrize(("payload", "found"), TAPS)
def test_the_parts_of_an_answer(talk: Talk, payload: str, found: list[str]) -> None:
    (reply,) = talk.send(Kind.TAP, payload=payload).replies
    assert roles(reply) == found


def test_an_answer_begins_with_its_title_and_its_first_sentence_leads(talk: Talk) -> None:
    (reply,) = talk.send(Kind.TAP, payload=make("t", "matricula-consular")).replies
    assert said(reply, Role.TITLE) == "Matrícula consular"
    assert said(reply, Role.ANSWER).startswith("La matrícula es una identificación oficial")
    assert said(reply, Role.ANSWER).count(". ") == 0
    assert said(reply, Role.NEXT).startswith("➡")
    assert said(reply, Role.SOURCE).startswith("Fuente: ")


def test_the_nearest_consulate_is_a_title_and_its_address_answers(talk: Talk) -> None:
    talk.say("busco el consulado")
    reply = talk.say("estoy en dallas").replies[0]
    assert "Dallas" in said(reply, Role.TITLE)
    assert {Role.NEXT, Role.SOURCE} <= {part.role for part in reply.parts}


def test_in_a_danger_nothing_stands_out(talk: Talk) -> None:
    turn = talk.say("estamos perdidos en el desierto y ya no traemos agua")
    assert turn.reading.outcome is Outcome.URGENT
    assert [reply.spans for reply in turn.replies] == [()] * len(turn.replies)


@pytest.mark.parametrize("state", ["danger", "watched"])
def test_an_answer_where_somebody_may_read_along_is_plain(talk: Talk, state: str) -> None:
    danger = OpenDanger(category="wages", level="priority", opened_at=NOON, heard_at=NOON)
    talk.remember(**{"danger": danger} if state == "danger" else {"watched": True})
    replies = talk.send(Kind.TAP, payload=make("t", "matricula-consular")).replies
    assert any(reply.kind is ReplyKind.ANSWER for reply in replies)
    assert all(reply.parts == () for reply in replies)
