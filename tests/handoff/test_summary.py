"""A case in three lines, and in ten to read out by telephone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.conversation import Conversation, Location
from bot.conversation.case import Case
from bot.handoff.summary import Heard, ten_lines, three_lines
from bot.texts import say as text
from knowledge.schema.base import Level

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
CASE = Case(UUID(int=1), UUID(int=3), Level.CRITICAL, "danger", NOW, "lost", words="desierto agua")
SAID = ("hola", "estamos en el desierto sin agua", "cerca de Nogales Sonora")
HEARD = Heard(CASE, "perdidos", "Crítico", Conversation(lang="es"), "telegram", SAID, NOW + timedelta(minutes=7))


def say(key: str, **values: object) -> str:
    return text(key, "es", **values)


def test_what_they_said_where_they_are_and_how_to_reach_them() -> None:
    what, said, where = three_lines(HEARD, say)
    assert "7" in what
    assert SAID[1] in said
    assert SAID[2] in said
    assert where.endswith("por Telegram, en español")


def test_a_place_that_they_only_named_is_read_out_as_named() -> None:
    lines = ten_lines(replace(HEARD, town="Nogales Sonora"), say)
    assert len(lines) == 10
    assert lines[4] == "Lugar: nombró Nogales Sonora"
    assert "nombró Nogales Sonora" in three_lines(replace(HEARD, town="Nogales Sonora"), say)[2]
    shared = replace(HEARD, case=replace(CASE, place=Location(31.9, -112.8)))
    assert ten_lines(shared, say)[4] == "Lugar: compartió latitud 31.90000, longitud -112.80000"
    assert ten_lines(HEARD, say)[4] == f"Lugar: {say('summary.unknown')}"
